package extract

import "strings"

// mark is what a line is known to be from its words alone.
type mark uint8

const (
	none   mark = iota
	drop        // furniture of one line: an advertisement, a read-also link
	list        // head of a list of other stories inside the article
	byline      // who wrote it: part of the header, or closes the article
	date        // when it was published
	stamp       // when it was published, to the minute
	nav         // a word of navigation or of a share widget
	end         // the article is over
)

// how a marker's words must stand in the line.
type how uint8

const (
	whole  how = iota // nothing else but punctuation and counts
	colon             // followed by a colon, or alone
	prefix            // followed by anything, in a line that is not prose
	signed            // followed by a name
	start             // followed by anything
)

type marker struct {
	words string // lower case, ASCII
	how   how
	mark  mark
}

// longestMarked bounds the lines in which markers are looked for: furniture is short.
const longestMarked = 320

// markOf returns what the words of a line say it is.
func markOf(s string, sh shape) mark {
	if sh.size > longestMarked {
		return none
	}
	if m := symbolMark(s, sh); m != none {
		return m
	}
	if mayOpen(s) {
		for _, m := range markersOf(s[0] | 0x20) {
			if m.matches(s, sh) {
				return m.mark
			}
		}
	}
	if sh.digits && sh.words <= 16 && !sh.prose() {
		return dateMark(s)
	}
	return none
}

func (m marker) matches(s string, sh shape) bool {
	n := len(m.words)
	if len(s) < n || s[n-1]|0x20 != m.words[n-1]|0x20 || !strings.EqualFold(s[:n], m.words) {
		return false
	}
	rest := strings.TrimLeft(s[n:], " ")
	if m.how == start || rest == "" {
		return true
	}
	switch m.how {
	case whole:
		return strings.Trim(rest, " :;.|/-»>()0123456789") == ""
	case colon:
		return rest[0] == ':' || rest[0] == '|'
	case signed:
		return rest[0] == ':' || len(rest) < len(s)-n && sh.words <= 8 && sh.titleCase()
	}
	return !sh.prose() && (len(rest) < len(s)-n || !isLetter(rest[0]))
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// symbolMark knows lines by the signs they start with.
func symbolMark(s string, sh shape) mark {
	switch {
	case s[0] == '[' && isBracketed(s, '[', ']'), s[0] == '(' && isBracketed(s, '(', ')'):
		return drop
	case s[0] == '(' && isInitials(s):
		return drop
	case s[0] == '#' && sh.words <= 6 && sh.last == open:
		return nav
	case strings.HasPrefix(s, "©") && !sh.prose():
		return end
	case sh.words == 0 && len(s) <= 3:
		return nav
	}
	return none
}
