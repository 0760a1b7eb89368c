package classifier

import (
	"math/rand/v2"
	"testing"
)

func TestParseAim(t *testing.T) {
	for _, s := range []string{"f1", "precision=0.9", "recall=1", "precision=0.123"} {
		a, err := ParseAim(s)
		if err != nil || a.String() != s {
			t.Errorf("%q: %v, %v", s, a, err)
		}
	}
	for _, s := range []string{"", "f1=0.9", "precision", "recall=0", "recall=1.1", "recall=NaN", "precision=x", "accuracy=0.9", "F1"} {
		if a, err := ParseAim(s); err == nil && s != "" {
			t.Errorf("%q: taken as %v", s, a)
		}
	}
}

// On documents whose confidences are right, a threshold for precision or recall reaches its aim,
// and asking for more never gives a looser one.
func TestAimIsReached(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	confidences, labels := make([]float64, 20000), make([]bool, 20000)
	for i := range confidences {
		confidences[i] = random.Float64() * random.Float64()
		labels[i] = random.Float64() < confidences[i]
	}
	measure := func(threshold float64) (precision, recall float64) {
		hits, assigned, positives := 0, 0, 0
		for i, c := range confidences {
			if labels[i] {
				positives++
			}
			if c >= threshold {
				assigned++
				if labels[i] {
					hits++
				}
			}
		}
		return share(hits, assigned), share(hits, positives)
	}
	lastPrecision, lastRecall := 0.0, 1.0
	for _, level := range []float64{0.3, 0.5, 0.7, 0.8} {
		p := Aim{AimPrecision, level}.threshold(confidences, labels)
		if got, _ := measure(p); got < level-0.02 || p < lastPrecision {
			t.Errorf("precision %v: threshold %v gives %v", level, p, got)
		}
		r := Aim{AimRecall, level}.threshold(confidences, labels)
		if _, got := measure(r); got < level || r > lastRecall {
			t.Errorf("recall %v: threshold %v gives %v", level, r, got)
		}
		lastPrecision, lastRecall = p, r
	}
}

func TestAimWithoutPositives(t *testing.T) {
	for _, a := range []Aim{{}, {AimPrecision, 0.9}, {AimRecall, 0.9}} {
		if got := a.threshold([]float64{0.1, 0.2}, []bool{false, false}); got != 1 {
			t.Errorf("%v: threshold %v without a positive document", a, got)
		}
	}
}

func TestTrainAimsAtPrecision(t *testing.T) {
	bags := sampleBags(Multi)
	strict := mustTrain(t, bags, TrainOptions{Task: Multi, Learner: NBS, Aim: Aim{AimPrecision, 1}})
	loose := mustTrain(t, bags, TrainOptions{Task: Multi, Learner: NBS, Aim: Aim{AimRecall, 1}})
	for k := range strict.Threshold {
		if strict.Threshold[k] < loose.Threshold[k] {
			t.Errorf("topic %d: threshold %v for precision is below %v for recall", k, strict.Threshold[k], loose.Threshold[k])
		}
	}
	if _, err := Train(t.Context(), bags, TrainOptions{Task: Multi, Aim: Aim{AimRecall, 2}}); err == nil {
		t.Error("an impossible aim was taken")
	}
}
