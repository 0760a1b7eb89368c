package classifier

import (
	"math"
	"math/rand/v2"
	"testing"
)

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// repeated returns n times right and m times wrong at one score.
func repeated(scores []float64, labels []bool, score float64, n, m int) ([]float64, []bool) {
	for i := range n + m {
		scores = append(scores, score)
		labels = append(labels, i < n)
	}
	return scores, labels
}

// TestFitSigmoidOptimum: with two distinct scores the sigmoid can meet the mean target of both
// exactly, so the optimum is known. The targets are (n+1)/(n+2) and 1/(m+2) of n right and m wrong.
func TestFitSigmoidOptimum(t *testing.T) {
	tests := []struct {
		name             string
		x0, x1           float64
		n0, m0, n1, m1   int
		slope, intercept float64
	}{
		// Targets 5/6 and 1/6: means 1/3 at -1 and 2/3 at 1, so ±slope + intercept = ±log 2.
		{"even", -1, 1, 1, 3, 3, 1, math.Ln2, 0},
		// Targets 7/8 and 1/6: means 11/32 at 0 and 109/144 at 2.
		{"uneven", 0, 2, 1, 3, 5, 1, (logit(109./144) - logit(11./32)) / 2, logit(11. / 32)},
		// The first, stretched 500 times and moved by -3500.
		{"scores of long texts", -4000, -3000, 1, 3, 3, 1, math.Ln2 / 500, 3500 * math.Ln2 / 500},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			scores, labels := repeated(nil, nil, test.x0, test.n0, test.m0)
			scores, labels = repeated(scores, labels, test.x1, test.n1, test.m1)
			slope, intercept := fitSigmoid(scores, labels)
			if math.Abs(slope-test.slope) > 1e-6 || math.Abs(intercept-test.intercept) > 1e-4 {
				t.Errorf("slope %v, intercept %v; want %v, %v", slope, intercept, test.slope, test.intercept)
			}
		})
	}
}

// TestFitSigmoidDegenerate: data that say nothing give finite, rising confidences near the base rate.
func TestFitSigmoidDegenerate(t *testing.T) {
	opposite := func() ([]float64, []bool) {
		scores, labels := repeated(nil, nil, 60, 9, 1)
		return repeated(scores, labels, 80, 1, 9)
	}
	tests := []struct {
		name string
		data func() ([]float64, []bool)
		base float64 // mean confidence that the data call for
	}{
		{"no documents", func() ([]float64, []bool) { return nil, nil }, -1},
		{"one score", func() ([]float64, []bool) { return repeated(nil, nil, 5, 2, 8) }, 0.2},
		{"never", func() ([]float64, []bool) { return []float64{1, 2, 3}, make([]bool, 3) }, 0},
		{"always", func() ([]float64, []bool) { return []float64{1, 2, 3}, []bool{true, true, true} }, 1},
		{"the opposite", opposite, 0.5},
		{"parted", func() ([]float64, []bool) { return []float64{-2, -1, 1, 2}, []bool{false, false, true, true} }, 0.5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			scores, labels := test.data()
			slope, intercept := fitSigmoid(scores, labels)
			if !(slope > 0) || math.IsInf(slope, 0) || math.IsNaN(intercept) || math.IsInf(intercept, 0) {
				t.Fatalf("slope %v, intercept %v", slope, intercept)
			}
			mean := 0.0
			for _, s := range scores {
				mean += sigmoid(slope*s+intercept) / float64(len(scores))
			}
			if test.base >= 0 && math.Abs(mean-test.base) > 0.21 { // the targets of few documents lie far inward
				t.Errorf("mean confidence %v, want near %v", mean, test.base)
			}
		})
	}
}

// TestConfidence is part of invariant 3: in [0,1], never NaN, and higher for a higher score,
// up to the largest scores that a document of 1 MiB can have and beyond.
func TestConfidence(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for range 2000 {
		const topics = 5
		c := calibration{single: random.IntN(2) == 0, slope: make([]float64, topics), intercept: make([]float64, topics)}
		size := math.Pow(10, 12*random.Float64()-3)
		slope := math.Pow(10, 6*random.Float64()-3)
		low, high := make([]float64, topics), make([]float64, topics)
		for k := range topics {
			c.slope[k], c.intercept[k] = slope, 20*random.NormFloat64()
			low[k] = size * random.NormFloat64()
		}
		copy(high, low)
		high[2] += size * random.Float64()
		c.confidences(low, make([]float64, topics))
		c.confidences(high, make([]float64, topics))
		sum := 0.0
		for k, p := range high {
			if !(p >= 0 && p <= 1) {
				t.Fatalf("confidence %v", p)
			}
			sum += p
			if k != 2 && c.single && p > low[k] {
				t.Fatalf("the score of topic 2 rose and so did the confidence of %d, from %v to %v", k, low[k], p)
			}
			if k != 2 && !c.single && p != low[k] {
				t.Fatalf("the score of topic 2 rose and moved the confidence of %d, from %v to %v", k, low[k], p)
			}
		}
		if high[2] < low[2] {
			t.Fatalf("the score rose, the confidence fell from %v to %v", low[2], high[2])
		}
		if c.single && math.Abs(sum-1) > 1e-12 {
			t.Fatalf("confidences sum to %v", sum)
		}
	}
}

func TestSigmoid(t *testing.T) {
	for x, want := range map[float64]float64{0: 0.5, math.Log(3): 0.75, -math.Log(3): 0.25, 1e308: 1, -1e308: 0} {
		if got := sigmoid(x); math.Abs(got-want) > 1e-15 {
			t.Errorf("sigmoid(%v) = %v, want %v", x, got, want)
		}
	}
}
