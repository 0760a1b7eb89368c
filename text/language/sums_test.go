package language

import (
	"math/rand/v2"
	"testing"
)

// TestSums: rows added at once are rows added number by number.
func TestSums(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for _, n := range []int{0, 1, 2, 20, mostRows} {
		for _, spread := range []int{1, 3, largest} {
			var s sums
			var want row32
			for range n {
				var r row
				for i := range r {
					r[i] = int8(random.IntN(2*spread+1) - spread)
					want[i] += int32(r[i])
				}
				s.add(r.pack())
			}
			if got := s.row(); got != want {
				t.Errorf("%d rows of up to %d: %v, want %v", n, spread, got, want)
			}
		}
	}
	var s sums
	extremes := row{-largest, largest, -largest, largest, -largest, -largest, largest, largest}
	for range mostRows {
		s.add(extremes.pack())
	}
	if got := s.clamped(); got != extremes {
		t.Errorf("got %v, want %v", got, extremes)
	}
}

// TestManyWords: a Guess adds up more words than sums have room for, and never their classes, which are numbers as large as can be here.
func TestManyWords(t *testing.T) {
	var g Guess
	table := Default()
	forms := table.common[127-len(affixes):][:2]
	one, other := table.Word([]byte(forms[0])), table.Word([]byte(forms[1]))
	one.hash, other.hash = 1, 2 // each takes the place of the other
	for range 2 * mostRows {
		g.AddWord(&one)
		g.AddWord(&other)
	}
	r, s := table.row(forms[0]), table.row(forms[1])
	if one.class < 128 || other.class < 128 {
		t.Errorf("classes %d and %d, want some from 128", one.class, other.class)
	}
	for i, x := range g.total() {
		if want := 2 * mostRows * (int32(r[i]) + int32(s[i])); i > 0 && x != want {
			t.Errorf("class %d: %d, want %d", i, x, want)
		}
	}
	if g.Words != 4*mostRows || g.Known != g.Words {
		t.Errorf("%d words, %d known", g.Words, g.Known)
	}
}

// TestManyWordsAgain: words that come again, whenever they do, leave no more rows than sums have room for.
func TestManyWordsAgain(t *testing.T) {
	var g Guess
	the := []byte("the")
	g.Add(the)
	one, r := Default().Word(the), Default().row("the")
	want := int32(1)
	for range 3 * mostRows {
		if (g.Words+1)%mostRows == 0 {
			g.Add(the) // seen: no row
			continue
		}
		one.hash = uint32(1 + want%2) // not the word before
		g.AddWord(&one)
		want++
	}
	for i, x := range g.total() {
		if i > 0 && x != want*int32(r[i]) {
			t.Errorf("class %d: %d, want %d", i, x, want*int32(r[i]))
		}
	}
}
