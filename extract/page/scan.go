package page

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What is kept of a page is bounded, whatever it holds: elements nested deeper lie in the
// innermost one that is kept, text after the last line continues it.
const (
	maxDepth = 256
	maxNodes = 1 << 16
	maxLines = 1 << 16
)

// document is a page as lines of text in a tree of blocks.
type document struct {
	text  []byte
	lines []line
	nodes []node
	meta  metadata
}

// line is a run of text that no block or line break divides, white space collapsed.
type line struct {
	start, end int32 // of the document's text
	node       int32 // the innermost block around it
	link       int32 // bytes of it inside links
}

// node is a block. Blocks are in document order, the lines inside one are contiguous.
type node struct {
	parent     int32 // -1 for the root
	first, end int32 // lines
	next       int32 // the first node that is not inside
	images     int32 // inside
	tag        atom.Atom
	hint       hint
}

// open is an element whose end has not come yet.
type open struct {
	tag  atom.Atom
	node int32 // block that text after its end belongs to
	role role
	link bool
	skip bool
}

// scanner builds a document in one pass. It mends what the pages of real sites leave open,
// like a browser would, but never looks further back than maxDepth elements.
type scanner struct {
	document
	z       *html.Tokenizer
	stack   []open
	over    int   // elements open beyond maxDepth
	node    int32 // innermost block
	links   int   // open links
	skip    int   // open elements that are not read
	start   int   // of the line being read
	linked  int   // bytes of it inside links
	inPre   bool
	pending bool // white space before the next character
	hidden  bool // read what is hidden, too
}

// scan reads a page that is UTF-8, on request what it hides, too.
func scan(data []byte, hidden bool) *document {
	s := &scanner{z: html.NewTokenizer(bytes.NewReader(data)), hidden: hidden}
	s.text = make([]byte, 0, len(data)/8)
	s.nodes = append(s.nodes, node{parent: -1, tag: atom.Body})
	for {
		switch s.z.Next() {
		case html.ErrorToken:
			s.flush()
			s.popTo(0)
			s.rest()
			s.close(0)
			return &s.document
		case html.TextToken:
			if s.skip == 0 {
				s.add(s.z.Text())
			}
		case html.StartTagToken:
			s.startTag(false)
		case html.SelfClosingTagToken:
			s.startTag(true)
		case html.EndTagToken:
			name, _ := s.z.TagName()
			s.endTag(atom.Lookup(name), name)
		}
	}
}

// add appends text to the line.
func (s *scanner) add(text []byte) {
	before := len(s.text)
	for i := 0; i < len(text); {
		c := text[i]
		if c > ' ' && c < utf8.RuneSelf {
			if s.pending {
				s.space()
			}
			s.text = append(s.text, c)
			i++
			continue
		}
		i += s.addOther(text[i:])
	}
	if s.links > 0 {
		s.linked += max(0, len(s.text)-max(before, s.start))
	}
}

// addOther appends a character that is not visible ASCII and returns its length.
func (s *scanner) addOther(text []byte) int {
	r, n := utf8.DecodeRune(text)
	switch {
	case r == '\n' && s.inPre:
		s.flush()
	case r <= ' ' || r == 0x7f || r == 0xa0 || r == 0x2028 || r == 0x2029 || r == 0x3000:
		s.pending = true
	case r == 0xad || r == 0x200b || r == 0xfeff: // soft hyphen, zero-width space, byte order mark
	default:
		if s.pending {
			s.space()
		}
		s.text = utf8.AppendRune(s.text, r)
	}
	return n
}

func (s *scanner) space() {
	if len(s.text) > s.start {
		s.text = append(s.text, ' ')
	}
	s.pending = false
}

// flush ends the line.
func (s *scanner) flush() {
	full := len(s.lines) == maxLines
	s.pending = full
	if full || len(s.text) == s.start {
		return
	}
	s.lines = append(s.lines, line{int32(s.start), int32(len(s.text)), s.node, int32(s.linked)})
	s.start, s.linked = len(s.text), 0
}

// rest makes a line of the text after the last line that could be kept.
func (s *scanner) rest() {
	if len(s.text) > s.start {
		s.lines = append(s.lines, line{int32(s.start), int32(len(s.text)), 0, int32(s.linked)})
	}
}

