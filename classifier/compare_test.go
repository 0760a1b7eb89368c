package classifier

import (
	"math"
	"testing"
)

// Values by hand: of 10 tosses, 1 or fewer on one side has 2·(1/1024 + ½·10/1024) = 12/1024.
func TestMidP(t *testing.T) {
	for _, test := range []struct {
		a, b int
		want float64
	}{{0, 0, 1}, {3, 3, 1}, {1, 9, 12.0 / 1024}, {9, 1, 12.0 / 1024}, {0, 4, 1.0 / 16}, {0, 1, 0.5}} {
		if got := midP(test.a, test.b); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%d to %d: %v, want %v", test.a, test.b, got, test.want)
		}
	}
	if got := midP(400, 600); !(got > 0 && got < 1e-9) {
		t.Errorf("400 to 600 of 1,000: %v", got)
	}
}

// compare tags the sample articles by two learners.
func compare(t *testing.T, a, b string) ComparisonReport {
	t.Helper()
	bags := sampleBags(Multi)
	ca := mustNew(t, mustTrain(t, bags, TrainOptions{Task: Multi, Learner: a}))
	cb := mustNew(t, mustTrain(t, bags, TrainOptions{Task: Multi, Learner: b}))
	c, ea, eb := NewComparison(ca, cb), NewEvaluation(ca), NewEvaluation(cb)
	ta, tb := ca.NewTagger(), cb.NewTagger()
	for i := range articles {
		var pa, pb Prediction
		ta.Tag(&articles[i], &pa)
		tb.Tag(&articles[i], &pb)
		if ea.Add(&articles[i], &pa) != nil || eb.Add(&articles[i], &pb) != nil {
			t.Fatal("unknown label")
		}
		c.Add(&articles[i], &pa, &pb)
	}
	r, ra, rb := c.Report(), ea.Report(), eb.Report()
	if d := rb.Micro.F1 - ra.Micro.F1; math.Abs(r.Micro.Mean-d) > 1e-12 {
		t.Errorf("difference of micro-F1 %v, by evaluation %v", r.Micro.Mean, d)
	}
	if d := rb.Macro.F1 - ra.Macro.F1; math.Abs(r.Macro.Mean-d) > 1e-12 {
		t.Errorf("difference of macro-F1 %v, by evaluation %v", r.Macro.Mean, d)
	}
	return r
}

func TestComparisonWithItself(t *testing.T) {
	r := compare(t, NBS, NBS)
	if r.P != 1 || r.Micro != (Difference{}) || r.Macro != (Difference{}) || r.OnlyA+r.OnlyB != 0 {
		t.Errorf("a model differs from itself: %+v", r)
	}
}

func TestComparisonIsAntisymmetric(t *testing.T) {
	ab, ba := compare(t, NB, NBLR), compare(t, NBLR, NB)
	if ab.P != ba.P || ab.OnlyA != ba.OnlyB || ab.Micro.Mean != -ba.Micro.Mean {
		t.Errorf("%+v and the other way round %+v", ab, ba)
	}
	if !(ab.Micro.Low <= ab.Micro.Mean && ab.Micro.Mean <= ab.Micro.High) {
		t.Errorf("mean outside its interval: %+v", ab.Micro)
	}
}
