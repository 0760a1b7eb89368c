package classifier

import (
	"math"
)

// fitSoftmax fits the confidences of a Single model on held-out scores: one slope
// for all topics (temperature) and, where shift is set, an intercept per topic
// (vector scaling; Guo, Pleiss, Sun & Weinberger 2017, section 4.2), by gradient
// descent with backtracking on the mean log loss. Without shift the order of
// the topics is that of the scores.
func fitSoftmax(scores [][]float64, labels []int, topics int, shift bool) (slope float64, intercept []float64) {
	f := softmaxFit{scores: scores, labels: labels, shift: shift, scratch: make([]float64, topics)}
	x := make([]float64, 1+topics) // log slope, intercepts
	x[0] = math.Log(startSlope(scores))
	gradient, next := make([]float64, len(x)), make([]float64, len(x))
	loss, rate := f.loss(x, gradient), 1.0
	for range 500 {
		square := 0.0
		for i, g := range gradient {
			next[i] = x[i] - rate*g
			square += g * g
		}
		if square < 1e-12 || rate < 1e-12 {
			break
		}
		if l := f.loss(next, nil); l > loss-0.5*rate*square {
			rate /= 2
			continue
		}
		copy(x, next)
		loss = f.loss(x, gradient)
		rate *= 1.5
	}
	return math.Exp(x[0]), x[1:]
}

type softmaxFit struct {
	scores  [][]float64
	labels  []int
	shift   bool
	scratch []float64
}

// loss is the mean log loss with a small pull of the intercepts towards zero; gradient may be nil.
func (f *softmaxFit) loss(x, gradient []float64) (loss float64) {
	const ridge = 1e-3
	clear(gradient)
	slope, n := math.Exp(x[0]), float64(len(f.scores))
	for i, s := range f.scores {
		p := f.scratch
		for k := range p {
			p[k] = slope*s[k] + x[1+k]
		}
		softmax(p)
		loss -= math.Log(math.Max(p[f.labels[i]], 1e-300)) / n
		if gradient == nil {
			continue
		}
		p[f.labels[i]]--
		for k, d := range p {
			gradient[0] += d * s[k] * slope / n
			gradient[1+k] += d / n
		}
	}
	for k := 1; k < len(x); k++ {
		loss += ridge * x[k] * x[k] / 2
		if gradient != nil {
			gradient[k] += ridge * x[k]
			if !f.shift {
				gradient[k] = 0
			}
		}
	}
	return loss
}

// startSlope makes the mean spread between a document's scores about 1.
func startSlope(scores [][]float64) float64 {
	spread := 0.0
	for _, s := range scores {
		mean, square := 0.0, 0.0
		for _, x := range s {
			mean += x / float64(len(s))
		}
		for _, x := range s {
			square += (x - mean) * (x - mean) / float64(len(s))
		}
		spread += math.Sqrt(square) / float64(len(scores))
	}
	return 1 / math.Max(spread, 1e-9)
}
