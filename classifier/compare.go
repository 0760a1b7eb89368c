package classifier

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Comparison pairs the answers of two models, A and B, to the same documents, and says whether
// one is better by more than chance. Not safe for concurrent use.
type Comparison struct {
	models [2]*Classifier
	index  map[string]int // topic id -> number, of both models
	docs   [][2]verdict
}

// verdict is how one model's answer to one document turned out.
type verdict struct {
	exact bool
	tally []topicTally // of the topics that were hit, false or missed
}

type topicTally struct {
	topic int
	tally
}

// NewComparison starts a comparison of models, whose topics need not be the same.
func NewComparison(a, b *Classifier) *Comparison {
	c := &Comparison{models: [2]*Classifier{a, b}, index: make(map[string]int)}
	for _, m := range c.models {
		for _, t := range m.model.Manifest.Topics {
			if _, known := c.index[t.ID]; !known {
				c.index[t.ID] = len(c.index)
			}
		}
	}
	return c
}

// Add compares the two answers, as Tag gave them, with the document's labels. A topic that a model
// does not have is one that it missed.
func (c *Comparison) Add(doc *Document, a, b *Prediction) {
	bag := newLabelledBag(doc, nil)
	c.docs = append(c.docs, [2]verdict{c.judge(0, &bag, a), c.judge(1, &bag, b)})
}

func (c *Comparison) judge(model int, bag *Bag, p *Prediction) verdict {
	v := verdict{exact: true}
	topics := c.models[model].model.Manifest.Topics
	answered := make(map[string]bool, len(bag.Labels))
	for _, s := range p.Topics {
		id := topics[s.Topic].ID
		want := bag.has(id)
		answered[id] = true
		if !bag.unknown(id) && (want || s.Assigned) {
			v.note(c.index[id], want, s.Assigned)
		}
	}
	for _, id := range bag.Labels {
		if number, known := c.index[id]; known && !answered[id] && !bag.unknown(id) {
			v.note(number, true, false)
		}
	}
	return v
}

func (v *verdict) note(topic int, want, got bool) {
	t := topicTally{topic: topic}
	t.count(want, got)
	v.tally = append(v.tally, t)
	v.exact = v.exact && want == got
}

// ComparisonReport says how much better B is than A. An interval that holds 0, or a P that is
// not small, means that the difference may be chance.
type ComparisonReport struct {
	A         string     `json:"a"` // versions
	B         string     `json:"b"`
	Documents int        `json:"documents"`
	OnlyA     int        `json:"only_a"` // documents that A alone got just right
	OnlyB     int        `json:"only_b"`
	P         float64    `json:"p"` // of a split at least as uneven, were the models equally good
	Micro     Difference `json:"micro_f1"`
	Macro     Difference `json:"macro_f1"`
}

// Difference is B's figure less A's, with its 95 % interval.
type Difference struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// resamples is the number of draws of the bootstrap; its seed is fixed.
const resamples = 1000

// Report sums up what was added so far. P is McNemar's test (McNemar 1947) in its mid-p form
// (Fagerland, Lydersen & Laake 2013); the intervals are those of a paired bootstrap over documents
// (Efron & Tibshirani 1993, section 13.3).
func (c *Comparison) Report() ComparisonReport {
	r := ComparisonReport{A: c.models[0].Version(), B: c.models[1].Version(), Documents: len(c.docs)}
	all := make([]int, len(c.docs))
	for i, d := range c.docs {
		all[i] = i
		switch {
		case d[0].exact && !d[1].exact:
			r.OnlyA++
		case d[1].exact && !d[0].exact:
			r.OnlyB++
		}
	}
	r.P = midP(r.OnlyA, r.OnlyB)
	r.Micro.Mean, r.Macro.Mean = c.difference(all)
	random := rand.New(rand.NewPCG(3, 4))
	micro, macro := make([]float64, resamples), make([]float64, resamples)
	draw := make([]int, len(c.docs))
	for n := range resamples {
		for i := range draw {
			draw[i] = random.IntN(len(draw))
		}
		micro[n], macro[n] = c.difference(draw)
	}
	r.Micro.Low, r.Micro.High = interval(micro)
	r.Macro.Low, r.Macro.High = interval(macro)
	return r
}

// difference is B's micro- and macro-F1 less A's over the documents.
func (c *Comparison) difference(docs []int) (micro, macro float64) {
	var score [2][2]float64
	for m := range score {
		topics := make([]tally, len(c.index))
		for _, i := range docs {
			for _, t := range c.docs[i][m].tally {
				topics[t.topic].add(t.tally)
			}
		}
		score[m][0], score[m][1] = f1Scores(topics)
	}
	return score[1][0] - score[0][0], score[1][1] - score[0][1]
}

func (t *tally) add(o tally) {
	t.hit, t.false, t.missed = t.hit+o.hit, t.false+o.false, t.missed+o.missed
}

// f1Scores are micro- and macro-F1, the latter over the topics that are labels or answers.
func f1Scores(topics []tally) (micro, macro float64) {
	var all tally
	judged := 0.0
	for _, t := range topics {
		if t != (tally{}) {
			all.add(t)
			macro += t.score().F1
			judged++
		}
	}
	return all.score().F1, macro / math.Max(1, judged)
}

// interval is the middle 95 % of the values, which it sorts.
func interval(values []float64) (low, high float64) {
	slices.Sort(values)
	cut := len(values) / 40
	return values[cut], values[len(values)-1-cut]
}

// midP is the two-sided mid-p value of a split of a+b coin tosses.
func midP(a, b int) float64 {
	n, k := a+b, min(a, b)
	if a == b {
		return 1
	}
	sum := 0.0
	for i := range k + 1 {
		p := math.Exp(logChoose(n, i) - float64(n)*math.Ln2)
		if i == k {
			p /= 2
		}
		sum += 2 * p
	}
	return math.Min(1, sum)
}

func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}
