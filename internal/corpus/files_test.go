package corpus

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
}

// found lists the files and errors of a walk, relative to dir.
func found(dir string, o Options, sources ...string) []string {
	var got []string
	for path, err := range Files(sources, o) {
		if err != nil {
			path = "error " + err.Error()
		}
		got = append(got, strings.ReplaceAll(path, dir+"/", ""))
	}
	return got
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b.jsonl", "a/z.txt", "a/y.csv.gz", "c.HTML", "photo.jpg", ".hidden.txt", ".git/x.txt", "d/e/f.md", "d.txt", "Makefile"} {
		writeFile(t, filepath.Join(dir, name), "x")
	}
	link(t, "..", filepath.Join(dir, "a", "up"))  // a loop
	link(t, "../d", filepath.Join(dir, "a", "w")) // a folder reached twice
	link(t, "../b.jsonl", filepath.Join(dir, "a", "x.jsonl"))
	link(t, "nowhere", filepath.Join(dir, "g.txt"))
	link(t, "h.txt", filepath.Join(dir, "h.txt")) // a loop of one

	want := []string{
		"a/w/e/f.md", "a/x.jsonl", "a/y.csv.gz", "a/z.txt", "b.jsonl", "c.HTML", "d.txt",
		"error g.txt: no such file or directory", "error h.txt: too many levels of symbolic links",
	}
	if diff := cmp.Diff(want, found(dir, Options{}, dir)); diff != "" {
		t.Error(diff)
	}
	forced := found(dir, Options{Format: Text}, dir)
	if joined := strings.Join(forced, " "); !strings.Contains(joined, "Makefile") || strings.Contains(joined, ".hidden") {
		t.Errorf("with a format given every file but hidden ones is read, got %s", joined)
	}
}

func TestFolderIsRead(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, dir+"/b.jsonl", "{\"text\":\"b\"}\n")
	writeFile(t, dir+"/a.txt", "a")
	writeFile(t, dir+"/c.xml", "<p>")
	got, errs := ReadAll(context.Background(), []string{dir, dir}, Options{})
	if len(got) != 4 || got[0].Text != "a" || got[1].Text != "b" {
		t.Errorf("records %v", documents(got))
	}
	if len(errs) != 2 || !strings.Contains(errs[0].Error(), "c.xml: xml is not read") {
		t.Errorf("errors %v", errs)
	}
}

func TestFolderFaults(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, dir+"/sub/photo.jpg", "x")
	want := []string{"error " + dir + ": no article files in this folder: give " + known}
	if diff := cmp.Diff(want, found("none", Options{}, dir)); diff != "" {
		t.Error(diff)
	}
	if os.Getuid() == 0 {
		t.Log("running as root, who can read every folder: permissions are not tried")
		return
	}
	if err := os.Chmod(dir+"/sub", 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir+"/sub", 0o755)
	if got := found(dir, Options{}, dir); len(got) != 1 || got[0] != "error sub: permission denied" {
		t.Error(got)
	}
}

func TestFilesStops(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "b/c.txt", "d.txt"} {
		writeFile(t, filepath.Join(dir, name), "x")
	}
	for stop := 1; stop <= 4; stop++ {
		n := 0
		for range Files([]string{dir, "-"}, Options{}) {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d files before stop %d", n, stop)
		}
	}
}
