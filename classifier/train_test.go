package classifier

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/text"
)

// TestTrainIsReproducible is invariant 1: the same data and settings give the
// same model bytes, on any number of cores, in any order, whatever the ids.
func TestTrainIsReproducible(t *testing.T) {
	for _, task := range []string{Single, Multi} {
		bags := sampleBags(task)
		for _, learner := range append([]string{Auto}, learners...) {
			t.Run(task+"/"+learner, func(t *testing.T) {
				o := TrainOptions{Task: task, Learner: learner, Jobs: 1}
				want := trainedOn(t, 1, bags, o)
				again := func(name string, procs int, bags []Bag, jobs int) {
					o.Jobs = jobs
					if !bytes.Equal(trainedOn(t, procs, bags, o), want) {
						t.Errorf("%s: the model's bytes differ", name)
					}
				}
				again("again", 1, bags, 1)
				again("8 cores, 8 jobs", 8, bags, 8)
				again("8 cores, jobs unset", 8, bags, 0)
				again("shuffled", 2, shuffled(bags, 1), 2)
				again("shuffled with other ids", 2, renamed(shuffled(bags, 2)), 3)
			})
		}
	}
}

func trainedOn(t *testing.T, procs int, bags []Bag, o TrainOptions) []byte {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
	return modelBytes(t, mustTrain(t, bags, o))
}

func shuffled(bags []Bag, seed uint64) []Bag {
	out := slices.Clone(bags)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func renamed(bags []Bag) []Bag {
	for i := range bags {
		bags[i].ID = fmt.Sprintf("other-%d", i)
	}
	return bags
}

// TestTrainSettingsAreReproducible repeats this for what no default asks for.
func TestTrainSettingsAreReproducible(t *testing.T) {
	set, err := DefaultSettings(NBLR)
	if err != nil {
		t.Fatal(err)
	}
	set.Ratio, set.Blend = 0.5, 1
	bags, o := sampleBags(Multi), TrainOptions{Settings: &set, Jobs: 1}
	want := trainedOn(t, 1, bags, o)
	o.Jobs = 8
	if !bytes.Equal(trainedOn(t, 8, renamed(shuffled(bags, 3)), o), want) {
		t.Error("the model's bytes differ")
	}
}

// TestTrainSeesTheData guards the test above: other data or settings do change the bytes.
func TestTrainSeesTheData(t *testing.T) {
	bags := sampleBags(Multi)
	want := modelBytes(t, mustTrain(t, bags, TrainOptions{Task: Multi, Learner: NBS}))
	if bytes.Equal(want, modelBytes(t, mustTrain(t, bags[1:], TrainOptions{Task: Multi, Learner: NBS}))) {
		t.Error("an article less gives the same bytes")
	}
	if bytes.Equal(want, modelBytes(t, mustTrain(t, bags, TrainOptions{Task: Multi, Learner: NBS, Folds: 4}))) {
		t.Error("4 folds instead of 5 give the same bytes")
	}
}

// TestTrainLearns: the articles themselves come out right, and the
// manifest says what was done.
func TestTrainLearns(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		m := c.Model().Manifest
		if m.Documents != 6*len(articles) || len(m.Topics) != 4 || m.DataDigest == "" {
			t.Errorf("manifest: %d documents, %d topics, digest %q", m.Documents, len(m.Topics), m.DataDigest)
		}
		tagger, p := c.NewTagger(), Prediction{}
		for i := range articles {
			tagger.Tag(&articles[i], &p)
			if best := m.Topics[p.Topics[0].Topic].ID; !slices.Contains(articles[i].Labels, best) {
				t.Errorf("%q: best topic is %q, want one of %q", articles[i].Title, best, articles[i].Labels)
			}
		}
	})
}

