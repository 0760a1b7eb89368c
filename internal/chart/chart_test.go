package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"html/template"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// all are one chart of each kind, with this name and value in every place that takes one.
func all(name string, x float64) map[string]Chart {
	return map[string]Chart{
		"lines": Lines{
			Title: name, About: name, X: Axis{Label: name}, Y: Axis{Label: name},
			Series: []Series{{name, []Point{{0, 1}, {x, x}, {2, 3}}}, {name, []Point{{x, 1}}}, {}, {name, nil}, {"left out", nil}},
			Marks:  []Mark{{Point{x, x}, name}},
		},
		"steps":       Lines{Title: name, Step: true, X: Axis{Max: 1}, Series: []Series{{name, []Point{{x, 0.5}, {1, x}}}}},
		"bars":        Bars{Title: name, About: name, Value: Axis{Label: name}, Bars: []Bar{{name, x, name}, {name, 1, ""}, {"", 0, ""}}},
		"reliability": Reliability{Title: name, About: name, Bins: []Bin{{0, 0.1, 3, 0.05, x}, {x, x, 0, x, x}}},
		"heatmap": HeatMap{
			Title: name, About: name, RowLabel: name, ColumnLabel: name, Rows: []string{name, "b"}, Columns: []string{name, "b", "c"},
			Cells: [][]Cell{{{3, x, true}, {1, 0.5, false}}},
		},
	}
}

// wellFormed wants XML of elements that a picture is made of, and nothing else.
func wellFormed(t *testing.T, svg template.HTML) {
	t.Helper()
	known := []string{"svg", "title", "desc", "line", "rect", "circle", "path", "text"}
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if e, ok := token.(xml.StartElement); ok && !slices.Contains(known, e.Name.Local) {
			t.Fatalf("element %q in %s", e.Name.Local, svg)
		}
	}
}

func check(t *testing.T, c Chart) {
	t.Helper()
	svg := c.SVG()
	wellFormed(t, svg)
	for _, bad := range []string{"NaN", "Inf", `="-"`, "<script"} {
		if strings.Contains(string(svg), bad) {
			t.Errorf("%s in %s", bad, svg)
		}
	}
	table := c.Table()
	if len(table.Head) == 0 {
		t.Error("the table has no head")
	}
	for _, row := range table.Rows {
		if len(row) != len(table.Head) {
			t.Errorf("row %q under %q", row, table.Head)
		}
	}
	if again := c.SVG(); again != svg {
		t.Error("drawn twice, it is not the same")
	}
}

// TestAnyNameAndNumber: whatever texts and numbers hold, the picture is well-formed and holds no script.
func TestAnyNameAndNumber(t *testing.T) {
	for _, name := range []string{"sport", "", `<script>alert("1")</script>`, `"'><&amp;`, "\xff\x00\x0b", strings.Repeat("panjang ", 40), "日本語の名前です、とても長い名前ですから"} {
		for _, x := range []float64{0.3, 0, -2, 1e300, math.MaxFloat64, 1e-320, math.NaN(), math.Inf(1), math.Inf(-1)} {
			for kind, c := range all(name, x) {
				t.Run(kind, func(t *testing.T) { check(t, c) })
			}
		}
	}
}

func FuzzChart(f *testing.F) {
	f.Add("sport", 0.5)
	f.Add("<script>", -1.0)
	f.Fuzz(func(t *testing.T, name string, x float64) {
		for _, c := range all(name, x) {
			if name == "NaN" || strings.Contains(name, "Inf") || strings.Contains(name, "NaN") {
				wellFormed(t, c.SVG())
				continue
			}
			check(t, c)
		}
	})
}

func TestEmpty(t *testing.T) {
	for _, c := range []Chart{Lines{}, Bars{}, Reliability{}, HeatMap{}} {
		check(t, c)
	}
}

