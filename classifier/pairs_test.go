package classifier

import (
	"fmt"
	"testing"
)

// TestPairIndex: every pair is found by its words, and no other is.
func TestPairIndex(t *testing.T) {
	m := mustTrain(t, sampleBags(Multi), TrainOptions{Learner: NBLR})
	places := newLayout(m, &Settings{IDF: true})
	words := newStems(m, &places)
	x, pairs, passed := newPairIndex(m, &words), 0, 0
	for first := range uint32(m.Terms.Len()) {
		for second := range uint32(m.Terms.Len()) {
			name := fmt.Sprintf("%s %s", m.Terms.At(int(first)), m.Terms.At(int(second)))
			want, ok := m.TermIndex.Find(m.Terms, []byte(name))
			if !ok {
				want = unknownWord
			} else {
				pairs++
			}
			words := pairOf(places.of(first), places.of(second))
			if got := x.find(words); got != places.of(want) || ok && x.may(words.hash()) != 1 {
				t.Fatalf("%q: term %d, want %d; the filter says %d", name, got, places.of(want), x.may(words.hash()))
			}
			passed += x.may(words.hash())
		}
	}
	if pairs == 0 {
		t.Error("the model has no pairs")
	}
	if all := m.Terms.Len() * m.Terms.Len(); passed-pairs > all/8 {
		t.Errorf("of %d pairs that are none the filter lets %d pass", all-pairs, passed-pairs)
	}
	if got := x.find(pairOf(unknownWord, stopWord)); got != unknownWord {
		t.Errorf("a pair of nothing is term %d", got)
	}
}

// TestPairIndexOddModels: no pairs, and pairs of words that are no terms.
func TestPairIndexOddModels(t *testing.T) {
	for _, terms := range [][]string{nil, {"gol"}, {"gol tim"}, {"gol", "gol tim"}, {" ", "gol "}} {
		m := termsAlone(t, terms)
		places := newLayout(m, &Settings{})
		words := newStems(m, &places)
		x := newPairIndex(m, &words)
		if got := x.find(pairOf(0, 0)); got != unknownWord {
			t.Errorf("%q: term %d", terms, got)
		}
	}
}
