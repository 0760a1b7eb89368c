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

// lowerWord reads the ASCII letters, up to KeyLength of them, with which a text of at least so many bytes begins. It
// returns them in lower case, and how many there are.
func lowerWord(text string) (k Key, n int) {
	low, high := load(text), load(text[8:KeyLength])
	notLow, notHigh := others(low), others(high)
	n = bits.TrailingZeros64(notLow) / 8
	whole := -(n >> 3) // all bits set if the first eight are letters, else none: then the rest does not count
	more := bits.TrailingZeros64(notHigh) / 8 & whole
	return Key{(low | inLower) & before(notLow), (high | inLower) & before(notHigh) & uint64(whole)}, n + more
}

// load reads eight bytes in little-endian order.
func load(b string) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// Eight bytes at once: each of them 1, its first bit, and the bit that makes a letter a small one.
const (
	ones    = 0x0101010101010101
	tops    = 0x80 * ones
	inLower = 0x20 * ones
)

// others has the first bit of each of eight bytes that is no ASCII letter.
func others(x uint64) uint64 {
	low := (x | inLower) &^ tops       // no other byte becomes a letter by it
	fromA := low + (0x80-'a')*ones     // first bit: not below a
	beyondZ := low + (0x80-'z'-1)*ones // first bit: above z
	return ^(fromA &^ beyondZ &^ x) & tops
}

// before masks the bytes before the first that others has found; all of them if there is none.
func before(others uint64) uint64 { return others&-others>>7 - 1 }

// firstBytes masks the first n bytes of eight in little-endian order. Above eight it is all of them.
func firstBytes(n int) uint64 { return 1<<(8*uint(n)) - 1 }
