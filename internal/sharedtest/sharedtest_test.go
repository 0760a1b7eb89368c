package sharedtest

import (
	"os"
	"path/filepath"
	"testing"
)

// TestPath: what is there is found and read, what is not skips the test that asks.
func TestPath(t *testing.T) {
	root := t.TempDir()
	t.Setenv("TAJUK_SHARED", root)
	if err := os.WriteFile(filepath.Join(root, "a.txt"), []byte("isi"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Path(t, "a.txt"); got != filepath.Join(root, "a.txt") {
		t.Errorf("path %q", got)
	}
	if got := string(Read(t, "a.txt")); got != "isi" {
		t.Errorf("content %q", got)
	}
	asks := &skipped{TB: t}
	if Path(asks, "none.txt"); !asks.skipped {
		t.Error("the test that asks for what is not there goes on")
	}
}

// skipped notes that a test was to be skipped, and goes on.
type skipped struct {
	testing.TB
	skipped bool
}

func (s *skipped) Skip(...any) { s.skipped = true }

func TestCheckout(t *testing.T) {
	if _, err := os.Stat(filepath.Join(checkout(t), "go.mod")); err != nil {
		t.Error(err)
	}
}
