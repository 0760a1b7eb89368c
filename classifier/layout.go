package classifier

import "github.com/tajuk/tajuk/model"

// layout numbers a model's features for tagging: the common ones first. A model numbers them by name, so that
// those of any text are strewn over its tables; with this numbering what is asked of most words lies together, in the
// processor's caches.
type layout struct {
	place   []uint32 // by the model's numbers
	feature []uint32 // by place
}

// newLayout takes a feature's scale for how common it is, which is what it tells where IDF made it. Sparse
// rows stay where they are.
func newLayout(m *model.Model, s *Settings) layout {
	rank := func(int) int { return 0 }
	if s.IDF && isDense(m.Features(), len(m.Bias), len(m.RowWeight)) {
		rank = func(f int) int { return rarity(m.Scale[f]) }
	}
	x := layout{place: make([]uint32, m.Features()), feature: byRank(m.Features(), rank)}
	for place, f := range x.feature {
		x.place[f] = uint32(place)
	}
	return x
}

// ranks is how many of them tell rare features from common ones. Those of one rank may lie as they come.
const ranks = 256

// rarity is the rank of a feature by its scale, an inverse document frequency of 1 to some 17; 0 is that of no feature.
func rarity(scale float32) int {
	if scale <= 0 {
		return ranks - 1
	}
	return int(min(16*scale, ranks-2))
}

// byRank returns the numbers below n in an order of their ranks (counting sort: Knuth 1998, section 5.2).
func byRank(n int, rank func(int) int) []uint32 {
	var next [ranks]uint32
	for i := range n {
		next[rank(i)]++
	}
	sum := uint32(0)
	for r, count := range next {
		next[r], sum = sum, sum+count
	}
	order := make([]uint32, n)
	for i := range n {
		r := rank(i)
		order[next[r]] = uint32(i)
		next[r]++
	}
	return order
}

// of is the place of a feature; stopWord and unknownWord stay what they are.
func (x *layout) of(feature uint32) uint32 {
	if feature >= unknownWord {
		return feature
	}
	return x.place[feature]
}
