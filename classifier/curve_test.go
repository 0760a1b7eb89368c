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
