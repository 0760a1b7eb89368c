package classifier

import (
	"bytes"
	"math/bits"

	"github.com/tajuk/tajuk/model"
)

// pairIndex finds the feature of a pair by those of its two terms, in one look at memory
// where finding it by name takes several. It is made when a model is loaded, and immutable.
// Most pairs of words are no feature; that is told from a table small enough to stay in the caches (Bloom 1970).
type pairIndex struct {
	slots  []pairSlot // open addressing, half in use; nil if there are no pairs
	filter []uint64   // a bit for each beginning of a hash that a pair has
	shift  int        // what is not the beginning
}

// pairSlot is the place of a pair's feature; a free slot has no words.
type pairSlot struct {
	words   pair
	feature uint32
	_       uint32
}

// pair is the places of two terms in one number, which is not 0.
type pair uint64

func pairOf(first, second uint32) pair { return pair(first)<<32 + pair(second) + 1 }

// hash is Fibonacci hashing (Knuth 1998, section 6.4); its first bits are the best.
func (p pair) hash() uint64 { return uint64(p) * 0x9e3779b97f4a7c15 }

// candidate is a pair of a document that may be a feature, with its second word's weight.
type candidate struct {
	words           pair
	feature, weight uint32
}

// filterBits is how many bits of the filter there are for a pair, or up to twice as many.
const filterBits = 16

// newPairIndex indexes the terms of two words. Both words of a pair are terms themselves
// where training made the model; other pairs cannot be met, and are left out.
func newPairIndex(m *model.Model, words *stems) pairIndex {
	most := m.Terms.Len() - words.number
	if most == 0 {
		return pairIndex{}
	}
	width := max(bits.Len(uint(filterBits*most-1)), 6)
	x := pairIndex{make([]pairSlot, 2*most), make([]uint64, 1<<width/64), 64 - width}
	var word []byte // the first of the pair before; terms are sorted
	first := uint32(unknownWord)
	for t := range m.Terms.Len() {
		name := m.Terms.At(t)
		blank := bytes.IndexByte(name, ' ')
		if blank < 0 {
			continue
		}
		if !bytes.Equal(name[:blank], word) {
			word = name[:blank]
			first = words.place(word)
		}
		second := words.place(name[blank+1:])
		if first != unknownWord && second != unknownWord {
			x.add(pairOf(first, second), words.places.of(uint32(t)))
		}
	}
	return x
}

func (x *pairIndex) add(words pair, feature uint32) {
	hash := words.hash()
	at := x.home(hash)
	for x.slots[at].words != 0 {
		at = nextSlot(at, len(x.slots))
	}
	x.slots[at] = pairSlot{words: words, feature: feature}
	word, bit := x.bit(hash)
	x.filter[word] |= 1 << bit
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
func (x *pairIndex) find(words pair) uint32 {
	if x.slots == nil {
		return unknownWord
	}
	for at := x.home(words.hash()); ; at = nextSlot(at, len(x.slots)) {
		switch s := &x.slots[at]; s.words {
		case words:
			return s.feature
		case 0:
			return unknownWord
		}
	}
}
