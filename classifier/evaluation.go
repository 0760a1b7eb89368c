package classifier

import (
	"math"
	"slices"

	"github.com/tajuk/tajuk/model"
)

// Evaluation compares answers with labels, one document at a time. Not safe for
// concurrent use.
type Evaluation struct {
	topics    []model.Topic
	index     map[string]int
	single    bool
	tally     []tally
	documents int
	exact     int // documents whose assigned topics are just the labels
	abstained int
	noTopic   int
	top       reliability // the most confident topic of each document
	pairs     reliability // every pair of document and topic
	details   *details    // of what came by Add; training does without
}

// tally counts one topic's decisions.
type tally struct{ hit, false, missed int }

// NewEvaluation starts an evaluation of answers of the classifier's model.
func NewEvaluation(c *Classifier) *Evaluation {
	return newEvaluation(c.model.Manifest.Topics, c.model.Manifest.Task)
}

func newEvaluation(topics []model.Topic, task string) *Evaluation {
	e := &Evaluation{topics: topics, index: make(map[string]int), single: task == Single, tally: make([]tally, len(topics))}
	e.details = newDetails(len(topics), e.single)
	for k, t := range topics {
		e.index[t.ID] = k
	}
	return e
}

// Add compares one answer, as Tag gave it, with the document's labels. Disputed topics count
// neither way, nor do topics of which a Partial document says nothing. A label
// that the model does not know is an *UnknownTopicError, and nothing is counted.
func (e *Evaluation) Add(doc *Document, p *Prediction) error {
	for _, l := range doc.Labels {
		if _, ok := e.index[l]; !ok {
			return &UnknownTopicError{doc.ID, l}
		}
	}
	bag := newLabelledBag(doc, nil)
	e.compare(&bag, p)
	e.details.add(p, func(topic int) (want, ok bool) {
		id := e.topics[topic].ID
		return bag.has(id), !bag.unknown(id)
	})
	return nil
}

func (e *Evaluation) compare(bag *Bag, p *Prediction) {
	e.documents++
	exact, first := true, true
	for _, t := range p.Topics {
		id := e.topics[t.Topic].ID
		if bag.unknown(id) {
			continue
		}
		want := bag.has(id)
		e.tally[t.Topic].count(want, t.Assigned)
		exact = exact && want == t.Assigned
		e.pairs.add(t.Confidence, want)
		if first {
			e.top.add(t.Confidence, want)
			first = false
		}
	}
	if exact {
		e.exact++
	}
	switch p.Outcome {
	case Abstained:
		e.abstained++
	case NoTopic:
		e.noTopic++
	case Tagged:
	}
}

func (t *tally) count(want, got bool) {
	switch {
	case want && got:
		t.hit++
	case got:
		t.false++
	case want:
		t.missed++
	}
}

// Report is the outcome of an evaluation.
type Report struct {
	Task      string        `json:"task"`
	Documents int           `json:"documents"`
	Abstained int           `json:"abstained"`
	NoTopic   int           `json:"no_topic"`
	Accuracy  float64       `json:"accuracy"` // share of documents whose assigned topics are just the labels
	Micro     Score         `json:"micro"`    // over all decisions
	Macro     Score         `json:"macro"`    // mean over topics that are labels or answers
	Weighted  Score         `json:"weighted"` // mean over topics, weighted by support
	ECE       float64       `json:"ece"`      // expected calibration error of the most confident topic, 15 bins
	ECEPairs  float64       `json:"ece_pairs"`
	Brier     float64       `json:"brier"`    // mean squared error of confidence over all pairs of document and topic
	LogLoss   float64       `json:"log_loss"` // mean over all pairs, natural logarithm
	Topics    []TopicReport `json:"topics"`
	Bins      []Bin         `json:"reliability"`       // of the most confident topic
	PairBins  []Bin         `json:"reliability_pairs"` // of all pairs of document and topic

	// AveragePrecision and PrecisionRecall rank all pairs of document and topic together; nil without a label.
	AveragePrecision *float64          `json:"average_precision,omitempty"`
	PrecisionRecall  []PrecisionRecall `json:"precision_recall,omitempty"`

	Selective    []Selective `json:"selective"`     // at coverage 1, 0.9, 0.8 and 0.5
	RiskCoverage []Selective `json:"risk_coverage"` // the whole curve, of at most CurvePoints
	Confusions   []Confusion `json:"confusions"`    // most frequent first
}

// Score is precision, recall and their harmonic mean.
type Score struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// TopicReport is the outcome for one topic.
type TopicReport struct {
	Topic string `json:"topic"`
	Score
	Support int `json:"support"` // documents with the label
	Hits    int `json:"hits"`
	False   int `json:"false"`
	Missed  int `json:"missed"`

	// AveragePrecision (Manning, Raghavan & Schütze 2008, section 8.4) is nil without support.
	AveragePrecision *float64 `json:"average_precision,omitempty"`
	// ROCAUC (Hanley & McNeil 1982) is nil if all documents have the label, or none.
	ROCAUC *float64 `json:"roc_auc,omitempty"`
	// Threshold is the mean of the thresholds that the answers were decided by: the model's, if one model gave them.
	Threshold *float64 `json:"threshold,omitempty"`
	// PrecisionRecall is the curve over all thresholds, of at most CurvePoints; nil without support.
	PrecisionRecall []PrecisionRecall `json:"precision_recall,omitempty"`
}

