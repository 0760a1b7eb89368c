package classifier

import (
	"unicode/utf8"

	"github.com/tajuk/tajuk/extract"
	"github.com/tajuk/tajuk/text"
)

// reader walks the words of a document in the one way that training, tagging and
// explaining share. It is the scratch space of one goroutine.
type reader struct {
	page     bool
	scanner  text.Scanner
	spans    []extract.Span
	segments []segment
	next     int
	current  segment
	before   int  // bytes of the article's text before the current segment
	fresh    bool // a segment has begun since fresh was last cleared
	doc      *Document
}

// segment is a stretch of one field that belongs to the article.
type segment struct {
	field      Field
	headline   bool // counts with the title's weight
	start, end int
}

func newReader(c text.Config) reader { return reader{page: c.Page} }

// reset starts on a document and reports whether some of it was cut off.
func (r *reader) reset(doc *Document) (truncated bool) {
	title, body := cut(doc.Title), cut(doc.Text)
	r.doc, r.next, r.before, r.current = doc, 0, 0, segment{}
	r.segments = append(r.segments[:0], segment{Title, true, 0, title})
	if r.page {
		r.addArticle(body)
	} else {
		r.segments = append(r.segments, segment{Text, false, 0, body})
	}
	r.advance()
	return title < len(doc.Title) || body < len(doc.Text)
}

// addArticle adds what is article in the text, leaving page furniture out.
func (r *reader) addArticle(end int) {
	r.spans = extract.AppendPlain(r.spans[:0], r.doc.Text[:end])
	for _, s := range r.spans {
		headline := s.Kind == extract.Title && r.doc.Title == ""
		r.segments = append(r.segments, segment{Text, headline, s.Start, s.End})
	}
}

func (r *reader) advance() bool {
	if r.next == len(r.segments) {
		return false
	}
	if !r.current.headline {
		r.before += r.current.end - r.current.start
	}
	r.current = r.segments[r.next]
	r.next++
	r.fresh = true
	s := r.doc.Text
	if r.current.field == Title {
		s = r.doc.Title
	}
	r.scanner.Reset(s[r.current.start:r.current.end])
	return true
}

// scan moves to the next word; the zero reader has none.
func (r *reader) scan() bool {
	for !r.scanner.Scan() {
		if !r.advance() {
			return false
		}
	}
	return true
}

// place is what part of the article a word stands in.
type place uint8

const (
	body place = iota
	lead
	headline
	places // how many there are
)

// LeadLength is how many bytes of an article's text are its lead. News says what it is about
// first; three or four paragraphs hold it.
const LeadLength = 600

// run reads the plain words that come next: a part of them, or none where scan finds something else.
func (r *reader) run() []text.Plain { return r.scanner.Run() }

// place is where the current word stands.
func (r *reader) place() place { return r.placeOf(r.scanner.Start()) }

// placeOf is where a word stands that begins at some byte of the current segment.
func (r *reader) placeOf(start int) place {
	switch {
	case r.current.headline:
		return headline
	case r.before+start < LeadLength:
		return lead
	}
	return body
}

// form is the current word's surface form, valid until the next scan.
func (r *reader) form() []byte { return r.scanner.Token().Form }

// span is where the current word stands in the caller's document.
func (r *reader) span() Span {
	t := r.scanner.Token()
	return Span{r.current.field, t.Start + r.current.start, t.End + r.current.start}
}

// cut returns the length of s, at most MaxText, ending at a character boundary.
func cut(s string) int {
	if len(s) <= MaxText {
		return len(s)
	}
	end := MaxText
	for end > MaxText-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return end
}
