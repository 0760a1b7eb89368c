package classifier

import (
	"math"
	"math/rand/v2"
	"testing"
)

// oddsData has two topics: with scores (1, 0) topic 0 is right a times of 12, with (0, 1) b times of 12 topic 1.
func oddsData(a, b int) (scores [][]float64, labels []int) {
	for i := range 12 {
		first, second := 1, 0
		if i < a {
			first = 0
		}
		if i < b {
			second = 1
		}
		scores = append(scores, []float64{1, 0}, []float64{0, 1})
		labels = append(labels, first, second)
	}
	return scores, labels
}

// TestFitSoftmaxOptimum: the optimum solves slope·1 ± shift = log-odds, shift being the difference
// of the intercepts.
func TestFitSoftmaxOptimum(t *testing.T) {
	tests := []struct {
		name         string
		a, b         int
		shift        bool
		slope, moved float64
		within       float64
	}{
		{"even, 3 to 1", 9, 9, false, math.Log(3), 0, 1e-4},
		{"even, free to shift", 9, 9, true, math.Log(3), 0, 1e-4},
		// slope + shift = log 2 and slope - shift = log 11; the ridge draws the shift inward a little.
		{"uneven, free to shift", 8, 11, true, (math.Log(2) + math.Log(11)) / 2, (math.Log(2) - math.Log(11)) / 2, 0.02},
		// One slope for both: that of the mean, 19 right to 5 wrong.
		{"uneven, not free", 8, 11, false, math.Log(19. / 5), 0, 1e-4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			scores, labels := oddsData(test.a, test.b)
			slope, intercept, noise := fitSoftmax(scores, labels, 2, test.shift)
			if noise != 0 {
				t.Errorf("noise %v where two values of the score can be fitted without", noise)
			}
			if math.Abs(slope-test.slope) > test.within || math.Abs(intercept[0]-intercept[1]-test.moved) > test.within {
				t.Errorf("slope %v, intercepts %v; want %v and a difference of %v", slope, intercept, test.slope, test.moved)
			}
		})
	}
}

// TestFitSoftmaxRecovers the slope and shift that the labels were drawn with.
func TestFitSoftmaxRecovers(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	want, shift := 0.7, []float64{0.5, 0, -0.5}
	var scores [][]float64
	var labels []int
	for range 20_000 {
		s := []float64{3 * random.NormFloat64(), 3 * random.NormFloat64(), 3 * random.NormFloat64()}
		p := []float64{want*s[0] + shift[0], want*s[1] + shift[1], want*s[2] + shift[2]}
		softmax(p)
		u, label := random.Float64(), 0
		for ; label < 2 && u > p[label]; label++ {
			u -= p[label]
		}
		scores, labels = append(scores, s), append(labels, label)
	}
	slope, intercept, noise := fitSoftmax(scores, labels, 3, true)
	if noise > 0.005 || math.Abs(slope-want) > 0.03 || math.Abs(intercept[0]-intercept[2]-1) > 0.1 {
		t.Errorf("slope %v, intercepts %v, noise %v; drawn with %v and %v", slope, intercept, noise, want, shift)
	}
}

// TestFitSoftmaxDecreases: the fit is better than where it starts from, on any scores, and the slope
// positive and finite.
func TestFitSoftmaxDecreases(t *testing.T) {
	random := rand.New(rand.NewPCG(6, 6))
	for _, size := range []float64{0, 1e-6, 1, 1e4} {
		for _, shift := range []bool{false, true} {
			var scores [][]float64
			var labels []int
			for i := range 60 {
				s := []float64{size * random.NormFloat64(), size * random.NormFloat64(), size * random.NormFloat64()}
				s[i%3] += size
				scores, labels = append(scores, s), append(labels, i%3)
			}
			f := softmaxFit{scores: scores, labels: labels, unit: startSlope(scores), shift: shift, scratch: make([]float64, 3)}
			before := f.loss([]float64{1, 0, 0, 0})
			slope, intercept, noise := fitSoftmax(scores, labels, 3, shift)
			f.noise = noise
			after := f.loss(append([]float64{slope / f.unit}, intercept...))
			if !(slope > 0) || math.IsInf(slope, 0) || !(after <= before) || size > 0 && !(after < before) {
				t.Errorf("scores of size %v: slope %v, loss %v before and %v after", size, slope, before, after)
			}
			if !shift && (intercept[0] != 0 || intercept[1] != 0 || intercept[2] != 0) {
				t.Errorf("intercepts %v, none were to move", intercept)
			}
		}
	}
}

// TestSoftmaxDerivatives compares gradient and Hessian with differences of the loss.
func TestSoftmaxDerivatives(t *testing.T) {
	scores, labels := oddsData(8, 11)
	f := softmaxFit{scores: scores, labels: labels, unit: 0.7, shift: true, scratch: make([]float64, 2)}
	x := []float64{1.3, 0.2, -0.4}
	gradient, hessian, _ := f.derivatives(x)
	const h = 1e-5
	for i := range x {
		x[i] += h
		up := f.loss(x)
		gradientUp, _, _ := f.derivatives(x)
		x[i] -= 2 * h
		down := f.loss(x)
		gradientDown, _, _ := f.derivatives(x)
		x[i] += h
		if slope := (up - down) / (2 * h); math.Abs(slope-gradient[i]) > 1e-6 {
			t.Errorf("derivative %d is %v, differences give %v", i, gradient[i], slope)
		}
		for j := range i + 1 {
			if curve := (gradientUp[j] - gradientDown[j]) / (2 * h); math.Abs(curve-hessian[i][j]) > 1e-6 {
				t.Errorf("second derivative %d, %d is %v, differences give %v", i, j, hessian[i][j], curve)
			}
		}
	}
}

// TestFitSoftmaxNoise recovers the share of labels that were drawn by lot, and the slope of the rest.
func TestFitSoftmaxNoise(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	var scores [][]float64
	var labels []int
	for range 10_000 {
		label := random.IntN(4)
		s := make([]float64, 4)
		for k := range s {
			s[k] = random.NormFloat64()
		}
		s[label] += 4 // two normal distributions 4 apart: log-odds of slope 4
		if random.Float64() < 0.05 {
			label = random.IntN(4)
		}
		scores, labels = append(scores, s), append(labels, label)
	}
	slope, _, noise := fitSoftmax(scores, labels, 4, true)
	if math.Abs(noise-0.05) > 0.01 || math.Abs(slope-4) > 0.3 {
		t.Errorf("noise %v and slope %v; drawn with 0.05 and 4", noise, slope)
	}
	c := calibration{single: true, slope: []float64{slope, slope, slope, slope}, intercept: make([]float64, 4), noise: noise}
	sure := []float64{30, 0, 0, 0}
	if c.confidences(sure, nil); sure[0] > 1-noise/2 || math.Abs(sure[0]+sure[1]+sure[2]+sure[3]-1) > 1e-12 {
		t.Errorf("confidences %v with noise %v", sure, noise)
	}
}
