package indonesian

import "unicode/utf8"

// leastVowels is the number of vowels that must be left for a step to be tried.
// Tala counts syllables; like Snowball we count vowel letters, so ai counts two.
const leastVowels = 3

// class of the prefix removed last; it decides which suffixes may follow.
type class uint8

const (
	noPrefix class = iota
	verbal         // meN-, di-, ter-: no -an
	agent          // per-, pe- where no first-order prefix stands: no -kan
	nominal        // peN-, ke-: no -kan, no -i
	stative        // ber-, be-: no -i
)

// cuts is what the algorithm removes from a word: the bytes of each affix. It is
// found without writing to the word, so that explaining and stemming share it.
type cuts struct {
	particle   int
	possessive int
	first      int  // first-order prefix: meN-, peN-, di-, ter-, ke-
	second     int  // second-order prefix: ber-, per-, pe-, ...
	suffix     int  // -kan, -an, -i
	letter     byte // restored in place of the end of first: s, p, or 0 for none
}

// start returns where the stem begins in the word.
func (c *cuts) start() int {
	if c.letter != 0 {
		return c.first - 1
	}
	return c.first + c.second
}

// apply returns the stem of w, writing the restored letter if there is one.
func (c *cuts) apply(w []byte) []byte {
	stem := w[c.start() : len(w)-c.particle-c.possessive-c.suffix]
	if c.letter != 0 {
		stem[0] = c.letter
	}
	return stem
}

// analyse runs the whole algorithm on a lower-case word, from empty cuts. Every
// affix has just one vowel, so each removal lowers the count m of vowels left by one.
func (c *cuts) analyse(w []byte) {
	m := c.clitics(w)
	if m < leastVowels {
		return
	}
	w = w[:len(w)-c.particle-c.possessive]
	var p class
	if c.first, c.letter, p = firstPrefix(w); c.first > 0 {
		c.afterFirst(w[c.first:], m-1, p)
		return
	}
	if c.second, p = secondPrefix(w); c.second > 0 {
		m--
	}
	if m >= leastVowels {
		c.suffix = suffix(w[c.second:], p)
	}
}

// afterFirst handles what follows a first-order prefix. A second prefix is looked
// for only beneath a suffix, and never behind a restored letter.
func (c *cuts) afterFirst(w []byte, m int, p class) {
	if m < leastVowels {
		return
	}
	c.suffix = suffix(w, p)
	if c.suffix > 0 && m > leastVowels && c.letter == 0 {
		c.second, _ = secondPrefix(w[:len(w)-c.suffix])
	}
}

// clitics finds the particle, then the possessive, and returns the number of vowels
// left without them.
func (c *cuts) clitics(w []byte) (m int) {
	if m = vowels(w); m < leastVowels {
		return m
	}
	if c.particle = particle(w); c.particle > 0 {
		w = w[:len(w)-c.particle]
		if m--; m < leastVowels {
			return m
		}
	}
	if c.possessive = possessive(w); c.possessive > 0 {
		m--
	}
	return m
}

// particle returns the length of a final -kah, -lah or -pun.
func particle(w []byte) int {
	if n := len(w); n >= 3 {
		switch w[n-1] {
		case 'h':
			if w[n-2] == 'a' && (w[n-3] == 'l' || w[n-3] == 'k') {
				return 3
			}
		case 'n':
			if w[n-2] == 'u' && w[n-3] == 'p' {
				return 3
			}
		}
	}
	return 0
}

// possessive returns the length of a final -nya, -ku or -mu.
func possessive(w []byte) int {
	if n := len(w); n >= 3 {
		switch w[n-1] {
		case 'a':
			if w[n-2] == 'y' && w[n-3] == 'n' {
				return 3
			}
		case 'u':
			if w[n-2] == 'k' || w[n-2] == 'm' {
				return 2
			}
		}
	}
	return 0
}

