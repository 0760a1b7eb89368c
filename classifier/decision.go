package classifier

import "slices"

// decision is what turns scores into assigned topics.
type decision struct {
	calibration
	threshold []float64
}

// decide fits confidences and thresholds on the held-out scores of the examples that are in and not
// auxiliary.
func (a *attempt) decide(in func(i int) bool) decision {
	o := a.f.o
	topics := len(o.Topics)
	d := decision{threshold: make([]float64, topics)}
	d.calibration = calibration{
		single: o.Task == Single, slope: make([]float64, topics), intercept: make([]float64, topics),
		implied: impliedTopics(o.Topics, o.Task), related: relatedTopics(o.Topics),
	}
	if o.Task == Single {
		a.fitSingle(&d, topics, in)
		return d
	}
	for k, topic := range o.Topics {
		scores, labels := a.column(a.heldOut, k, topic.ID, in)
		d.slope[k], d.intercept[k] = fitSigmoid(scores, labels)
	}
	a.fitRivals(&d, in)
	confidences, scratch := make([][]float64, len(a.heldOut)), make([]float64, topics)
	for i, s := range a.heldOut {
		confidences[i] = slices.Clone(s)
		d.confidences(confidences[i], scratch)
	}
	for k, topic := range o.Topics {
		d.threshold[k] = o.Aim.threshold(a.column(confidences, k, topic.ID, in))
	}
	return d
}

// fitRivals fits the correction of each topic's log-odds by its strongest rival.
func (a *attempt) fitRivals(d *decision, in func(i int) bool) {
	topics := len(a.f.o.Topics)
	logOdds, rivals := make([][]float64, len(a.heldOut)), make([][]float64, len(a.heldOut))
	for i, scores := range a.heldOut {
		logOdds[i], rivals[i] = slices.Clone(scores), make([]float64, topics)
		d.logOdds(logOdds[i])
		d.rivals(logOdds[i], rivals[i])
	}
	for k, topic := range a.f.o.Topics {
		l, labels := a.column(logOdds, k, topic.ID, in)
		r, _ := a.column(rivals, k, topic.ID, in)
		w := fitRivalry(l, r, labels)
		d.rivalry = append(d.rivalry, w[:]...)
	}
}

// fitSingle gives all topics one slope. The intercepts move for the learners that weigh each
// topic against the rest, whose scores are not comparable across topics as they stand.
func (a *attempt) fitSingle(d *decision, topics int, in func(i int) bool) {
	var scores [][]float64
	var labels []int
	for i := range a.f.d.examples {
		if in(i) && !a.f.d.examples[i].bag.Auxiliary {
			scores = append(scores, a.heldOut[i])
			labels = append(labels, a.f.d.examples[i].labels[0])
		}
	}
	slope, intercept, noise := fitSoftmax(scores, labels, topics, a.set.Learner == NBS || a.set.Learner == NBLR)
	d.noise = noise
	for k := range topics {
		d.slope[k], d.intercept[k] = slope, intercept[k]
	}
}

// column returns one topic's values and labels over the examples that are in and say
// anything about the topic.
func (a *attempt) column(values [][]float64, k int, topic string, in func(i int) bool) (column []float64, labels []bool) {
	for i := range a.f.d.examples {
		if e := &a.f.d.examples[i]; in(i) && !e.bag.Auxiliary && !e.bag.unknown(topic) {
			column = append(column, values[i][k])
			labels = append(labels, e.bag.has(topic))
		}
	}
	return column, labels
}

// judge fits the decision and notes the mean of micro- and macro-F1 less the log loss on the same
// held-out scores. That flatters every attempt alike, and costs one fit in place of one a fold.
// Between settings that answer alike the log loss, which is less a matter of chance, decides.
func (a *attempt) judge() {
	a.decision = a.decide(everything)
	eval := newEvaluation(a.f.o.Topics, a.f.o.Task)
	a.answer(&a.decision, eval, a.f.whole.rows)
	r := eval.Report()
	a.quality = (r.Micro.F1+r.Macro.F1)/2 - r.LogLoss
}

// measure evaluates the held-out answers. A fold's confidences and thresholds are fitted on the
// other folds, so that nothing is measured on what it was fitted to.
func (a *attempt) measure() Report {
	o := a.f.o
	decisions := make([]decision, o.Folds)
	workers(o.Jobs).each(o.Folds, func(fold int) {
		decisions[fold] = a.decide(func(i int) bool { return a.f.d.group[i]%o.Folds != fold })
	})
	eval := newEvaluation(o.Topics, o.Task)
	for fold := range decisions {
		a.answer(&decisions[fold], eval, a.f.parts[fold].out)
	}
	return eval.Report()
}

// answer adds the held-out answers for some examples, but auxiliary ones, to the evaluation.
func (a *attempt) answer(d *decision, eval *Evaluation, examples []int32) {
	var p Prediction
	confidences, scratch := make([]float64, len(d.threshold)), make([]float64, len(d.threshold))
	for _, i := range examples {
		if a.f.d.examples[i].bag.Auxiliary {
			continue
		}
		copy(confidences, a.heldOut[i])
		d.confidences(confidences, scratch)
		p.decide(d, a.heldOut[i], confidences)
		eval.compare(a.f.d.examples[i].bag, &p)
	}
}
