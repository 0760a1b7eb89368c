package classifier

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
)

// checkAnswer tags a document and requires what holds of every answer (invariant 3).
func checkAnswer(t *testing.T, c *Classifier, doc *Document) {
	t.Helper()
	var p Prediction
	c.NewTagger().Tag(doc, &p)
	if len(p.Topics) != len(c.Model().Manifest.Topics) {
		t.Fatalf("%d topics, want all %d", len(p.Topics), len(c.Model().Manifest.Topics))
	}
	sum, assigned := 0.0, 0
	for i, s := range p.Topics {
		if !(s.Confidence >= 0 && s.Confidence <= 1) || math.IsNaN(s.Score) || math.IsInf(s.Score, 0) {
			t.Errorf("topic %d has confidence %v, score %v", s.Topic, s.Confidence, s.Score)
		}
		if i > 0 && s.Confidence > p.Topics[i-1].Confidence {
			t.Errorf("topic %d is out of order", s.Topic)
		}
		if s.Assigned {
			assigned++
		}
		sum += s.Confidence
	}
	single := c.Model().Manifest.Task == Single
	if single && math.Abs(sum-1) > 1e-9 {
		t.Errorf("the confidences of a single-topic model sum to %v", sum)
	}
	if single && assigned > 1 || (assigned > 0) != (p.Outcome == Tagged) {
		t.Errorf("%v with %d topics assigned", p.Outcome, assigned)
	}
	if p.Known > p.Tokens || !(p.Coverage() >= 0 && p.Coverage() <= 1) {
		t.Errorf("%d of %d words known, coverage %v", p.Known, p.Tokens, p.Coverage())
	}
	if (p.Outcome == Abstained) != (p.has(TooShort) || p.has(LowCoverage) || p.has(LanguageMismatch)) {
		t.Errorf("%v with notices %v", p.Outcome, p.Notices)
	}
}

func (p *Prediction) has(code NoticeCode) bool {
	return slices.ContainsFunc(p.Notices, func(n Notice) bool { return n.Code == code })
}

// extremes are documents that a sum or an exponential could break on.
func extremes() map[string]*Document {
	w := newWriter(7)
	w.words = []string{"gol", "tim", "suku", "liga", "naik", "obat", "gula", "suhu", "selat", "uang"}
	return map[string]*Document{
		"empty":             {},
		"one word":          {Text: "gol"},
		"one unknown word":  {Text: "zzqxv"},
		"only a title":      {Title: "Tim menang"},
		"200,000 words":     {Text: w.text(200_000)},
		"one word, forever": {Title: strings.Repeat("gol ", 1_000_000), Text: strings.Repeat("hujan ", 1_000_000)},
		"no text at all":    {Title: "\xff\xfe", Text: strings.Repeat("\x00", 1000)},
		"not UTF-8":         {Text: "gol \xc3\x28 tim menang \xf0\x9f"},
	}
}

func TestTagExtremes(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		for name, doc := range extremes() {
			t.Run(name, func(t *testing.T) { checkAnswer(t, c, doc) })
		}
	})
}

func TestTagRandom(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		w := newWriter(8)
		for range 200 {
			checkAnswer(t, c, w.document())
		}
	})
}

// TestUnknownWordsChangeNothing is invariant 2: words that the model does not know move
// neither a score nor a confidence by a bit, so neither the ranking.
func TestUnknownWordsChangeNothing(t *testing.T) {
	unknown := []string{"zzqxv", "kwxyzz", "qqpfrt", "xhtqwv", "日本語", "фывап"}
	eachModel(t, func(t *testing.T, c *Classifier) {
		tagger, w := c.NewTagger(), newWriter(9)
		for range 100 {
			known := strings.Fields(articles[w.IntN(len(articles))].Text)
			mixed := slices.Clone(known)
			for range 1 + w.IntN(60) {
				// Behind a word, not behind a number, whose kind the next word can change.
				at := w.IntN(len(mixed)) + 1
				if strings.ContainsAny(mixed[at-1], "0123456789") || mixed[at-1] == "Rp" {
					continue
				}
				mixed = slices.Insert(mixed, at, unknown[w.IntN(len(unknown))])
			}
			var before, after Prediction
			tagger.Tag(&Document{Text: strings.Join(known, " ")}, &before)
			tagger.Tag(&Document{Text: strings.Join(mixed, " ")}, &after)
			if !slices.EqualFunc(before.Topics, after.Topics, sameNumbers) {
				t.Fatalf("%q: unknown words changed the scores\n%v\n%v", mixed, before.Topics, after.Topics)
			}
			if before.Known != after.Known || len(mixed) > len(known) && after.Tokens <= before.Tokens {
				t.Fatalf("%q: known %d of %d words, before %d of %d", mixed, after.Known, after.Tokens, before.Known, before.Tokens)
			}
		}
	})
}

// sameNumbers compares all but Assigned, which an abstention takes back.
func sameNumbers(a, b TopicScore) bool {
	return a.Topic == b.Topic && a.Score == b.Score && a.Confidence == b.Confidence && a.Threshold == b.Threshold
}

