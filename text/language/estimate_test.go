package language

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// corpus has ten sentences a language, of words of its own and one that all share;
// one Indonesian sentence has a word of the news.
func corpus() *Corpus {
	c := &Corpus{Sentences: make(map[string][][]string), News: [][]string{{"langka", "langka", "langka", "langka", "langka"}}}
	for range 10 {
		c.News = append(c.News, []string{"bupati", "jakarta", "dan", "bupati", "jakarta"})
	}
	for l, code := range Codes() {
		ending := string(rune('a' + l))
		for range 10 {
			c.Sentences[code] = append(c.Sentences[code], []string{"ko" + ending, "la" + ending + ending, "jakarta"})
		}
	}
	c.Sentences[Indonesian][0] = []string{"koa", "bupati"}
	return c
}

func TestEstimate(t *testing.T) {
	table, err := Estimate(corpus())
	if err != nil {
		t.Fatal(err)
	}
	for l, code := range Codes() {
		g := Guess{Table: table}
		for _, word := range corpus().Sentences[code][0] {
			g.Add([]byte(word))
		}
		if best, _ := g.Excess(Indonesian); l > 0 && best != code || l == 0 && best != Indonesian {
			t.Errorf("a sentence in %q looks like %q", code, best)
		}
	}
	if table.row("langka") != nil {
		t.Error("a word that one article alone has is listed")
	}
	if r := table.row("bupati"); r == nil || r[1] >= 0 {
		t.Errorf("a word of the news alone has log-odds %v for English, want less than 0", r)
	}
	again, err := Estimate(corpus())
	if err != nil || !bytes.Equal(table.Append(nil), again.Append(nil)) {
		t.Errorf("another table of the same corpus, error %v", err)
	}
	if _, err := Parse(string(table.Append(nil))); err != nil {
		t.Error(err)
	}
}

func TestEstimateRefuses(t *testing.T) {
	one, few := corpus(), corpus()
	one.Sentences[Malay] = one.Sentences[Malay][1:]
	for code := range few.Sentences {
		few.Sentences[code] = few.Sentences[code][:4]
	}
	for name, test := range map[string]struct {
		corpus *Corpus
		want   string
	}{
		"empty":            {&Corpus{}, `0 sentences of language "id"`},
		"not parallel":     {one, `9 sentences of language "ms" and 10 of "id"`},
		"fewer than folds": {few, `4 sentences of language "id"`},
	} {
		if _, err := Estimate(test.corpus); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", name, err, test.want)
		}
	}
}

// TestSpellerSumsToOne: after any two letters, also those never seen.
func TestSpellerSumsToOne(t *testing.T) {
	s := newSpeller()
	for _, word := range []string{"dan", "dana", "désa", "buku-buku"} {
		s.add(word)
	}
	for context := range symbols * symbols {
		sum := 0.0
		for last := range symbols {
			sum += s.probability(gramOf(context, last))
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("probabilities after %q sum to %v", contextKey(context), sum)
		}
	}
	if !(s.wordProbability("dana") > s.wordProbability("adan") && s.wordProbability("adan") > 0) {
		t.Error("a word seen is no likelier than its letters in another order")
	}
}

// TestMaximise: words that only one part explains give it all the weight; with two parts
// alike, the weights stay even between them.
func TestMaximise(t *testing.T) {
	w := maximise([][parts]float64{{own: 0.1, press: 0.1}, {own: 0.2, press: 0.2}})
	if want := [parts]float64{own: 0.5, press: 0.5}; w != want {
		t.Errorf("weights %v, want %v", w, want)
	}
	if w := maximise([][parts]float64{{letter: 0.1}, {letter: 1e-30}}); w[letter] != 1 {
		t.Errorf("weights %v, want all on the letters", w)
	}
}
