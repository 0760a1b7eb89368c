package classifier

import (
	"math"

	"github.com/tajuk/tajuk/model"
)

// Rivalry: a topic that looks half likely is less so in an article that is clearly about
// something else, and more so in one about nothing else. Its own sigmoid cannot know, so
// the log-odds that it gives are corrected by the confidence of the strongest rival.

// rivals fills out with the confidence of each topic's strongest rival, by log-odds: the highest of
// those that are not related to it.
func (c *calibration) rivals(logOdds, out []float64) {
	top, highest := strongest(logOdds, nil)
	for k, related := range c.related[top] {
		out[k] = highest
		if related {
			_, out[k] = strongest(logOdds, c.related[k])
		}
	}
}

// strongest returns the topic of the highest confidence but for the related ones, and that confidence.
// Only of topics whose log-odds come near the highest is the exponential taken: rounding does not reach
// further, as from least to most the confidences of log-odds so far apart differ by far more.
func strongest(logOdds []float64, related []bool) (topic int, confidence float64) {
	const least, most, apart = -700, 20, 1e-3
	highest := math.Inf(-1)
	for k, l := range logOdds {
		if l > highest && (related == nil || !related[k]) {
			highest = l
		}
	}
	near := min(highest, most) - apart
	if highest < least {
		near = math.Inf(-1)
	}
	for k, l := range logOdds {
		if l < near || related != nil && related[k] {
			continue
		}
		if c := sigmoid(l); c > confidence {
			topic, confidence = k, c
		}
	}
	return topic, confidence
}

// relatedTopics marks for each topic itself and those above and below it.
func relatedTopics(topics []model.Topic) [][]bool {
	index := make(map[string]int, len(topics))
	related := make([][]bool, len(topics))
	for k, t := range topics {
		index[t.ID] = k
		related[k] = make([]bool, len(topics))
		related[k][k] = true
	}
	for k := range topics {
		for at, ok := index[topics[k].Parent]; ok; at, ok = index[topics[at].Parent] {
			related[k][at], related[at][k] = true, true
		}
	}
	return related
}

// fitRivalry returns own, rival and shift so that the log-odds own·l + rival·r + shift best
// predict the labels from the log-odds l and the strongest rivals r, by Newton's method on
// Platt's targets with a pull towards leaving l as it is. Where a higher l would make
// the topic less likely it is left so.
func fitRivalry(logOdds, rival []float64, labels []bool) (w [3]float64) {
	targets, positives := plattTargets(labels)
	w = [3]float64{1, 0, 0}
	if positives == 0 || positives == float64(len(labels)) {
		return w
	}
	loss := rivalryLoss(logOdds, rival, targets, w)
	for range 50 {
		step := newtonStep(logOdds, rival, targets, w)
		size := 1.0
		for ; size > 1e-6; size /= 2 {
			next := [3]float64{w[0] - size*step[0], w[1] - size*step[1], w[2] - size*step[2]}
			if l := rivalryLoss(logOdds, rival, targets, next); l < loss {
				w, loss = next, l
				break
			}
		}
		if size <= 1e-6 || math.Abs(step[0])+math.Abs(step[1])+math.Abs(step[2]) < 1e-9 {
			break
		}
	}
	if w[0] < minOwn {
		return [3]float64{1, 0, 0}
	}
	return w
}

// minOwn is the least weight of a topic's own log-odds.
const minOwn = 0.1

// rivalryPull is the strength of the pull towards own 1, rival 0 and shift 0: that of so
// many articles' worth of evidence.
const rivalryPull = 0.1

func rivalryLoss(logOdds, rival, targets []float64, w [3]float64) float64 {
	loss := rivalryPull / 2 * ((w[0]-1)*(w[0]-1) + w[1]*w[1] + w[2]*w[2])
	for i, l := range logOdds {
		x := w[0]*l + w[1]*rival[i] + w[2]
		loss += math.Max(x, 0) - targets[i]*x + math.Log1p(math.Exp(-math.Abs(x)))
	}
	return loss
}

// newtonStep is the inverse Hessian times the gradient of rivalryLoss at w.
func newtonStep(logOdds, rival, targets []float64, w [3]float64) [3]float64 {
	g := []float64{rivalryPull * (w[0] - 1), rivalryPull * w[1], rivalryPull * w[2]}
	h := [][]float64{{rivalryPull, 0, 0}, {0, rivalryPull, 0}, {0, 0, rivalryPull}}
	for i, l := range logOdds {
		x := [3]float64{l, rival[i], 1}
		p := sigmoid(w[0]*x[0] + w[1]*x[1] + w[2])
		for a := range x {
			g[a] += (p - targets[i]) * x[a]
			for b := range x {
				h[a][b] += p * (1 - p) * x[a] * x[b]
			}
		}
	}
	return [3]float64(solvePositive(h, g))
}
