package classifier

import (
	"slices"
	"testing"

	"github.com/tajuk/tajuk/model"
)

func TestMarkImplied(t *testing.T) {
	topics := []model.Topic{{ID: "sport"}, {ID: "football", Parent: "sport"}, {ID: "living"}, {ID: "food", Parent: "living"}}
	bags := []Bag{
		NewBag("1", nil, []string{"sport", "football"}),
		NewBag("2", nil, []string{"food", "living"}),
		NewBag("3", nil, []string{"food"}),
		NewBag("4", nil, []string{"sport"}),
	}
	marked := markImplied(topics, bags)
	if !marked[1].Implies || marked[0].Implies || marked[2].Implies || marked[3].Implies {
		t.Errorf("implied: %+v", marked)
	}
	if topics[1].Implies {
		t.Error("the caller's topics were changed")
	}
	if got := impliedTopics(marked, Multi); !slices.Equal(got, []int{-1, 0, -1, -1}) {
		t.Errorf("parents %v", got)
	}
	if got := impliedTopics(marked, Single); got != nil {
		t.Errorf("a Single model has one topic a document, not %v", got)
	}
}

// A narrow topic that is assigned brings the broad one, however unlikely that seemed by itself,
// and the confidences agree: the broad one is never the less likely.
func TestImpliedTopicsAreAssigned(t *testing.T) {
	d := decision{
		calibration{slope: []float64{1, 1, 1}, intercept: []float64{0, 0, 0}, implied: []int{-1, 0, 1}},
		[]float64{0.99, 0.99, 0.5},
	}
	scores := []float64{-5, -6, 2}
	confidences := slices.Clone(scores)
	d.confidences(confidences, make([]float64, 3))
	var p Prediction
	p.decide(&d, scores, confidences)
	for _, s := range p.Topics {
		if !s.Assigned || s.Confidence != sigmoid(2) {
			t.Errorf("topic %d: %+v", s.Topic, s)
		}
	}
	half := 0.9
	p.Apply(Options{MinConfidence: &half, All: true})
	if p.Outcome != NoTopic {
		t.Errorf("outcome %v above every confidence", p.Outcome)
	}
}
