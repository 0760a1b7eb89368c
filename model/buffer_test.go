package model

import "testing"

// TestNewBuffer: a buffer is empty, has the room asked for and, if it is large, begins with a huge page.
func TestNewBuffer(t *testing.T) {
	for _, n := range []int{0, 1, hugePage - 1, hugePage, 3*hugePage + 5} {
		b := newBuffer(n)
		if b.Len() != 0 || b.Available() < n {
			t.Errorf("%d bytes: %d are there, and room for %d", n, b.Len(), b.Available())
		}
		full := b.AvailableBuffer()[:n]
		for _, c := range full {
			if c != 0 {
				t.Fatalf("%d bytes: they are not zeros", n)
			}
		}
	}
}
