package corpus

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
)

// Files yields the files that Read would read, in its order: folders are
// replaced by the files in them. What cannot be looked at is a [*SourceError].
func Files(sources []string, o Options) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, source := range sources {
			w := walk{all: o.Format != Auto && !o.Format.isArchive(), seen: make(map[string]bool), yield: yield}
			if !w.source(source) {
				return
			}
		}
	}
}

// walk finds the files of one source. Its methods return false to stop.
type walk struct {
	all   bool            // also files whose name tells no format
	seen  map[string]bool // real paths of the folders entered, against loops of links
	found int
	yield func(string, error) bool
}

func (w *walk) fail(path string, err error) bool {
	return w.yield("", &SourceError{Path: path, Err: reason(err)})
}

func (w *walk) source(path string) bool {
	if path == "-" {
		return w.yield(path, nil)
	}
	info, err := os.Stat(path)
	if err != nil {
		return w.fail(path, err)
	}
	if !info.IsDir() {
		return w.yield(path, nil)
	}
	if !w.folder(path) {
		return false
	}
	if w.found == 0 {
		return w.fail(path, errors.New("no article files in this folder: give "+known))
	}
	return true
}

func (w *walk) folder(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return w.fail(path, err)
	}
	if w.seen[real] {
		return true
	}
	w.seen[real] = true
	entries, err := os.ReadDir(path) // sorted by name
	if err != nil {
		w.found++ // there is something, even if it cannot be read
		return w.fail(path, err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !w.entry(filepath.Join(path, e.Name())) {
			return false
		}
	}
	return true
}

func (w *walk) entry(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		w.found++
		return w.fail(path, err)
	}
	if info.IsDir() {
		return w.folder(path)
	}
	format, later := byExtension(path)
	if !info.Mode().IsRegular() || !w.all && format == Auto && later == "" {
		return true
	}
	w.found++
	return w.yield(path, nil)
}

// reason drops the operation and path that the os package puts before an
// error: SourceError names the path itself.
func reason(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
