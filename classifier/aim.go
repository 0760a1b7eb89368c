package classifier

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Aim is what the thresholds of a Multi model are chosen for. The zero value is the best F1.
type Aim struct {
	Measure string  // AimF1, AimPrecision or AimRecall
	Level   float64 // for precision and recall: the share to reach, above 0 and at most 1
}

// Measures to aim at.
const (
	AimF1        = "f1"
	AimPrecision = "precision"
	AimRecall    = "recall"
)

// ParseAim reads "f1", "precision=0.9" or "recall=0.9".
func ParseAim(s string) (Aim, error) {
	measure, level, given := strings.Cut(s, "=")
	a := Aim{Measure: measure}
	if given {
		x, err := strconv.ParseFloat(level, 64)
		if err != nil {
			return a, fmt.Errorf("aim %q: %q is not a number", s, level)
		}
		a.Level = x
	}
	if measure == AimF1 && given {
		return a, fmt.Errorf("aim %q: %s takes no level", s, AimF1)
	}
	return a, a.Validate()
}

// String is the aim as ParseAim reads it.
func (a Aim) String() string {
	if a.Measure == "" || a.Measure == AimF1 {
		return AimF1
	}
	return a.Measure + "=" + strconv.FormatFloat(a.Level, 'g', -1, 64)
}

// Validate names what is wrong with the aim.
func (a Aim) Validate() error {
	switch a.Measure {
	case "", AimF1:
		return nil
	case AimPrecision, AimRecall:
		if a.Level > 0 && a.Level <= 1 {
			return nil
		}
		return fmt.Errorf("aim %q: the share to reach must be above 0 and at most 1", a)
	}
	return fmt.Errorf("unknown aim %q: use %s, %s=0.9 or %s=0.9", a.Measure, AimF1, AimPrecision, AimRecall)
}

// threshold chooses a topic's threshold on held-out confidences.
func (a Aim) threshold(confidences []float64, labels []bool) float64 {
	switch a.Measure {
	case AimPrecision:
		return precisionThreshold(confidences, labels, a.Level)
	case AimRecall:
		return recallThreshold(confidences, labels, a.Level)
	}
	return bestF1Threshold(confidences, labels)
}

// precisionThreshold is the lowest confidence from which on at least the share level of the
// documents have the topic, each counted as in bestF1Threshold; 1 if no confidence reaches it.
func precisionThreshold(confidences []float64, labels []bool, level float64) float64 {
	threshold, hits := 1.0, 0.0
	order := falling(confidences)
	for n, i := range order {
		hits += expected(confidences[i], labels[i])
		if n+1 < len(order) && confidences[order[n+1]] == confidences[i] {
			continue
		}
		if hits >= level*float64(n+1) {
			threshold = confidences[i]
		}
	}
	return threshold
}

// recallThreshold is the highest confidence from which on at least the share level of the
// documents with the topic are found; 1 if none has it.
func recallThreshold(confidences []float64, labels []bool, level float64) float64 {
	positives := 0
	for _, y := range labels {
		if y {
			positives++
		}
	}
	hits := 0
	for _, i := range falling(confidences) {
		if labels[i] {
			hits++
		}
		if positives > 0 && float64(hits) >= level*float64(positives) {
			return confidences[i]
		}
	}
	return 1
}

// falling lists the documents from the most confident to the least.
func falling(confidences []float64) []int {
	order := make([]int, len(confidences))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(confidences[j], confidences[i]) })
	return order
}