// TestTrainHoldsOut: on articles whose words tell the topic, held-out answers are right; on articles
// whose labels were drawn by lot, they are no better than chance, which they would be
// if a copy of a held-out article could be learnt from.
func TestTrainHoldsOut(t *testing.T) {
	for _, learner := range learners {
		telling, lot := drawnBags(t, 150, false), drawnBags(t, 150, true)
		if f1 := mustTrain(t, telling, TrainOptions{Learner: learner}).Manifest.Metrics["held_out_micro_f1"]; f1 < 0.95 {
			t.Errorf("%s: held-out micro-F1 is %v where words tell the topic", learner, f1)
		}
		copies := append(slices.Clone(lot), lot...)
		if f1 := mustTrain(t, copies, TrainOptions{Learner: learner}).Manifest.Metrics["held_out_micro_f1"]; f1 > 0.6 {
			t.Errorf("%s: held-out micro-F1 is %v on two topics drawn by lot, each article given twice", learner, f1)
		}
	}
}

// drawnBags are articles of 40 words drawn from a topic's own thirty and thirty common ones, of two topics
// that say nothing, if asked for, of which words were drawn.
func drawnBags(t *testing.T, n int, byLot bool) (bags []Bag) {
	t.Helper()
	random, bagger := rand.New(rand.NewPCG(8, 8)), NewBagger(text.DefaultConfig())
	for range n {
		topic, label := random.IntN(2), 0
		var words []byte
		for range 40 {
			words = fmt.Appendf(words, "w%02dx%d ", random.IntN(30), random.IntN(2)*(1+topic))
		}
		if label = topic; byLot {
			label = random.IntN(2)
		}
		bags = append(bags, bagger.Bag(&Document{Text: string(words), Labels: []string{[]string{"a", "b"}[label]}}))
	}
	return bags
}

func TestTrainCountsDocuments(t *testing.T) {
	m := mustTrain(t, sampleBags(Multi), TrainOptions{Learner: NB})
	for _, topic := range m.Manifest.Topics {
		want := 0
		for _, a := range articles {
			if slices.Contains(a.Labels, topic.ID) {
				want += 6
			}
		}
		if topic.Documents != want {
			t.Errorf("topic %q has %d documents, want %d", topic.ID, topic.Documents, want)
		}
	}
}

// TestTrainFewBags: fewer bags than folds, and bags without a word in common.
func TestTrainFewBags(t *testing.T) {
	for _, learner := range learners {
		for _, forms := range [][]string{{"gol", "pasar"}, {"gol", "gol"}} {
			bags := []Bag{
				NewBag("1", []FormCount{{Form: forms[0], Body: 1}}, []string{"a"}),
				NewBag("2", []FormCount{{Form: forms[1], Body: 1}}, []string{"b"}),
				NewBag("3", nil, []string{"b"}),
			}
			c := mustNew(t, mustTrain(t, bags, TrainOptions{Learner: learner}))
			checkAnswer(t, c, &Document{Text: "gol pasar hujan"})
		}
	}
}

func TestTrainIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Train(ctx, sampleBags(Multi), TrainOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// TestTrainAuxiliary: weights are learnt from auxiliary articles, quality is that of the others, and
// there must be others.
func TestTrainAuxiliary(t *testing.T) {
	telling, lot := drawnBags(t, 150, false), drawnBags(t, 150, true)
	for i := range telling {
		telling[i].Auxiliary = true
	}
	m := mustTrain(t, append(slices.Clone(telling), lot...), TrainOptions{Learner: NBLR})
	if f1 := m.Manifest.Metrics["held_out_micro_f1"]; f1 > 0.65 || m.Manifest.Documents != 300 {
		t.Errorf("held-out micro-F1 %v of %d articles: the labels of all that count were drawn by lot", f1, m.Manifest.Documents)
	}
	if _, err := Train(context.Background(), telling, TrainOptions{Learner: NBLR}); !errors.Is(err, ErrNoData) {
		t.Errorf("auxiliary articles alone: error %v", err)
	}
	m = mustTrain(t, append(slices.Clone(telling), drawnBags(t, 10, false)...), TrainOptions{Learner: NBLR})
	if f1 := m.Manifest.Metrics["held_out_micro_f1"]; f1 < 0.9 {
		t.Errorf("held-out micro-F1 %v of ten articles: the auxiliary ones tell their topics", f1)
	}
}
