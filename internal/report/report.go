// Package report makes one HTML page of an evaluation, or of an archive that was tagged, to be read in a browser, sent by
// mail or printed. For an archive, [WriteArchive] takes its numbers. For an evaluation:
//
//  1. While measuring, give every wrong answer to a [Worst], which keeps the worst ones with their articles.
//  2. Before a classifier is let go, [Worst.Explain] notes which words spoke for what.
//  3. [Write] the page.
//
// The page stands alone: styles and pictures are in it, it asks for nothing from outside and runs no script, which it
// also forbids itself by a content security policy. Whatever comes from articles, labels and
// models is escaped. It holds no time, so the same evaluation gives the same bytes. A Worst is for one
// goroutine; Write only reads.
package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/chart"
)

// Page is what the page is made of. All but Title and Report may be left out.
type Page struct {
	Title      string            // what was measured, such as the model's name and version
	Facts      []Fact            // more about that: what the articles are, how they were divided
	Language   string            // of the articles, as in an HTML lang attribute
	Report     classifier.Report // the figures
	Parts      []Part            // of a cross-validation
	Spreads    []classifier.Spread
	Comparison *classifier.ComparisonReport
	Worst      *Worst
}

// Fact is one line under the title.
type Fact struct{ Name, Value string }

// Part is one of the parts that a cross-validation measured on in turn.
type Part struct {
	Train, Test int // articles
	Figures     []classifier.Figure
}

//go:embed page.tmpl
var pageText string

//go:embed page.css
var pageStyle string

var page = template.Must(template.New("page").Funcs(template.FuncMap{
	"decimals": chart.Decimals,
	"percent":  chart.Percent,
	"signed":   func(x float64) string { return fmt.Sprintf("%+.4f", x) },
	"verdict":  verdict,
	"one":      func(i int) int { return i + 1 },
}).Parse(pageText))

// Write writes the page. The only errors are those of w.
func Write(w io.Writer, p *Page) error {
	if err := page.Execute(w, newView(p)); err != nil {
		return fmt.Errorf("evaluation page: %w", err)
	}
	return nil
}

// verdict words a difference by its interval.
func verdict(d classifier.Difference) string {
	switch {
	case d.Low > 0:
		return "better"
	case d.High < 0:
		return "worse"
	}
	return "no clear difference"
}

// view is what the template shows.
type view struct {
	*Page
	Style       template.CSS
	Cards       []card
	Rows        []topicRow
	Outcomes    figure
	F1          figure
	Calibration []figure
	Ranking     []figure // over all topics, and risk by coverage
	Curves      []figure // by topic
	LeftOut     int      // topics without a curve for want of room
	Confusions  *figure
	Mistakes    []*Mistake
}

// card is one headline figure.
type card struct{ Name, Value, About string }

// figure is a chart with its caption.
type figure struct {
	Caption, Note string
	Chart         chart.Chart
}

func newView(p *Page) *view {
	r := &p.Report
	v := &view{
		Page: p, Style: chart.Style + template.CSS(pageStyle), Cards: cards(r), Rows: topicRows(r),
		Outcomes: outcomes(r), F1: f1Bars(r), Calibration: calibration(r), Ranking: ranking(r), Confusions: confusions(r),
	}
	v.Curves, v.LeftOut = topicCurves(r)
	if p.Worst != nil {
		v.Mistakes = p.Worst.list
	}
	return v
}

func cards(r *classifier.Report) []card {
	list := []card{
		{"Micro F1", chart.Decimals(r.Micro.F1), "over all decisions"},
		{"Macro F1", chart.Decimals(r.Macro.F1), "mean over the topics"},
		{"Weighted F1", chart.Decimals(r.Weighted.F1), "mean over the topics, by support"},
		{accuracyName(r), chart.Decimals(r.Accuracy), "articles answered just right"},
		{"Average precision", optional(r.AveragePrecision), "all topics ranked together"},
		{"ECE", chart.Decimals(r.ECE), "calibration error of the top topic"},
		{"ECE, all topics", chart.Decimals(r.ECEPairs), "calibration error of every confidence"},
		{"Brier", chart.Decimals(r.Brier), "mean squared error of confidence"},
		{"Log loss", chart.Decimals(r.LogLoss), "mean, natural logarithm"},
	}
	for _, s := range r.Selective {
		if s.Coverage == 0.8 {
			list = append(list, card{"Error at 80 % coverage", chart.Decimals(s.Error), "top topic wrong, on the surest 80 %"})
		}
	}
	return list
}

// accuracyName is what scikit-learn's users call it.
func accuracyName(r *classifier.Report) string {
	if r.Task == classifier.Multi {
		return "Subset accuracy"
	}
	return "Accuracy"
}

// optional is a number that may not be defined.
func optional(x *float64) string {
	if x == nil {
		return "–"
	}
	return chart.Decimals(*x)
}

// topicRow is a line of the table of topics.
type topicRow struct {
	classifier.TopicReport
	AP, AUC, At string
}

// topicRows leaves out topics that are neither label nor answer.
func topicRows(r *classifier.Report) (rows []topicRow) {
	for _, t := range r.Topics {
		if t.Support+t.False > 0 {
			rows = append(rows, topicRow{t, optional(t.AveragePrecision), optional(t.ROCAUC), optional(t.Threshold)})
		}
	}
	return rows
}