// Report sums up what was added so far.
func (e *Evaluation) Report() Report {
	r := Report{
		Task: Multi, Documents: e.documents, Abstained: e.abstained, NoTopic: e.noTopic,
		Accuracy: share(e.exact, e.documents), ECE: e.top.ece(), ECEPairs: e.pairs.ece(),
		Brier: e.pairs.brier(), LogLoss: e.pairs.logLoss(), Bins: e.top.table(), PairBins: e.pairs.table(),
		Selective:    selective(e.details.top, 1, 0.9, 0.8, 0.5),
		RiskCoverage: thin(riskCoverage(e.details.top), CurvePoints),
		Confusions:   e.details.table(func(topic int) string { return e.topics[topic].ID }),
	}
	if e.single {
		r.Task = Single
	}
	pairs := slices.Concat(e.details.topics...)
	r.AveragePrecision, r.PrecisionRecall = averagePrecision(pairs), thin(precisionRecall(pairs), CurvePoints)
	var all tally
	judged, support := 0.0, 0.0
	for k, t := range e.tally {
		all.add(t)
		s, n := t.score(), float64(t.hit+t.missed)
		r.Topics = append(r.Topics, TopicReport{
			Topic: e.topics[k].ID, Score: s, Support: t.hit + t.missed, Hits: t.hit, False: t.false, Missed: t.missed,
			AveragePrecision: averagePrecision(e.details.topics[k]), ROCAUC: rocAUC(e.details.topics[k]),
			Threshold: e.details.threshold(k), PrecisionRecall: thin(precisionRecall(e.details.topics[k]), CurvePoints),
		})
		if t != (tally{}) {
			judged++
			r.Macro.addScaled(s, 1)
		}
		support += n
		r.Weighted.addScaled(s, n)
	}
	r.Micro = all.score()
	r.Macro = r.Macro.over(judged)
	r.Weighted = r.Weighted.over(support)
	return r
}

func (t tally) score() Score {
	return Score{share(t.hit, t.hit+t.false), share(t.hit, t.hit+t.missed), share(2*t.hit, 2*t.hit+t.false+t.missed)}
}

func (s *Score) addScaled(o Score, by float64) {
	s.Precision += by * o.Precision
	s.Recall += by * o.Recall
	s.F1 += by * o.F1
}

func (s Score) over(n float64) Score {
	if n == 0 {
		return Score{}
	}
	return Score{s.Precision / n, s.Recall / n, s.F1 / n}
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// summary picks the figures that are stored in a model, rounded to six digits.
func (r *Report) summary(prefix string) map[string]float64 {
	return map[string]float64{
		prefix + "micro_f1": round(r.Micro.F1), prefix + "macro_f1": round(r.Macro.F1),
		prefix + "accuracy": round(r.Accuracy), prefix + "ece": round(r.ECE),
	}
}

// stored is the reliability table as it is stored in a model, rounded like the figures.
func stored(rows []Bin) []Bin {
	out := slices.Clone(rows)
	for i := range out {
		b := &out[i]
		b.From, b.To, b.Confidence, b.Right = round(b.From), round(b.To), round(b.Confidence), round(b.Right)
	}
	return out
}

func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// Bins of the reliability table.
const bins = 15

// reliability compares confidences with how often they were right.
type reliability struct {
	count, right [bins]int
	confidence   [bins]float64
	square, logs float64
	total        int
}

func (r *reliability) add(confidence float64, right bool) {
	i := min(int(confidence*bins), bins-1)
	r.count[i]++
	r.total++
	r.confidence[i] += confidence
	error, chance := confidence, 1-confidence
	if right {
		r.right[i]++
		error, chance = 1-confidence, confidence
	}
	r.square += error * error
	r.logs -= math.Log(math.Max(chance, 1e-15))
}

// ece is the expected calibration error (Naeini, Cooper & Hauskrecht 2015; Guo et al. 2017, eq. 5).
func (r *reliability) ece() (sum float64) {
	for i, n := range r.count {
		if n > 0 {
			sum += math.Abs(float64(r.right[i])-r.confidence[i]) / float64(r.total)
		}
	}
	return sum
}

// brier is the mean squared error (Brier 1950).
func (r *reliability) brier() float64   { return r.square / math.Max(1, float64(r.total)) }
func (r *reliability) logLoss() float64 { return r.logs / math.Max(1, float64(r.total)) }

// Bin is one row of a reliability table.
type Bin = model.Bin

func (r *reliability) table() (rows []Bin) {
	for i, n := range r.count {
		if n > 0 {
			rows = append(rows, Bin{
				From: float64(i) / bins, To: float64(i+1) / bins, Count: n,
				Confidence: r.confidence[i] / float64(n), Right: share(r.right[i], n),
			})
		}
	}
	return slices.Clip(rows)
}
