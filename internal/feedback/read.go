package feedback

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// Read yields the entries in a folder, oldest first, without opening it as a log: a process that
// writes to it may go on. A damaged line gives an error, "file:line: reason", and reading
// goes on; any other error is the last. An incomplete line at the very end is not there yet.
func Read(dir string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		names, err := segmentNames(dir)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		for i, name := range names {
			if !readSegment(filepath.Join(dir, name), i == len(names)-1, yield) {
				return
			}
		}
	}
}

func readSegment(file string, last bool, yield func(Entry, error) bool) (more bool) {
	f, err := os.Open(file)
	if err != nil {
		yield(Entry{}, err)
		return false
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<20)
	for number := 1; ; number++ {
		data, err := r.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			yield(Entry{}, fmt.Errorf("%s: %w", file, err))
			return false
		}
		if err != nil && (last || len(data) == 0) {
			return true
		}
		e, bad := parseLine(data[:len(data)-1])
		if bad != nil {
			bad = fmt.Errorf("%s:%d: %w", file, number, bad)
		}
		if !yield(e, bad) {
			return false
		}
		if err != nil {
			return true
		}
	}
}

// segmentNames lists the segments in a folder, in order.
func segmentNames(dir string) (names []string, err error) {
	files, err := os.ReadDir(dir)
	for _, f := range files {
		if _, ok := segmentNumber(f.Name()); ok {
			names = append(names, f.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int { // by number: beyond 999999 the names are longer
		x, _ := segmentNumber(a)
		y, _ := segmentNumber(b)
		return x - y
	})
	return names, err
}

// Latest returns the number of the last entry about each article, by [Entry.Article]: what
// a later correction of the same article replaces is not in it.
func Latest(entries iter.Seq2[Entry, error]) map[string]uint64 {
	last := map[string]uint64{}
	for e, err := range entries {
		if err == nil {
			last[e.Article()] = e.ID
		}
	}
	return last
}
