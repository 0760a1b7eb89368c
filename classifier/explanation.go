package classifier

// Field says which part of a document a span lies in.
type Field uint8

// The fields.
const (
	Title Field = iota + 1
	Text
)

// Span is a half-open byte range of one field of the caller's own document.
type Span struct {
	Field      Field
	Start, End int
}

// Contribution is one term's share of a score.
type Contribution struct {
	Term  string  // as the model sees it: a stem or a class token
	Value float64 // signed share of the log-odds
	Spans []Span  // where it stands in the document
}

// Explanation is a score taken apart: Bias plus the sum of all Contributions
// is Score, exactly up to floating-point rounding.
type Explanation struct {
	Topic int
	Score float64
	Bias  float64
	Terms []Contribution // strongest (largest absolute value) first
}
