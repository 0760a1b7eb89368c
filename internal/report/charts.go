package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/chart"
)

// Limits of what one page shows; the metrics file has all.
const (
	maxCurves    = 36 // small precision-recall curves: the best and the worst topics
	maxConfused  = 20 // rows and columns of the confusions
	smallWidth   = 226
	smallHeight  = 176
	missedAnswer = "(none)"
)

func outcomes(r *classifier.Report) figure {
	bar := func(name string, n int) chart.Bar {
		share := 0.0
		if r.Documents > 0 {
			share = float64(n) / float64(r.Documents)
		}
		return chart.Bar{Name: name, Value: float64(n), Note: "(" + chart.Percent(share) + ")"}
	}
	return figure{"Articles by outcome", "", chart.Bars{
		Title: "Articles by outcome", Value: chart.Axis{Label: "articles", Max: float64(max(1, r.Documents))},
		Bars: []chart.Bar{bar("tagged", r.Documents-r.NoTopic-r.Abstained), bar("no topic", r.NoTopic), bar("abstained", r.Abstained)},
	}}
}

func f1Bars(r *classifier.Report) figure {
	var bars []chart.Bar
	for _, t := range topicRows(r) {
		bars = append(bars, chart.Bar{Name: t.Topic, Value: t.F1, Note: "of " + strconv.Itoa(t.Support)})
	}
	slices.SortStableFunc(bars, func(a, b chart.Bar) int { return cmp.Compare(b.Value, a.Value) })
	return figure{"F1 by topic", "", chart.Bars{
		Title: "F1 by topic", About: "Best first, with the number of articles that have the label.",
		Value: chart.Axis{Label: "F1 of support", Max: 1, Format: func(x float64) string { return fmt.Sprintf("%.2f", x) }}, Bars: bars,
	}}
}

func calibration(r *classifier.Report) []figure {
	draw := func(title string, rows []classifier.Bin, ece float64) figure {
		var bins []chart.Bin
		for _, b := range rows {
			bins = append(bins, chart.Bin(b))
		}
		return figure{title, "ECE " + chart.Decimals(ece), chart.Reliability{
			Title: "Reliability: " + title, About: "Expected calibration error " + chart.Decimals(ece) + ".", Bins: bins,
		}}
	}
	return []figure{draw("Top topic of each article", r.Bins, r.ECE), draw("Every topic of every article", r.PairBins, r.ECEPairs)}
}

// share is an axis from 0 to 1.
func share(label string) chart.Axis { return chart.Axis{Label: label, Max: 1} }

func ranking(r *classifier.Report) []figure {
	all := recallCurve("Precision and recall, all topics together", r.PrecisionRecall, r.Micro)
	var risk []chart.Point
	for _, s := range r.RiskCoverage {
		risk = append(risk, chart.Point{X: s.Coverage, Y: s.Error})
	}
	var marks []chart.Mark
	for _, s := range r.Selective {
		text := fmt.Sprintf("error %s on the surest %s", chart.Percent(s.Error), chart.Percent(s.Coverage))
		marks = append(marks, chart.Mark{Point: chart.Point{X: s.Coverage, Y: s.Error}, Text: text})
	}
	return []figure{
		{"All topics together", "average precision " + optional(r.AveragePrecision) + "; the dot is the answers given", all},
		{"Error by coverage", "top-topic error if only the surest are answered", chart.Lines{
			Title: "Error by coverage", About: "From the surest articles to all of them.", X: share("coverage"), Y: chart.Axis{Label: "error"},
			Series: []chart.Series{{Points: risk}}, Marks: marks,
		}},
	}
}

