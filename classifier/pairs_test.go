package classifier

import (
	"fmt"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// TestPairIndex: every pair is found by its words, and no other is.
func TestPairIndex(t *testing.T) {
	m := mustTrain(t, sampleBags(Multi), TrainOptions{Learner: NBLR})
	x, pairs := newPairIndex(m), 0
	for first := range uint32(m.Terms.Len()) {
		for second := range uint32(m.Terms.Len()) {
			name := fmt.Sprintf("%s %s", m.Terms.At(int(first)), m.Terms.At(int(second)))
			want, ok := m.TermIndex.Find(m.Terms, []byte(name))
			if !ok {
				want = unknownWord
			} else {
				pairs++
			}
			if got := x.find(first, second); got != want {
				t.Fatalf("%q: term %d, want %d", name, got, want)
			}
		}
	}
	if pairs == 0 {
		t.Error("the model has no pairs")
	}
	if got := x.find(unknownWord, stopWord); got != unknownWord {
		t.Errorf("a pair of nothing is term %d", got)
	}
}

// TestPairIndexOddModels: no pairs, and pairs of words that are no terms.
func TestPairIndexOddModels(t *testing.T) {
	for _, terms := range [][]string{nil, {"gol"}, {"gol tim"}, {"gol", "gol tim"}, {" ", "gol "}} {
		list, err := model.NewStrings(terms)
		if err != nil {
			t.Fatal(err)
		}
		x := newPairIndex(&model.Model{Terms: list, TermIndex: model.BuildIndex(list)})
		if got := x.find(0, 0); got != unknownWord {
			t.Errorf("%q: term %d", terms, got)
		}
	}
}
