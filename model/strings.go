package model

import (
	"bytes"
	"fmt"
	"math"
	"unicode/utf8"
)

// Strings is an immutable list of strings in one block of bytes. In a model it
// is sorted bytewise, without duplicates or empty strings, and valid UTF-8.
type Strings struct {
	Bytes []byte   // the strings one after another
	Ends  []uint32 // Ends[i] is where string i stops in Bytes
}

// NewStrings makes Strings of a list that is already sorted bytewise. It refuses
// a list that is not, and duplicates, empty strings and invalid UTF-8.
func NewStrings(sorted []string) (Strings, error) {
	size := 0
	for _, s := range sorted {
		size += len(s)
	}
	if uint64(size) > math.MaxUint32 {
		return Strings{}, fmt.Errorf("model: strings of %d bytes together: the limit is %d", size, uint32(math.MaxUint32))
	}
	list := Strings{Bytes: make([]byte, 0, size), Ends: make([]uint32, 0, len(sorted))}
	for _, s := range sorted {
		list.Bytes = append(list.Bytes, s...)
		list.Ends = append(list.Ends, uint32(len(list.Bytes)))
	}
	if err := list.check(); err != nil {
		return Strings{}, fmt.Errorf("model: %w", err)
	}
	return list, nil
}

// Len returns the number of strings.
func (s Strings) Len() int { return len(s.Ends) }

// At returns string i, backed by the list: the caller must not change it.
func (s Strings) At(i int) []byte {
	start := uint32(0)
	if i > 0 {
		start = s.Ends[i-1]
	}
	end := s.Ends[i]
	return s.Bytes[start:end:end]
}

// check refuses a list on which At would panic or a search would go wrong.
func (s Strings) check() error {
	if err := s.checkEnds(); err != nil {
		return err
	}
	whole := utf8.Valid(s.Bytes)
	var previous []byte
	for i := range s.Ends {
		entry := s.At(i)
		// Valid as a whole and cut only where a rune starts: every entry is valid.
		if !whole && !utf8.Valid(entry) || !utf8.RuneStart(entry[0]) {
			return fmt.Errorf("entry %d is not valid UTF-8: %q", i, entry)
		}
		if bytes.Compare(previous, entry) >= 0 {
			return fmt.Errorf("entry %d, %q, does not sort after %q", i, entry, previous)
		}
		previous = entry
	}
	return nil
}

func (s Strings) checkEnds() error {
	previous := uint32(0)
	for i, end := range s.Ends {
		if end <= previous {
			return fmt.Errorf("entry %d ends at byte %d, not after byte %d: it must not be empty", i, end, previous)
		}
		previous = end
	}
	if uint64(previous) != uint64(len(s.Bytes)) {
		return fmt.Errorf("the last entry ends at byte %d of %d", previous, len(s.Bytes))
	}
	return nil
}
