package classifier

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// TestRankingByHand works small rankings out, with and without ties.
func TestRankingByHand(t *testing.T) {
	none := math.NaN()
	tests := []struct {
		name    string
		list    []judgement
		ap, auc float64
	}{
		{"nothing", nil, none, none},
		{"all right", []judgement{{0.9, true}, {0.1, true}}, 1, none},
		{"none right", []judgement{{0.9, false}}, none, none},
		{"perfect", []judgement{{0.1, false}, {0.9, true}, {0.8, true}}, 1, 1},
		{"worst", []judgement{{0.9, false}, {0.1, true}}, 1. / 2, 0},
		{"mixed", []judgement{{0.9, true}, {0.8, false}, {0.7, true}, {0.6, false}}, (1 + 2./3) / 2, 3. / 4},
		{"all tied", []judgement{{0.5, true}, {0.5, false}, {0.5, false}, {0.5, false}}, 1. / 4, 1. / 2},
		{"tie below the top", []judgement{{0.9, true}, {0.5, false}, {0.5, true}}, (1 + 2./3) / 2, 3. / 4},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for what, x := range map[string]struct {
				got  *float64
				want float64
			}{"AP": {averagePrecision(test.list), test.ap}, "AUC": {rocAUC(test.list), test.auc}} {
				if math.IsNaN(x.want) != (x.got == nil) || x.got != nil && math.Abs(*x.got-x.want) > 1e-12 {
					t.Errorf("%s is %v, want %v", what, x.got, x.want)
				}
			}
		})
	}
}

// TestRankingIgnoresOrder: no figure depends on the order of the documents, ties included, and the
// AUC is the share of pairs in the right order, counted one by one.
func TestRankingIgnoresOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		list := make([]judgement, 2+random.IntN(30))
		for i := range list {
			list[i] = judgement{float32(random.IntN(6)) / 5, random.IntN(3) == 0}
		}
		list[0].right, list[1].right = true, false
		ap, auc, points := *averagePrecision(list), *rocAUC(list), selective(list, 1, 0.5)
		if want := pairsInOrder(list); math.Abs(auc-want) > 1e-12 {
			t.Fatalf("AUC %v, want %v of %v", auc, want, list)
		}
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if *averagePrecision(list) != ap || *rocAUC(list) != auc || !slices.Equal(selective(list, 1, 0.5), points) {
			t.Fatalf("the order of %v matters", list)
		}
	}
}

func pairsInOrder(list []judgement) float64 {
	sum, pairs := 0.0, 0
	for _, a := range list {
		for _, b := range list {
			if !a.right || b.right {
				continue
			}
			pairs++
			switch {
			case a.confidence > b.confidence:
				sum++
			case a.confidence == b.confidence:
				sum += 0.5
			}
		}
	}
	return sum / float64(pairs)
}

func TestSelectiveByHand(t *testing.T) {
	top := []judgement{{0.6, false}, {0.9, true}, {0.7, true}, {0.7, false}}
	want := []Selective{{1, 4, 0.5}, {0.75, 3, 1. / 3}, {0.5, 2, 0.25}, {0.1, 1, 0}}
	if got := selective(top, 1, 0.75, 0.5, 0.1); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := selective(nil, 1); got != nil {
		t.Errorf("of nothing: %v", got)
	}
}

// TestConfusionsByHand: an answer that assigns a and b, and one that assigns nothing.
func TestConfusionsByHand(t *testing.T) {
	wrong, none := answer(0.9, 0.8, 0.1), answer(0.1, 0.2, 0.3)
	tests := []struct {
		name string
		task string
		doc  Document
		p    *Prediction
		want []Confusion
	}{
		{"missed for two", Multi, Document{Labels: []string{"c"}}, wrong, []Confusion{{"c", "a", 1}, {"c", "b", 1}}},
		{"one right", Multi, Document{Labels: []string{"a", "c"}}, wrong, []Confusion{{"c", "b", 1}}},
		{"disputed", Multi, Document{Labels: []string{"c"}, Disputed: []string{"a"}}, wrong, []Confusion{{"c", "b", 1}}},
		{"multi, missed for nothing", Multi, Document{Labels: []string{"c"}}, none, nil},
		{"single, no answer", Single, Document{Labels: []string{"c"}}, none, []Confusion{{"c", "", 1}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := newEvaluation([]model.Topic{{ID: "a"}, {ID: "b"}, {ID: "c"}}, test.task)
			if err := e.Add(&test.doc, test.p); err != nil {
				t.Fatal(err)
			}
			if got := e.Report().Confusions; !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
}
