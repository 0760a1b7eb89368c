package classifier

import "slices"

// CurvePoints is the most points that a curve of a Report has. A longer one is thinned evenly; its
// first and last points stay as they are.
const CurvePoints = 100

// PrecisionRecall is one point of a precision-recall curve: what answering everything of at least
// this confidence would give.
type PrecisionRecall struct {
	Confidence float64 `json:"confidence"`
	Precision  float64 `json:"precision"`
	Recall     float64 `json:"recall"`
}

// precisionRecall is the curve of some judgements, by rising recall (Davis & Goadrich 2006): a point
// for each confidence at which recall rises, and one for the least confidence. Nil if nothing is right.
func precisionRecall(list []judgement) (curve []PrecisionRecall) {
	total := 0
	for _, j := range list {
		if j.right {
			total++
		}
	}
	if total == 0 {
		return nil
	}
	right, all := 0, 0
	ranked(list, func(confidence float64, r, w int) {
		right, all = right+r, all+r+w
		if r > 0 || all == len(list) {
			curve = append(curve, PrecisionRecall{confidence, share(right, all), share(right, total)})
		}
	})
	return curve
}

// riskCoverage is the error of the most confident topic at each coverage, by rising coverage
// (El-Yaniv & Wiener 2010): a point for each confidence that a document has.
func riskCoverage(top []judgement) (curve []Selective) {
	wrong, all := 0, 0
	ranked(top, func(_ float64, r, w int) {
		wrong, all = wrong+w, all+r+w
		curve = append(curve, Selective{share(all, len(top)), all, share(wrong, all)})
	})
	return curve
}

// thin keeps at most most points, the ends among them, evenly by number.
func thin[P any](curve []P, most int) []P {
	if len(curve) <= most {
		return slices.Clip(curve)
	}
	kept := make([]P, most)
	for i := range kept {
		kept[i] = curve[i*(len(curve)-1)/(most-1)]
	}
	return kept
}
