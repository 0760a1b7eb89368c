package model

import (
	"slices"
	"testing"

	"github.com/zeebo/xxh3"
)

func TestFindEachKeyAndNoOther(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 4, 5, 31, 32, 33, 1000, 20_000} {
		known := words(n, uint64(n))
		keys := list(t, known...)
		ix := BuildIndex(keys)
		if err := ix.check(keys); err != nil {
			t.Fatalf("%d keys: %v", n, err)
		}
		for i, key := range known {
			if id, ok := ix.Find(keys, []byte(key)); !ok || id != uint32(i) {
				t.Fatalf("%d keys: Find(%q) = %d, %v, want %d", n, key, id, ok, i)
			}
		}
		for _, key := range append(words(1000, 99), "", "ba", "x", "bak\x00", "BA") {
			want, isKnown := slices.BinarySearch(known, key)
			if id, ok := ix.Find(keys, []byte(key)); ok != isKnown || ok && int(id) != want {
				t.Fatalf("%d keys: Find(%q) = %d, %v", n, key, id, ok)
			}
		}
	}
}

// A slot with the right fingerprint and another key must not be an answer.
func TestFindComparesBytes(t *testing.T) {
	keys := list(t, "bola", "saham")
	ix := Index{Slots: make([]uint64, 4)}
	h := xxh3.HashString("bola")
	ix.Slots[h&3] = h>>32<<32 | 2 // leads to "saham"
	if id, ok := ix.Find(keys, []byte("bola")); ok {
		t.Errorf("found %d", id)
	}
}

func TestFindDoesNotAllocate(t *testing.T) {
	m := sample(t)
	key := []byte("saham")
	if n := testing.AllocsPerRun(100, func() { m.FormIndex.Find(m.Forms, key) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Every change to a single slot must be noticed.
func TestIndexCheckNoticesChange(t *testing.T) {
	keys := list(t, words(60, 5)...)
	ix := BuildIndex(keys)
	for p, old := range ix.Slots {
		for _, slot := range []uint64{0, old + 1, old - 1, old ^ 1<<32, old ^ 1<<63, 1, 60, 61, ^uint64(0), ix.Slots[(p+1)%len(ix.Slots)]} {
			if slot == old {
				continue
			}
			ix.Slots[p] = slot
			if ix.check(keys) == nil {
				t.Errorf("slot %d changed from %#x to %#x: not noticed", p, old, slot)
			}
		}
		ix.Slots[p] = old
	}
	for p := range ix.Slots {
		ix.Slots[p] |= 1
	}
	if ix.check(keys) == nil {
		t.Error("an index without an empty slot: not noticed")
	}
}

// The order of keys that share a run is free, as long as each is found.
func TestIndexCheckAgreesWithFind(t *testing.T) {
	known := words(500, 6)
	keys := list(t, known...)
	ix := BuildIndex(keys)
	for p := range ix.Slots {
		next := (p + 1) % len(ix.Slots)
		ix.Slots[p], ix.Slots[next] = ix.Slots[next], ix.Slots[p]
		all := true
		for i, key := range known {
			id, ok := ix.Find(keys, []byte(key))
			all = all && ok && id == uint32(i)
		}
		if err := ix.check(keys); (err == nil) != all {
			t.Fatalf("slots %d and %d swapped: all found is %v, check says %v", p, next, all, err)
		}
		ix.Slots[p], ix.Slots[next] = ix.Slots[next], ix.Slots[p]
	}
}

func TestIndexRefusesLongRuns(t *testing.T) {
	// Keys in one run: every hash of these has the same home slot of the table.
	const n = maxRun + 1
	mask := uint64(indexSize(n) - 1)
	var known []string
	for i := 0; len(known) < n; i++ {
		key := string([]rune{rune(0x4e00 + i%20000), rune(0x4e00 + i/20000)})
		if xxh3.HashString(key)&mask < 3 {
			known = append(known, key)
		}
	}
	slices.Sort(known)
	keys := list(t, known...)
	if err := BuildIndex(keys).check(keys); err == nil {
		t.Errorf("a run of %d slots was accepted", n)
	}
}