// TestTaggerReuse: a used Tagger and Prediction answer as fresh ones, to the bit.
func TestTaggerReuse(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		used, p, w := c.NewTagger(), Prediction{}, newWriter(10)
		for i := range 200 {
			doc := w.document()
			if i%7 == 0 {
				used.Explain(w.document(), w.IntN(4)) // must leave nothing behind
			}
			var want Prediction
			c.NewTagger().Tag(doc, &want)
			used.Tag(doc, &p)
			if !sameAnswer(&p, &want) {
				t.Fatalf("document %d: a used tagger answers %v, a fresh one %v", i, p, want)
			}
			p.Apply(Options{Limit: 1}) // what a caller dropped comes back
		}
	})
}

// TestTaggersAtOnce: goroutines with a Tagger each share a Classifier. Run with -race.
func TestTaggersAtOnce(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{}))
	w := newWriter(11)
	docs := make([]*Document, 100)
	want := make([]Prediction, len(docs))
	for i := range docs {
		docs[i] = w.document()
		c.NewTagger().Tag(docs[i], &want[i])
	}
	var group sync.WaitGroup
	for start := range 8 {
		group.Go(func() {
			tagger, p := c.NewTagger(), Prediction{}
			for i := range docs {
				at := (i + 13*start) % len(docs)
				if tagger.Tag(docs[at], &p); !sameAnswer(&p, &want[at]) {
					t.Errorf("goroutine %d: document %d has another answer", start, at)
				}
			}
		})
	}
	group.Wait()
}

func TestNotices(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Learner: NBS}))
	tests := []struct {
		name    string
		doc     Document
		want    []NoticeCode
		outcome Outcome
	}{
		{"fine", articles[0], nil, Tagged},
		{"empty", Document{}, []NoticeCode{TooShort}, Abstained},
		{"stop words alone", Document{Text: "yang dan di"}, []NoticeCode{TooShort}, Abstained},
		{"too few known words", Document{Text: "hujan zzqxv"}, []NoticeCode{TooShort}, Abstained},
		{"mostly unknown", Document{Text: "hujan angin" + strings.Repeat(" zzqxv", 7)}, []NoticeCode{LowCoverage}, Abstained},
		{"a quarter known is enough", Document{Text: "hujan angin celana kompor panci wajan jendela sepatu"}, nil, Tagged},
		{"figures alone", Document{Text: "12 13 14 15.00 WIB Rp 5 juta"}, []NoticeCode{TooShort}, Abstained},
		{"a menu alone", Document{Text: "Beranda\nHujan Angin\n\nSuhu Udara\nMasuk"}, []NoticeCode{TooShort}, Abstained},
		{"words at random", Document{Text: "hujan angin zzqxv kwvyz xqqtr vjkpz qwzzk fxgjh"}, []NoticeCode{LanguageMismatch}, Abstained},
		{"markup", Document{Text: "<p>" + articles[0].Text + "</p>"}, []NoticeCode{LooksLikeMarkup}, Tagged},
		{"cut", Document{Text: articles[0].Text + strings.Repeat(" ", MaxText)}, []NoticeCode{Truncated}, Tagged},
		{"cut title", Document{Title: "Rupiah " + strings.Repeat(" ", MaxText), Text: articles[0].Text}, []NoticeCode{Truncated}, Tagged},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var p Prediction
			c.NewTagger().Tag(&test.doc, &p)
			var codes []NoticeCode
			for _, n := range p.Notices {
				codes = append(codes, n.Code)
			}
			if !slices.Equal(codes, test.want) || p.Outcome != test.outcome {
				t.Errorf("%v with %v, want %v with %v", p.Outcome, p.Notices, test.outcome, test.want)
			}
		})
	}
}

// TestRankingIsByConfidence: equal confidences stand in the order of the topics.
func TestRankingIsByConfidence(t *testing.T) {
	var p Prediction
	p.decide(&decision{threshold: []float64{0.2, 0.8, 0.3}}, []float64{0, 0, 0}, []float64{0.2, 0.7, 0.2})
	order := []int{p.Topics[0].Topic, p.Topics[1].Topic, p.Topics[2].Topic}
	if slices.Compare(order, []int{1, 0, 2}) != 0 {
		t.Errorf("order %v", order)
	}
	slices.SortFunc(p.Topics, func(a, b TopicScore) int { return cmp.Compare(a.Topic, b.Topic) })
	if !p.Topics[0].Assigned || p.Topics[1].Assigned || p.Topics[2].Assigned || p.Outcome != Tagged {
		t.Errorf("assigned wrongly: %v", p.Topics)
	}
}

func FuzzTag(f *testing.F) {
	var classifiers []*Classifier
	for _, task := range []string{Single, Multi} {
		classifiers = append(classifiers, mustNew(f, mustTrain(f, sampleBags(task), TrainOptions{Task: task, Learner: NBS})))
	}
	for _, a := range articles[:3] {
		f.Add(a.Title, a.Text)
	}
	f.Add("", samplePage)
	f.Add("\xff", "gol\x00 &nbsp; Rp 5-10 juta, pukul 15.00 WIB [Gambas:Video x] http://a.b")
	f.Fuzz(func(t *testing.T, title, text string) {
		doc := &Document{Title: title, Text: text}
		for _, c := range classifiers {
			checkAnswer(t, c, doc)
			checkExplanation(t, c, doc, len(text)%4)
		}
	})
}
