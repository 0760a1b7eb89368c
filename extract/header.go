package extract

import "strings"

// header is what stands before the first paragraph.
type header struct {
	title line // blank if none was told
	intro line // first to last line that is kept beside the title; blank if none
	body  int  // where the body starts
}

// A header of more lines than this before its byline is navigation, not a headline
// with a kicker and a subtitle.
const fewLines = 3

// farthestLead is how many lines after the first prose a lead is looked for, so that
// a caption or a pull quote before it can be told from the article.
const farthestLead = 10

// headerReader gathers the signs in the lines before the first prose.
type headerReader struct {
	text string

	lines  int  // lines that are not blank
	first  line // the first of them
	second line
	prev   candidate // the line before
	older  candidate // the line before that
	before int       // lines before the first byline
	last   line      // the last of these

	title      line
	titleScore int // 0: none; 1: before a date; 2: before a byline or a time

	signed bool // a byline or a date was seen
	navs   int  // words of navigation seen before that
}

// candidate is a line that could be the headline, blank if the line could not.
type candidate struct {
	line
	words int
}

// readHeader finds where the article starts. It reports false if the text has no prose.
func readHeader(text string) (header, bool) {
	r := headerReader{text: text}
	for pos := 0; pos < len(text); {
		l, next := nextLine(text, pos)
		if l.blank() {
			pos = next
			continue
		}
		s := l.of(text)
		sh := look(s)
		m := markOf(s, sh)
		if m == none && (sh.prose() || isLead(s, sh)) {
			return r.finish(pos), true
		}
		r.line(l, sh, m)
		pos = next
	}
	return header{}, false
}

func (r *headerReader) line(l line, sh shape, m mark) {
	r.lines++
	switch r.lines {
	case 1:
		r.first = l
	case 2:
		r.second = l
	}
	score := 0
	switch m {
	case byline, stamp:
		score = 2
	case date:
		score = 1
	case nav:
		if !r.signed {
			r.navs++
		}
	}
	if score > 0 {
		r.sign(score)
	} else if !r.signed && m != drop {
		r.before++
		r.last = l
	}
	r.older, r.prev = r.prev, candidate{}
	if m == none && sh.heading() {
		r.prev = candidate{l, sh.words}
	}
}

// sign notes a byline or a date. The line before it is the headline, unless it is as
// short as a reporter's name and the one before is longer.
func (r *headerReader) sign(score int) {
	r.signed = true
	c := r.prev
	if c.words < 5 && r.older.words > c.words {
		c = r.older
	}
	if score > r.titleScore && c.words >= 3 {
		r.title, r.titleScore = c.line, score
	}
}

// finish draws the conclusion when the first prose stands at pos.
func (r *headerReader) finish(pos int) header {
	h := header{title: r.title, body: pos}
	if !r.signed && r.navs < 2 {
		return r.clean(pos)
	}
	if r.before <= fewLines && r.navs == 0 {
		r.keepFew(&h)
	}
	h.body = skipCaptions(r.text, pos)
	return h
}

// clean is the header of a text without page furniture: all of it is kept.
func (r *headerReader) clean(pos int) header {
	h := header{body: pos}
	if r.lines == 0 {
		return h
	}
	h.body = 0
	if isTitle(r.first.of(r.text), r.text[r.first.end:]) {
		h.title = r.first
		h.body = r.first.end
	}
	return h
}

// keepFew keeps the lines before the byline when they are few: the headline is the
// first of them, if it could be one.
func (r *headerReader) keepFew(h *header) {
	h.title = line{}
	if r.before == 0 {
		return
	}
	h.intro = line{r.first.start, r.last.end}
	if !isHeadline(r.first.of(r.text)) {
		return
	}
	h.title = r.first
	h.intro = line{}
	if r.before > 1 {
		h.intro = line{r.second.start, r.last.end}
	}
}

// isHeadline reports whether a line could be the headline of the text it opens.
func isHeadline(s string) bool {
	sh := look(s)
	return sh.heading() && markOf(s, sh) == none
}

// longestTitle bounds the headline of a text without furniture, in bytes: there, only
// its looks tell it from a sentence that lacks its full stop.
const longestTitle = 120

// isTitle reports whether s, the first line of a text without furniture, is its
// headline: after is the text from its end on.
func isTitle(s, after string) bool {
	sh := look(s)
	if len(s) > longestTitle || !isHeadline(s) || isLead(s, sh) || strings.Contains(s, ". ") || s[len(s)-1] == '-' {
		return false
	}
	if !sh.titleCase() && sh.words > 12 {
		return false
	}
	return !continues(after)
}

// fixedWidth bounds the lines of text that was broken at a fixed width, in bytes.
const fixedWidth = 90

// continues reports whether the text after the first line goes on with its sentence,
// as a paragraph broken at a fixed width does.
func continues(after string) bool {
	_, pos := nextLine(after, 0)
	l, _ := nextLine(after, pos)
	if l.blank() {
		return false
	}
	s := l.of(after)
	return 'a' <= s[0] && s[0] <= 'z' || len(s) <= fixedWidth
}

// skipCaptions returns where the article starts when pos is where the first prose of a
// page's header stands: at a lead, if there is one near, else after any captions.
func skipCaptions(text string, pos int) int {
	start, lines := -1, 0
	for at := pos; at < len(text) && lines < farthestLead; {
		l, next := nextLine(text, at)
		if l.blank() {
			at = next
			continue
		}
		lines++
		s := l.of(text)
		sh := look(s)
		if isLead(s, sh) {
			return at
		}
		if start < 0 && sh.prose() && markOf(s, sh) == none && !isCaption(s) {
			start = at
		}
		at = next
	}
	if start < 0 {
		return pos
	}
	return start
}
