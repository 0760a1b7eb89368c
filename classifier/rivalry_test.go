package classifier

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/tajuk/tajuk/model"
)

func TestRelatedTopics(t *testing.T) {
	related := relatedTopics([]model.Topic{{ID: "a"}, {ID: "b", Parent: "a"}, {ID: "c", Parent: "b"}, {ID: "d"}})
	want := [][]bool{{true, true, true, false}, {true, true, true, false}, {true, true, true, false}, {false, false, false, true}}
	for k := range want {
		for j := range want[k] {
			if related[k][j] != want[k][j] {
				t.Errorf("topics %d and %d: related %v", k, j, related[k][j])
			}
		}
	}
}

// TestRivals: the strongest rival is the highest confidence of a topic that is not related, to the last
// bit, however close and however far from even the log-odds are.
func TestRivals(t *testing.T) {
	c := calibration{related: relatedTopics([]model.Topic{
		{ID: "sport"}, {ID: "football", Parent: "sport"}, {ID: "law"}, {ID: "badminton", Parent: "sport"}, {ID: "economy"},
	})}
	random := rand.New(rand.NewPCG(13, 13))
	logOdds, got := make([]float64, 5), make([]float64, 5)
	for range 100000 {
		middle, spread := 40*random.NormFloat64(), math.Pow(10, 2-18*random.Float64())
		if random.IntN(4) == 0 {
			middle *= 20
		}
		for k := range logOdds {
			logOdds[k] = middle + spread*random.NormFloat64()
		}
		c.rivals(logOdds, got)
		for k := range logOdds {
			want := 0.0
			for j, l := range logOdds {
				if !c.related[k][j] {
					want = max(want, sigmoid(l))
				}
			}
			if got[k] != want {
				t.Fatalf("log-odds %v, topic %d: strongest rival %v, want %v", logOdds, k, got[k], want)
			}
		}
	}
}

// A correction that made the labels is found again from many of them.
func TestFitRivalryRecovers(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 11))
	want := [3]float64{0.8, -2.5, 0.6}
	var l, r []float64
	var labels []bool
	for range 50000 {
		x, y := 3*random.NormFloat64(), random.Float64()
		l, r = append(l, x), append(r, y)
		labels = append(labels, random.Float64() < sigmoid(want[0]*x+want[1]*y+want[2]))
	}
	got := fitRivalry(l, r, labels)
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.1 {
			t.Errorf("fitted %v, want near %v", got, want)
		}
	}
}

// Where the data say nothing, or the opposite of the score, the log-odds stay as they are.
func TestFitRivalryLeavesAlone(t *testing.T) {
	same := [3]float64{1, 0, 0}
	if got := fitRivalry([]float64{1, 2}, []float64{0, 0}, []bool{false, false}); got != same {
		t.Errorf("without a positive document: %v", got)
	}
	var l, r []float64
	var labels []bool
	for i := range 1000 {
		l, r, labels = append(l, float64(i%10)-5), append(r, 0.5), append(labels, i%10 < 5)
	}
	if got := fitRivalry(l, r, labels); got != same {
		t.Errorf("against the score: %v", got)
	}
}

func TestSolvePositive(t *testing.T) {
	h := [][]float64{{4, 1, 0.5}, {1, 3, -1}, {0.5, -1, 2}}
	want := []float64{1, -2, 3}
	g := make([]float64, 3)
	for i := range g {
		for j := range want {
			g[i] += h[i][j] * want[j]
		}
	}
	got := solvePositive(h, g)
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("solution %v, want %v", got, want)
		}
	}
}

// With rivalry a confidence still rises with the topic's own score, stays in [0,1], and is
// lowered by a strong rival whose weight is negative.
func TestRivalryIsMonotone(t *testing.T) {
	topics := []model.Topic{{ID: "a"}, {ID: "b"}, {ID: "c", Parent: "a"}}
	c := calibration{
		slope: []float64{1, 2, 0.5}, intercept: []float64{0, 1, -1}, related: relatedTopics(topics),
		rivalry: []float64{0.9, -2, 0.3, 1.1, -1, 0, 1, -3, 1},
	}
	random := rand.New(rand.NewPCG(13, 13))
	scratch := make([]float64, 3)
	for range 5000 {
		low := []float64{10 * random.NormFloat64(), 10 * random.NormFloat64(), 10 * random.NormFloat64()}
		k := random.IntN(3)
		high := append([]float64{}, low...)
		high[k] += random.Float64() * 5
		c.confidences(low, scratch)
		c.confidences(high, scratch)
		if !(high[k] >= low[k] && low[k] >= 0 && high[k] <= 1) {
			t.Fatalf("topic %d: confidence %v became %v with a higher score", k, low[k], high[k])
		}
		if other := 1 - min(k, 1); k < 2 && high[other] > low[other] {
			t.Fatalf("topic %d gained by a stronger rival: %v, %v", other, low, high)
		}
	}
}
