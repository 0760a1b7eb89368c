package extract

import "strings"

// longestInline bounds furniture inside a line, in bytes.
const longestInline = 260

// bracketed are the words that make a bracket furniture: what follows them up to the
// closing bracket is a link, a video or a credit.
var bracketed = [...]string{
	"baca juga", "baca:", "baca selengkapnya", "lihat juga", "simak juga", "simak:", "tonton juga",
	"gambas:", "foto:", "foto oleh", "video:", "antara foto", "ilustrasi:", "advertisement",
}

// isBracketed reports whether the whole of s is one furniture bracket.
func isBracketed(s string, open, close byte) bool {
	n := bracketLen(s, open, close)
	return n > 0 && n == len(s)
}

// bracketLen returns the length of the furniture bracket that s starts with, or 0.
func bracketLen(s string, open, close byte) int {
	if s[0] != open || !startsWithAny(s[1:]) {
		return 0
	}
	s = s[:min(len(s), longestInline)]
	i := strings.IndexByte(s, close)
	if i < 0 || strings.IndexByte(s[1:i], open) >= 0 {
		return 0
	}
	return i + 1
}

func startsWithAny(s string) bool {
	for _, w := range bracketed[:] {
		if len(s) >= len(w) && s[0]|0x20 == w[0] && strings.EqualFold(s[:len(w)], w) {
			return true
		}
	}
	return false
}

// cutInline returns where the first furniture bracket of s starts and ends, or
// len(s) twice.
func cutInline(s string) (from, to int) {
	from, to = cutBracket(s, '[', ']')
	if f, t := cutBracket(s[:from], '(', ')'); f < from {
		return f, t
	}
	return from, to
}

func cutBracket(s string, open, close byte) (from, to int) {
	for at := 0; ; at++ {
		i := strings.IndexByte(s[at:], open)
		if i < 0 {
			return len(s), len(s)
		}
		at += i
		if n := bracketLen(s[at:], open, close); n > 0 {
			return at, at + n
		}
	}
}

// nextBracket returns where the next bracket opens, from pos on, that has the words of furniture, or
// len(text); last is the answer for a smaller pos, or -1.
func nextBracket(text string, last, pos int, open byte) int {
	if last >= pos {
		return last
	}
	for ; ; pos++ {
		i := strings.IndexByte(text[pos:], open)
		if i < 0 {
			return len(text)
		}
		if pos += i; startsWithAny(text[pos+1:]) {
			return pos
		}
	}
}

// trimEnd returns the length of s without the furniture it ends with: the initials of
// writer and editor, a read-also link that runs up to the end of the line.
func trimEnd(s string) int {
	n := trimInitials(s)
	return trimReadAlso(s[:n])
}

// longestInitials bounds the bracket with the initials, in bytes.
const longestInitials = 24

// trimInitials returns the length of s without initials such as "(abc/def)" that
// follow the end of a sentence.
func trimInitials(s string) int {
	if s[len(s)-1] != ')' {
		return len(s)
	}
	window := max(0, len(s)-longestInitials)
	i := strings.LastIndexByte(s[window:], '(')
	if i < 0 {
		return len(s)
	}
	i += window
	n := len(strings.TrimRight(s[:i], " "))
	if n == 0 || !isInitials(s[i:]) || !closesSentence(s[:n]) {
		return len(s)
	}
	return n
}

func closesSentence(s string) bool {
	e := endOf(s)
	return e == shout || e == closing && s[len(s)-1] != ')' && s[len(s)-1] != ']' || s[len(s)-1] == '.'
}

// isInitials reports whether s is a bracket around an asterisk, around two or three
// letters, or around up to four groups of at most five letters divided by slashes.
func isInitials(s string) bool {
	if len(s) < 3 || len(s) > longestInitials || s[len(s)-1] != ')' {
		return false
	}
	if s == "(*)" || s == "(**)" {
		return true
	}
	letters, groups := 0, 1
	for i := 1; i < len(s)-1; i++ {
		switch c := s[i]; {
		case isLetter(c):
			letters++
		case c == '/' && letters > 0:
			letters, groups = 0, groups+1
		case c != ' ' || s[i-1] != '/' && s[i+1] != '/':
			return false
		}
		if letters > 5 {
			return false
		}
	}
	return letters > 1 && (groups > 1 && groups <= 4 || letters <= 3 && s[2] >= 'a')
}

// trimReadAlso returns the length of s without a "Baca juga: …" that follows the end
// of a sentence and runs up to the end of s without closing another.
func trimReadAlso(s string) int {
	const baca, juga = "Baca", " juga:"
	if endOf(s) == stop {
		return len(s)
	}
	window := max(0, len(s)-longestInline)
	i := strings.Index(s[window:], juga)
	from := window + i - len(baca)
	if i < 0 || from <= 0 || s[from:from+len(baca)] != baca {
		return len(s)
	}
	n := len(strings.TrimRight(s[:from], " "))
	rest := s[from+len(baca)+len(juga):]
	if n == 0 || !closesSentence(s[:n]) || strings.Contains(rest, ". ") {
		return len(s)
	}
	return n
}
