package classifier

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// answer is a Multi prediction of confidences by topic, assigned from one half.
func answer(confidences ...float64) *Prediction {
	p := &Prediction{}
	p.decide(&decision{threshold: slices.Repeat([]float64{0.5}, len(confidences))}, make([]float64, len(confidences)), confidences)
	return p
}

func abcEvaluation() *Evaluation {
	return newEvaluation([]model.Topic{{ID: "a"}, {ID: "b"}, {ID: "c"}}, Multi)
}

// TestReportByHand works three documents of topics a, b and c out.
//
//	labels  confidences a b c   assigned  a       b    c
//	a       0.9 0.2 0.1         a         hit
//	a b     0.4 0.8 0.3         b         missed  hit
//	-       0.6 0.45 0          a         false
func TestReportByHand(t *testing.T) {
	e := abcEvaluation()
	for _, d := range []struct {
		labels []string
		p      *Prediction
	}{
		{[]string{"a"}, answer(0.9, 0.2, 0.1)},
		{[]string{"b", "a"}, answer(0.4, 0.8, 0.3)},
		{nil, answer(0.6, 0.45, 0)},
	} {
		if err := e.Add(&Document{Labels: d.labels}, d.p); err != nil {
			t.Fatal(err)
		}
	}
	r := e.Report()
	log := math.Log
	for name, figure := range map[string][2]float64{
		"accuracy":           {r.Accuracy, 1. / 3},
		"a precision":        {r.Topics[0].Precision, 1. / 2},
		"a recall":           {r.Topics[0].Recall, 1. / 2},
		"a F1":               {r.Topics[0].F1, 1. / 2},
		"b F1":               {r.Topics[1].F1, 1},
		"c F1":               {r.Topics[2].F1, 0},
		"micro precision":    {r.Micro.Precision, 2. / 3},
		"micro recall":       {r.Micro.Recall, 2. / 3},
		"micro F1":           {r.Micro.F1, 2. / 3},
		"macro precision":    {r.Macro.Precision, 3. / 4}, // c is neither label nor answer: a and b alone
		"macro recall":       {r.Macro.Recall, 3. / 4},
		"macro F1":           {r.Macro.F1, 3. / 4},
		"weighted precision": {r.Weighted.Precision, 2. / 3}, // (2·½ + 1·1)/3
		"weighted recall":    {r.Weighted.Recall, 2. / 3},
		"weighted F1":        {r.Weighted.F1, 2. / 3},
		"ECE":                {r.ECE, (0.1 + 0.2 + 0.6) / 3},                                             // of 0.9, 0.8 right, 0.6 wrong
		"ECE of pairs":       {r.ECEPairs, (0.1 + 0.2 + 0.1 + 0.2 + math.Abs(2-1-0.85) + 0.3 + 0.6) / 9}, // 0.4 right and 0.45 wrong share bin 6
		"Brier":              {r.Brier, (0.01 + 0.04 + 0.01 + 0.36 + 0.04 + 0.09 + 0.36 + 0.2025) / 9},
		"log loss":           {r.LogLoss, -(log(0.9) + log(0.8) + log(0.9) + log(0.4) + log(0.8) + log(0.7) + log(0.4) + log(0.55)) / 9},
	} {
		if math.Abs(figure[0]-figure[1]) > 1e-12 {
			t.Errorf("%s is %v, want %v", name, figure[0], figure[1])
		}
	}
	if a := r.Topics[0]; a.Support != 2 || a.Hits != 1 || a.False != 1 || a.Missed != 1 {
		t.Errorf("a: %+v", a)
	}
	if r.Documents != 3 || r.Abstained != 0 || r.NoTopic != 0 || r.Task != Multi {
		t.Errorf("%+v", r)
	}
}

// TestReliabilityByHand: two confidences in one bin, one at the very top, one at the bottom.
func TestReliabilityByHand(t *testing.T) {
	var r reliability
	for _, d := range []struct {
		confidence float64
		right      bool
	}{{0.41, true}, {0.45, false}, {1, true}, {0, false}} {
		r.add(d.confidence, d.right)
	}
	rows := r.table()
	if len(rows) != 3 {
		t.Fatalf("rows %+v, want 3", rows)
	}
	middle := rows[1]
	if middle.Count != 2 || math.Abs(middle.Confidence-0.43) > 1e-12 || middle.Right != 0.5 || middle.From != 6./15 || middle.To != 7./15 {
		t.Errorf("middle bin %+v", middle)
	}
	if want := (2*0.07 + 0 + 0) / 4; math.Abs(r.ece()-want) > 1e-12 { // half right at 0.43
		t.Errorf("ECE %v, want %v", r.ece(), want)
	}
	r.add(1, false)
	if loss := r.logLoss(); math.IsInf(loss, 0) || loss < 6 { // certain and wrong: -log 1e-15 / 5
		t.Errorf("log loss %v", loss)
	}
}

