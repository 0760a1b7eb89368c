package classifier

import (
	"cmp"
	"slices"
)

// bestF1Threshold returns the confidence from which on assigning the topic gives
// the best F1 on the held-out documents: halfway between the last confidence
// assigned and the next. Without a positive document nothing is assigned
// short of certainty.
func bestF1Threshold(confidences []float64, labels []bool) float64 {
	order := make([]int, len(labels))
	positives := 0
	for i, y := range labels {
		order[i] = i
		if y {
			positives++
		}
	}
	if positives == 0 {
		return 1
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(confidences[j], confidences[i]) })
	best, threshold, hits := 0.0, 1.0, 0
	for n, i := range order {
		if labels[i] {
			hits++
		}
		next := 0.0
		if n+1 < len(order) {
			next = confidences[order[n+1]]
		}
		if next == confidences[i] {
			continue // documents of equal confidence stand or fall together
		}
		if f1 := 2 * float64(hits) / float64(n+1+positives); f1 > best {
			best, threshold = f1, (confidences[i]+next)/2
		}
	}
	return threshold
}
