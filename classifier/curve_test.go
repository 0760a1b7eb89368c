package classifier

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPrecisionRecallByHand(t *testing.T) {
	tests := []struct {
		name string
		list []judgement
		want []PrecisionRecall
	}{
		{"nothing", nil, nil},
		{"none right", []judgement{{0.5, false}}, nil},
		{"all right", []judgement{{0.5, true}, {0.25, true}}, []PrecisionRecall{{0.5, 1, 0.5}, {0.25, 1, 1}}},
		{
			"mixed: recall does not rise at 0.75",
			[]judgement{{1, true}, {0.75, false}, {0.5, true}, {0.25, false}},
			[]PrecisionRecall{{1, 1, 0.5}, {0.5, 2. / 3, 1}, {0.25, 0.5, 1}},
		},
		{"tied", []judgement{{0.5, true}, {0.5, false}}, []PrecisionRecall{{0.5, 0.5, 1}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := precisionRecall(test.list); !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}

func TestRiskCoverageByHand(t *testing.T) {
	top := []judgement{{0.5, false}, {1, true}, {0.75, true}, {0.75, false}}
	want := []Selective{{0.25, 1, 0}, {0.75, 3, 1. / 3}, {1, 4, 0.5}}
	if got := riskCoverage(top); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := riskCoverage(nil); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}

// TestThin keeps the ends and the order, and no more than asked for.
func TestThin(t *testing.T) {
	for n := range 1000 {
		curve := make([]int, n)
		for i := range curve {
			curve[i] = i
		}
		got := thin(curve, CurvePoints)
		if len(got) != min(n, CurvePoints) {
			t.Fatalf("%d points of %d", len(got), n)
		}
		if n > 0 && (got[0] != 0 || got[len(got)-1] != n-1) {
			t.Fatalf("of %d points the ends are %d and %d", n, got[0], got[len(got)-1])
		}
		for i := 1; i < len(got); i++ {
			if got[i] <= got[i-1] {
				t.Fatalf("of %d points, %d follows %d", n, got[i], got[i-1])
			}
		}
	}
}

// TestCurvesAgree with the figures that are worked out without them, on any judgements.
func TestCurvesAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		list := make([]judgement, 1+random.IntN(400))
		for i := range list {
			list[i] = judgement{float32(random.IntN(300)) / 300, random.IntN(3) == 0}
		}
		list[0].right = true
		sum, recall := 0.0, 0.0
		for _, p := range precisionRecall(list) {
			sum, recall = sum+p.Precision*(p.Recall-recall), p.Recall
		}
		if ap := *averagePrecision(list); math.Abs(sum-ap) > 1e-12 || recall != 1 {
			t.Fatalf("area %v to recall %v, average precision %v", sum, recall, ap)
		}
		for _, p := range riskCoverage(list) {
			if got := selective(list, p.Coverage)[0]; math.Abs(got.Error-p.Error) > 1e-12 || got.Documents != p.Documents {
				t.Fatalf("%+v, at that coverage %+v", p, got)
			}
		}
	}
}

// TestReportOfCurves: the report holds the curves, bounded, and the thresholds that answers were decided by.
func TestReportOfCurves(t *testing.T) {
	e := abcEvaluation()
	random := rand.New(rand.NewPCG(9, 9))
	for range 500 {
		doc := Document{Labels: []string{"a"}}
		if random.IntN(2) == 0 {
			doc.Labels = []string{"b"}
		}
		p := answer(random.Float64(), random.Float64(), random.Float64())
		for i := range p.Topics {
			p.Topics[i].Threshold = 0.1 // no binary fraction: its mean must be itself all the same
		}
		if err := e.Add(&doc, p); err != nil {
			t.Fatal(err)
		}
	}
	r := e.Report()
	for k, topic := range r.Topics {
		if *topic.Threshold != 0.1 {
			t.Errorf("%s: threshold %v", topic.Topic, *topic.Threshold)
		}
		if n := len(topic.PrecisionRecall); k < 2 && n != CurvePoints || k == 2 && n != 0 {
			t.Errorf("%s: %d points", topic.Topic, n)
		}
	}
	if len(r.PrecisionRecall) != CurvePoints || len(r.RiskCoverage) != CurvePoints {
		t.Errorf("%d and %d points", len(r.PrecisionRecall), len(r.RiskCoverage))
	}
	if last := r.RiskCoverage[CurvePoints-1]; last.Coverage != 1 || last.Documents != 500 || math.Abs(last.Error-r.Selective[0].Error) > 1e-12 {
		t.Errorf("the curve ends at %+v, the error on all is %v", last, r.Selective[0].Error)
	}
	answers := 0
	for _, b := range r.PairBins {
		answers += b.Count
	}
	if answers != 1500 {
		t.Errorf("%d answers in the bins of all pairs", answers)
	}
}

// TestThresholdOfParts is the mean of those of several models.
func TestThresholdOfParts(t *testing.T) {
	e := abcEvaluation()
	for _, threshold := range []float64{0.2, 0.4} {
		p := answer(0.5, 0.5, 0.5)
		for i := range p.Topics {
			p.Topics[i].Threshold = threshold
		}
		if err := e.Add(&Document{Disputed: []string{"c"}}, p); err != nil {
			t.Fatal(err)
		}
	}
	topics := e.Report().Topics
	if got := topics[0].Threshold; math.Abs(*got-0.3) > 1e-12 {
		t.Errorf("threshold %v", *got)
	}
	if topics[2].Threshold != nil {
		t.Error("a topic that was never judged has a threshold")
	}
}
