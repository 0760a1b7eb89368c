package classifier

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// labelled is a bag of two words, one of them its own.
func labelled(id string, labels ...string) Bag {
	return NewBag(id, []FormCount{{Form: "kata" + id, Body: 1}, {Form: "sama", Body: 1}}, labels)
}

func TestTrainRefuses(t *testing.T) {
	two := []Bag{labelled("x1", "a"), labelled("x2", "b")}
	alpha, _ := DefaultSettings(NB)
	alpha.Alpha = 0
	english := text.DefaultConfig()
	english.Language = "en"
	light := text.DefaultConfig()
	light.Stemmer = "porter"
	tests := []struct {
		name string
		bags []Bag
		o    TrainOptions
		want string
	}{
		{"nothing", nil, TrainOptions{}, "no labelled articles"},
		{"no labels", []Bag{labelled("x1")}, TrainOptions{}, "found 0"},
		{"one topic", two[:1], TrainOptions{}, "found 1"},
		{"unknown task", two, TrainOptions{Task: "many"}, `unknown task "many": use auto, single or multi`},
		{"unknown learner", two, TrainOptions{Learner: "svm"}, `unknown learner "svm"`},
		{"one fold", two, TrainOptions{Folds: 1}, "1 folds"},
		{"negative folds", two, TrainOptions{Folds: -3}, "-3 folds"},
		{"settings out of range", two, TrainOptions{Settings: &alpha}, "setting alpha"},
		{"meaning of another language", two, TrainOptions{Settings: &Settings{Learner: NBLR, C: 1, Semantic: 1}, Text: english}, `no vectors for language "en"`},
		{"text that cannot be read", two, TrainOptions{Text: light}, `stemmer "porter"`},
		{"a label not among the topics", two, TrainOptions{Topics: []model.Topic{{ID: "a"}, {ID: "c"}}}, `article "x2": unknown topic "b"`},
		{"topic given twice", two, TrainOptions{Topics: []model.Topic{{ID: "a"}, {ID: "b"}, {ID: "a"}}}, `"a"`},
		{"two labels of one", append(two, labelled("x3", "a", "b")), TrainOptions{Task: Single}, `article "x3" has 2 labels`},
		{"no label of one", append(two, labelled("x4")), TrainOptions{Task: Single}, `article "x4" has 0 labels`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m, err := Train(context.Background(), test.bags, test.o)
			if err == nil || m != nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
	if _, err := Train(context.Background(), nil, TrainOptions{}); !errors.Is(err, ErrNoData) {
		t.Errorf("error %v, want %v", err, ErrNoData)
	}
}

// TestTaskAuto: Single if and only if every bag has exactly one label.
func TestTaskAuto(t *testing.T) {
	for _, task := range []string{"", Auto} {
		for want, bags := range map[string][]Bag{
			Single:                {labelled("1", "a"), labelled("2", "b"), labelled("3", "b", "b")},
			Multi:                 {labelled("1", "a"), labelled("2", "b"), labelled("3", "a", "b")},
			"with none, " + Multi: {labelled("1", "a"), labelled("2", "b"), labelled("3")},
		} {
			m := mustTrain(t, bags, TrainOptions{Task: task, Learner: NB})
			if !strings.HasSuffix(want, m.Manifest.Task) {
				t.Errorf("task %q found %s, want %s", task, m.Manifest.Task, want)
			}
		}
	}
}

// TestTrainOptionsAreUsed: names and topics come out as they went in, the topics in their order.
func TestTrainOptionsAreUsed(t *testing.T) {
	topics := []model.Topic{{ID: "b", Name: map[string]string{"id": "Be"}}, {ID: "none"}, {ID: "a"}}
	bags := []Bag{labelled("1", "a"), labelled("2", "b"), labelled("3", "a", "b")}
	m := mustTrain(t, bags, TrainOptions{Name: "uji", Created: "2024-03-04T00:00:00Z", Learner: NB, Topics: topics}).Manifest
	if m.Name != "uji" || m.Created != "2024-03-04T00:00:00Z" || m.Learner != NB || m.Task != Multi {
		t.Errorf("manifest %+v", m)
	}
	var ids []string
	var documents []int
	for _, topic := range m.Topics {
		ids, documents = append(ids, topic.ID), append(documents, topic.Documents)
	}
	if !slices.Equal(ids, []string{"b", "none", "a"}) || !slices.Equal(documents, []int{2, 0, 2}) || m.Topics[0].Name["id"] != "Be" {
		t.Errorf("topics %+v", m.Topics)
	}
	if topics[0].Documents != 0 {
		t.Error("the caller's topics were changed")
	}
	if m := mustTrain(t, bags, TrainOptions{Learner: NB}).Manifest; m.Name != "tajuk" || m.Created != "" {
		t.Errorf("defaults: name %q, created %q", m.Name, m.Created)
	}
}

// TestTopicWithoutArticles is never assigned.
func TestTopicWithoutArticles(t *testing.T) {
	topics := []model.Topic{{ID: "cuaca"}, {ID: "ekonomi"}, {ID: "kesehatan"}, {ID: "olahraga"}, {ID: "tanpa"}}
	for _, learner := range learners {
		for _, task := range []string{Single, Multi} {
			c := mustNew(t, mustTrain(t, sampleBags(task), TrainOptions{Task: task, Learner: learner, Topics: topics}))
			var p Prediction
			for i := range articles {
				checkAnswer(t, c, &articles[i])
				c.NewTagger().Tag(&articles[i], &p)
				if j := slices.IndexFunc(p.Topics, func(s TopicScore) bool { return s.Topic == 4 }); p.Topics[j].Assigned {
					t.Errorf("%s %s: %q has the topic that no article had", task, learner, articles[i].Title)
				}
			}
		}
	}
}
