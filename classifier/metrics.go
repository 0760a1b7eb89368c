package classifier

import (
	"cmp"
	"math"
	"slices"
)

// judgement is one confidence and whether it belonged to something true.
type judgement struct {
	confidence float32
	right      bool
}

// confusion is a missed label and the topic given in its place, -1 for none.
type confusion struct{ label, answer int }

// details are what the ranking figures need of each document: at most one judgement for each pair
// of document and topic, 8 bytes apiece.
type details struct {
	single     bool
	topics     [][]judgement // by topic; what is unknown is left out
	thresholds []float64     // by topic: mean of those that the judgements had
	top        []judgement   // the most confident known topic of each document
	confusions map[confusion]int
}

func newDetails(topics int, single bool) *details {
	return &details{
		single: single, topics: make([][]judgement, topics), thresholds: make([]float64, topics), confusions: make(map[confusion]int),
	}
}

// add notes an answer; known says of a topic whether it is a label, and whether that is known.
func (d *details) add(p *Prediction, known func(topic int) (want, ok bool)) {
	var missed, wrong []int
	first := true
	for _, t := range p.Topics {
		want, ok := known(t.Topic)
		if !ok {
			continue
		}
		j := judgement{float32(t.Confidence), want}
		d.topics[t.Topic] = append(d.topics[t.Topic], j)
		// A running mean, which stays exact where all are equal.
		d.thresholds[t.Topic] += (t.Threshold - d.thresholds[t.Topic]) / float64(len(d.topics[t.Topic]))
		if first {
			d.top = append(d.top, j)
			first = false
		}
		switch {
		case want && !t.Assigned:
			missed = append(missed, t.Topic)
		case !want && t.Assigned:
			wrong = append(wrong, t.Topic)
		}
	}
	if d.single && len(wrong) == 0 {
		wrong = []int{-1}
	}
	for _, m := range missed {
		for _, w := range wrong {
			d.confusions[confusion{m, w}]++
		}
	}
}

// ranked orders judgements by falling confidence and calls step after each run of equal
// confidences with that confidence and how many of the run were right and wrong. Going by runs keeps every figure
// free of the order of the input.
func ranked(list []judgement, step func(confidence float64, right, wrong int)) {
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, func(a, b judgement) int { return cmp.Compare(b.confidence, a.confidence) })
	for i := 0; i < len(sorted); {
		run := [2]int{}
		level := sorted[i].confidence
		for ; i < len(sorted) && sorted[i].confidence == level; i++ {
			if sorted[i].right {
				run[0]++
			} else {
				run[1]++
			}
		}
		step(float64(level), run[0], run[1])
	}
}

// averagePrecision is the sum of precisions at each level of confidence, weighted by the gain in
// recall (Manning, Raghavan & Schütze 2008, section 8.4; not interpolated). It is nil
// if nothing is right.
func averagePrecision(list []judgement) *float64 {
	sum, right, all := 0.0, 0, 0
	ranked(list, func(_ float64, r, w int) {
		right, all = right+r, all+r+w
		sum += float64(r) * float64(right) / float64(all)
	})
	return defined(sum, float64(right))
}

// rocAUC is the chance that something right has a higher confidence than something wrong, ties
// counting half: the area under the ROC curve (Hanley & McNeil 1982). It is nil if there is none of one.
func rocAUC(list []judgement) *float64 {
	sum, right, wrong := 0.0, 0, 0
	ranked(list, func(_ float64, r, w int) {
		sum += float64(w) * (float64(right) + float64(r)/2)
		right, wrong = right+r, wrong+w
	})
	return defined(sum, float64(right)*float64(wrong))
}

// defined is a quotient, nil if there is none.
func defined(part, whole float64) *float64 {
	if whole == 0 {
		return nil
	}
	x := part / whole
	return &x
}

// Selective is the error of the most confident topic on the most confidently answered documents:
// one point of the risk-coverage curve (El-Yaniv & Wiener 2010).
type Selective struct {
	Coverage  float64 `json:"coverage"`  // share of documents asked for
	Documents int     `json:"documents"` // that share, rounded up
	Error     float64 `json:"error"`     // share whose most confident topic is no label
}

// selective gives the error at some coverages. Of documents equally confident at the border, the
// expected number of errors is counted. Abstentions count by their confidence, like the rest.
func selective(top []judgement, coverages ...float64) (points []Selective) {
	if len(top) == 0 {
		return nil
	}
	for _, c := range coverages {
		n := int(math.Ceil(c*float64(len(top)) - 1e-9)) // 0.07*100 is just above 7
		left, errors := n, 0.0
		ranked(top, func(_ float64, right, wrong int) {
			take := min(left, right+wrong)
			left -= take
			errors += float64(take) * float64(wrong) / float64(right+wrong)
		})
		points = append(points, Selective{c, n, errors / float64(n)})
	}
	return points
}

// Confusion is how often a label was missed while another topic was wrongly given. Answer is empty
// where a Single model gave none.
type Confusion struct {
	Label  string `json:"label"`
	Answer string `json:"answer"`
	Count  int    `json:"count"`
}

// threshold is the mean threshold of a topic, nil if it was never judged.
func (d *details) threshold(topic int) *float64 {
	if len(d.topics[topic]) == 0 {
		return nil
	}
	mean := d.thresholds[topic]
	return &mean
}

// table lists the confusions, most frequent first.
func (d *details) table(name func(topic int) string) []Confusion {
	list := make([]Confusion, 0, len(d.confusions))
	for c, n := range d.confusions {
		row := Confusion{Label: name(c.label), Count: n}
		if c.answer >= 0 {
			row.Answer = name(c.answer)
		}
		list = append(list, row)
	}
	slices.SortFunc(list, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Answer, b.Answer))
	})
	return list
}
