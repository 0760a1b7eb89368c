// Package sharedtest finds, for tests, the data that is kept beside the repository: in the folder that
// TAJUK_SHARED names, or else in the folder "shared" next to the checkout. A test that asks for what
// is not there is skipped. Tests alone import it.
package sharedtest

import (
	"os"
	"path/filepath"
	"testing"
)

// Path returns a file or folder of the shared data, or skips the test.
func Path(t testing.TB, elem ...string) string {
	t.Helper()
	root := os.Getenv("TAJUK_SHARED")
	if root == "" {
		root = filepath.Join(checkout(t), "..", "shared")
	}
	path := filepath.Join(append([]string{root}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("shared data not found: ", err)
	}
	return path
}

// Read returns the content of a file of the shared data, or skips the test.
func Read(t testing.TB, elem ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(Path(t, elem...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checkout is the folder that holds go.mod: a test runs in the folder of its package.
func checkout(t testing.TB) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder
		}
		if filepath.Dir(folder) == folder {
			t.Fatal("no go.mod above the test")
		}
		folder = filepath.Dir(folder)
	}
}
