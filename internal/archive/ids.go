package archive

import "github.com/zeebo/xxh3"

// mostIDs bounds the ids of one file that are remembered, and with them the memory: to 67 MB.
const mostIDs = 4_000_000

// ids knows the ids of a file by their hashes. Among a million ids, the chance that two of them are taken for
// the same is one in thirty million.
type ids struct {
	slots []uint64 // open addressing; a power of two, at most three quarters in use; 0 is free
	known int
	full  bool // an id has been met that is not remembered
}

// again notes an id and reports whether it was noted before. A record without an id has none in common.
func (s *ids) again(id string) bool {
	if id == "" {
		return false
	}
	if s.known >= len(s.slots)*3/4 && s.known < mostIDs {
		s.grow()
	}
	hash := max(xxh3.HashString(id), 1)
	slot := s.find(hash)
	switch {
	case *slot == hash:
		return true
	case s.known == mostIDs:
		s.full = true
	default:
		*slot = hash
		s.known++
	}
	return false
}

// find returns the slot of a hash, or the free one where it belongs.
func (s *ids) find(hash uint64) *uint64 {
	for at := hash; ; at++ {
		if slot := &s.slots[at&uint64(len(s.slots)-1)]; *slot == hash || *slot == 0 {
			return slot
		}
	}
}

func (s *ids) grow() {
	old := s.slots
	s.slots = make([]uint64, max(1024, 2*len(old)))
	for _, hash := range old {
		if hash != 0 {
			*s.find(hash) = hash
		}
	}
}
