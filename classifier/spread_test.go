package classifier

import (
	"math"
	"testing"
)

func TestSpreads(t *testing.T) {
	reports := []Report{{Accuracy: 0.5, ECE: 0.1}, {Accuracy: 0.7, ECE: 0.1}, {Accuracy: 0.9, ECE: 0.1}}
	for _, s := range Spreads(reports) {
		want := Spread{}
		switch s.Figure {
		case "accuracy":
			want = Spread{"accuracy", "accuracy", 0.7, 0.2, 0.5, 0.9}
		case "ece":
			want = Spread{"ece", "ECE", 0.1, 0, 0.1, 0.1}
		}
		if math.Abs(s.Mean-want.Mean) > 1e-12 || math.Abs(s.Deviation-want.Deviation) > 1e-12 || s.Min != want.Min || s.Max != want.Max {
			t.Errorf("%+v, want %+v", s, want)
		}
	}
	if s := Spreads(reports[:1])[0]; s.Deviation != 0 {
		t.Errorf("of one report: %+v", s)
	}
	if s := Spreads(nil); s != nil {
		t.Errorf("of none: %v", s)
	}
}
