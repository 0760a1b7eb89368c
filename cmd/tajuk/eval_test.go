package main

import (
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/model"
)

// TestMistakesAreThoseCounted: the errors file holds exactly the decisions that the evaluation
// counts as wrong, whatever is disputed, partial or known not to apply.
func TestMistakesAreThoseCounted(t *testing.T) {
	c := desk(t)
	topics := c.Model().Manifest.Topics
	lists := [][]string{nil, {"sport"}, {"health"}, {"sport", "health"}}
	text := "Dokter rumah sakit merawat pemain bola yang cedera lutut pada pertandingan liga, pelatih menunggu."
	tagger := c.NewTagger()
	wrong := 0
	for _, labels := range lists {
		for _, disputed := range lists {
			for _, not := range lists {
				for _, partial := range []bool{false, true} {
					r := &corpus.Record{Document: classifier.Document{Text: text, Labels: labels, Disputed: disputed, NotLabels: not, Partial: partial}}
					wrong += compareMistakes(t, c, tagger, topics, r)
				}
			}
		}
	}
	if wrong == 0 {
		t.Error("nothing was ever wrong: the test tests nothing")
	}
}

func compareMistakes(t *testing.T, c *classifier.Classifier, tagger *classifier.Tagger, topics []model.Topic, r *corpus.Record) int {
	var p classifier.Prediction
	tagger.Tag(&r.Document, &p)
	e := classifier.NewEvaluation(c)
	if err := e.Add(&r.Document, &p); err != nil {
		t.Fatal(err)
	}
	falses, missed := 0, 0
	for _, k := range e.Report().Topics {
		falses, missed = falses+k.False, missed+k.Missed
	}
	m := mistakeOf(topics, r, &p)
	l := m.line(r)
	if len(l.False) != falses || len(l.Missed) != missed || len(l.Confidence) != falses+missed+len(m.Hits) {
		t.Errorf("%+v: counted %d false and %d missed, listed %+v", r.Document, falses, missed, l)
	}
	return falses + missed
}
