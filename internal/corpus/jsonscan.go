package corpus

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonScanner finds the members of one JSON object in memory, in a fraction of the time that the library takes. It knows
// strings and arrays of them; other values are the library's. At whatever is not plainly well-formed it gives up, and
// the library decides about the whole line, so that there is one judge of what is JSON.
type jsonScanner struct {
	jsonCursor
	names [][]byte // of the members so far, as they are written
	other jsonDecoder
}

const (
	maxNames  = 32       // members of an object that are compared one by one
	maxNested = 16 << 10 // bytes of a value that the library reads apart: too few to be too deep for it
)

func (s *jsonScanner) load(line []byte) { s.jsonCursor, s.names = jsonCursor{line: line}, s.names[:0] }

// member returns a name, which has no escapes, and its value, both as they are written; or gives up.
func (s *jsonScanner) member() (name, value []byte, ok bool) {
	name, ok = s.text()
	if !ok || bytes.IndexByte(name, '\\') >= 0 || len(s.names) == maxNames {
		return nil, nil, false
	}
	for _, n := range s.names {
		if bytes.Equal(n, name) {
			return nil, nil, false
		}
	}
	s.names = append(s.names, name)
	if !s.skip(':') {
		return nil, nil, false
	}
	value, ok = s.value()
	return name, value, ok
}

// value returns the next value, or gives up.
func (s *jsonScanner) value() ([]byte, bool) {
	s.space()
	start := s.at
	if value, ok := s.text(); ok {
		return value, true
	}
	s.at = start
	if s.texts() {
		return s.line[start:s.at], true
	}
	s.at = start
	s.other.load(s.line[start:])
	value, err := s.other.ReadValue()
	s.at += len(value)
	return value, err == nil && len(value) <= maxNested
}

// jsonCursor is a place in JSON.
type jsonCursor struct {
	line []byte
	at   int // what comes before is read
}

// skip passes over white space and b. It stays before what is not b.
func (c *jsonCursor) skip(b byte) bool {
	c.space()
	if c.at == len(c.line) || c.line[c.at] != b {
		return false
	}
	c.at++
	return true
}

func (c *jsonCursor) space() {
	for c.at < len(c.line) && (c.line[c.at] == ' ' || c.line[c.at] == '\t' || c.line[c.at] == '\r' || c.line[c.at] == '\n') {
		c.at++
	}
}

// done reports whether nothing but white space is left.
func (c *jsonCursor) done() bool {
	c.space()
	return c.at == len(c.line)
}

// texts passes over an array of strings that is not empty.
func (c *jsonCursor) texts() bool {
	if !c.skip('[') {
		return false
	}
	for {
		if _, ok := c.text(); !ok {
			return false
		}
		if !c.skip(',') {
			return c.skip(']')
		}
	}
}

// text returns the next value with its quotes, if it is a string.
func (c *jsonCursor) text() ([]byte, bool) {
	if !c.skip('"') {
		return nil, false
	}
	start := c.at - 1
	for {
		c.at += plainLength(c.line[c.at:])
		rest := c.line[c.at:]
		n := 0
		switch {
		case len(rest) == 0:
		case rest[0] == '"':
			c.at++
			return c.line[start:c.at], true
		case rest[0] == '\\':
			_, n = escape(rest)
		case rest[0] >= utf8.RuneSelf:
			if r, size := utf8.DecodeRune(rest); r != utf8.RuneError || size > 1 {
				n = size
			}
		}
		if n == 0 { // broken
			return nil, false
		}
		c.at += n
	}
}

// plainLength is how many bytes text starts with that stand for themselves in a JSON string: ASCII but for quotes,
// backslashes and control characters.
func plainLength(text []byte) int {
	i := 0
	for ; i+16 <= len(text); i += 16 {
		a, b := special(binary.LittleEndian.Uint64(text[i:])), special(binary.LittleEndian.Uint64(text[i+8:]))
		if a != 0 {
			return i + bits.TrailingZeros64(a)/8
		}
		if b != 0 {
			return i + 8 + bits.TrailingZeros64(b)/8
		}
	}
	for i < len(text) && text[i] >= ' ' && text[i] < utf8.RuneSelf && text[i] != '"' && text[i] != '\\' {
		i++
	}
	return i
}

// special marks, by its top bit, the first of the eight bytes of w that is not plain. (A byte less than what is subtracted
// from it borrows from its top bit, which no ASCII has.) Bytes after that one may be marked as well; none are if all are plain.
func special(w uint64) uint64 {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	return (w | (w - ' '*ones) | (w ^ '"'*ones - ones) | (w ^ '\\'*ones - ones)) & tops
}

// escape returns the character that an escape sequence at the start of text stands for, and the length of the
// sequence: 0 if it is broken.
func escape(text []byte) (rune, int) {
	if len(text) < 2 {
		return 0, 0
	}
	switch text[1] {
	case '"', '\\', '/':
		return rune(text[1]), 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	}
	r, ok := unit(text)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	low, _ := unit(text[6:]) // 0, which is no half of a pair, if there is none
	if r = utf16.DecodeRune(r, low); r == unicode.ReplacementChar {
		return 0, 0
	}
	return r, 12
}

// unit returns the UTF-16 unit that text starts with as \uXXXX.
func unit(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// appendUnquoted appends what a string stands for that is valid as JSON. Escapes are few: what is
// between them is copied in one go.
func appendUnquoted(dst, value []byte) []byte {
	text := value[1 : len(value)-1]
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			return append(dst, text...)
		}
		r, n := escape(text[i:]) // n > 0: the string is valid
		dst = utf8.AppendRune(append(dst, text[:i]...), r)
		text = text[i+n:]
	}
}
