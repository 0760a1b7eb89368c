package access

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// checkEvery is how often at most files are looked at for changes.
const checkEvery = time.Second

// watched is a value made of files, made again after they have changed. Nothing runs in the
// background: files are looked at when the value is asked for.
type watched[T any] struct {
	files   []string
	parse   func(contents [][]byte) (T, error)
	report  func(error) // told of files that cannot be used, once a change
	value   atomic.Pointer[T]
	checked atomic.Int64 // UnixNano

	mu    sync.Mutex // held by the one who looks
	stamp string     // of the files when last read
}

// watch reads files for the first time, and fails if they cannot be used.
func watch[T any](report func(error), parse func([][]byte) (T, error), files ...string) (*watched[T], error) {
	w := &watched[T]{files: files, parse: parse, report: report}
	w.checked.Store(time.Now().UnixNano())
	w.stamp = w.newStamp()
	return w, w.read()
}

// get returns the value, never waiting for another who looks at the files.
func (w *watched[T]) get() *T {
	now := time.Now().UnixNano()
	if now-w.checked.Load() > int64(checkEvery) && w.mu.TryLock() {
		w.refresh(now)
		w.mu.Unlock()
	}
	return w.value.Load()
}

func (w *watched[T]) refresh(now int64) {
	w.checked.Store(now)
	stamp := w.newStamp()
	if stamp == w.stamp {
		return
	}
	w.stamp = stamp
	if err := w.read(); err != nil {
		w.report(err)
	}
}

// newStamp differs when a file has changed: in place, or by another file put in its place.
func (w *watched[T]) newStamp() (stamp string) {
	for _, name := range w.files {
		info, err := os.Stat(name)
		if err != nil {
			stamp += err.Error()
			continue
		}
		stamp += fmt.Sprint(info.ModTime().UnixNano(), info.Size(), ";")
	}
	return stamp
}

func (w *watched[T]) read() error {
	contents := make([][]byte, len(w.files))
	for i, name := range w.files {
		var err error
		if contents[i], err = os.ReadFile(name); err != nil {
			return err
		}
	}
	value, err := w.parse(contents)
	if err == nil {
		w.value.Store(&value)
	}
	return err
}

// ListFile is a list in a file that may change.
type ListFile struct{ watched *watched[*List] }

// OpenList reads the list in a file. Later changes take effect within a second; a file
// that has become wrong is told to report, and the list of before stays.
func OpenList(file string, report func(error)) (*ListFile, error) {
	w, err := watch(report, func(c [][]byte) (*List, error) { return ParseList(file, c[0]) }, file)
	return &ListFile{w}, err
}

// List returns the list as the file has it now.
func (f *ListFile) List() *List { return *f.watched.get() }
