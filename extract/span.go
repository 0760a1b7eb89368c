package extract

import "strconv"

// Kind says what a span of the text is.
type Kind uint8

// The kinds of span.
const (
	Title Kind = iota // the headline
	Body              // the article's paragraphs, lists and subheadings
)

// String returns "title" or "body".
func (k Kind) String() string {
	switch k {
	case Title:
		return "title"
	case Body:
		return "body"
	}
	return "kind(" + strconv.Itoa(int(k)) + ")"
}

// Span is a half-open byte range of the caller's text that belongs to the article.
// It starts and ends with something other than white space. It may hold several
// lines, with whatever white space lies between them.
type Span struct {
	Start, End int
	Kind       Kind
}