func (s *scanner) startTag(closed bool) {
	name, more := s.z.TagName()
	tag := atom.Lookup(name)
	r := roleOf(tag)
	switch {
	case tag == 0:
		if bytes.IndexByte(name, '-') >= 0 { // a custom element
			s.flush()
		}
		return
	case tag == atom.Meta:
		s.meta.readMeta(s.z, more)
		return
	case tag == atom.Title && s.skip == 0:
		s.readTitle()
		return
	case tag == atom.Script:
		s.readScript(more)
		return
	case tag == atom.Iframe || r == skipped && closed:
		s.z.NextIsNotRawText() // or one without an end tag would take the rest of the page
		return
	case r == void:
		if tag == atom.Img && s.skip == 0 {
			s.nodes[s.node].images++
		}
		return
	case r == breaking:
		s.flush()
		return
	}
	s.open(tag, r, more)
}

// open pushes an element.
func (s *scanner) open(tag atom.Atom, r role, more bool) {
	if r == block || r == para || r == item {
		s.flush()
		s.closeImplied(tag, r)
	}
	if tag == atom.A && s.links > 0 {
		s.endTag(tag, nil)
	}
	if len(s.stack) == maxDepth {
		s.over++
		return
	}
	a := attributes{}
	if more && (r != inline || tag == atom.Span || tag == atom.Time || tag == atom.A) {
		a.read(s.z)
	}
	o := open{tag: tag, node: s.node, role: r, link: a.link, skip: r == skipped || a.hidden && !s.hidden && tag != atom.Body}
	if tag == atom.Time && a.datetime != "" {
		s.meta.addTime(a, len(s.lines))
	}
	if o.skip {
		s.skip++
	}
	if o.link {
		s.links++
	}
	if r != inline && r != skipped && len(s.nodes) < maxNodes {
		s.nodes = append(s.nodes, node{parent: s.node, first: int32(len(s.lines)), tag: tag, hint: a.hint | hintOfTag(tag)})
		s.node = int32(len(s.nodes) - 1)
	}
	s.inPre = s.inPre || tag == atom.Pre
	s.stack = append(s.stack, o)
}

// closeImplied closes what the start of a block ends without an end tag.
func (s *scanner) closeImplied(tag atom.Atom, r role) {
	for i := len(s.stack) - 1; i >= 0; i-- {
		o := &s.stack[i]
		switch {
		case o.role == para, r == item && closes(tag, o.tag):
			s.popTo(i)
			return
		case isBoundary(o.tag) && tag != atom.Tr, o.tag == atom.Table, r == item && isList(o.tag):
			return
		}
	}
}

// endTag closes the innermost element of that name.
func (s *scanner) endTag(tag atom.Atom, name []byte) {
	r := roleOf(tag)
	if tag == 0 || r == void || r == breaking {
		if r == breaking || bytes.IndexByte(name, '-') >= 0 {
			s.flush()
		}
		return
	}
	if s.over > 0 {
		s.over--
		return
	}
	if r != inline && r != skipped {
		s.flush()
	}
	for i := len(s.stack) - 1; i >= 0; i-- {
		o := s.stack[i]
		if o.tag == tag {
			if r == inline {
				s.remove(i)
			} else {
				s.popTo(i)
			}
			return
		}
		if isBoundary(o.tag) && tag != atom.Table && tag != atom.Tr && tag != atom.Tbody && tag != atom.Body {
			return
		}
	}
}

// remove closes an inline element and leaves open what was opened inside it.
func (s *scanner) remove(i int) {
	s.closed(s.stack[i])
	s.stack = append(s.stack[:i], s.stack[i+1:]...)
}

// popTo closes the element at i of the stack and all inside it.
func (s *scanner) popTo(i int) {
	for j := len(s.stack) - 1; j >= i; j-- {
		o := s.stack[j]
		s.closed(o)
		if s.node != o.node && o.role != inline {
			s.close(s.node)
			s.node = o.node
		}
	}
	s.stack = s.stack[:i]
}

func (s *scanner) close(n int32) {
	s.nodes[n].end, s.nodes[n].next = int32(len(s.lines)), int32(len(s.nodes))
	if p := s.nodes[n].parent; p >= 0 {
		s.nodes[p].images += s.nodes[n].images
	}
}

func (s *scanner) closed(o open) {
	if o.skip {
		s.skip--
	}
	if o.link {
		s.links--
	}
	if o.tag == atom.Pre {
		s.inPre = false
	}
}
