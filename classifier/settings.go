package classifier

import (
	"encoding/json"
	"fmt"
)

// Tasks.
const (
	Single = "single" // exactly one topic a document; confidences sum to 1
	Multi  = "multi"  // any number of topics, each on its own
)

// Learners.
const (
	// NB is multinomial naive Bayes (McCallum & Nigam 1998, "A Comparison of
	// Event Models for Naive Bayes Text Classification", eq. 5 and 6).
	NB = "nb"
	// CNB is complement naive Bayes (Rennie, Shih, Teevan & Karger 2003,
	// "Tackling the Poor Assumptions of Naive Bayes Text Classifiers", eq. 6).
	CNB = "cnb"
	// NBS is naive Bayes with shrunken log-odds: rates smoothed towards the rate of
	// the whole collection, and each log-odds shrunk by its own uncertainty. See
	// shrunkenLogOdds for the formula and its sources.
	NBS = "nbs"
)

// Settings are the learner's settings. They are stored in the model, because the
// part that shapes a document's vector is needed again to tag.
type Settings struct {
	Learner     string  `json:"learner"`      // NB, CNB or NBS
	TitleWeight int     `json:"title_weight"` // a word of the title counts this often; 0 ignores titles
	Damp        bool    `json:"damp"`         // a term's count c enters as log(1+c)
	Normalise   bool    `json:"normalise"`    // a document's vector has length 1
	Alpha       float64 `json:"alpha,omitempty"`
	Mu          float64 `json:"mu,omitempty"`     // NBS: pseudo-words given to each side, in units of the mean topic's words
	Shrink      float64 `json:"shrink,omitempty"` // NBS: weight is multiplied by z²/(z²+Shrink)
	Prune       float64 `json:"prune,omitempty"`  // weights of smaller size are dropped
	MinDocs     int     `json:"min_docs"`         // terms of fewer documents are dropped

	MinTokens   int     `json:"min_tokens"`   // fewer known words than this: abstain
	MinCoverage float64 `json:"min_coverage"` // a smaller share of known words than this: abstain
}

// DefaultSettings returns the settings of a learner. Those of NBS were chosen by
// cross-validation on the labelled articles of the built-in model; NB and CNB
// are as published, with Laplace smoothing.
func DefaultSettings(learner string) (Settings, error) {
	s := Settings{Learner: learner, TitleWeight: 2, MinDocs: 1, MinTokens: 2, MinCoverage: 0.25}
	switch learner {
	case NB, CNB:
		s.Alpha = 1
	case NBS:
		s.Damp, s.Normalise = true, true
		s.Mu, s.Shrink, s.Prune, s.MinDocs = 1, 8, 0.05, 2
	default:
		return Settings{}, fmt.Errorf("unknown learner %q: use %s, %s or %s", learner, NB, CNB, NBS)
	}
	return s, nil
}

// Validate names the first setting that is out of its range.
func (s Settings) Validate() error {
	if _, err := DefaultSettings(s.Learner); err != nil {
		return err
	}
	positive := s.Alpha
	if s.Learner == NBS {
		positive = s.Mu
	}
	switch {
	case !(positive > 0):
		return fmt.Errorf("learner %q needs a positive smoothing constant, not %v", s.Learner, positive)
	case !(s.Shrink >= 0) || !(s.Prune >= 0):
		return fmt.Errorf("shrink %v and prune %v must not be negative", s.Shrink, s.Prune)
	case s.TitleWeight < 0 || s.TitleWeight > 100:
		return fmt.Errorf("title weight %d is outside 0 to 100", s.TitleWeight)
	case s.MinTokens < 0 || !(s.MinCoverage >= 0 && s.MinCoverage <= 1):
		return fmt.Errorf("minimum tokens %d or coverage %v is out of range", s.MinTokens, s.MinCoverage)
	}
	return nil
}

func decodeSettings(data []byte) (Settings, error) {
	var s Settings
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	return s, s.Validate()
}
