package language

import (
	"math/rand/v2"
	"testing"
)

// TestSums: rows added at once are rows added number by number.
func TestSums(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for _, n := range []int{0, 1, 2, 20, longest + 2} {
		for _, spread := range []int{1, 3, largest} {
			var s sums
			var want row32
			for range n {
				var r row
				for i := range r {
					r[i] = int8(random.IntN(2*spread+1) - spread)
					want[i] += int32(r[i])
				}
				s.add(&r)
			}
			got := s.row()
			for i, x := range want {
				if int32(got[i]) != max(-largest, min(largest, x)) {
					t.Errorf("%d rows, class %d: %d, want %d", n, i, got[i], x)
				}
			}
		}
	}
	var s sums
	for range longest + 2 {
		s.add(&row{-largest, largest, -largest, largest, -largest, -largest, largest, largest})
	}
	if got, want := s.row(), (row{-largest, largest, -largest, largest, -largest, -largest, largest, largest}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
