package classifier

import (
	"math"
	"slices"
)

// calibration turns the scores of a document into confidences.
type calibration struct {
	single    bool
	slope     []float64 // > 0, per topic
	intercept []float64
	noise     float64   // of a Single model: share of even odds in every confidence
	implied   []int     // per topic: the broader topic that it implies, or -1; nil if none does
	rivalry   []float64 // own, rival and shift of each topic; empty if not fitted
	related   [][]bool  // topics that are no rivals of each other
}

// minSlope keeps confidence rising with the score where the held-out documents
// show no relation, or the opposite one: by this much log-odds over the largest score.
const minSlope = 1e-3

// confidences turns scores into confidences in place: per topic a sigmoid
// (Platt 1999) for Multi, corrected by rivalry, the softmax of all for Single. Scratch has
// room for as many numbers as scores.
func (c *calibration) confidences(scores, scratch []float64) {
	c.logOdds(scores)
	if c.single {
		softmax(scores)
		for k, p := range scores {
			scores[k] = (1-c.noise)*p + c.noise/float64(len(scores))
		}
		return
	}
	if len(c.rivalry) > 0 {
		c.correct(scores, scratch)
	}
	for k, s := range scores {
		scores[k] = sigmoid(s)
	}
	// A broader topic is at least as likely as a narrower one that implies it.
	for k, parent := range c.implied {
		for ; parent >= 0; parent = c.implied[parent] {
			scores[parent] = max(scores[parent], scores[k])
		}
	}
}

// logOdds turns scores into the log-odds that slope and intercept give, in place.
func (c *calibration) logOdds(scores []float64) {
	for k, s := range scores {
		scores[k] = c.slope[k]*s + c.intercept[k]
	}
}

// correct applies rivalry to log-odds.
func (c *calibration) correct(logOdds, rivals []float64) {
	c.rivals(logOdds, rivals)
	for k, l := range logOdds {
		w := c.rivalry[3*k:]
		logOdds[k] = w[0]*l + w[1]*rivals[k] + w[2]
	}
}

// sigmoid is 1/(1+e^-x) without overflow.
func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

func softmax(x []float64) {
	top, sum := slices.Max(x), 0.0
	for i := range x {
		x[i] = math.Exp(x[i] - top)
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}

// fitSigmoid returns slope and intercept of the sigmoid that best predicts the
// labels from the scores, by Newton's method with a line search on the
// regularised targets of Lin, Lin & Weng 2007 ("A Note on Platt's Probabilistic
// Outputs for Support Vector Machines", algorithm 1).
func fitSigmoid(scores []float64, labels []bool) (slope, intercept float64) {
	scores, scale := unitScale(scores)
	targets, positives := plattTargets(labels)
	n := float64(len(labels))
	a, b := 0.0, math.Log((positives+1)/(n-positives+1))
	loss := logLoss(scores, targets, a, b)
	for range 100 {
		ga, gb, haa, hab, hbb := derivatives(scores, targets, a, b)
		if math.Abs(ga) < 1e-9*n && math.Abs(gb) < 1e-9*n {
			break
		}
		det := haa*hbb - hab*hab
		da, db := -(hbb*ga-hab*gb)/det, -(haa*gb-hab*ga)/det
		step := 1.0
		for ; step > 1e-10; step /= 2 {
			next := logLoss(scores, targets, a+step*da, b+step*db)
			if next <= loss+1e-4*step*(ga*da+gb*db) {
				a, b, loss = a+step*da, b+step*db, next
				break
			}
		}
		if step <= 1e-10 {
			break
		}
	}
	if a < minSlope { // the optimum for a falling sigmoid has an intercept of no use to a rising one
		a, b = minSlope, math.Log((positives+1)/(n-positives+1))
	}
	return a / scale, b
}

// unitScale divides scores by the largest size among them: Newton's method does not
// converge to the tolerance on scores in the hundreds, as long texts give.
func unitScale(scores []float64) (scaled []float64, scale float64) {
	for _, s := range scores {
		scale = max(scale, math.Abs(s))
	}
	if scale < 1e-100 {
		scale = 1
	}
	scaled = make([]float64, len(scores))
	for i, s := range scores {
		scaled[i] = s / scale
	}
	return scaled, scale
}

// plattTargets are the labels moved inward as if one more document of each kind had been seen.
func plattTargets(labels []bool) (targets []float64, positives float64) {
	for _, y := range labels {
		if y {
			positives++
		}
	}
	negatives := float64(len(labels)) - positives
	for _, y := range labels {
		t := 1 / (negatives + 2)
		if y {
			t = (positives + 1) / (positives + 2)
		}
		targets = append(targets, t)
	}
	return targets, positives
}

func logLoss(scores, targets []float64, a, b float64) (loss float64) {
	for i, s := range scores {
		x := a*s + b
		loss += math.Max(x, 0) - targets[i]*x + math.Log1p(math.Exp(-math.Abs(x)))
	}
	return loss
}

func derivatives(scores, targets []float64, a, b float64) (ga, gb, haa, hab, hbb float64) {
	const ridge = 1e-12
	haa, hbb = ridge, ridge
	for i, s := range scores {
		p := sigmoid(a*s + b)
		d, h := p-targets[i], p*(1-p)
		ga += d * s
		gb += d
		haa += h * s * s
		hab += h * s
		hbb += h
	}
	return ga, gb, haa, hab, hbb
}
