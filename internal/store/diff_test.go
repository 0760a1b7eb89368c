package store

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
)

// weigh returns a model that moves a topic by a word as it says, and nothing else changed.
func weigh(t *testing.T, m *model.Model, form, topic string, weight float32) *model.Model {
	t.Helper()
	k, ok := m.TopicIndex(topic)
	i, found := m.FormIndex.Find(m.Forms, []byte(form))
	if !ok || !found {
		t.Fatalf("no topic %q or form %q", topic, form)
	}
	other := *m
	other.RowWeight = append([]float32{}, m.RowWeight...)
	topics, _ := m.Row(m.FormTerm[i])
	for j, at := range topics {
		if int(at) == k {
			other.RowWeight[int(m.RowStart[m.FormTerm[i]])+j] = weight
		}
	}
	other.Manifest.Version = ""
	other.Manifest.Version = digest(t, &other)
	return &other
}

func TestDiff(t *testing.T) {
	m, err := trainNB()
	before := classifierOf(t, m, err)
	after := classifierOf(t, weigh(t, m, "inflasi", "economy", -50), nil)
	d := NewDiff(before, after, 1)
	compare := d.Comparer()
	for n := range 20 {
		for topic := range vocabulary {
			doc := article(topic, n)
			c := compare.Compare(&doc)
			if hit := strings.Contains(strings.ToLower(doc.Title+doc.Text), "inflasi"); (c != nil) != hit {
				t.Errorf("%s changes: %v, has the word: %v", doc.ID, c != nil, hit)
			}
			d.Add(c)
		}
	}
	r := d.Report()
	if r.Documents != 60 || r.Changed == 0 || r.Share != float64(r.Changed)/60 || r.Old != before.Version() || r.New != after.Version() {
		t.Errorf("report %+v", r)
	}
	if len(r.Topics) != 1 || r.Topics[0] != (TopicDiff{"economy", 0, r.Changed}) {
		t.Errorf("topics %+v", r.Topics)
	}
	if len(r.Words) == 0 || r.Words[0].Topic != "economy" || r.Words[0].Word != "inflasi" || r.Words[0].Delta >= 0 || r.Words[0].Documents != r.Changed {
		t.Errorf("words %+v", r.Words)
	}
	if len(r.Changes) != 1 || r.Changes[0].Topics[0].Words[0].Word != "inflasi" || r.Changes[0].Topics[0].Gained {
		t.Errorf("changes %+v", r.Changes)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}

// A model changes no answer of its own, and the words of a change add up to the change of the margin.
func TestDiffAddsUp(t *testing.T) {
	a, err := trainNB()
	b, err2 := trainNBS()
	before, after := classifierOf(t, a, err), classifierOf(t, b, err2)
	same, other := NewDiff(before, before, 0).Comparer(), NewDiff(before, after, 0).Comparer()
	for n := range 20 {
		doc := article("health", n)
		if c := same.Compare(&doc); c != nil {
			t.Errorf("changes %+v between a model and itself", c)
		}
		other.Compare(&doc)
		move := other.move(&doc, "health", true)
		sum := move.OtherWords + move.Bias + move.OtherTopics + move.Threshold
		for _, w := range move.Words {
			sum += w.Delta
		}
		want := margin(after, &doc, "health") - margin(before, &doc, "health")
		if math.Abs(sum-want) > 1e-9 {
			t.Errorf("words add up to %v, the margin changes by %v", sum, want)
		}
	}
}

// margin is positive where a topic is assigned.
func margin(c *classifier.Classifier, doc *classifier.Document, topic string) float64 {
	var p classifier.Prediction
	c.NewTagger().Tag(doc, &p)
	for _, s := range p.Topics {
		if c.Model().Manifest.Topics[s.Topic].ID == topic {
			return math.Log(s.Confidence/(1-s.Confidence)) - math.Log(s.Threshold/(1-s.Threshold))
		}
	}
	return math.NaN()
}

// Topics of one model alone are gained or lost as a whole.
func TestDiffOfOtherTopics(t *testing.T) {
	m, err := trainNB()
	before := classifierOf(t, m, err)
	other := *m
	other.Manifest.Topics = append([]model.Topic{}, m.Manifest.Topics...)
	k, _ := m.TopicIndex("sport")
	other.Manifest.Topics[k].ID = "football"
	d := NewDiff(before, classifierOf(t, &other, nil), 1)
	doc := article("sport", 1)
	c := d.Comparer().Compare(&doc)
	if c == nil || len(c.Topics) != 2 || c.Topics[0].Gained || !c.Topics[1].Gained || c.Topics[0].New != 0 || c.Topics[1].Old != 0 {
		t.Fatalf("change %+v", c)
	}
}