func TestTicks(t *testing.T) {
	tests := []struct {
		min, max float64
		want     []float64
	}{
		{0, 1, []float64{0, 0.25, 0.5, 0.75, 1}},
		{0, 100, []float64{0, 25, 50, 75, 100}},
		{0, 7, []float64{0, 2, 4, 6}},
		{-3, 3, []float64{-2, 0, 2}},
		{5, 5, nil},
		{0, math.Inf(1), nil},
		{0.2, 0.3, []float64{0.2, 0.225, 0.25, 0.275, 0.3}},
	}
	for _, test := range tests {
		got := Axis{Min: test.min, Max: test.max}.ticks(4)
		if !slices.EqualFunc(got, test.want, func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }) {
			t.Errorf("%v to %v: %v, want %v", test.min, test.max, got, test.want)
		}
	}
}

func TestLimitsFromValues(t *testing.T) {
	tests := []struct {
		values   []float64
		min, max float64
	}{
		{nil, 0, 1},
		{[]float64{math.NaN()}, 0, 1},
		{[]float64{2, 9}, 0, 9},
		{[]float64{90, 100}, 90, 100},
		{[]float64{0}, 0, 1},
		{[]float64{-5}, -5, 0},
	}
	for _, test := range tests {
		if a := (Axis{}).over(test.values); a.Min != test.min || a.Max != test.max {
			t.Errorf("%v: %v to %v, want %v to %v", test.values, a.Min, a.Max, test.min, test.max)
		}
	}
	if a := (Axis{Min: 1, Max: 2}).over([]float64{7}); a.Min != 1 || a.Max != 2 {
		t.Errorf("given limits were changed: %+v", a)
	}
}

// TestCurveTable: a long curve has a short table, with its ends.
func TestCurveTable(t *testing.T) {
	var points []Point
	for i := range 100 {
		points = append(points, Point{float64(i), float64(i * i)})
	}
	rows := Lines{Series: []Series{{"a", points}}}.Table().Rows
	if len(rows) != tableRows || rows[0][1] != "0" || rows[tableRows-1][2] != "9801" {
		t.Errorf("%q", rows)
	}
}

// TestGolden draws a page of all kinds, to be looked at in a browser.
func TestGolden(t *testing.T) {
	charts := []Chart{
		Lines{
			Title: "Two curves", About: "Articles a day and a week", X: Axis{Label: "day"}, Y: Axis{Label: "articles"},
			Series: []Series{{"day", []Point{{1, 30}, {2, 42}, {3, 38}, {4, 55}}}, {"week", []Point{{1, 31}, {2, 36}, {3, 37}, {4, 41}}}},
			Marks:  []Mark{{Point{4, 55}, "most"}},
		},
		Lines{Title: "Steps", Step: true, X: Axis{Label: "recall", Max: 1, Format: Percent}, Y: Axis{Label: "precision", Max: 1, Format: Percent}, Series: []Series{{"", []Point{{0.2, 1}, {0.6, 0.8}, {1, 0.4}}}}},
		Bars{Title: "F1 of each topic", Value: Axis{Max: 1, Format: Decimals}, Bars: []Bar{{"sport", 0.91, "of 40"}, {"a very long name of a topic", 0.5, ""}, {"none", 0, ""}}},
		Reliability{Title: "Reliability", Bins: []Bin{{0, 0.1, 40, 0.04, 0.05}, {0.5, 0.6, 8, 0.55, 0.4}, {0.9, 1, 25, 0.97, 0.96}}},
		HeatMap{Title: "Confusions", RowLabel: "label", ColumnLabel: "answer", Rows: []string{"sport", "health"}, Columns: []string{"sport", "health", "(none)"}, Cells: [][]Cell{{{30, 0.9, true}, {2, 0.06, false}, {1, 0.03, false}}, {{0, 0, false}, {12, 1, true}}}},
	}
	var page bytes.Buffer
	page.WriteString("<!doctype html><meta charset=utf-8><title>charts</title><style>:root{color-scheme:light dark}" + string(Style) + "</style>\n")
	for _, c := range charts {
		page.WriteString("<p>" + string(c.SVG()) + "</p>\n")
	}
	golden := "testdata/charts.html"
	if *update {
		if err := os.WriteFile(golden, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, page.Bytes()) {
		t.Errorf("not as in %s: run with -update and look at it in a browser", golden)
	}
}
