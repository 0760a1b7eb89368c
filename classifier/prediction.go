package classifier

import (
	"fmt"
	"slices"
)

// Outcome is the decision about a document as a whole.
type Outcome uint8

// The outcomes.
const (
	Tagged    Outcome = iota + 1 // one or more topics were assigned
	NoTopic                      // the document was understood and no topic reached its threshold
	Abstained                    // the model should not be trusted on this input; see the notices
)

// String gives the name used in output, for example "TAGGED".
func (o Outcome) String() string {
	switch o {
	case Tagged:
		return "TAGGED"
	case NoTopic:
		return "NO_TOPIC"
	case Abstained:
		return "ABSTAINED"
	}
	return fmt.Sprintf("OUTCOME(%d)", o)
}

// NoticeCode is the kind of a caution about one document.
type NoticeCode uint8

// The kinds of caution.
const (
	TooShort         NoticeCode = iota + 1 // too few usable words
	LanguageMismatch                       // the text does not look like the model's language
	LowCoverage                            // most words were never seen in training
	Truncated                              // the input exceeded MaxText and was cut
	LooksLikeMarkup                        // the input holds markup
)

// String gives the name used in output, for example "TOO_SHORT".
func (c NoticeCode) String() string {
	names := [...]string{"", "TOO_SHORT", "LANGUAGE_MISMATCH", "LOW_VOCABULARY_COVERAGE", "TRUNCATED", "LOOKS_LIKE_MARKUP"}
	if int(c) < len(names) && c > 0 {
		return names[c]
	}
	return fmt.Sprintf("NOTICE(%d)", c)
}

// Notice is a caution about one document.
type Notice struct {
	Code    NoticeCode
	Message string // for people: lower case, with the figures
}

// TopicScore is the answer for one topic.
type TopicScore struct {
	Topic      int     // index into the model's topics
	Score      float64 // uncalibrated log-odds
	Confidence float64 // calibrated probability that the topic applies, in [0,1]
	Threshold  float64 // confidence that the topic must reach to be assigned
	Assigned   bool
}

// Prediction is the answer for one document.
type Prediction struct {
	Outcome Outcome
	Topics  []TopicScore // every topic of the model, highest confidence first
	Notices []Notice
	Tokens  int // words after stop-word removal
	Known   int // of those, the words the model knows

	single    bool       // at most one topic may be assigned
	implied   []int      // as in calibration
	standings []standing // scratch space
}

// Coverage is the share of the document's words that the model knows, in [0,1].
func (p *Prediction) Coverage() float64 {
	if p.Tokens == 0 {
		return 0
	}
	return float64(p.Known) / float64(p.Tokens)
}

// Options say which topics of an answer a caller wants. The zero value means
// the model's own thresholds and only the assigned topics.
type Options struct {
	MinConfidence *float64 // replaces every topic's threshold; nil = the model's own
	Limit         int      // most topics to return; 0 = no limit
	All           bool     // return topics that are not assigned, too
}

// Validate refuses options outside their ranges and names the value.
func (o Options) Validate() error {
	if o.MinConfidence != nil && !(*o.MinConfidence >= 0 && *o.MinConfidence <= 1) {
		return fmt.Errorf("minimum confidence %v is outside 0 to 1", *o.MinConfidence)
	}
	if o.Limit < 0 {
		return fmt.Errorf("limit %d is negative: use 0 for no limit", o.Limit)
	}
	return nil
}

// Apply re-decides which topics are assigned and drops those not asked for, in
// place. An abstention stays one: a lower threshold does not make an
// unreadable document readable.
func (p *Prediction) Apply(o Options) {
	if o.MinConfidence != nil {
		p.rethreshold(*o.MinConfidence)
	}
	if !o.All {
		p.Topics = slices.DeleteFunc(p.Topics, func(t TopicScore) bool { return !t.Assigned })
	}
	if o.Limit > 0 && len(p.Topics) > o.Limit {
		p.Topics = p.Topics[:o.Limit]
	}
}

func (p *Prediction) rethreshold(threshold float64) {
	for i := range p.Topics {
		p.Topics[i].Threshold = threshold
	}
	if p.Outcome != Abstained {
		p.assign()
	}
}
