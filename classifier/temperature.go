package classifier

import "math"

// fitSoftmax fits the confidences of a Single model on held-out scores: one slope
// for all topics (temperature) and, where shift is set, an intercept per topic
// (vector scaling; Guo, Pleiss, Sun & Weinberger 2017, section 4.2), mixed with even odds for the
// share noise of the documents, whose label no score can tell: without it the few that are
// plainly wrong would make all others look doubtful. Without shift the order of the topics is
// that of the scores.
//
// The mean log loss is lowered by expectation maximisation (Dempster, Laird & Rubin 1977): how
// likely each label is noise; then a Newton step on the rest, whose loss is convex, and noise anew.
func fitSoftmax(scores [][]float64, labels []int, topics int, shift bool) (slope float64, intercept []float64, noise float64) {
	f := softmaxFit{
		scores: scores, labels: labels, shift: shift, noise: startNoise, scratch: make([]float64, topics),
		unit: startSlope(scores), // so that the slope to be found is near 1
	}
	x := make([]float64, 1+topics) // slope over unit, intercepts
	x[0] = 1
	for range 100 {
		before := f.noise
		gradient, hessian, noisy := f.derivatives(x)
		moved := f.descend(x, solvePositive(hessian, gradient))
		f.noise = math.Max(0, noisy-1) / float64(len(labels))
		if moved < 1e-7 && math.Abs(f.noise-before) < 1e-6 {
			break
		}
	}
	return math.Max(x[0]*f.unit, math.SmallestNonzeroFloat32), x[1:], f.noise
}

// startNoise is the noise that fitting starts with. One document's worth of it is taken off in each
// round, so that none remains unless the documents ask for it.
const startNoise = 0.01

type softmaxFit struct {
	scores  [][]float64
	labels  []int
	unit    float64
	shift   bool
	noise   float64
	scratch []float64
}

// softmaxRidge pulls the intercepts towards zero.
const softmaxRidge = 1e-3

// descend moves x against the step, or a part of it that lowers the loss, and returns how far.
func (f *softmaxFit) descend(x, step []float64) (moved float64) {
	next, loss := make([]float64, len(x)), f.loss(x)
	for size := 1.0; size > 1e-6; size /= 2 {
		for i := range x {
			next[i] = x[i] - size*step[i]
		}
		if next[0] > 0 && f.loss(next) < loss {
			copy(x, next)
			return size * norm(step)
		}
	}
	return 0
}

// confidences of document i at x before noise, in scratch.
func (f *softmaxFit) confidences(i int, x []float64) []float64 {
	for k, s := range f.scores[i] {
		f.scratch[k] = x[0]*f.unit*s + x[1+k]
	}
	softmax(f.scratch)
	return f.scratch
}

// loss is the mean log loss with the ridge.
func (f *softmaxFit) loss(x []float64) (loss float64) {
	even := f.noise / float64(len(f.scratch))
	for i, label := range f.labels {
		loss -= math.Log(math.Max((1-f.noise)*f.confidences(i, x)[label]+even, 1e-300))
	}
	loss /= float64(len(f.labels))
	for _, b := range x[1:] {
		loss += softmaxRidge / 2 * b * b
	}
	return loss
}

// derivatives returns the gradient of loss, the Hessian of what is not noise, and how many documents
// are. Without shift the intercepts are held.
func (f *softmaxFit) derivatives(x []float64) (gradient []float64, hessian [][]float64, noisy float64) {
	gradient, hessian = make([]float64, len(x)), square(len(x))
	even := f.noise / float64(len(f.scratch))
	for i, label := range f.labels {
		p := f.confidences(i, x)
		told := (1 - f.noise) * p[label]
		weight := told / math.Max(told+even, 1e-300)
		noisy += 1 - weight
		f.addDerivatives(gradient, hessian, i, weight/float64(len(f.labels)))
	}
	for k := 1; k < len(x); k++ {
		gradient[k] += softmaxRidge * x[k]
		hessian[k][k] += softmaxRidge
	}
	hessian[0][0] += 1e-12
	return gradient, hessian, noisy
}

// addDerivatives adds those of document i, whose confidences are in scratch.
func (f *softmaxFit) addDerivatives(gradient []float64, hessian [][]float64, i int, weight float64) {
	p, scores, label := f.scratch, f.scores[i], f.labels[i]
	mean, spread := 0.0, 0.0 // of the scores under p
	for k, s := range scores {
		mean += p[k] * s * f.unit
	}
	for k, s := range scores {
		spread += p[k] * (s*f.unit - mean) * (s*f.unit - mean)
	}
	gradient[0] += weight * (mean - scores[label]*f.unit)
	hessian[0][0] += weight * spread
	if !f.shift {
		return
	}
	gradient[1+label] -= weight
	for k, s := range scores {
		gradient[1+k] += weight * p[k]
		hessian[1+k][0] += weight * p[k] * (s*f.unit - mean)
		hessian[1+k][1+k] += weight * p[k]
		for j := range k + 1 {
			hessian[1+k][1+j] -= weight * p[k] * p[j]
		}
	}
}

func norm(x []float64) (sum float64) {
	for _, v := range x {
		sum += v * v
	}
	return math.Sqrt(sum)
}

// square returns an n×n matrix of zeros.
func square(n int) [][]float64 {
	m := make([][]float64, n)
	for i := range m {
		m[i] = make([]float64, n)
	}
	return m
}

// solvePositive solves h·x = g for a positive definite h, of which the lower half is given, by
// Cholesky's method. It overwrites h.
func solvePositive(h [][]float64, g []float64) (x []float64) {
	for i := range h {
		for j := range i + 1 {
			sum := h[i][j]
			for k := range j {
				sum -= h[i][k] * h[j][k]
			}
			if i == j {
				h[i][i] = math.Sqrt(sum)
			} else {
				h[i][j] = sum / h[j][j]
			}
		}
	}
	x = append(x, g...)
	for i := range x {
		for k := range i {
			x[i] -= h[i][k] * x[k]
		}
		x[i] /= h[i][i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		for k := i + 1; k < len(x); k++ {
			x[i] -= h[k][i] * x[k]
		}
		x[i] /= h[i][i]
	}
	return x
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
