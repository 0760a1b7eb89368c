package page

import (
	"strings"

	"golang.org/x/net/html/atom"

	"github.com/tajuk/tajuk/extract"
)

// part is a run of lines that belongs to the article, in a block whose own hints no longer
// matter.
type part struct{ node, first, end int32 }

// farthest is how many blocks around the one with most prose are searched for more of it.
const farthest = 8

// article returns the text of the article that the block top holds, without the headline,
// which stands on the line at, if not -1.
func (s *scores) article(top int32, title string, at int32) string {
	w := writer{scores: s, top: top, title: title, after: -1}
	if s.leads(at, top) {
		w.after = at
	}
	w.captions = s.hasCaptions(top)
	for _, p := range s.gather(top) {
		w.part(p)
	}
	if w.out.Len() == 0 {
		w.everything()
	}
	return withoutFurniture(w.written(), title)
}

// leads reports whether the line at stands before most of the block's prose.
func (s *scores) leads(at, top int32) bool {
	n := s.nodes[top]
	if at < n.first || at >= n.end {
		return at < n.first
	}
	before := s.sums[at+1].prose - s.sums[n.first].prose
	return 2*before < s.of(top).prose
}

// gather returns the parts of the article in order: the block top, and what stands beside it
// and beside the blocks around it and reads like more of it.
func (s *scores) gather(top int32) []part {
	parts := []part{{top, s.nodes[top].first, s.nodes[top].end}}
	known := top
	for range farthest {
		around := s.nodes[known].parent
		if around < 0 {
			break
		}
		g := gatherer{scores: s, around: around, known: known}
		g.run()
		parts = append(append(g.before, parts...), g.after...)
		known = around
	}
	return parts
}

// gatherer looks at what lies in a block beside the one in it that is known.
type gatherer struct {
	*scores
	around, known int32
	before, after []part
}

func (g *gatherer) run() {
	pos := g.nodes[g.around].first
	for c := g.around + 1; c < g.nodes[g.around].next; c = g.nodes[c].next {
		n := g.nodes[c]
		g.loose(pos, n.first)
		pos = n.end
		if c != g.known && g.isMore(c) {
			g.add(part{c, n.first, n.end})
		}
	}
	g.loose(pos, g.nodes[g.around].end)
}

// loose takes lines that stand in the block itself.
func (g *gatherer) loose(pos, end int32) {
	for ; pos < end; pos++ {
		if g.prose[pos] > 0 {
			g.add(part{g.around, pos, pos + 1})
		}
	}
}

func (g *gatherer) add(p part) {
	if p.first < g.nodes[g.known].first {
		g.before = append(g.before, p)
	} else {
		g.after = append(g.after, p)
	}
}

// A block is more of the article if it has so many bytes of prose, which are so much of its
// text, and so little of it links, so few of them whole lines.
const (
	leastMore      = 60
	leastProse     = 0.5
	mostLink       = 0.25
	mostLinks      = 2
	longestCaption = 300 // and no picture with so little text
)

func (s *scores) isMore(c int32) bool {
	n, t := s.nodes[c], s.of(c)
	if n.hint&(furniture|caption|talk) != 0 || t.links > mostLinks || t.link > mostLink*t.text {
		return false
	}
	if n.images > 0 && t.text < longestCaption {
		return false
	}
	w := 0.0
	for i := n.first; i < n.end; i++ {
		w += float64(s.prose[i] * s.factor[s.lines[i].node])
	}
	return w >= leastMore && w >= leastProse*t.text
}

// mostCaptions is the share of a block's prose that can be captions: where blocks of a picture
// and a little text have more, they are the article.
const mostCaptions = 0.25

func (s *scores) hasCaptions(top int32) bool {
	prose := 0.0
	for c := top + 1; c < s.nodes[top].next; {
		if s.isCaption(c) {
			prose += s.of(c).prose
			c = s.nodes[c].next
		} else {
			c++
		}
	}
	return prose <= mostCaptions*s.of(top).prose
}

// isCaption reports whether a block is a picture with what it shows.
func (s *scores) isCaption(n int32) bool {
	b := s.nodes[n]
	return b.images > 0 && b.first < b.end && roleOf(b.tag) != para && s.of(n).text < longestCaption
}

// writer writes the lines of an article.
type writer struct {
	*scores
	out      strings.Builder
	top      int32
	title    string
	after    int32 // line that all of the article stands after
	captions bool  // pictures with a little text are no article
	last     int   // length of out up to the last line that is no heading
	searches int   // lines that were looked for in the text
	core     string
}

func (w *writer) part(p part) {
	for i := max(p.first, w.after+1); i < p.end; i++ {
		line := w.str(i)
		if w.around(i, p) || line == w.title || w.repeats(i, p) {
			continue
		}
		w.line(line)
		if w.headingOf(w.lines[i].node) == 0 {
			w.last = w.out.Len()
		}
	}
}

func (w *writer) line(s string) {
	w.out.WriteString(s)
	w.out.WriteByte('\n')
}

// written returns what was written up to the last line that is no heading: a heading without
// text after it is that of a list of other stories.
func (w *writer) written() string {
	if w.last == 0 {
		return w.out.String()
	}
	return w.out.String()[:w.last]
}

// everything writes what can be seen of a page without an article.
func (w *writer) everything() {
	for i := range w.lines {
		if line := w.str(int32(i)); line != w.title {
			w.line(line)
		}
	}
}

// around reports whether a line of the part is something around the article: a link that is
// not an address in it, a caption, or in a block that is called so.
func (w *writer) around(i int32, p part) bool {
	l := w.lines[i]
	if l.link*10 > (l.end-l.start)*8 && !isAddress(w.text[l.start:l.end]) {
		return true
	}
	for n := l.node; n != p.node; n = w.nodes[n].parent {
		if w.nodes[n].hint&(furniture|caption|talk) != 0 || w.captions && w.isCaption(n) {
			return true
		}
	}
	return false
}

// maxSearches bounds how many lines are looked for in the text, longestQuote how long.
const (
	maxSearches  = 64
	longestQuote = 600
)

// repeats reports whether a line is set apart from the text, beside the block with most of it
// or as a quotation, and repeats words of it, as pull quotes do.
func (w *writer) repeats(i int32, p part) bool {
	l := w.lines[i]
	inside := p.node == w.top
	if l.end-l.start > longestQuote || inside && !w.inQuote(l.node, p.node) {
		return false
	}
	if w.searches++; w.searches > maxSearches {
		return false
	}
	if n := w.nodes[w.top]; w.core == "" && n.first < n.end {
		w.core = string(w.text[w.lines[n.first].start:w.lines[n.end-1].end])
	}
	times := strings.Count(w.core, strings.Trim(w.str(i), ` ."'“”…`))
	return times > 1 || times > 0 && !inside
}

func (w *writer) inQuote(n, top int32) bool {
	for ; n != top; n = w.nodes[n].parent {
		if w.nodes[n].tag == atom.Blockquote {
			return true
		}
	}
	return false
}

func isAddress(s []byte) bool {
	text := string(s)
	return strings.Contains(text, "://") || strings.HasPrefix(text, "www.")
}

// withoutFurniture leaves out the lines that their words show to be no article, and the
// headline if it is among them.
func withoutFurniture(text, title string) string {
	var b strings.Builder
	for _, s := range extract.AppendPlain(nil, text) {
		part := text[s.Start:s.End]
		if s.Kind != extract.Title || likeness(strings.ToLower(part), strings.ToLower(title)) < alike {
			appendLines(&b, part)
		}
	}
	return b.String()
}