// firstPrefix returns the length and class of a first-order prefix, and the
// letter to restore where its last consonant swallowed the first of the root.
func firstPrefix(w []byte) (n int, letter byte, p class) {
	if len(w) < 2 {
		return 0, 0, noPrefix
	}
	switch w[0] {
	case 'm':
		if w[1] == 'e' {
			if n, letter = nasal(w); n == 0 {
				n = 2
			}
			return n, letter, verbal
		}
	case 'p':
		if w[1] == 'e' {
			if n, letter = nasal(w); n > 0 {
				return n, letter, nominal
			}
		}
	case 'd':
		if w[1] == 'i' {
			return 2, 0, verbal
		}
	case 't':
		if len(w) > 2 && w[1] == 'e' && w[2] == 'r' {
			return 3, 0, verbal
		}
	case 'k':
		if w[1] == 'e' {
			return 2, 0, nominal
		}
	}
	return 0, 0, noPrefix
}

// nasal returns the length of the nasal form of me- or pe- that w begins with (0
// for none) and the letter that the nasal stands for.
func nasal(w []byte) (n int, letter byte) {
	if len(w) < 3 {
		return 0, 0
	}
	switch w[2] {
	case 'm':
		if len(w) > 3 && isVowel(w[3]) {
			return 3, 'p'
		}
		return 3, 0
	case 'n':
		if len(w) > 3 && w[3] == 'g' {
			return 4, 0
		}
		if len(w) > 4 && w[3] == 'y' && isVowel(w[4]) {
			return 4, 's'
		}
		return 3, 0
	}
	return 0, 0
}

// secondPrefix returns the length and class of a second-order prefix. The l of
// pel- and bel- belongs to the prefix before ajar alone; be- needs -er- to follow
// one consonant (bekerja: kerja).
func secondPrefix(w []byte) (n int, p class) {
	if len(w) < 2 || w[1] != 'e' {
		return 0, noPrefix
	}
	switch w[0] {
	case 'p':
		switch {
		case len(w) > 2 && w[2] == 'r':
			return 3, agent
		case hasLajar(w):
			return 3, noPrefix
		}
		return 2, agent
	case 'b':
		switch {
		case len(w) > 2 && w[2] == 'r', hasLajar(w):
			return 3, stative
		case hasConsonantEr(w[2:]):
			return 2, stative
		}
	}
	return 0, noPrefix
}

// hasLajar reports whether lajar follows the first two bytes of w.
func hasLajar(w []byte) bool {
	return len(w) >= 7 && string(w[2:7]) == "lajar"
}

// hasConsonantEr reports whether w begins with one letter other than a vowel,
// counted in UTF-8 as Snowball does, and er.
func hasConsonantEr(w []byte) bool {
	if len(w) < 3 || isVowel(w[0]) {
		return false
	}
	_, n := utf8.DecodeRune(w)
	return len(w) >= n+2 && w[n] == 'e' && w[n+1] == 'r'
}

// suffix returns the length of the final -kan, -an or -i that may stand with a
// prefix of class p. The caller has seen three vowels in w, so w is long enough.
func suffix(w []byte, p class) int {
	n := len(w)
	switch w[n-1] {
	case 'n':
		switch {
		case w[n-2] != 'a':
		case w[n-3] == 'k' && p != agent && p != nominal:
			return 3
		case p != verbal:
			return 2
		}
	case 'i':
		if w[n-2] != 's' && p <= agent {
			return 1
		}
	}
	return 0
}

// vowelAt holds 1 for the vowels. A table, because adding it up takes no branch.
var vowelAt = [256]uint8{'a': 1, 'e': 1, 'i': 1, 'o': 1, 'u': 1}

func isVowel(b byte) bool { return vowelAt[b] != 0 }

// vowels counts the vowel letters a, e, i, o, u of w.
func vowels(w []byte) int {
	m := 0
	for _, b := range w {
		m += int(vowelAt[b])
	}
	return m
}
