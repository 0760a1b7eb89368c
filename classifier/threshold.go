package classifier

import "slices"

// bestF1Threshold returns the confidence from which on assigning the topic gives the best F1 on
// the held-out documents: halfway between the last confidence assigned and the next. A document
// counts as positive by the mean of its label and its confidence: the labels alone make the
// threshold of a rare topic a matter of chance, the confidences alone trust the
// calibration blindly (its optimum is half the best F1; Lipton, Elkan & Naryanaswamy 2014).
// A topic that no threshold serves, its best F1 being below worthless, is assigned from the
// highest confidence on: the best would give it to nearly every document (Yang 2001, "A Study of
// Thresholding Strategies for Text Categorization", SCutFBR.1). Without a positive document
// nothing is assigned short of certainty.
func bestF1Threshold(confidences []float64, labels []bool) float64 {
	positives := 0.0
	for i := range labels {
		positives += expected(confidences[i], labels[i])
	}
	if !slices.Contains(labels, true) {
		return 1
	}
	order := falling(confidences)
	best, threshold, hits := 0.0, 1.0, 0.0
	for n, i := range order {
		hits += expected(confidences[i], labels[i])
		next, last := 0.0, n+1 == len(order)
		if !last {
			next = confidences[order[n+1]]
		}
		if next == confidences[i] && !last {
			continue // documents of equal confidence stand or fall together
		}
		if f1 := 2 * hits / (float64(n+1) + positives); f1 > best {
			best, threshold = f1, between(next, confidences[i])
		}
	}
	if best < worthless {
		return confidences[order[0]]
	}
	return threshold
}

// worthless is the F1 below which a threshold is not trusted.
const worthless = 0.1

// between is halfway between two confidences, but never the lower one, which neighbouring
// numbers would round to.
func between(low, high float64) float64 {
	if middle := (low + high) / 2; middle > low {
		return middle
	}
	return high
}

// expected is the mean of a label and the confidence in it.
func expected(confidence float64, label bool) float64 {
	if label {
		return (1 + confidence) / 2
	}
	return confidence / 2
}
