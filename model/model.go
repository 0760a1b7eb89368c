package model

import "math"

// Stop is the [Model.FormTerm] value of a stop word: a surface form that is
// known, and stands for no term.
const Stop = math.MaxUint32

// Values of [Manifest.Task].
const (
	TaskSingle = "single" // exactly one topic per document
	TaskMulti  = "multi"  // any number of topics per document, each decided alone
)

// Model is a trained topic model: what [Decode] gives and [Write] takes. It is
// immutable once built; a model from Decode may be backed by the file's bytes.
//
// The score of topic k is Bias[k] + Σ x_t · w_tk over the document's features t,
// and its confidence 1/(1+exp(-(Slope[k]·score + Intercept[k]))), which Rivalry may correct.
type Model struct {
	Manifest Manifest // what the model is; stored as JSON
	Text     []byte   // JSON of the text configuration, or empty; opaque here
	Settings []byte   // JSON of the learner's settings, or empty; opaque here

	Forms     Strings  // surface forms seen in training
	FormTerm  []uint32 // per form: the id of its term, or Stop
	FormIndex Index    // BuildIndex(Forms)

	Terms     Strings   // terms: stems and class tokens
	TermIndex Index     // BuildIndex(Terms)
	Scale     []float32 // per feature: multiplier of its damped count, such as idf; empty means all 1

	// The weights, row by row: row t belongs to feature t, is the range
	// [RowStart[t], RowStart[t+1]) of RowTopic and RowWeight, and holds only
	// the topics the feature moves. The features are the terms and, where the model
	// weighs surface forms too, the forms after them.
	RowStart  []uint32  // one offset more than features
	RowTopic  []uint16  // topic indexes, strictly increasing within a row
	RowWeight []float32 // log-odds weights, natural logarithm

	Bias      []float64 // per topic: score of an empty document
	Slope     []float64 // per topic: slope of the calibration sigmoid, above 0
	Intercept []float64 // per topic: intercept of the calibration sigmoid
	Threshold []float64 // per topic: least confidence that tags, in [0, 1]

	// Rivalry corrects confidences by those of the other topics. It is empty, or holds
	// three numbers a topic: own, rival and shift. With l the log-odds that Slope and
	// Intercept give and r the highest confidence, by those, of a topic that is neither
	// broader nor narrower, the log-odds become own·l + rival·r + shift.
	Rivalry []float64

	// Reliability says how often held-out answers of each confidence were right, by rising confidence;
	// empty if that was not recorded. Predictions do not need it.
	Reliability []Bin

	// Extra holds optional sections written by a later version, which this
	// one cannot interpret: checked, kept, and written again unchanged.
	Extra []Section
}

// Section is an optional section of the file that this version only carries.
type Section struct {
	Kind uint32 // above Optional; strictly increasing within a model
	Data []byte // content, opaque
}

// Manifest says what a model is and where it comes from.
type Manifest struct {
	Name       string             `json:"name"`              // name chosen by whoever trained it
	Version    string             `json:"version"`           // digest of the content, see [Model.Digest]; [Write] fills it in
	Created    string             `json:"created,omitempty"` // time of training, or empty for a reproducible file
	Task       string             `json:"task"`              // TaskSingle or TaskMulti
	Learner    string             `json:"learner"`           // learning method, such as "nb"
	Documents  int                `json:"documents"`         // number of training documents
	DataDigest string             `json:"data_digest"`       // digest of the training data, in the trainer's notation
	Topics     []Topic            `json:"topics"`            // at least one; a topic's index is its position here
	Metrics    map[string]float64 `json:"metrics,omitempty"` // measured on held-out documents; finite
}

// Topic is one topic that a model can give.
type Topic struct {
	ID        string            `json:"id"`                // unique within the model
	Name      map[string]string `json:"name,omitempty"`    // language code to name
	IPTC      string            `json:"iptc,omitempty"`    // IPTC Media Topics code, or empty
	Parent    string            `json:"parent,omitempty"`  // ID of the broader topic, or empty
	Implies   bool              `json:"implies,omitempty"` // an article with this topic has the parent, too
	Documents int               `json:"documents"`         // training documents with this topic
}

// TopicIndex returns the position in Manifest.Topics of the topic with the
// given id. It searches linearly: keep the answer rather than ask per document.
func (m *Model) TopicIndex(id string) (int, bool) {
	for i := range m.Manifest.Topics {
		if m.Manifest.Topics[i].ID == id {
			return i, true
		}
	}
	return 0, false
}

// Features returns how many features have a row of weights.
func (m *Model) Features() int { return len(m.RowStart) - 1 }

// Feature returns the term or surface form that a feature stands for, backed by the
// model. The feature must be below Features.
func (m *Model) Feature(feature uint32) []byte {
	if terms := uint32(m.Terms.Len()); feature >= terms {
		return m.Forms.At(int(feature - terms))
	}
	return m.Terms.At(int(feature))
}

// Row returns the topics that a feature moves and by how much, both backed by the
// model. The feature must be below Features.
func (m *Model) Row(feature uint32) (topics []uint16, weights []float32) {
	lo, hi := m.RowStart[feature], m.RowStart[feature+1]
	return m.RowTopic[lo:hi:hi], m.RowWeight[lo:hi:hi]
}
