package classifier

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// TestTrainCountsEqualsTrain is part of invariant 2: the weights from counts are those
// from articles, to the bit; so is the vocabulary.
func TestTrainCountsEqualsTrain(t *testing.T) {
	for _, task := range []string{Single, Multi} {
		bags := sampleBags(task)
		counts := countsOf(bags...)
		for _, learner := range countLearners {
			for _, titleWeight := range []int{0, 1, 2} {
				set, _ := DefaultSettings(learner)
				set.TitleWeight = titleWeight
				o := TrainOptions{Task: task, Settings: &set}
				want := mustTrain(t, bags, o)
				got, err := TrainCounts(counts, o)
				if err != nil {
					t.Fatal(err)
				}
				for name, same := range map[string]bool{
					"forms": reflect.DeepEqual(got.Forms, want.Forms) && slices.Equal(got.FormTerm, want.FormTerm),
					"terms": reflect.DeepEqual(got.Terms, want.Terms),
					"rows":  slices.Equal(got.RowStart, want.RowStart) && slices.Equal(got.RowTopic, want.RowTopic),
					"weights": slices.Equal(got.RowWeight, want.RowWeight) && slices.Equal(got.Bias, want.Bias) &&
						slices.Equal(got.Scale, want.Scale),
					"settings": sameSettings(t, got, want) && bytes.Equal(got.Text, want.Text),
					"topics":   reflect.DeepEqual(got.Manifest.Topics, want.Manifest.Topics),
				} {
					if !same {
						t.Errorf("%s %s, title weight %d: %s differ", task, learner, titleWeight, name)
					}
				}
			}
		}
	}
}

// sameSettings compares all but whether the language is checked, which only articles can decide.
func sameSettings(t *testing.T, got, want *model.Model) bool {
	t.Helper()
	a, err := decodeSettings(got.Settings)
	if err != nil {
		t.Fatal(err)
	}
	b, err := decodeSettings(want.Settings)
	if err != nil {
		t.Fatal(err)
	}
	a.CheckLanguage = b.CheckLanguage
	return a == b
}

// TestTrainCountsAnswers: the model is valid, can be written, and tags.
func TestTrainCountsAnswers(t *testing.T) {
	for _, task := range []string{Single, Multi} {
		counts := countsOf(sampleBags(task)...)
		for _, learner := range countLearners {
			m, err := TrainCounts(counts, TrainOptions{Task: task, Learner: learner})
			if err != nil {
				t.Fatal(err)
			}
			again, err := model.Decode(modelBytes(t, m))
			if err != nil {
				t.Fatal(err)
			}
			c := mustNew(t, again)
			for i := range articles {
				checkAnswer(t, c, &articles[i])
				checkExplanation(t, c, &articles[i], i%4)
			}
		}
	}
}

// TestTrainCountsForgets: a model of counts from which an article was taken out is, byte for
// byte, the one that never saw it.
func TestTrainCountsForgets(t *testing.T) {
	bags := sampleBags(Multi)
	o := TrainOptions{Task: Multi, Learner: NBS}
	never, err := TrainCounts(countsOf(bags[1:]...), o)
	if err != nil {
		t.Fatal(err)
	}
	c := countsOf(bags...)
	if err := c.Remove(&bags[0]); err != nil {
		t.Fatal(err)
	}
	forgot, err := TrainCounts(c, o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(modelBytes(t, forgot), modelBytes(t, never)) {
		t.Error("the removed article left a trace in the model")
	}
}

func TestTrainCountsRefuses(t *testing.T) {
	idf, _ := DefaultSettings(NB)
	idf.IDF = true
	bad, _ := DefaultSettings(NB)
	bad.Alpha = 0
	full, one := countsOf(sampleBags(Multi)...), countsOf(NewBag("", []FormCount{{"gol", 0, 0, 1}}, []string{"a"}))
	tests := []struct {
		name   string
		counts *Counts
		o      TrainOptions
		want   string
	}{
		{"no task", full, TrainOptions{Learner: NB}, `not ""`},
		{"auto task", full, TrainOptions{Task: Auto, Learner: NB}, `not "auto"`},
		{"no learner", full, TrainOptions{Task: Multi}, "needs one learner"},
		{"auto learner", full, TrainOptions{Task: Multi, Learner: Auto}, "needs one learner"},
		{"unknown learner", full, TrainOptions{Task: Multi, Learner: "svm"}, `unknown learner "svm"`},
		{"learner that needs articles", full, TrainOptions{Task: Multi, Learner: NBLR}, `"nblr"`},
		{"setting that needs articles", full, TrainOptions{Task: Multi, Settings: &idf}, "idf"},
		{"settings out of range", full, TrainOptions{Task: Multi, Settings: &bad}, "setting alpha"},
		{"a topic unasked for", full, TrainOptions{Task: Multi, Learner: NB, Topics: []model.Topic{{ID: "cuaca"}, {ID: "ekonomi"}}}, `topic "kesehatan"`},
		{"one topic", one, TrainOptions{Task: Multi, Learner: NB}, "found 1"},
		{"nothing", countsOf(), TrainOptions{Task: Multi, Learner: NB, Topics: []model.Topic{{ID: "a"}, {ID: "b"}}}, ErrNoData.Error()},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := TrainCounts(test.counts, test.o)
			if err == nil || m != nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
	if _, err := TrainCounts(one, TrainOptions{Task: Multi, Learner: NB}); !errors.Is(err, ErrNoData) {
		t.Errorf("error %v, want %v", err, ErrNoData)
	}
}
