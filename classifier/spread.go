package classifier

import (
	"math"
	"slices"
)

// Figure is one of the numbers that one compares models by.
type Figure struct {
	Name  string // as in the JSON of a Report, such as "micro_f1"
	Label string // for people
	Value float64
}

// Figures are the numbers to compare models by, always the same in the same order.
func (r *Report) Figures() []Figure {
	return []Figure{
		{"micro_f1", "micro F1", r.Micro.F1},
		{"macro_f1", "macro F1", r.Macro.F1},
		{"weighted_f1", "weighted F1", r.Weighted.F1},
		{"accuracy", "accuracy", r.Accuracy},
		{"ece", "ECE", r.ECE},
		{"brier", "Brier", r.Brier},
		{"log_loss", "log loss", r.LogLoss},
	}
}

// Spread is one figure over several reports: mean, sample standard deviation (n-1), and range.
type Spread struct {
	Figure    string  `json:"figure"` // its Name
	Label     string  `json:"-"`
	Mean      float64 `json:"mean"`
	Deviation float64 `json:"deviation"` // 0 of one report
	Min       float64 `json:"min"`
	Max       float64 `json:"max"`
}

// Spreads gives the Figures of several reports, such as those of the parts of a cross-validation,
// as means and spreads. Every report counts alike.
func Spreads(reports []Report) (list []Spread) {
	if len(reports) == 0 {
		return nil
	}
	for i, f := range reports[0].Figures() {
		values := make([]float64, len(reports))
		for k := range reports {
			values[k] = reports[k].Figures()[i].Value
		}
		list = append(list, spread(f, values))
	}
	return list
}

func spread(f Figure, values []float64) Spread {
	s := Spread{Figure: f.Name, Label: f.Label, Min: slices.Min(values), Max: slices.Max(values)}
	n := float64(len(values))
	for _, x := range values {
		s.Mean += x / n
	}
	for _, x := range values {
		s.Deviation += (x - s.Mean) * (x - s.Mean) / math.Max(1, n-1)
	}
	s.Deviation = math.Sqrt(s.Deviation)
	return s
}
