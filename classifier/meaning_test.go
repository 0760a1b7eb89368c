package classifier

import (
	"math"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/embedding"
)

func tinyMeanings(t *testing.T, terms ...string) *meanings {
	t.Helper()
	table, err := embedding.New([]string{"banjir", "gol", "hujan"}, 2, []int8{127, 0, 0, 127, 100, 10})
	if err != nil {
		t.Fatal(err)
	}
	m, err := newMeanings(terms, table)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestMeaningsOfTerms: a term has the vector of its stem; pairs, class tokens, unknown words and
// surface forms have none.
func TestMeaningsOfTerms(t *testing.T) {
	m := tinyMeanings(t, "<angka>", "banjir", "hujan banjir", "kebanjiran", "xyz")
	for i, want := range []bool{false, true, false, true, false} {
		if got := m.vector(uint32(i)) != nil; got != want {
			t.Errorf("term %d has a vector: %v, want %v", i, got, want)
		}
	}
	if m.vector(5) != nil || m.vector(math.MaxUint32) != nil {
		t.Error("a feature beyond the terms has a vector")
	}
	if !slices.Equal(m.vector(1), m.vector(3)) {
		t.Errorf("banjir %v, kebanjiran %v", m.vector(1), m.vector(3))
	}
}

// TestMeaningIsFolded: the score by words and meaning is that by folded weights of words alone.
func TestMeaningIsFolded(t *testing.T) {
	m := tinyMeanings(t, "banjir", "gol", "hujan", "pasar")
	for topic := range 3 {
		p := matrixProblem(nil)
		m.addTo(p, 1)
		job := matrixTask(topic, nil, 1)
		job.semantic = 0.7
		s := newSolver(p, job)
		s.converge()
		w := topicWeights{trained: s.weights, meant: make([]float64, 4), bias: s.bias}
		m.fold(w.meant, s.meaning)
		row := w.blended(Settings{})
		for i := range matrixRows {
			if got, want := row.score(p, int32(i)), s.margin(int32(i)); math.Abs(got-want) > 1e-6 {
				t.Errorf("topic %d, row %d: folded %v, want %v", topic, i, got, want)
			}
		}
		if w.meant[3] != 0 || w.meant[0] == 0 {
			t.Errorf("topic %d: meaning is worth %v: pasar has no vector, banjir has", topic, w.meant)
		}
	}
}

// TestMeaningReachesUnseenWords: a word that no training article holds is weighed like those it is
// used with.
func TestMeaningReachesUnseenWords(t *testing.T) {
	set, err := DefaultSettings(NBLR)
	if err != nil {
		t.Fatal(err)
	}
	set.Semantic, set.MinTokens, set.MinCoverage = 1, 1, 0
	bag := func(label string, forms ...string) Bag {
		var counts []FormCount
		for _, f := range forms {
			counts = append(counts, FormCount{Form: f, Body: 1})
		}
		return NewBag("", counts, []string{label})
	}
	bags := []Bag{
		bag("bencana", "banjir", "pengungsi", "tim"), bag("bencana", "gempa", "pengungsi", "hari"),
		bag("bencana", "banjir", "gempa", "warga"), bag("bencana", "bencana", "pengungsi", "hari"),
		bag("bola", "gol", "pemain", "tim"), bag("bola", "gol", "pelatih", "hari"),
		bag("bola", "pemain", "pelatih", "liga"), bag("bola", "gol", "liga", "warga"),
	}
	c := mustNew(t, mustTrain(t, bags, TrainOptions{Settings: &set, Text: text.DefaultConfig(), Folds: 2}))
	for word, want := range map[string]string{"longsor": "bencana", "kiper": "bola"} {
		var p Prediction
		c.NewTagger().Tag(&Document{Text: word + " " + word}, &p)
		if got := c.model.Manifest.Topics[p.Topics[0].Topic].ID; got != want || p.Known == 0 {
			t.Errorf("%s is about %s (%v words known), want %s", word, got, p.Known, want)
		}
	}
}

// TestWorthwhile: more weight on meaning is tried only where less was the best so far.
func TestWorthwhile(t *testing.T) {
	at := func(semantic float64) Settings { return Settings{Learner: NBLR, Semantic: semantic} }
	attempted := func(best, last float64) *trial {
		return &trial{best: &attempt{set: at(best)}, last: &fitter{set: at(last)}}
	}
	tests := []struct {
		name string
		t    *trial
		next float64
		want bool
	}{
		{"the first", &trial{}, 0, true},
		{"some, after none", attempted(0, 0), 0.5, true},
		{"more, after a gain", attempted(0.5, 0.5), 1, true},
		{"more, without a gain", attempted(0, 0.5), 1, false},
		{"none again, as other learners have", attempted(0, 0.5), 0, true},
	}
	for _, test := range tests {
		if got := test.t.worthwhile(at(test.next)); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
