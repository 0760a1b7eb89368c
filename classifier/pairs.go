package classifier

import (
	"bytes"
	"math/bits"
	"slices"

	"github.com/tajuk/tajuk/model"
)

// pairIndex finds the feature of a pair by those of its two terms, in one look at memory
// where finding it by name takes several. It is made when a model is loaded, and immutable.
// Most pairs of words are no feature; that is told from a table small enough to stay in the caches (Bloom 1970).
type pairIndex struct {
	slots  []pairSlot // open addressing, three quarters in use; nil if there are no pairs
	filter []uint64   // a bit for each beginning of a hash that a pair has
	shift  int        // what is not the beginning
}

// pairSlot is free where its pair is unknownWord. All are places.
type pairSlot struct{ first, second, pair uint32 }

// candidate is a pair that may be a feature, by its hash and the place of its second word among the document's.
type candidate struct {
	hash   uint64
	second uint32
}

// filterBits is how many bits of the filter there are for a pair, or up to twice as many.
const filterBits = 16

// newPairIndex indexes the terms of two words. Both words of a pair are terms themselves
// where training made the model; other pairs cannot be met, and are left out.
func newPairIndex(m *model.Model, places *layout) pairIndex {
	var pairs []pairSlot
	var word []byte // the first of the pair before; terms are sorted
	first, ok := uint32(0), false
	for t := range m.Terms.Len() {
		name := m.Terms.At(t)
		blank := bytes.IndexByte(name, ' ')
		if blank < 0 {
			continue
		}
		if !bytes.Equal(name[:blank], word) {
			word = name[:blank]
			first, ok = m.TermIndex.Find(m.Terms, word)
		}
		if !ok {
			continue
		}
		if second, ok := m.TermIndex.Find(m.Terms, name[blank+1:]); ok {
			pairs = append(pairs, pairSlot{places.of(first), places.of(second), places.of(uint32(t))})
		}
	}
	if len(pairs) == 0 {
		return pairIndex{}
	}
	width := max(bits.Len(uint(filterBits*len(pairs)-1)), 6)
	x := pairIndex{slices.Repeat([]pairSlot{{pair: unknownWord}}, len(pairs)*4/3+1), make([]uint64, 1<<width/64), 64 - width}
	for _, p := range pairs {
		x.add(p)
	}
	return x
}

func (x *pairIndex) add(p pairSlot) {
	hash := hashPair(p.first, p.second)
	at := x.home(hash)
	for x.slots[at].pair != unknownWord {
		at = nextSlot(at, len(x.slots))
	}
	x.slots[at] = p
	word, bit := x.bit(hash)
	x.filter[word] |= 1 << bit
}

// hashPair is Fibonacci hashing (Knuth 1998, section 6.4); its first bits are the best.
func hashPair(first, second uint32) uint64 {
	return (uint64(first)<<32 | uint64(second)) * 0x9e3779b97f4a7c15
}

// home is where the search for a pair begins.
func (x *pairIndex) home(hash uint64) int { return homeSlot(hash, len(x.slots)) }

// bit is where the filter says whether there may be a pair.
func (x *pairIndex) bit(hash uint64) (word int, bit uint64) {
	at := hash >> x.shift
	return int(at / 64), at % 64
}

// may is 1 if there may be a pair of that hash, 0 if there is none. There must be pairs.
func (x *pairIndex) may(hash uint64) int {
	word, bit := x.bit(hash)
	return int(x.filter[word] >> bit & 1)
}

// find returns the feature of a pair, or unknownWord.
func (x *pairIndex) find(first, second uint32) uint32 {
	if x.slots == nil {
		return unknownWord
	}
	return x.findHash(hashPair(first, second), first, second)
}

func (x *pairIndex) findHash(hash uint64, first, second uint32) uint32 {
	for at := x.home(hash); ; at = nextSlot(at, len(x.slots)) {
		s := &x.slots[at]
		if s.pair == unknownWord || s.first == first && s.second == second {
			return s.pair
		}
	}
}
