package doctor

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

func TestStats(t *testing.T) {
	s, e := NewStats(), NewExaminer("")
	day := time.Date(2024, 5, 17, 0, 0, 0, 0, time.UTC)
	for _, d := range []struct {
		doc  classifier.Document
		date *time.Time
	}{
		{classifier.Document{Title: "gol indah", Text: "gol penentu", Labels: []string{"sport"}, Date: "2024-05-17", Source: "kota"}, &day},
		{classifier.Document{Text: "hujan deras turun", Labels: []string{"weather", "sport"}, Date: "kemarin", Partial: true}, nil},
		{classifier.Document{Text: "hujan"}, nil},
	} {
		x := e.Examine(&d.doc)
		s.Add(&d.doc, &x, d.date)
	}
	want := &StatsReport{
		Articles: 3, Unlabelled: 1, Partial: 1, Undated: 1, UnreadDates: 1,
		Labels:   Distribution{1, 0, 0, 0, 1, 2, 2, 2},
		Words:    Distribution{8. / 3, 1, 1, 1, 3, 4, 4, 4},
		Topics:   []Share{{"sport", 2, 2. / 3}, {"weather", 1, 1. / 3}},
		Months:   []Share{{"2024-05", 1, 1. / 3}},
		Sources:  []Share{{"", 2, 2. / 3}, {"kota", 1, 1. / 3}},
		ByLabels: []int{1, 1, 1},
	}
	if diff := cmp.Diff(want, s.Report()); diff != "" {
		t.Error(diff)
	}
}

// TestNoStats: the report of nothing can be written as JSON.
func TestNoStats(t *testing.T) {
	if _, err := json.Marshal(NewStats().Report()); err != nil {
		t.Error(err)
	}
}

func TestDistribution(t *testing.T) {
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = 100 - i
	}
	for _, test := range []struct {
		numbers []int
		want    Distribution
	}{
		{nil, Distribution{}},
		{[]int{7}, Distribution{7, 7, 7, 7, 7, 7, 7, 7}},
		{hundred, Distribution{50.5, 1, 5, 25, 50, 75, 95, 100}},
	} {
		before := slices.Clone(test.numbers)
		if got := distribution(test.numbers); got != test.want || !slices.Equal(before, test.numbers) {
			t.Errorf("%v: %+v, want %+v", test.numbers, got, test.want)
		}
	}
}
