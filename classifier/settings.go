package classifier

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
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
	// NBLR is a linear model trained to tell each topic from the rest, on features that
	// naive Bayes' log-count ratios may scale (Wang & Manning 2012, "Baselines and
	// Bigrams: Simple, Good Sentiment and Topic Classification"). See problem.solve.
	NBLR = "nblr"
)

// Settings are the learner's settings. They are stored in the model, because the
// part that shapes a document's vector is needed again to tag.
type Settings struct {
	Learner     string  `json:"learner"`               // NB, CNB, NBS or NBLR
	TitleWeight int     `json:"title_weight"`          // a word of the title counts this often; 0 ignores titles
	LeadWeight  int     `json:"lead_weight,omitempty"` // a word of the article's lead counts this often; 0 is 1
	Pairs       bool    `json:"pairs,omitempty"`       // terms of two words, too, where the bags hold them
	Surface     bool    `json:"surface,omitempty"`     // surface forms beside terms, stop words too; needs IDF
	Damp        bool    `json:"damp"`                  // a term's count c enters as log(1+c)
	Normalise   bool    `json:"normalise"`             // a document's vector has length 1
	Alpha       float64 `json:"alpha,omitempty"`       // NB, CNB, Blend: added to every count of a word
	Mu          float64 `json:"mu,omitempty"`          // NBS: pseudo-words given to each side, in units of the mean topic's words
	Shrink      float64 `json:"shrink,omitempty"`      // NBS: weight is multiplied by z²/(z²+Shrink)
	Prune       float64 `json:"prune,omitempty"`       // weights of smaller size are dropped
	C           float64 `json:"c,omitempty"`           // NBLR: weight of the loss against the size of the weights
	Ratio       float64 `json:"ratio,omitempty"`       // NBLR: features are scaled by |log-count ratio|^Ratio; 0 = not
	Blend       float64 `json:"blend,omitempty"`       // NBLR: complement naive Bayes added, as a multiple of the trained weights' size
	Semantic    float64 `json:"semantic,omitempty"`    // NBLR: weight of the words' meaning beside the words; 0 = none
	IDF         bool    `json:"idf,omitempty"`         // a term's damped count is multiplied by 1 + log((1+N)/n)
	Noise       float64 `json:"noise,omitempty"`       // Single: share of even odds in every confidence; fitted
	Aim         string  `json:"aim,omitempty"`         // what the thresholds were chosen for, if not the best F1
	MinDocs     int     `json:"min_docs"`              // terms of fewer documents are dropped

	MinTokens     int     `json:"min_tokens"`               // fewer known words than this: abstain
	MinCoverage   float64 `json:"min_coverage"`             // a smaller share of known words than this: abstain
	CheckLanguage bool    `json:"check_language"`           // abstain from text that is clearly not Indonesian; set by training
	LanguageSlack float64 `json:"language_slack,omitempty"` // log-odds, in nats, that a text must exceed what is foreign by; set by training
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
	case NBLR:
		s.Damp, s.Normalise, s.IDF, s.MinDocs = true, true, true, 2
		s.Mu, s.Shrink, s.C, s.Alpha, s.Prune, s.Pairs, s.Surface = 1, 8, 1, 0.3, 0.01, true, true
	default:
		return Settings{}, fmt.Errorf("unknown learner %q: use %s, %s, %s or %s", learner, NBLR, NBS, CNB, NB)
	}
	return s, nil
}

// Validate names the first setting that is out of its range.
func (s Settings) Validate() error {
	if _, err := DefaultSettings(s.Learner); err != nil {
		return err
	}
	for _, n := range s.numbers() {
		if !(n.value >= 0) || math.IsInf(n.value, 1) || n.needed && n.value == 0 {
			return fmt.Errorf("setting %s of learner %q is %v: it must be finite and not negative, and above 0 where it is used", n.name, s.Learner, n.value)
		}
	}
	switch {
	case s.Surface && !s.IDF:
		return errors.New("setting surface needs setting idf")
	case s.TitleWeight < 0 || s.TitleWeight > 100:
		return fmt.Errorf("title weight %d is outside 0 to 100", s.TitleWeight)
	case s.Noise > 1:
		return fmt.Errorf("noise %v is above 1", s.Noise)
	case s.LeadWeight < 0 || s.LeadWeight > 100:
		return fmt.Errorf("lead weight %d is outside 0 to 100", s.LeadWeight)
	case s.MinTokens < 0 || !(s.MinCoverage >= 0 && s.MinCoverage <= 1):
		return fmt.Errorf("minimum tokens %d or coverage %v is out of range", s.MinTokens, s.MinCoverage)
	}
	return nil
}

// weight is how often a word counts in its place.
func (s *Settings) weight(p place) uint32 {
	switch p {
	case headline:
		return uint32(s.TitleWeight)
	case lead:
		return uint32(max(s.LeadWeight, 1))
	}
	return 1
}

// weights are those of words by their place.
func (s *Settings) weights() (w [places]uint32) {
	for p := range w {
		w[p] = s.weight(place(p))
	}
	return w
}

// weigh is the weighed count of a form.
func (s *Settings) weigh(f FormCount) uint32 {
	return s.weight(headline)*f.Title + s.weight(lead)*f.Lead + f.Body
}

// number is one setting; needed if the learner does not work with 0.
type number struct {
	name   string
	value  float64
	needed bool
}

func (s Settings) numbers() []number {
	return []number{
		{"alpha", s.Alpha, s.Learner == NB || s.Learner == CNB || s.Blend > 0},
		{"mu", s.Mu, s.Learner == NBS || s.Ratio > 0},
		{"shrink", s.Shrink, false},
		{"prune", s.Prune, false},
		{"c", s.C, s.Learner == NBLR},
		{"ratio", s.Ratio, false},
		{"blend", s.Blend, false},
		{"semantic", s.Semantic, false},
		{"noise", s.Noise, false},
		{"language_slack", s.LanguageSlack, false},
	}
}

// decodeSettings refuses settings of a later program, which it could not follow.
func decodeSettings(data []byte) (Settings, error) {
	var s Settings
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	return s, s.Validate()
}
