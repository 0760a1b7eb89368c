package classifier

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestWords: what is done in steps, over all words, is what reading word by word gives.
func TestWords(t *testing.T) {
	pieces := strings.Fields(`rupiah menguat bank-bank PSSI KPK-nya kapallah pedagangnya Rp5.000 10.30 di yang 2-1 tim. pasar, "dokter" cuaca
		kata’nya abcdefghijklmno abcdefghijklmnop abcdefghijklmnopq pertanggungjawabannya ` + strings.Repeat("panjang", 9) + " " + strings.Repeat("panjang", 10))
	random := rand.New(rand.NewPCG(5, 6))
	for _, learner := range learners {
		c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Learner: learner}))
		tagger := c.NewTagger()
		for range 300 {
			checkWords(t, tagger, &Document{Title: someOf(random, pieces, 10), Text: someOf(random, pieces, 250)})
		}
	}
}

// someOf joins some pieces, now and then by the end of a paragraph.
func someOf(random *rand.Rand, pieces []string, most int) string {
	var text strings.Builder
	few := 1 + random.IntN(len(pieces))
	for range random.IntN(most) {
		text.WriteString(pieces[random.IntN(few)])
		text.WriteString([]string{" ", " ", " ", " ", ", ", "\n\n"}[random.IntN(6)])
	}
	return text.String()
}

func checkWords(t *testing.T, tagger *Tagger, doc *Document) {
	t.Helper()
	tagger.read(doc)
	r := newReader(tagger.c.analyzer.Config())
	r.reset(doc)
	i, left, stretches := 0, 0, tagger.stretches
	for ; r.scan(); i++ {
		if left == 0 {
			if len(stretches) == 0 {
				t.Fatalf("%q: no stretch has word %d", doc.Text, i)
			}
			if stretches[0].fresh != r.fresh {
				t.Errorf("%q: a segment begins with word %d: %v", doc.Text, i, r.fresh)
			}
			left, r.fresh = stretches[0].words, false
		}
		if r.fresh {
			t.Errorf("%q: a segment begins with word %d, but no stretch", doc.Text, i)
		}
		form := string(r.form())
		if got := string(tagger.form(tagger.keys[i])); got != form {
			t.Fatalf("%q: word %d is %q, want %q", doc.Text, i, got, form)
		}
		if got, want := tagger.meanings[i], slowMeaning(tagger.c, form); got != want {
			t.Errorf("%q: %q means %x, want %x", doc.Text, form, got, want)
		}
		if got, want := stretches[0].weight, tagger.c.weights[r.place()]; got != want {
			t.Errorf("%q: %q weighs %d, want %d", doc.Text, form, got, want)
		}
		if left--; left == 0 {
			stretches = stretches[1:]
		}
	}
	if i != len(tagger.keys) || left != 0 || len(stretches) != 0 {
		t.Errorf("%q: %d words, want %d", doc.Text, len(tagger.keys), i)
	}
}

// slowMeaning asks the model's own tables.
func slowMeaning(c *Classifier, form string) meaning {
	m := c.model
	if f, ok := m.FormIndex.Find(m.Forms, []byte(form)); ok {
		return meaningOf([]byte(form), c.layout.of(m.FormTerm[f]), c.layout.of(surfaceFeature(m, &c.settings, f)))
	}
	if c.analyzer.IsStopWord([]byte(form)) {
		return meaningOf([]byte(form), stopWord, unknownWord)
	}
	term, ok := m.TermIndex.Find(m.Terms, c.analyzer.AppendStem(nil, []byte(form)))
	if !ok {
		return meaningOf([]byte(form), unknownWord, unknownWord)
	}
	return meaningOf([]byte(form), c.layout.of(term), unknownWord)
}
