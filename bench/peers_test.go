// Package bench runs the Python tests of the comparison with other tools.
package bench

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestPeers(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("python3 not found: %v", err)
	}
	noteSources(t)
	out, err := exec.Command(python, "-B", "-m", "unittest", "discover", "-s", "peers", "-t", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("python3 -m unittest: %v\n%s", err, out)
	}
}

// noteSources looks at the Python files, so that go test does not answer from its
// cache when one has changed.
func noteSources(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob("peers/*.py")
	if err != nil || len(files) == 0 {
		t.Fatalf("no Python files in peers: %v", err)
	}
	for _, f := range files {
		if _, err := os.Stat(f); err != nil {
			t.Fatal(err)
		}
	}
}
