package classifier

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/text"
)

// samplePage is a page as it is pasted from a browser, furniture and all.
const samplePage = `Beranda
Berita
Ekonomi
Masuk

Nelayan Menunggu Gelombang Tinggi Reda di Pelabuhan

Rina Contoh - Berita Contoh
Senin, 4 Maret 2024 | 10:15 WIB

CONTOH KOTA - Gelombang tinggi dan angin kencang membuat nelayan di pesisir selatan menunggu di pelabuhan sejak pagi, kata kepala pelabuhan pada Senin.

Ia mengatakan hujan lebat diperkirakan turun sampai besok sore, sehingga kapal kecil diminta tidak berlayar sebelum cuaca membaik kembali.

Baca juga: Pelatih Memuji Penjaga Gawang Stadion

Harga ikan di pasar naik karena pasokan kurang, dan pedagang berharap kapal-kapal dapat melaut lagi dalam pekan ini juga.

Terkini Lainnya
Klub Menjual Pemain Bintang
Dokter Memeriksa Pasien Vaksinasi
`

// checkExplanation requires invariant 4: bias and contributions sum to the score, and
// every span holds its term, in the caller's own text.
func checkExplanation(t *testing.T, c *Classifier, doc *Document, topic int) Explanation {
	t.Helper()
	var p Prediction
	tagger := c.NewTagger()
	e := tagger.Explain(doc, topic)
	tagger.Tag(doc, &p)
	i := slices.IndexFunc(p.Topics, func(s TopicScore) bool { return s.Topic == topic })
	if e.Topic != topic || e.Score != p.Topics[i].Score {
		t.Fatalf("explains topic %d with score %v, tagging gave topic %d %v", e.Topic, e.Score, topic, p.Topics[i].Score)
	}
	sum := e.Bias
	for _, term := range e.Terms {
		sum += term.Value
		if len(term.Spans) == 0 {
			t.Errorf("term %q stands nowhere", term.Term)
		}
		for _, s := range term.Spans {
			checkSpan(t, c, doc, term.Term, s)
		}
	}
	if !(math.Abs(sum-e.Score) <= 1e-9*math.Max(1, math.Abs(e.Score))) {
		t.Errorf("bias and contributions sum to %v, the score is %v", sum, e.Score)
	}
	if !slices.IsSortedFunc(e.Terms, func(a, b Contribution) int { return cmp.Compare(math.Abs(b.Value), math.Abs(a.Value)) }) {
		t.Error("contributions are not sorted by size")
	}
	return e
}

// checkSpan scans the text of a span again: the word in it must give the term, the first and the
// last word those of a pair. What class a number has depends on what stands around it, so
// there any class will do.
func checkSpan(t *testing.T, c *Classifier, doc *Document, term string, s Span) {
	t.Helper()
	field := map[Field]string{Title: doc.Title, Text: doc.Text}[s.Field]
	if s.Start < 0 || s.End <= s.Start || s.End > min(len(field), MaxText) {
		t.Fatalf("term %q: span %+v outside a field of %d bytes", term, s, len(field))
	}
	var again []string
	var scanner text.Scanner
	scanner.Reset(field[s.Start:s.End])
	for scanner.Scan() {
		form := scanner.Token().Form
		if c.settings.Surface && c.Analyzer().IsStopWord(form) {
			again = append(again, string(form)) // explained as it stands: it has no term
			continue
		}
		again = append(again, string(c.Analyzer().AppendStem(nil, form)))
	}
	same := func(got, want string) bool {
		return got == want || strings.HasPrefix(got, "<") && strings.HasPrefix(want, "<")
	}
	first, last, pair := strings.Cut(term, " ")
	if !pair {
		last = first
	}
	if n := len(again); n == 0 || pair != (n > 1) || !same(again[0], first) || !same(again[n-1], last) {
		t.Errorf("term %q: span %+v holds %q, which scans as %q", term, s, field[s.Start:s.End], again)
	}
}

func TestExplainRandom(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		w := newWriter(12)
		for range 100 {
			checkExplanation(t, c, w.document(), w.IntN(4))
		}
	})
}

func TestExplainExtremes(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Single), TrainOptions{Learner: NB}))
	for name, doc := range extremes() {
		t.Run(name, func(t *testing.T) { checkExplanation(t, c, doc, 1) })
	}
}

// TestExplainPlaces: every occurrence of a word is found, in title and text, under
// whatever form and spelling it has there.
func TestExplainPlaces(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Learner: NBS}))
	doc := &Document{
		Title: "Pasar “ramai”",
		Text:  "Ékspor — naik! PASAR-nya ramai; dipasarkan\u00a0di pasar-pasar.\r\nHujan&nbsp;pasar.",
	}
	e := checkExplanation(t, c, doc, 1) // ekonomi
	i := slices.IndexFunc(e.Terms, func(c Contribution) bool { return c.Term == "pasar" })
	if i < 0 {
		t.Fatalf("pasar is not among the terms: %v", e.Terms)
	}
	var words []string
	for _, s := range e.Terms[i].Spans {
		if s.Field == Title {
			words = append(words, "title:"+doc.Title[s.Start:s.End])
		} else {
			words = append(words, doc.Text[s.Start:s.End])
		}
	}
	want := []string{"title:Pasar", "PASAR-nya", "dipasarkan", "pasar-pasar", "pasar"}
	if !slices.Equal(words, want) {
		t.Errorf("pasar stands at %q, want %q", words, want)
	}
}

// TestExplainPage: of a pasted page, the furniture has no part in the score.
func TestExplainPage(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		for topic := range c.Model().Manifest.Topics {
			e := checkExplanation(t, c, &Document{Text: samplePage}, topic)
			for _, term := range e.Terms {
				for _, s := range term.Spans {
					line := lineAt(samplePage, s.Start)
					if strings.HasPrefix(line, "Baca juga") || strings.HasPrefix(line, "Dokter") || strings.HasPrefix(line, "Klub") || line == "Ekonomi" {
						t.Errorf("topic %d: %q in %q counted", topic, term.Term, line)
					}
				}
			}
		}
	})
}

func lineAt(s string, at int) string {
	start := strings.LastIndexByte(s[:at], '\n') + 1
	line, _, _ := strings.Cut(s[start:], "\n")
	return line
}

// TestExplainTruncated: what lies beyond MaxText is not read, in either field.
func TestExplainTruncated(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Learner: CNB}))
	for _, filler := range []string{" ", "é ", "日"} {
		long := strings.Repeat(filler, MaxText/len(filler)-2) + " hujan hujan hujan"
		e := checkExplanation(t, c, &Document{Title: "Pasar" + long, Text: "Hujan" + long}, 0)
		for _, term := range e.Terms {
			if term.Term == "hujan" && len(term.Spans) > 2 {
				t.Errorf("filler %q: hujan stands at %v", filler, term.Spans)
			}
		}
	}
}

// TestExplainTitleWeight: with weight 0 a title's words have no part and no place.
func TestExplainTitleWeight(t *testing.T) {
	for _, weight := range []int{0, 1, 5} {
		set, _ := DefaultSettings(NB)
		set.TitleWeight = weight
		c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Settings: &set}))
		e := checkExplanation(t, c, &Document{Title: "hujan", Text: "pasar"}, 0)
		i := slices.IndexFunc(e.Terms, func(c Contribution) bool { return c.Term == "hujan" })
		if (i >= 0) != (weight > 0) {
			t.Errorf("title weight %d: terms %v", weight, e.Terms)
		}
	}
}
