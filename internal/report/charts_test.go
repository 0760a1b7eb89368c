package report

import (
	"fmt"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/chart"
)

// TestManyTopics: of many topics the worst and the best are drawn.
func TestManyTopics(t *testing.T) {
	r := &classifier.Report{}
	for i := range 50 {
		r.Topics = append(r.Topics, classifier.TopicReport{Topic: fmt.Sprint(i), AveragePrecision: ptr(float64(i) / 50)})
	}
	r.Topics = append(r.Topics, classifier.TopicReport{Topic: "without labels"})
	figures, leftOut := topicCurves(r)
	if len(figures) != maxCurves || leftOut != 14 {
		t.Fatalf("%d drawn, %d left out", len(figures), leftOut)
	}
	if first, middle, last := figures[0].Caption, figures[maxCurves/2].Caption, figures[maxCurves-1].Caption; first != "0" || middle != "32" || last != "49" {
		t.Errorf("from %s over %s to %s", first, middle, last)
	}
}

func TestConfusionsOfSingle(t *testing.T) {
	r := &classifier.Report{
		Task: classifier.Single,
		Topics: []classifier.TopicReport{
			{Topic: "a", Support: 10, Hits: 8}, {Topic: "b", Support: 4, Hits: 4}, {Topic: "never confused", Support: 3, Hits: 3},
		},
		Confusions: []classifier.Confusion{{Label: "a", Answer: "b", Count: 1}, {Label: "a", Count: 1}},
	}
	h := confusions(r).Chart.(chart.HeatMap)
	if !slices.Equal(h.Rows, []string{"a", "b"}) || !slices.Equal(h.Columns, []string{"a", "b", missedAnswer}) {
		t.Errorf("rows %q, columns %q", h.Rows, h.Columns)
	}
	want := [][]chart.Cell{{{Count: 8, Heat: 0.8, Good: true}, {Count: 1, Heat: 0.1}, {Count: 1, Heat: 0.1}}, {{}, {Count: 4, Heat: 1, Good: true}, {}}}
	if !slices.EqualFunc(h.Cells, want, slices.Equal) {
		t.Errorf("cells %v, want %v", h.Cells, want)
	}
	r.Confusions = nil
	if confusions(r) != nil {
		t.Error("nothing was confused, and it is drawn")
	}
}

// TestConfusionsOfMulti: rows are what was missed, columns what was given, the most frequent first.
func TestConfusionsOfMulti(t *testing.T) {
	h := confusions(&classifier.Report{
		Task:       classifier.Multi,
		Topics:     []classifier.TopicReport{{Topic: "a", Support: 4}, {Topic: "b", Support: 5}, {Topic: "c", Support: 6}},
		Confusions: []classifier.Confusion{{Label: "b", Answer: "c", Count: 3}, {Label: "a", Answer: "c", Count: 1}},
	}).Chart.(chart.HeatMap)
	if !slices.Equal(h.Rows, []string{"b", "a"}) || !slices.Equal(h.Columns, []string{"c"}) || h.Cells[0][0].Count != 3 || h.Cells[1][0].Heat != 0.25 {
		t.Errorf("%+v", h)
	}
}
