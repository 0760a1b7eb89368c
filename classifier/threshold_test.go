package classifier

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// bruteForceF1 is the best expected F1 of any threshold, and the confidence of the last document assigned.
func bruteForceF1(confidences []float64, labels []bool) (best, last float64) {
	for _, threshold := range confidences {
		if f1 := expectedF1(confidences, labels, threshold); f1 > best+1e-12 || f1 > best-1e-12 && threshold > last {
			best, last = max(f1, best), threshold
		}
	}
	return best, last
}

// expectedF1 is 2·hits/(assigned + positives), a document counting as the mean of label and confidence.
func expectedF1(confidences []float64, labels []bool, threshold float64) float64 {
	hits, assigned, positives := 0.0, 0.0, 0.0
	for i, c := range confidences {
		weight := c / 2
		if labels[i] {
			weight += 0.5
		}
		positives += weight
		if c >= threshold {
			assigned++
			hits += weight
		}
	}
	return 2 * hits / (assigned + positives)
}

func TestThresholdIsBest(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	for range 3000 {
		n := 1 + random.IntN(12)
		confidences, labels := make([]float64, n), make([]bool, n)
		for i := range n {
			confidences[i] = float64(random.IntN(9)) / 8 // ties are common
			labels[i] = random.Float64() < confidences[i]
		}
		got := bestF1Threshold(confidences, labels)
		if !slices.Contains(labels, true) {
			if got != 1 {
				t.Fatalf("%v without a positive: threshold %v, want 1", confidences, got)
			}
			continue
		}
		best, last := bruteForceF1(confidences, labels)
		if f1 := expectedF1(confidences, labels, got); math.Abs(f1-best) > 1e-9 {
			t.Fatalf("%v %v: threshold %v has F1 %v, the best is %v", confidences, labels, got, f1, best)
		}
		next := 0.0
		for _, c := range confidences {
			if c < last {
				next = max(next, c)
			}
		}
		if got != (last+next)/2 {
			t.Fatalf("%v %v: threshold %v, want halfway between %v and %v", confidences, labels, got, last, next)
		}
	}
}

// TestThresholdByHand: of 0.9 right, 0.6 right, 0.1 wrong the positives weigh 0.95+0.8+0.05 = 1.8.
// One assigned: 2·0.95/(1+1.8) = 0.679; two: 2·1.75/3.8 = 0.921; three: 2·1.8/4.8 = 0.75.
func TestThresholdByHand(t *testing.T) {
	if got := bestF1Threshold([]float64{0.1, 0.9, 0.6}, []bool{false, true, true}); math.Abs(got-0.35) > 1e-15 {
		t.Errorf("threshold %v, want halfway between 0.6 and 0.1", got)
	}
	if got := bestF1Threshold(nil, nil); got != 1 {
		t.Errorf("threshold %v of no documents, want 1", got)
	}
}

// TestThresholdBetweenNeighbours: where no number lies between two confidences, their middle rounds to one
// of them, and must not to the lower, which would be assigned with it.
func TestThresholdBetweenNeighbours(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	for name, unit := range map[string]float64{"below one": -0x1p-53, "above one half": 0x1p-53} {
		start := map[bool]float64{true: 1, false: 0.5}[unit < 0]
		for range 500 {
			n := 2 + random.IntN(6)
			confidences, labels := make([]float64, n), make([]bool, n)
			for i := range n {
				confidences[i], labels[i] = start+float64(random.IntN(4))*unit, random.IntN(2) == 0
			}
			if !slices.Contains(labels, true) {
				continue
			}
			best, _ := bruteForceF1(confidences, labels)
			if got := bestF1Threshold(confidences, labels); math.Abs(expectedF1(confidences, labels, got)-best) > 1e-12 {
				t.Fatalf("%s: threshold %v of %v %v has F1 %v, best is %v", name, got, confidences, labels, expectedF1(confidences, labels, got), best)
			}
		}
	}
	for _, high := range []float64{1, 1 - 0x1p-53, 0.5, math.SmallestNonzeroFloat64} {
		low := math.Nextafter(high, 0)
		if got := between(low, high); got != high {
			t.Errorf("between %v and %v: %v", low, high, got)
		}
	}
	if got := between(0, 0); got != 0 {
		t.Errorf("between 0 and 0: %v", got)
	}
}