// TestWhatCounts: disputed topics and those a partial document is silent on count neither way.
func TestWhatCounts(t *testing.T) {
	tests := []struct {
		name     string
		doc      Document
		a, b, c  tally // of an answer that assigns a and b
		accuracy float64
	}{
		{"plain", Document{Labels: []string{"a", "c"}}, tally{1, 0, 0}, tally{0, 1, 0}, tally{0, 0, 1}, 0},
		{"label given twice", Document{Labels: []string{"b", "a", "b"}}, tally{1, 0, 0}, tally{1, 0, 0}, tally{}, 1},
		{"disputed", Document{Labels: []string{"a"}, Disputed: []string{"b"}}, tally{1, 0, 0}, tally{}, tally{}, 1},
		{"disputed label", Document{Labels: []string{"a", "b", "c"}, Disputed: []string{"c"}}, tally{1, 0, 0}, tally{1, 0, 0}, tally{}, 1},
		{"partial", Document{Labels: []string{"a"}, Partial: true}, tally{1, 0, 0}, tally{}, tally{}, 1},
		{"partial, missed", Document{Labels: []string{"c"}, Partial: true}, tally{}, tally{}, tally{0, 0, 1}, 0},
		{"partial, known not to apply", Document{Labels: []string{"a"}, NotLabels: []string{"b"}, Partial: true}, tally{1, 0, 0}, tally{0, 1, 0}, tally{}, 0},
		{"not labels say no more than absence", Document{Labels: []string{"a"}, NotLabels: []string{"c"}}, tally{1, 0, 0}, tally{0, 1, 0}, tally{}, 0},
		{"disputed by name of no topic", Document{Labels: []string{"a", "b"}, Disputed: []string{"z"}}, tally{1, 0, 0}, tally{1, 0, 0}, tally{}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := abcEvaluation()
			if err := e.Add(&test.doc, answer(0.9, 0.8, 0.1)); err != nil {
				t.Fatal(err)
			}
			if want := []tally{test.a, test.b, test.c}; !slices.Equal(e.tally, want) {
				t.Errorf("hit, false, missed %v, want %v", e.tally, want)
			}
			if got := e.Report().Accuracy; got != test.accuracy {
				t.Errorf("accuracy %v, want %v", got, test.accuracy)
			}
		})
	}
}

// TestUnknownHasNoSay: in training, too, disputed and unsaid topics take no part in a topic's
// calibration.
func TestUnknownHasNoSay(t *testing.T) {
	bag := Bag{Labels: []string{"a"}, NotLabels: []string{"b"}, Disputed: []string{"d"}, Partial: true}
	for topic, want := range map[string]bool{"a": false, "b": false, "c": true, "d": true} {
		if bag.unknown(topic) != want {
			t.Errorf("partial: %q unknown is %v", topic, !want)
		}
	}
	bag.Partial = false
	if bag.unknown("c") || !bag.unknown("d") {
		t.Error("a complete bag knows all but what is disputed")
	}
}

func TestUnknownTopic(t *testing.T) {
	e := abcEvaluation()
	err := e.Add(&Document{ID: "x7", Labels: []string{"a", "zebra"}}, answer(0.9, 0.8, 0.1))
	var unknown *UnknownTopicError
	if !errors.As(err, &unknown) || unknown.ID != "x7" || unknown.Label != "zebra" {
		t.Fatalf("error %v, want an UnknownTopicError of x7 and zebra", err)
	}
	if text := err.Error(); !strings.Contains(text, `"x7"`) || !strings.Contains(text, `"zebra"`) {
		t.Errorf("error %q names neither", text)
	}
	if r := e.Report(); r.Documents != 0 || r.Micro != (Score{}) {
		t.Errorf("the refused document was counted: %+v", r)
	}
}

// TestReportOfNothing has no NaN, which JSON could not hold.
func TestReportOfNothing(t *testing.T) {
	for _, task := range []string{Single, Multi} {
		r := newEvaluation([]model.Topic{{ID: "a"}}, task).Report()
		if _, err := json.Marshal(r); err != nil || r.Task != task {
			t.Errorf("%s: %+v, error %v", task, r, err)
		}
	}
}

// TestOutcomesAreCounted: an abstention misses its labels.
func TestOutcomesAreCounted(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Learner: NBS}))
	e, tagger, p := NewEvaluation(c), c.NewTagger(), Prediction{}
	for _, doc := range []*Document{{Text: "zzqxv", Labels: []string{"cuaca"}}, &articles[0]} {
		tagger.Tag(doc, &p)
		if err := e.Add(doc, &p); err != nil {
			t.Fatal(err)
		}
	}
	none := answer(0.1, 0.2, 0.3, 0.4)
	if err := e.Add(&Document{}, none); err != nil {
		t.Fatal(err)
	}
	r := e.Report()
	if r.Documents != 3 || r.Abstained != 1 || r.NoTopic != 1 || r.Topics[0].Missed != 1 || math.Abs(r.Accuracy-2./3) > 1e-12 {
		t.Errorf("%+v", r)
	}
}
