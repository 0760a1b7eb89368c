package classifier

import "slices"

// decision is what turns scores into assigned topics.
type decision struct {
	calibration
	threshold []float64
}

// decide fits confidences and thresholds on the held-out scores of the examples that are in.
func (a *attempt) decide(o TrainOptions, in func(i int) bool) decision {
	topics := len(o.Topics)
	d := decision{calibration{o.Task == Single, make([]float64, topics), make([]float64, topics), impliedTopics(o.Topics, o.Task)}, make([]float64, topics)}
	if o.Task == Single {
		a.fitSingle(&d, topics, in)
		return d
	}
	for k, topic := range o.Topics {
		scores, labels := a.column(k, topic.ID, in)
		d.slope[k], d.intercept[k] = fitSigmoid(scores, labels)
		for i, s := range scores {
			scores[i] = sigmoid(d.slope[k]*s + d.intercept[k])
		}
		d.threshold[k] = o.Aim.threshold(scores, labels)
	}
	return d
}

// fitSingle gives all topics one slope. The intercepts move for the learners that weigh each
// topic against the rest, whose scores are not comparable across topics as they stand.
func (a *attempt) fitSingle(d *decision, topics int, in func(i int) bool) {
	var scores [][]float64
	var labels []int
	for i := range a.data.examples {
		if in(i) {
			scores = append(scores, a.heldOut[i])
			labels = append(labels, a.data.examples[i].labels[0])
		}
	}
	slope, intercept := fitSoftmax(scores, labels, topics, a.set.Learner == NBS || a.set.Learner == NBLR)
	for k := range topics {
		d.slope[k], d.intercept[k] = slope, intercept[k]
	}
}

// column returns one topic's held-out scores and labels over the examples that are in and say
// anything about the topic.
func (a *attempt) column(k int, topic string, in func(i int) bool) (scores []float64, labels []bool) {
	for i := range a.data.examples {
		if e := &a.data.examples[i]; in(i) && !e.bag.unknown(topic) {
			scores = append(scores, a.heldOut[i][k])
			labels = append(labels, e.bag.has(topic))
		}
	}
	return scores, labels
}

// measure evaluates the held-out answers. A fold's confidences and thresholds are fitted on the
// other folds, so that nothing is measured on what it was fitted to.
func (a *attempt) measure(o TrainOptions) Report {
	eval := newEvaluation(o.Topics, o.Task)
	for fold := range o.Folds {
		d := a.decide(o, func(i int) bool { return a.data.group[i]%o.Folds != fold })
		for _, i := range a.data.fold(fold, o.Folds) {
			p, confidences := Prediction{}, slices.Clone(a.heldOut[i])
			d.confidences(confidences)
			p.decide(&d, a.heldOut[i], confidences)
			b := a.data.examples[i].bag
			eval.compare(b, &p)
		}
	}
	return eval.Report()
}
