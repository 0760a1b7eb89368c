package feedback

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
)

// List returns entries with an ID above after, oldest first: at most limit and, but for the
// first, at most maxBytes on disk. More says whether others follow.
func (l *Log) List(after uint64, limit int, maxBytes int64) (entries []Entry, more bool, err error) {
	places, more := l.page(after, limit, maxBytes)
	for _, at := range places {
		e, err := l.read(at)
		if err != nil {
			return nil, false, err
		}
		entries = append(entries, e)
	}
	return entries, more, nil
}

func (l *Log) page(after uint64, limit int, maxBytes int64) (page []place, more bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	start := sort.Search(len(l.places), func(i int) bool { return l.places[i].id > after })
	end := start
	for end < len(l.places) && end-start < limit {
		maxBytes -= int64(l.places[end].size)
		if maxBytes < 0 && end > start {
			break
		}
		end++
	}
	return slices.Clone(l.places[start:end]), end < len(l.places)
}

// read reads the entry at a place.
func (l *Log) read(at place) (Entry, error) {
	l.mu.RLock()
	name := l.segments[at.segment]
	l.mu.RUnlock()
	f, err := os.Open(filepath.Join(l.dir, name))
	if err != nil {
		return Entry{}, err
	}
	defer f.Close()
	data := make([]byte, at.size)
	if _, err := f.ReadAt(data, at.offset); err != nil {
		return Entry{}, fmt.Errorf("%s at byte %d: %w", name, at.offset, err)
	}
	e, err := parseLine(data[:len(data)-1])
	if err != nil {
		return Entry{}, fmt.Errorf("%s at byte %d: %w", name, at.offset, err)
	}
	return e, nil
}
