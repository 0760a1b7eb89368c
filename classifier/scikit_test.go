package classifier

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// scikitScores are precision, recall and F1 of every topic, or of one average.
type scikitScores[T any] struct{ Precision, Recall, F1 T }

// scikitFigures are what scikit-learn makes of a set.
type scikitFigures struct {
	Topics                 scikitScores[[]float64]
	Micro, Macro, Weighted scikitScores[float64]
	Accuracy, Brier, ECE   float64
	LogLoss                float64   `json:"log_loss"`
	ECEPairs               float64   `json:"ece_pairs"`
	AveragePrecision       []float64 `json:"average_precision"`
	MicroAveragePrecision  float64   `json:"micro_average_precision"`
	ROCAUC                 []float64 `json:"roc_auc"`
	Curves                 [][][3]float64
}

type scikitSet struct {
	Labels      [][]int
	Confidences [][]float64
	Want        scikitFigures
}

// TestScikitLearn: our figures are those of scikit-learn, on confidences that testdata/scikit.py drew.
func TestScikitLearn(t *testing.T) {
	data, err := os.ReadFile("testdata/scikit.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Threshold float64
		Sets      map[string]scikitSet
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	for _, task := range []string{Single, Multi} {
		t.Run(task, func(t *testing.T) {
			set := file.Sets[task]
			r := set.evaluate(t, task, file.Threshold)
			for what, x := range set.Want.compare(&r) {
				if len(x[0]) == 0 || !slices.EqualFunc(x[0], x[1], near) {
					t.Errorf("%s: %v, scikit-learn has %v", what, x[0], x[1])
				}
			}
		})
	}
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-7 } // confidences are kept in 32 bits

func (s *scikitSet) evaluate(t *testing.T, task string, threshold float64) Report {
	topics := []model.Topic{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}
	d := &decision{threshold: slices.Repeat([]float64{threshold}, len(topics))}
	if d.single = task == Single; d.single {
		clear(d.threshold) // the most confident topic is always given
	}
	e := newEvaluation(topics, task)
	for i, confidences := range s.Confidences {
		var doc Document
		for _, k := range s.Labels[i] {
			doc.Labels = append(doc.Labels, topics[k].ID)
		}
		var p Prediction
		p.decide(d, make([]float64, len(topics)), confidences)
		if err := e.Add(&doc, &p); err != nil {
			t.Fatal(err)
		}
	}
	return e.Report()
}

// compare pairs our figures with scikit-learn's.
func (w *scikitFigures) compare(r *Report) map[string][2][]float64 {
	pairs := map[string][2][]float64{
		"whole": {
			{r.Accuracy, r.Brier, r.LogLoss, r.ECE, r.ECEPairs, *r.AveragePrecision},
			{w.Accuracy, w.Brier, w.LogLoss, w.ECE, w.ECEPairs, w.MicroAveragePrecision},
		},
		"micro":    {{r.Micro.Precision, r.Micro.Recall, r.Micro.F1}, {w.Micro.Precision, w.Micro.Recall, w.Micro.F1}},
		"macro":    {{r.Macro.Precision, r.Macro.Recall, r.Macro.F1}, {w.Macro.Precision, w.Macro.Recall, w.Macro.F1}},
		"weighted": {{r.Weighted.Precision, r.Weighted.Recall, r.Weighted.F1}, {w.Weighted.Precision, w.Weighted.Recall, w.Weighted.F1}},
	}
	for k, topic := range r.Topics {
		var ours, theirs []float64
		for _, p := range topic.PrecisionRecall {
			ours = append(ours, p.Confidence, p.Precision, p.Recall)
		}
		for _, p := range w.Curves[k] {
			theirs = append(theirs, p[:]...)
		}
		pairs["curve of "+topic.Topic] = [2][]float64{ours, theirs}
		pairs["topic "+topic.Topic] = [2][]float64{
			{topic.Precision, topic.Recall, topic.F1, *topic.AveragePrecision, *topic.ROCAUC},
			{w.Topics.Precision[k], w.Topics.Recall[k], w.Topics.F1[k], w.AveragePrecision[k], w.ROCAUC[k]},
		}
	}
	return pairs
}
