package classifier

import "math"

// fitSoftmax fits the confidences of a Single model on held-out scores: one slope
// for all topics (temperature) and, where shift is set, an intercept per topic
// (vector scaling; Guo, Pleiss, Sun & Weinberger 2017, section 4.2), by Newton's method
// with a line search on the mean log loss, which is convex. Without shift the order of
// the topics is that of the scores.
func fitSoftmax(scores [][]float64, labels []int, topics int, shift bool) (slope float64, intercept []float64) {
	unit := startSlope(scores) // so that the slope to be found is near 1
	f := softmaxFit{scores: scores, labels: labels, unit: unit, shift: shift, scratch: make([]float64, topics)}
	x := make([]float64, 1+topics) // slope over unit, intercepts
	x[0] = 1
	next := make([]float64, len(x))
	loss := f.loss(x)
	for range 50 {
		gradient, hessian := f.derivatives(x)
		step, size := solvePositive(hessian, gradient), 1.0
		for ; size > 1e-6; size /= 2 {
			for i := range x {
				next[i] = x[i] - size*step[i]
			}
			if l := f.loss(next); next[0] > 0 && l < loss {
				copy(x, next)
				loss = l
				break
			}
		}
		if size <= 1e-6 || size*norm(step) < 1e-7 {
			break
		}
	}
	return math.Max(x[0]*unit, math.SmallestNonzeroFloat32), x[1:]
}

type softmaxFit struct {
	scores  [][]float64
	labels  []int
	unit    float64
	shift   bool
	scratch []float64
}

// softmaxRidge pulls the intercepts towards zero.
const softmaxRidge = 1e-3

// confidences of document i at x, in scratch.
func (f *softmaxFit) confidences(i int, x []float64) []float64 {
	for k, s := range f.scores[i] {
		f.scratch[k] = x[0]*f.unit*s + x[1+k]
	}
	softmax(f.scratch)
	return f.scratch
}

// loss is the mean log loss with the ridge.
func (f *softmaxFit) loss(x []float64) (loss float64) {
	for i, label := range f.labels {
		loss -= math.Log(math.Max(f.confidences(i, x)[label], 1e-300))
	}
	loss /= float64(len(f.labels))
	for _, b := range x[1:] {
		loss += softmaxRidge / 2 * b * b
	}
	return loss
}

// derivatives returns the gradient and the Hessian of loss. Without shift the intercepts are held.
func (f *softmaxFit) derivatives(x []float64) (gradient []float64, hessian [][]float64) {
	n, share := len(x), 1/float64(len(f.labels))
	if !f.shift {
		n = 1
	}
	gradient, hessian = make([]float64, len(x)), square(len(x))
	for i, label := range f.labels {
		p := f.confidences(i, x)
		mean, spread := 0.0, 0.0 // of the scores under p
		for k, s := range f.scores[i] {
			mean += p[k] * s * f.unit
		}
		for k, s := range f.scores[i] {
			spread += p[k] * (s*f.unit - mean) * (s*f.unit - mean)
		}
		gradient[0] += share * (mean - f.scores[i][label]*f.unit)
		hessian[0][0] += share * spread
		if n == 1 {
			continue
		}
		gradient[1+label] -= share
		for k, s := range f.scores[i] {
			gradient[1+k] += share * p[k]
			hessian[1+k][0] += share * p[k] * (s*f.unit - mean)
			hessian[1+k][1+k] += share * p[k]
			for j := range k + 1 {
				hessian[1+k][1+j] -= share * p[k] * p[j]
			}
		}
	}
	for k := 1; k < len(x); k++ {
		gradient[k] += softmaxRidge * x[k]
		hessian[k][k] += softmaxRidge
	}
	hessian[0][0] += 1e-12
	return gradient, hessian
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
