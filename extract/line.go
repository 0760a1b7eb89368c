package extract

import (
	"strings"
	"unicode/utf8"
)

// line is a line of the text without the white space around it.
type line struct{ start, end int }

func (l line) blank() bool { return l.start == l.end }

func (l line) of(text string) string { return text[l.start:l.end] }

// nextLine returns the trimmed line that starts at pos and where the next one starts.
func nextLine(text string, pos int) (line, int) {
	if pos < len(text) && text[pos] == '\n' {
		return line{pos, pos}, pos + 1
	}
	end, next := len(text), len(text)
	if i := strings.IndexByte(text[pos:], '\n'); i >= 0 {
		end = pos + i
		next = end + 1
	}
	for pos < end && !isPlain(text[pos]) {
		n := spaceBefore(text[pos:end])
		if n == 0 {
			break
		}
		pos += n
	}
	for pos < end && !isPlain(text[end-1]) {
		n := spaceAfter(text[pos:end])
		if n == 0 {
			break
		}
		end -= n
	}
	return line{pos, end}, next
}

// isPlain reports whether c is an ASCII character that is no white space.
func isPlain(c byte) bool { return ' ' < c && c < utf8.RuneSelf }

// White space that pages put around lines beside the ASCII kind: no-break space,
// zero-width space, byte order mark.
const (
	nbsp = "\u00a0"
	zwsp = "\u200b"
	bom  = "\ufeff"
)

// spaceBefore returns the length of the white space character that s starts with, or 0.
func spaceBefore(s string) int {
	switch s[0] {
	case ' ', '\t', '\r', '\v', '\f', '\n':
		return 1
	case nbsp[0], zwsp[0], bom[0]:
		return longest(s, strings.HasPrefix)
	}
	return 0
}

// spaceAfter returns the length of the white space character that s ends with, or 0.
func spaceAfter(s string) int {
	switch s[len(s)-1] {
	case ' ', '\t', '\r', '\v', '\f', '\n':
		return 1
	case nbsp[1], zwsp[2], bom[2]:
		return longest(s, strings.HasSuffix)
	}
	return 0
}

func longest(s string, has func(s, part string) bool) int {
	switch {
	case has(s, nbsp):
		return len(nbsp)
	case has(s, zwsp), has(s, bom):
		return len(bom)
	}
	return 0
}

// sample is how many bytes of a line are looked at to judge its words. Forty
// paragraphs of a long article cost no more than forty samples.
const sample = 128

// shape is what a line looks like, whatever it says.
type shape struct {
	size         int // bytes of the whole line
	words        int // words in the sample
	lower, upper int // words whose first letter is in lower, upper case
	digits       bool
	bullet       bool // starts like an item of a list
	last         ending
}

// ending says how a line ends.
type ending uint8

const (
	open    ending = iota // a letter or a digit
	stop                  // . … : ; ,
	shout                 // ! ?
	closing               // a quotation mark or a bracket
)

// look takes the shape of a line that is not blank.
func look(s string) shape {
	words, letters, lower := countWords(s[:min(len(s), sample)])
	return shape{
		size: len(s), words: words, lower: lower, upper: letters - lower,
		digits: words > letters, bullet: isBullet(s), last: endOf(s),
	}
}

func endOf(s string) ending {
	switch s[len(s)-1] {
	case '.', ':', ';', ',':
		return stop
	case '!', '?':
		return shout
	case '"', '\'', ')', ']':
		return closing
	}
	switch {
	case strings.HasSuffix(s, "…"):
		return stop
	case strings.HasSuffix(s, "”"), strings.HasSuffix(s, "’"), strings.HasSuffix(s, "»"):
		return closing
	}
	return open
}

// isBullet reports whether s starts with a dash, a dot or a number as lists do.
func isBullet(s string) bool {
	if isLetter(s[0]) {
		return false
	}
	switch s[0] {
	case '-', '*', '+', '>':
		return true
	}
	if strings.HasPrefix(s, "•") || strings.HasPrefix(s, "–") || strings.HasPrefix(s, "—") {
		return true
	}
	i := 0
	for i < len(s) && i < 3 && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return 0 < i && i < len(s) && (s[i] == '.' || s[i] == ')')
}

// longParagraph is from how many bytes on a line is a paragraph even if cut off before
// its full stop. Teasers in lists of stories are shorter, too.
const longParagraph = 200

// prose reports whether the line reads like a paragraph of sentences. A headline in
// title case is none, even when it ends with a question mark; a lead full of names is.
func (sh shape) prose() bool {
	if sh.words < 7 || sh.last == open && sh.size < longParagraph {
		return false
	}
	all := sh.lower + sh.upper
	if sh.last == stop {
		return sh.lower*4 >= all
	}
	return sh.lower*5 >= all*2
}

// heading reports whether the line could be the headline of some story or a label.
func (sh shape) heading() bool {
	return sh.size <= 200 && 0 < sh.words && sh.words <= 22 && sh.last != stop && !sh.bullet
}

// titleCase reports whether the line is a heading with most of its words capitalised.
func (sh shape) titleCase() bool {
	return sh.heading() && sh.upper*10 >= (sh.lower+sh.upper)*6
}

// label reports whether the line could be a tag: a heading of three words at most.
func (sh shape) label() bool {
	return sh.heading() && sh.words <= 3 && sh.size <= 40 && !sh.digits
}
