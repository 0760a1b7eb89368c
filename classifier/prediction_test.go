package classifier

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func assigned(p *Prediction) (topics []int) {
	for _, t := range p.Topics {
		if t.Assigned {
			topics = append(topics, t.Topic)
		}
	}
	return topics
}

func TestApply(t *testing.T) {
	at := func(x float64) *float64 { return &x }
	confidences, thresholds := []float64{0.3, 0.9, 0.6, 0.1}, []float64{0.2, 0.5, 0.7, 0.5}
	tests := []struct {
		name     string
		single   bool
		o        Options
		topics   []int
		assigned []int
		outcome  Outcome
	}{
		{"the model's own thresholds", false, Options{}, []int{1, 0}, []int{1, 0}, Tagged},
		{"all", false, Options{All: true}, []int{1, 2, 0, 3}, []int{1, 0}, Tagged},
		{"the first of all", false, Options{All: true, Limit: 2}, []int{1, 2}, []int{1}, Tagged},
		{"the first", false, Options{Limit: 1}, []int{1}, []int{1}, Tagged},
		{"a limit above all", false, Options{Limit: 9}, []int{1, 0}, []int{1, 0}, Tagged},
		{"higher", false, Options{MinConfidence: at(0.6)}, []int{1, 2}, []int{1, 2}, Tagged},
		{"too high", false, Options{MinConfidence: at(0.95)}, nil, nil, NoTopic},
		{"none", false, Options{MinConfidence: at(0)}, []int{1, 2, 0, 3}, []int{1, 2, 0, 3}, Tagged},
		{"single", true, Options{}, []int{1}, []int{1}, Tagged},
		{"single, all", true, Options{All: true}, []int{1, 2, 0, 3}, []int{1}, Tagged},
		{"single, none", true, Options{MinConfidence: at(0)}, []int{1}, []int{1}, Tagged},
		{"single, too high", true, Options{MinConfidence: at(1)}, nil, nil, NoTopic},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var p Prediction
			p.decide(&decision{calibration{single: test.single}, thresholds}, make([]float64, 4), confidences)
			p.Apply(test.o)
			var topics []int
			for _, s := range p.Topics {
				topics = append(topics, s.Topic)
			}
			if !slices.Equal(topics, test.topics) || !slices.Equal(assigned(&p), test.assigned) || p.Outcome != test.outcome {
				t.Errorf("%v: topics %v, assigned %v; want %v: %v, %v", p.Outcome, topics, assigned(&p), test.outcome, test.topics, test.assigned)
			}
		})
	}
}

// TestApplyKeepsAbstention: a lower threshold does not make an unreadable document readable.
func TestApplyKeepsAbstention(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Learner: NB}))
	var p Prediction
	c.NewTagger().Tag(&Document{Text: "zzqxv"}, &p)
	p.Apply(Options{MinConfidence: new(float64), All: true})
	if p.Outcome != Abstained || len(assigned(&p)) > 0 || len(p.Topics) != 4 {
		t.Errorf("%v with topics %v", p.Outcome, p.Topics)
	}
}

func TestOptionsValidate(t *testing.T) {
	at := func(x float64) *float64 { return &x }
	for _, o := range []Options{{}, {MinConfidence: at(0)}, {MinConfidence: at(1)}, {Limit: 3, All: true}} {
		if err := o.Validate(); err != nil {
			t.Errorf("%+v: %v", o, err)
		}
	}
	for _, o := range []Options{
		{MinConfidence: at(-0.1)}, {MinConfidence: at(1.1)}, {MinConfidence: at(math.NaN())}, {MinConfidence: at(math.Inf(1))}, {Limit: -1},
	} {
		if err := o.Validate(); err == nil {
			t.Errorf("%+v is not refused", o)
		}
	}
}

func TestNames(t *testing.T) {
	for got, want := range map[string]string{
		Tagged.String(): "TAGGED", NoTopic.String(): "NO_TOPIC", Abstained.String(): "ABSTAINED", Outcome(0).String(): "OUTCOME(0)",
		TooShort.String(): "TOO_SHORT", LanguageMismatch.String(): "LANGUAGE_MISMATCH", LowCoverage.String(): "LOW_VOCABULARY_COVERAGE",
		Truncated.String(): "TRUNCATED", LooksLikeMarkup.String(): "LOOKS_LIKE_MARKUP", NoticeCode(0).String(): "NOTICE(0)", NoticeCode(99).String(): "NOTICE(99)",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestDecideOrders: topics come by confidence, the highest first, and of equals the first, few as well as many.
func TestDecideOrders(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 17))
	var p Prediction
	for _, n := range []int{0, 1, 2, 3, 35, fewTopics, fewTopics + 1, 400, 35} {
		for _, levels := range []int{1, 2, 10, 1 << 50} {
			confidences, want := make([]float64, n), make([]int, n)
			for k := range confidences {
				confidences[k] = float64(random.IntN(levels)) / float64(max(levels-1, 1))
				want[k] = k
			}
			slices.SortStableFunc(want, func(a, b int) int { return cmp.Compare(confidences[b], confidences[a]) })
			scores := slices.Clone(confidences)
			p.decide(&decision{threshold: make([]float64, n)}, scores, confidences)
			for at, k := range want {
				if got := p.Topics[at]; got != (TopicScore{Topic: k, Score: scores[k], Confidence: confidences[k], Assigned: true}) {
					t.Fatalf("%d topics, %d levels: %+v in place %d, want topic %d", n, levels, got, at, k)
				}
			}
			if len(p.Topics) != n {
				t.Errorf("%d topics of %d", len(p.Topics), n)
			}
		}
	}
}
