package extract

import "strings"

// AppendPlain appends to dst the spans of text that are the article, in order and not
// overlapping, and returns the extended slice. Text of white space alone has none;
// text in which no article can be told from its surroundings is one span of Body.
// dst's elements are left alone; nothing else is allocated.
func AppendPlain(dst []Span, text string) []Span {
	h, ok := readHeader(text)
	if !ok {
		return appendAll(dst, text)
	}
	b := body{text: text, spans: dst, square: -1, round: -1}
	b.keepHeader(h)
	b.read(h.body, len(text))
	if b.doubtful() {
		return appendAll(b.spans[:len(dst)], text)
	}
	return b.spans
}

// appendAll appends the whole text without the white space around it.
func appendAll(dst []Span, text string) []Span {
	first, last, pos := -1, 0, 0
	for pos < len(text) {
		var l line
		if l, pos = nextLine(text, pos); l.blank() {
			continue
		}
		if first < 0 {
			first = l.start
		}
		last = l.end
	}
	if first < 0 {
		return dst
	}
	return append(dst, Span{first, last, Body})
}

// state says what becomes of lines that nothing is known about.
type state uint8

const (
	inBody state = iota // kept
	inList              // headings are dropped, the first other line is back in the body
	inTail              // dropped, until prose enough follows without a break
)

// Resuming after an end marker takes this many paragraphs of prose in a row; after a
// byline, one. Lists of stories with teasers never have two in a row.
const (
	resumeAfterEnd    = 3
	resumeAfterByline = 1
)

// longestList is how many headings a list inside the article can have.
const longestList = 6

// body reads the lines from the article's first paragraph on.
type body struct {
	text  string
	spans []Span
	joint bool // nothing was dropped since the last span

	state    state
	listed   int // headings dropped in this list
	need     int // paragraphs needed to resume
	run      int // paragraphs of prose in a row in the tail
	runStart int // where the first of them starts

	held held // headings that the next lines will decide on

	heading line // the last line, if it was a heading
	twins   int  // headings since the last paragraph that repeat the one before

	kept, lost int // bytes of prose kept, and of long paragraphs dropped

	square, round int // where the next brackets that may be furniture open, from the last kept line on
}

// held is a run of headings after the last kept line. They are subheadings or items if
// the article goes on, tags or other stories' headlines if it does not.
type held struct {
	start, end int // of the text; none held if both are 0
	lines      int
	labels     int  // of them, lines of at most five words
	announced  bool // the line before ended with a colon
}

// read decides on the lines from pos up to end.
func (b *body) read(pos, end int) {
	for pos < end {
		l, next := nextLine(b.text[:end], pos)
		if l.blank() {
			pos = next
			continue
		}
		s := l.of(b.text)
		sh := look(s)
		m := markOf(s, sh)
		if b.state == inTail {
			if b.tail(sh, m, pos) {
				next = b.resume()
			}
		} else {
			b.line(l, sh, m)
		}
		pos = next
	}
	b.release()
}

// line decides on a line of the body.
func (b *body) line(l line, sh shape, m mark) {
	switch {
	case m == drop:
		b.release()
		b.joint = false
	case m == list:
		b.release()
		b.state, b.listed, b.joint = inList, 0, false
	case m == end && b.kept > 0:
		b.close(resumeAfterEnd)
	case m == byline && b.kept > 0:
		b.close(resumeAfterByline)
	case b.state == inList && b.listed < longestList && sh.heading() && !sh.prose():
		b.listed++
	case m == nav || sh.titleCase() || sh.label():
		b.state = inBody
		b.hold(l, sh)
	default:
		b.paragraph(l, sh)
	}
}

// paragraph keeps a line that is no heading.
func (b *body) paragraph(l line, sh shape) {
	b.state = inBody
	b.release()
	b.heading, b.twins = line{}, 0
	b.keepLine(l)
	b.held.announced = b.text[l.end-1] == ':'
	if sh.prose() {
		b.kept += sh.size
	}
}

// close ends the article: tags held back go with it.
func (b *body) close(need int) {
	h := b.held
	if h.announced || h.lines > longestList || h.labels < h.lines {
		b.release()
	}
	b.toTail(need)
}

func (b *body) toTail(need int) {
	b.held, b.heading, b.twins = held{}, line{}, 0
	b.joint = false
	b.state, b.need, b.run = inTail, need, 0
}

// hold keeps a heading back. Two headlines that each stand twice are a list of stories.
func (b *body) hold(l line, sh shape) {
	h := &b.held
	if h.lines == 0 {
		h.start = l.start
	}
	if sh.words <= 5 {
		h.labels++
	}
	h.lines++
	h.end = l.end
	if sh.words >= 6 && !sh.digits && b.heading.of(b.text) == l.of(b.text) {
		b.twins++
	}
	b.heading = l
	if b.twins == 2 {
		b.toTail(resumeAfterEnd)
	}
}

// release keeps what was held back.
func (b *body) release() {
	if b.held.lines > 0 {
		b.keep(b.held.start, b.held.end)
	}
	b.held = held{}
}

// tail drops a line after the article and reports whether enough prose has come in a
// row to be article again.
func (b *body) tail(sh shape, m mark, pos int) bool {
	switch {
	case m == end:
		b.need = resumeAfterEnd
		b.run = 0
	case m != none || !sh.prose():
		b.run = 0
	default:
		if b.run == 0 {
			b.runStart = pos
		}
		b.run++
		if sh.size >= longParagraph {
			b.lost += sh.size
		}
	}
	return b.run > 0 && b.run >= b.need
}

// resume goes back to where the prose began. Each line is read at most once more: the
// body cannot end again before the end of the run.
func (b *body) resume() (pos int) {
	b.state = inBody
	return b.runStart
}

// doubtful reports whether more was dropped as not being the article than was kept.
func (b *body) doubtful() bool {
	return b.kept == 0 || b.lost > b.kept
}

// keepLine keeps a line without the furniture inside it and at its end.
func (b *body) keepLine(l line) {
	start := l.start
	end := start + trimEnd(l.of(b.text))
	if !b.mayCut(start, end) {
		b.keepTrimmed(start, end)
		start = end
	}
	for start < end {
		from, to := cutInline(b.text[start:end])
		b.keepTrimmed(start, start+from)
		if to > from {
			b.joint = false
		}
		start += to
	}
	if end < l.end {
		b.joint = false
	}
}

// mayCut reports whether a bracket that may be furniture opens in a range, which must not start before the
// one asked for last. The text is searched once in all, not once a line.
func (b *body) mayCut(start, end int) bool {
	b.square = nextBracket(b.text, b.square, start, '[')
	b.round = nextBracket(b.text, b.round, start, '(')
	return min(b.square, b.round) < end
}

func (b *body) keepTrimmed(start, end int) {
	s := strings.TrimLeft(b.text[start:end], " ")
	start = end - len(s)
	end = start + len(strings.TrimRight(s, " "))
	if start < end {
		b.keep(start, end)
	}
}

// keep adds a range to the article, to the last span if nothing was dropped between.
func (b *body) keep(start, end int) {
	if b.joint {
		b.spans[len(b.spans)-1].End = end
		return
	}
	b.spans = append(b.spans, Span{start, end, Body})
	b.joint = true
}

// keepHeader keeps the title and the lines beside it.
func (b *body) keepHeader(h header) {
	if !h.title.blank() {
		b.spans = append(b.spans, Span{h.title.start, h.title.end, Title})
	}
	b.read(h.intro.start, h.intro.end)
	b.state, b.joint = inBody, false
}
