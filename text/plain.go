package text

import "unsafe"

// Plain is a word of ASCII letters only, fewer than KeyLength, all of which are its form in lower case, and which means nothing
// to what follows. Of words of news more than nine in ten are plain.
type Plain struct {
	Key        Key
	Start, End int
}

// run is how many plain words a Scanner reads at a time.
const run = 16

// Run reads the plain words that stand next in the text, some at a time: there may be more of them behind those it returns,
// but what Scan finds behind none is of another sort. The words count as scanned; they are valid until the
// next Run or Scan. To read a text by Run and Scan in turn is faster than by Scan alone, and gives the same words.
func (s *Scanner) Run() []Plain {
	if s.next == s.ahead {
		s.readAhead()
	}
	words := s.plain[s.next:s.ahead]
	s.next = s.ahead
	return words
}

// take makes the token of the next plain word that has been read.
func (s *Scanner) take() {
	w := &s.plain[s.next]
	s.next++
	w.Key.AppendForm(s.form[:0])
	s.key, s.n = w.Key, w.End-w.Start
	s.kind, s.start, s.end = Word, w.Start, w.End
}

// readAhead reads plain words, as many as there are or as fit, and notes where the next token is something else.
func (s *Scanner) readAhead() {
	s.next, s.ahead = 0, 0
	if s.bare || s.pos == s.odd {
		return
	}
	if s.pos+window <= len(s.text) {
		s.ahead, s.pos = readPlain(s.text, s.pos, s.plain[:])
	}
	if s.ahead < run && s.pos+window > len(s.text) {
		s.readTail()
	}
	if s.ahead < run {
		s.odd = s.pos
	}
	s.clock = s.clock && s.ahead == 0
}

// window is how many bytes readPlain needs from where a word may begin: those of its masks, and the one behind a full stop.
const window = 65

// readTail goes on where fewer bytes are left. Behind the text, it sees separators.
func (s *Scanner) readTail() {
	var tail [2 * window]byte
	copy(tail[:], s.text[s.pos:])
	words := s.plain[s.ahead:]
	n, pos := readPlain(unsafe.String(&tail[0], len(tail)), 0, words)
	for i := range words[:n] {
		words[i].Start += s.pos
		words[i].End += s.pos
	}
	s.ahead, s.pos = s.ahead+n, min(s.pos+pos, len(s.text))
}
