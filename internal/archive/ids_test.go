package archive

import (
	"fmt"
	"testing"
)

func TestIDs(t *testing.T) {
	var s ids
	for i := range 5000 {
		if id := fmt.Sprint("a", i); s.again(id) || !s.again(id) {
			t.Fatalf("%q: want it new, then known", id)
		}
	}
	for i := range 5000 {
		if id := fmt.Sprint("a", i); !s.again(id) {
			t.Fatalf("%q is forgotten", id)
		}
	}
	for range 2 {
		if s.again("") {
			t.Error("no id is known")
		}
	}
	if s.known != 5000 || s.full {
		t.Errorf("%d known, full %v", s.known, s.full)
	}
}

// TestManyIDs: past the bound ids are no longer remembered, and those that are stay known.
func TestManyIDs(t *testing.T) {
	var s ids
	for i := range mostIDs {
		s.again(fmt.Sprint(i))
	}
	if s.again("one more") || !s.full || s.again("one more") || !s.again("7") || s.known != mostIDs {
		t.Errorf("%d known, full %v", s.known, s.full)
	}
}
