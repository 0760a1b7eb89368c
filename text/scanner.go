package text

import "encoding/binary"

// maxForm is the longest form of a word in bytes. What is longer is an encoded
// blob or a run of a script without spaces, and no two articles share it.
const maxForm = 64

// Scanner cuts a text into tokens. The zero value is ready for Reset. It keeps its
// scratch space, so one Scanner per goroutine, reused, does not allocate.
//
//	var s text.Scanner
//	s.Reset(article)
//	for s.Scan() {
//		use(s.Token())
//	}
type Scanner struct {
	text   string
	pos    int  // all before it is done
	noLink int  // no link starts before this position; keeps the search for links linear
	clock  bool // the last token announces a time of day: "pukul"

	plain       [run]Plain // words that have been read ahead, those from next up to ahead
	next, ahead int
	odd         int  // where no plain word begins
	bare        bool // plain words are read like all others

	start, end int
	kind       Kind
	n          int // length of the form, also where it no longer fits
	form       [maxForm]byte
	key        Key      // of a form of at most KeyLength bytes
	peeked     [12]byte // a look-ahead word, lower case
	folder     folder
}

// Reset starts on a new text. The Scanner keeps a reference to it.
func (s *Scanner) Reset(text string) {
	s.text, s.pos, s.noLink, s.clock = text, 0, 0, false
	s.next, s.ahead, s.odd, s.bare = 0, 0, -1, !hasPlain()
	s.start, s.end, s.kind, s.n = 0, 0, 0, 0
}

// Token is the token found by the last Scan.
func (s *Scanner) Token() Token {
	return Token{Start: s.start, End: s.end, Kind: s.kind, Form: s.form[:s.n:s.n]}
}

// Kind is what the token found by the last Scan is.
func (s *Scanner) Kind() Kind { return s.kind }

// Start is where the token found by the last Scan begins in the text.
func (s *Scanner) Start() int { return s.start }

// Scan advances to the next token and reports whether there is one.
func (s *Scanner) Scan() bool {
	for {
		if s.next == s.ahead {
			s.readAhead()
		}
		if s.next < s.ahead {
			s.take()
			return true
		}
		i := s.pos
		for i < len(s.text) && classes[s.text[i]] == separator {
			i++
		}
		if i >= len(s.text) {
			break
		}
		found := false
		switch classes[s.text[i]] {
		case letter:
			found = s.word(i)
		case digit:
			found = s.number(i)
		default:
			found = s.sign(i)
		}
		if found {
			return true
		}
	}
	s.pos, s.start, s.end, s.kind, s.n = len(s.text), len(s.text), len(s.text), 0, 0
	return false
}

// word reads a word that begins with an ASCII letter. Most are letters only, fewer than sixteen, and end at a blank
// or a comma: these are read without a branch on their length. Of the others, whatever follows the letters is left to compound.
func (s *Scanner) word(start int) bool {
	text := s.text[start:]
	if len(text) < KeyLength {
		return s.longWord(start, 0)
	}
	key, n := lowerWord(text)
	binary.LittleEndian.PutUint64(s.form[:], key.Low)
	binary.LittleEndian.PutUint64(s.form[8:], key.High)
	if n == KeyLength {
		return s.longWord(start, n)
	}
	s.n = n
	end := start + n
	switch {
	case glue[text[n]]:
		return s.compound(start, end)
	case n < 2 || maybeClitic(s.text, start, end) || keywords.may(key.Low):
		return s.finish(start, end)
	}
	s.key = key
	return s.found(Word, start, end)
}

// longWord is word where the text is near its end, or after the first n letters of a long one.
func (s *Scanner) longWord(start, n int) bool {
	text := s.text[start:]
	for n < len(text) && lower[text[n]] != 0 {
		s.put(n, lower[text[n]])
		n++
	}
	s.n = n
	if n < len(text) && glue[text[n]] {
		return s.compound(start, start+n)
	}
	return s.finish(start, start+n)
}

// sign reads what begins with neither an ASCII letter nor a digit.
func (s *Scanner) sign(i int) bool {
	switch s.text[i] {
	case '$':
		return s.money(i, i+1, false) || s.skip(i+1)
	case '&':
		return s.skip(i + max(1, entity(s.text, i)))
	case '[':
		return s.shortcode(i)
	}
	r, size := decode(s.text, i)
	switch {
	case isCurrency(r):
		return s.money(i, i+size, false) || s.skip(i+size)
	case isWordStart(r) && apostrophe(s.text, i) == 0:
		return s.compound(i, i)
	}
	return s.skip(i + size)
}

// skip goes on at position i without a token.
func (s *Scanner) skip(i int) bool {
	s.pos = i
	return false
}

// emit makes the class token of text[start:end].
func (s *Scanner) emit(kind Kind, class string, start, end int) bool {
	s.n = copy(s.form[:], class)
	return s.accept(kind, start, end)
}

// accept makes a token of text[start:end] with the form that has been collected.
func (s *Scanner) accept(kind Kind, start, end int) bool {
	s.key = Key{s.firstEight(), binary.LittleEndian.Uint64(s.form[8:]) & firstBytes(max(s.n, 8)-8)}
	return s.found(kind, start, end)
}

// found is accept where the key is known, too.
func (s *Scanner) found(kind Kind, start, end int) bool {
	s.kind, s.start, s.end, s.pos = kind, start, end, end
	s.clock = false
	return true
}

// add appends a byte to the form.
func (s *Scanner) add(c byte) {
	s.put(s.n, c)
	s.n++
}

// put sets byte n of the form, if the form has room for it.
func (s *Scanner) put(n int, c byte) {
	if n < maxForm {
		s.form[n] = c
	}
}
