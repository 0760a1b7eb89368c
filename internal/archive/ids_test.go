package archive

import (
	"fmt"
	"testing"
)

func TestIDs(t *testing.T) {
	var s ids
	for i := range 1000 {
		if id := fmt.Sprint("a", i); s.again(id) || !s.again(id) {
			t.Fatalf("%q: want it new, then known", id)
		}
	}
	for range 2 {
		if s.again("") {
			t.Error("no id is known")
		}
	}
	if s.full {
		t.Error("full with a thousand")
	}
}
