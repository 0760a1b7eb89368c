package archive

import "github.com/zeebo/xxh3"

// mostIDs bounds the ids of one file that are remembered, and with them the memory: to some 80 MB.
const mostIDs = 4_000_000

// ids knows the ids of a file by their hashes. Among a million ids, the chance that two of them are taken for
// the same is one in ten million.
type ids struct {
	seen map[uint64]struct{}
	full bool // an id has been met that is not remembered
}

// again notes an id and reports whether it was noted before. A record without an id has none in common.
func (s *ids) again(id string) bool {
	if id == "" {
		return false
	}
	h := xxh3.HashString(id)
	if _, again := s.seen[h]; again {
		return true
	}
	if len(s.seen) >= mostIDs {
		s.full = true
		return false
	}
	if s.seen == nil {
		s.seen = make(map[uint64]struct{})
	}
	s.seen[h] = struct{}{}
	return false
}