func recallCurve(title string, curve []classifier.PrecisionRecall, at classifier.Score) chart.Lines {
	var points []chart.Point
	for _, p := range curve {
		points = append(points, chart.Point{X: p.Recall, Y: p.Precision})
	}
	text := fmt.Sprintf("precision %s at recall %s as answered", chart.Decimals(at.Precision), chart.Decimals(at.Recall))
	return chart.Lines{
		Title: title, About: text, X: share("recall"), Y: share("precision"), Step: true,
		Series: []chart.Series{{Points: points}}, Marks: []chart.Mark{{Point: chart.Point{X: at.Recall, Y: at.Precision}, Text: text}},
	}
}

// topicCurves are those of the topics by rising average precision; of too many, the worst and the best.
func topicCurves(r *classifier.Report) (figures []figure, leftOut int) {
	topics := slices.DeleteFunc(slices.Clone(r.Topics), func(t classifier.TopicReport) bool { return t.AveragePrecision == nil })
	slices.SortStableFunc(topics, func(a, b classifier.TopicReport) int { return cmp.Compare(*a.AveragePrecision, *b.AveragePrecision) })
	if leftOut = len(topics) - maxCurves; leftOut > 0 {
		topics = slices.Delete(topics, maxCurves/2, len(topics)-maxCurves/2)
	}
	for _, t := range topics {
		c := recallCurve("Precision and recall of "+t.Topic, t.PrecisionRecall, t.Score)
		c.Width, c.Height = smallWidth, smallHeight
		figures = append(figures, figure{t.Topic, "AP " + optional(t.AveragePrecision), c})
	}
	return figures, max(0, leftOut)
}

// confusions are the topics most often confused; nil if none was. For a model of one topic an article
// rows and columns are the same topics, and the diagonal holds what was right.
func confusions(r *classifier.Report) *figure {
	if len(r.Confusions) == 0 {
		return nil
	}
	missed, given, both := make(map[string]int), make(map[string]int), make(map[string]int)
	for _, c := range r.Confusions {
		missed[c.Label] += c.Count
		given[c.Answer] += c.Count
		both[c.Label] += c.Count
		both[c.Answer] += c.Count
	}
	rows, all := mostConfused(r, missed)
	columns, _ := mostConfused(r, given)
	if r.Task == classifier.Single {
		rows, all = mostConfused(r, both)
		columns = slices.Clone(rows)
	}
	note := "articles; colour: share of the label's articles"
	if len(rows) < all {
		note += fmt.Sprintf("; the %d most confused of %d topics", len(rows), all)
	}
	if given[""] > 0 {
		columns = append(columns, missedAnswer)
	}
	return &figure{"Missed, and given instead", note, chart.HeatMap{
		Title: "Confusions", About: "How often a label was missed while another topic was given.",
		RowLabel: "label", ColumnLabel: "answer", Rows: rows, Columns: columns, Cells: confusionCells(r, rows, columns),
	}}
}

// mostConfused are the topics with the largest counts, and how many have one.
func mostConfused(r *classifier.Report, count map[string]int) (names []string, all int) {
	for _, t := range r.Topics {
		if count[t.Topic] > 0 {
			names = append(names, t.Topic)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return names[:min(len(names), maxConfused)], len(names)
}

func confusionCells(r *classifier.Report, rows, columns []string) [][]chart.Cell {
	cells := make([][]chart.Cell, len(rows))
	support := make(map[string]int)
	for i := range cells {
		cells[i] = make([]chart.Cell, len(columns))
	}
	set := func(label, answer string, n int, good bool) {
		i, k := slices.Index(rows, label), slices.Index(columns, answer)
		if i >= 0 && k >= 0 {
			cells[i][k] = chart.Cell{Count: n, Heat: float64(n) / float64(max(1, support[label])), Good: good}
		}
	}
	for _, t := range r.Topics {
		support[t.Topic] = t.Support
		if r.Task == classifier.Single {
			set(t.Topic, t.Topic, t.Hits, true)
		}
	}
	for _, c := range r.Confusions {
		set(c.Label, cmp.Or(c.Answer, missedAnswer), c.Count, false)
	}
	return cells
}
