package classifier

import (
	"slices"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// TestLayout: every feature has one place, the common ones of dense rows the first.
func TestLayout(t *testing.T) {
	for _, learner := range learners {
		m := mustTrain(t, sampleBags(Multi), TrainOptions{Learner: learner})
		c := mustNew(t, m)
		x, last := c.layout, 0
		for place, f := range x.feature {
			if x.place[f] != uint32(place) || x.of(f) != uint32(place) {
				t.Fatalf("%s: feature %d is at %d and %d", learner, f, x.place[f], place)
			}
			if c.scorer.dense != nil && c.settings.IDF {
				if r := rarity(m.Scale[f]); r < last {
					t.Fatalf("%s: place %d has rank %d, behind one of %d", learner, place, r, last)
				} else {
					last = r
				}
			}
		}
		if x.of(stopWord) != stopWord || x.of(unknownWord) != unknownWord {
			t.Errorf("%s: stop words and unknown ones have places", learner)
		}
	}
}

// TestByRank: ranks ascend, and what has the same rank stays in order.
func TestByRank(t *testing.T) {
	rank := func(i int) int { return i * i % 7 * 40 }
	got := byRank(1000, rank)
	want := slices.Clone(got)
	slices.Sort(want)
	for i, n := range want {
		if n != uint32(i) {
			t.Fatalf("%d is missing or there twice", i)
		}
	}
	slices.SortStableFunc(want, func(a, b uint32) int { return rank(int(a)) - rank(int(b)) })
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := byRank(0, rank); len(got) != 0 {
		t.Errorf("an order of nothing is %v", got)
	}
}

// TestRarity: whatever a model file holds for a scale, there is a rank for it.
func TestRarity(t *testing.T) {
	for _, scale := range []float32{-1, 0, 1e-9, 1, 1.5, 17, 1e9, model.Stop} {
		if r := rarity(scale); r < 0 || r >= ranks {
			t.Errorf("scale %v: rank %d", scale, r)
		}
	}
	if rarity(1) >= rarity(1.5) || rarity(17) >= rarity(0) {
		t.Error("ranks do not ascend")
	}
}
