package model

import (
	"bytes"
	"fmt"
	"math/bits"

	"github.com/zeebo/xxh3"
)

// maxRun bounds the slots one search may look at. At half load the longest run
// of honest keys grows as ln(n)/0.19, about 100 slots for 10^8 keys; a file with
// longer ones was made to be slow.
const maxRun = 1024

// Index finds the id of a key in Strings: a hash table with open addressing and
// linear probing, at most half full. Slots has a power-of-two length, or none
// for no keys. The xxh3-64 hash of a key has its home slot in its low bits; a
// taken slot holds the hash's high 32 bits above the key's id+1.
type Index struct {
	Slots []uint64
}

// BuildIndex makes the index of a list. The same list gives the same slots.
func BuildIndex(s Strings) Index {
	if s.Len() == 0 {
		return Index{}
	}
	ix := Index{Slots: make([]uint64, indexSize(s.Len()))}
	mask := uint64(len(ix.Slots) - 1)
	for i := range s.Len() {
		h := xxh3.Hash(s.At(i))
		p := h & mask
		for ix.Slots[p] != 0 {
			p = (p + 1) & mask
		}
		ix.Slots[p] = h>>32<<32 | uint64(i+1)
	}
	return ix
}

// indexSize returns the least power of two that is at least twice n, for n > 0.
func indexSize(n int) int { return 1 << bits.Len(uint(2*n-1)) }

// Find returns the id of key in keys, the list that the index was built from.
// It compares the key's bytes, so an unknown key is never taken for a known one,
// and does not allocate. It is safe for concurrent use.
func (ix Index) Find(keys Strings, key []byte) (id uint32, ok bool) {
	if len(ix.Slots) == 0 {
		return 0, false
	}
	mask := uint64(len(ix.Slots) - 1)
	h := xxh3.Hash(key)
	for p := h & mask; ; p = (p + 1) & mask {
		slot := ix.Slots[p]
		if slot == 0 {
			return 0, false
		}
		if slot>>32 == h>>32 && bytes.Equal(keys.At(int(uint32(slot)-1)), key) {
			return uint32(slot) - 1, true
		}
	}
}

// check refuses an index in which some key of a valid list is not found, an
// entry belongs to no key, or a search is slow. It is one pass over the slots,
// so a hostile file cannot make it slow either.
func (ix Index) check(keys Strings) error {
	want := 0
	if keys.Len() > 0 {
		want = indexSize(keys.Len())
	}
	if len(ix.Slots) != want {
		return fmt.Errorf("%d slots for %d keys, not %d", len(ix.Slots), keys.Len(), want)
	}
	if want == 0 {
		return nil
	}
	return ix.checkSlots(keys)
}

// checkSlots starts behind an empty slot, so that no run of taken slots wraps
// around, and requires that each key lies in the run that its search walks.
func (ix Index) checkSlots(keys Strings) error {
	first, err := ix.firstEmpty()
	if err != nil {
		return err
	}
	mask := uint64(len(ix.Slots) - 1)
	seen := make([]uint64, keys.Len()/64+1) // a bit per key
	found, run := 0, uint64(0)              // run: taken slots just before this one
	for step := 1; step < len(ix.Slots); step++ {
		p := (first + uint64(step)) & mask
		slot := ix.Slots[p]
		if slot == 0 {
			run = 0
			continue
		}
		id := uint64(uint32(slot)) - 1
		if id >= uint64(keys.Len()) || seen[id/64]>>(id%64)&1 != 0 {
			return fmt.Errorf("slot %d holds key %d of %d, out of range or twice", p, int64(id), keys.Len())
		}
		h := xxh3.Hash(keys.At(int(id)))
		if h>>32 != slot>>32 || (p-h)&mask > run {
			return fmt.Errorf("slot %d does not lead to its key %q", p, keys.At(int(id)))
		}
		if run++; run > maxRun {
			return fmt.Errorf("more than %d taken slots in a row before slot %d", maxRun, p)
		}
		seen[id/64] |= 1 << (id % 64)
		found++
	}
	if found != keys.Len() {
		return fmt.Errorf("%d keys of %d are in the index", found, keys.Len())
	}
	return nil
}

func (ix Index) firstEmpty() (uint64, error) {
	for p, slot := range ix.Slots {
		if slot == 0 {
			return uint64(p), nil
		}
	}
	return 0, fmt.Errorf("none of %d slots is empty", len(ix.Slots))
}
