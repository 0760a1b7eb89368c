package classifier

// Document is one article: what is tagged, learnt from or evaluated on.
// At least one of Title and Text is needed for an answer.
type Document struct {
	ID    string
	Title string // headline, kept apart so that it can be weighted
	Text  string // plain UTF-8; a pasted page with its furniture will do

	Labels    []string // topics that apply; training and evaluation only
	NotLabels []string // topics known not to apply
	Disputed  []string // topics on which labellers disagreed: evaluation counts them neither way
	Partial   bool     // Labels may be incomplete: an absent topic is unknown, not negative

	Date   string // as given, usually YYYY-MM-DD
	Source string
	URL    string
	Extra  []byte // the record's other keys as one JSON object, handed through; nil if none
}

// MaxText is the longest title or text that is analysed, in bytes. What lies
// beyond it is cut at a character boundary and the answer carries a Truncated notice.
const MaxText = 1 << 20
