package corpus

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/zeebo/xxh3"
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

func (s *jsonScanner) load(line []byte) {
	s.jsonCursor.load(line)
	s.names = s.names[:0]
}

// member returns a key without escapes and its value, or gives up.
func (s *jsonScanner) member() (key, value jsonValue, ok bool) {
	key, ok = s.text()
	if !ok || len(key.text) != len(key.raw)-2 || len(s.names) == maxNames {
		return key, value, false
	}
	for _, n := range s.names {
		if bytes.Equal(n, key.raw) {
			return key, value, false
		}
	}
	s.names = append(s.names, key.raw)
	if !s.skip(':') {
		return key, value, false
	}
	value, ok = s.value()
	return key, value, ok
}

// value returns the next value, or gives up.
func (s *jsonScanner) value() (jsonValue, bool) {
	s.space()
	start := s.at
	if value, ok := s.text(); ok {
		return value, true
	}
	s.at = start
	if s.texts() {
		return jsonValue{raw: s.line[start:s.at]}, true
	}
	s.at = start
	s.other.load(s.line[start:])
	value, err := s.other.ReadValue()
	s.at += len(value)
	return jsonValue{raw: value}, err == nil && len(value) <= maxNested
}

// jsonCursor is a place in JSON.
type jsonCursor struct {
	line  []byte
	at    int    // what comes before is read
	plain []byte // scratch: a string without its escapes
}

// jsonValue is a value as it is written and, if it is a string, what that stands for. It is valid until the next one is read.
type jsonValue struct{ raw, text []byte }

func (v *jsonValue) kind() jsontext.Kind { return jsontext.Value(v.raw).Kind() }

func (c *jsonCursor) load(line []byte) { c.line, c.at = line, 0 }

// whole returns a value that is valid by itself.
func (c *jsonCursor) whole(raw []byte) jsonValue {
	c.load(raw)
	if v, ok := c.text(); ok {
		return v
	}
	return jsonValue{raw: raw}
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
	more := c.skip('[')
	for more {
		if _, ok := c.text(); !ok {
			return false
		}
		if more = c.skip(','); !more {
			return c.skip(']')
		}
	}
	return false
}

// text returns the next value, if it is a string.
func (c *jsonCursor) text() (v jsonValue, ok bool) {
	if !c.skip('"') {
		return v, false
	}
	start, from := c.at-1, c.at // from: what comes before is in plain
	c.plain = c.plain[:0]
	for {
		n := bytes.IndexByte(c.line[c.at:], '"')
		if n < 0 {
			return v, false
		}
		for quote := c.at + n; c.at <= quote; { // else it was escaped
			i := bytes.IndexByte(c.line[c.at:quote], '\\')
			if i < 0 {
				v = jsonValue{c.line[start : quote+1], c.line[from:quote]}
				if len(c.plain) > 0 {
					c.plain = append(c.plain, v.text...)
					v.text = c.plain
				}
				c.at = quote + 1
				return v, isText(v.raw)
			}
			r, n := escape(c.line[c.at+i:])
			if n == 0 {
				return v, false
			}
			c.plain = utf8.AppendRune(append(c.plain, c.line[c.at:c.at+i]...), r)
			c.at += i + n
			from = c.at
		}
	}
}

// isText reports whether b is valid UTF-8 without control characters. Nearly all is ASCII, and is looked at eight bytes at a
// time: a byte below a blank borrows from its top bit.
func isText(b []byte) bool {
	const blanks, tops = 0x2020202020202020, 0x8080808080808080
	var any, control uint64
	rest := b
	for ; len(rest) >= 16; rest = rest[16:] {
		v, w := binary.LittleEndian.Uint64(rest), binary.LittleEndian.Uint64(rest[8:])
		any |= v | w
		control |= (v-blanks)&^v | (w-blanks)&^w
	}
	for _, c := range rest {
		if c < ' ' {
			return false
		}
		any |= uint64(c)
	}
	return control&tops == 0 && (any&tops == 0 || utf8.Valid(b))
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

// sharedStrings holds strings that come again and again: dates, sources and labels.
type sharedStrings [256]string

// of returns a string of those bytes, if it can without a copy.
func (s *sharedStrings) of(b []byte) string {
	if len(b) > 64 {
		return string(b)
	}
	known := &s[xxh3.Hash(b)%uint64(len(s))]
	if *known != string(b) {
		*known = string(b)
	}
	return *known
}
