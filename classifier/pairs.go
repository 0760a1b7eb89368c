package classifier

import (
	"bytes"
	"math/bits"

	"github.com/tajuk/tajuk/model"
)

// pairIndex finds the term of a pair by the numbers of its two terms, in one look at memory
// where finding it by name takes several. It is made when a model is loaded, and immutable.
type pairIndex struct {
	slots []pairSlot // a power of two, at most half of them in use; nil if there are no pairs
	shift int
}

// pairSlot is free where its term is unknownWord.
type pairSlot struct{ first, second, term uint32 }

// newPairIndex indexes the terms of two words. Both words of a pair are terms themselves
// where training made the model; other pairs cannot be met, and are left out.
func newPairIndex(m *model.Model) pairIndex {
	var pairs []pairSlot
	for t := range m.Terms.Len() {
		name := m.Terms.At(t)
		blank := bytes.IndexByte(name, ' ')
		if blank < 0 {
			continue
		}
		first, ok := m.TermIndex.Find(m.Terms, name[:blank])
		second, both := m.TermIndex.Find(m.Terms, name[blank+1:])
		if ok && both {
			pairs = append(pairs, pairSlot{first, second, uint32(t)})
		}
	}
	if len(pairs) == 0 {
		return pairIndex{}
	}
	width := bits.Len(uint(2*len(pairs) - 1))
	x := pairIndex{make([]pairSlot, 1<<width), 64 - width}
	for i := range x.slots {
		x.slots[i].term = unknownWord
	}
	for _, p := range pairs {
		at := x.home(p.first, p.second)
		for x.slots[at].term != unknownWord {
			at = (at + 1) & (len(x.slots) - 1)
		}
		x.slots[at] = p
	}
	return x
}

// home is where the search for a pair begins (Fibonacci hashing: Knuth 1998, section 6.4).
func (x *pairIndex) home(first, second uint32) int {
	return int((uint64(first)<<32 | uint64(second)) * 0x9e3779b97f4a7c15 >> x.shift)
}

// find returns the term of a pair, or unknownWord.
func (x *pairIndex) find(first, second uint32) uint32 {
	if x.slots == nil {
		return unknownWord
	}
	for at := x.home(first, second); ; at = (at + 1) & (len(x.slots) - 1) {
		s := x.slots[at]
		if s.term == unknownWord || s.first == first && s.second == second {
			return s.term
		}
	}
}
