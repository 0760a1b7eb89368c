package text

import (
	"bytes"
	"strings"
)

// hyphen is the length of a hyphen at position i, or 0.
func hyphen(text string, i int) int {
	switch {
	case i >= len(text):
		return 0
	case text[i] == '-':
		return 1
	case strings.HasPrefix(text[i:], "‐"), strings.HasPrefix(text[i:], "‑"): // U+2010, U+2011
		return 3
	}
	return 0
}

// joint says what a hyphen between two parts means.
type joint uint8

const (
	split      joint = iota // two words: merah-putih
	dropLeft                // a prefix before a name: se-Asia, di-PHK
	dropRight               // a clitic: KPK-nya
	closed                  // one word that is also written without: covid-19, e-mail, anti-korupsi
	doubled                 // reduplication: buku-buku
	ordinalFor              // ke-2
)

// hyphens reads on behind the first part of a word, which ends at end, and joins
// what belongs together.
func (s *Scanner) hyphens(start, end int) bool {
	for {
		h := hyphen(s.text, end)
		if h == 0 || s.n >= maxForm || !wordStartsAt(s.text, end+h) {
			return s.finish(start, end)
		}
		left := s.n
		right := end + h
		next := s.part(right, left+1)
		if site := s.link(start, next); site > 0 {
			return s.emit(Link, "<tautan>", start, site)
		}
		j := split
		if s.n <= maxForm {
			name := isUpperAt(s.text, right) && !isUpperAt(s.text, start)
			j = jointOf(s.form[:left], s.form[left+1:s.n], name)
		}
		switch j {
		case ordinalFor:
			return s.emit(Number, "<angka>", start, next)
		case split:
			s.n = left
			return s.finish(start, end)
		}
		s.join(j, left)
		end = next
	}
}

// join makes one form of the two parts around form[left].
func (s *Scanner) join(j joint, left int) {
	switch j {
	case dropRight:
		s.n = left
	case dropLeft:
		s.n = copy(s.form[:], s.form[left+1:s.n])
	case closed:
		s.n = left + copy(s.form[left:], s.form[left+1:s.n])
	case doubled:
		s.form[left] = '-'
	}
}

// jointOf decides about the hyphen between a and b. name tells that b begins with
// a capital and a does not.
func jointOf(a, b []byte, name bool) joint {
	switch {
	case bytes.Equal(a, b) && len(a) > 1:
		return doubled
	case len(a) > 1 && (clitic(b) || string(b) == "an" || string(b) == "kan"):
		return dropRight
	case bytes.IndexByte(a, '-') >= 0:
		return split
	case string(a) == "ke" && allDigits(b):
		return ordinalFor
	}
	if _, ok := reduplication(a, b); ok {
		return doubled
	}
	switch {
	case verbPrefix(a) && hasLetter(b):
		return dropLeft
	case verbPrefix(a):
		return split // per-1 Januari
	case len(a) == 1, allDigits(b) && len(b) <= 3:
		return closed
	case wordPrefix(a) && !name:
		return closed
	}
	return split
}

// verbPrefix reports a prefix that takes a hyphen only before a name or a foreign word.
func verbPrefix(a []byte) bool {
	switch string(a) {
	case "se", "ber", "ter", "di", "ke", "me", "mem", "men", "meng", "meny", "nge", "per", "pe", "pem", "pen", "peng":
		return true
	}
	return false
}

// wordPrefix reports a prefix that the rules of spelling join to the word it negates
// or narrows, though many write a hyphen.
func wordPrefix(a []byte) bool {
	switch string(a) {
	case "non", "anti", "pro", "kontra", "pasca", "pra", "multi", "sub", "semi", "antar", "ultra", "infra",
		"super", "mikro", "makro", "neo", "bio", "tele", "trans", "inter", "co", "re", "pre", "post":
		return true
	}
	return false
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// hasLetter reports a letter in a form; bytes beyond ASCII count if they are one.
func hasLetter(form []byte) bool {
	for _, r := range string(form) {
		if r < 0x80 && lower[r] != 0 || r >= 0x80 && isWordStart(r) && !isOtherDigit(r) {
			return true
		}
	}
	return false
}
