package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/tajuk/tajuk/internal/chart"
)

// Archive is what the page about an archive that was tagged is made of. Lists may be empty.
type Archive struct {
	Title string // what tagged it, such as the model's name and version
	Facts []Fact // more about that

	Articles, Tagged, NoTopic, Abstained int
	Unchanged                            int // records passed over
	Errors                               int // records that could not be read

	Topics  []Count // most frequent first
	Notices []Count // likewise
	Months  []Group // named YYYY-MM, in order
	Sources []Group // most articles first
	Files   []File  // with something to complain about
}

// Count is how often a name came.
type Count struct {
	Name string
	N    int
}

// Group is articles that have something in common, such as their month.
type Group struct {
	Name                string
	Articles, Abstained int
	Topics              map[string]int // articles by topic
}

// File is an input that was not read without errors.
type File struct {
	Name           string
	Articles, Lost int    // records read, and not
	Broken         string // why it was not read to its end, if so
}

// Limits of what the page about an archive shows.
const (
	maxTopicRows = 20
	maxColumns   = 24
	maxFiles     = 50
)

//go:embed archive.tmpl
var archiveText string

var archivePage = template.Must(template.Must(page.Clone()).New("archive").Parse(archiveText))

// archiveView is what the template shows.
type archiveView struct {
	*Archive
	Style          template.CSS
	Cards          []card
	Overview       []figure
	Time, BySource []figure
	LeftOut        int // files with errors for want of room
}

// WriteArchive writes the page about an archive. The only errors are those of w.
func WriteArchive(w io.Writer, a *Archive) error {
	shown := *a
	shown.Files = a.Files[:min(len(a.Files), maxFiles)]
	v := &archiveView{
		Archive: &shown, Style: chart.Style + template.CSS(pageStyle), Cards: archiveCards(a),
		Overview: archiveOverview(a), Time: overTime(a), BySource: bySource(a), LeftOut: len(a.Files) - len(shown.Files),
	}
	if err := archivePage.Execute(w, v); err != nil {
		return fmt.Errorf("archive page: %w", err)
	}
	return nil
}

func archiveCards(a *Archive) []card {
	assigned := 0
	for _, t := range a.Topics {
		assigned += t.N
	}
	list := []card{
		{"Articles", strconv.Itoa(a.Articles), "answered"},
		{"Tagged", chart.Percent(part(a.Tagged, a.Articles)), "with one topic or more"},
		{"Topics", fmt.Sprintf("%.2f", float64(assigned)/float64(max(1, a.Tagged))), "a tagged article, on the mean"},
		{"Abstained", chart.Percent(part(a.Abstained, a.Articles)), "too short, not the model's language, or unknown words"},
		{"Errors", strconv.Itoa(a.Errors), "records that could not be read"},
	}
	if a.Unchanged > 0 {
		list = append(list, card{"Unchanged", strconv.Itoa(a.Unchanged), "records that an earlier run has"})
	}
	return list
}

// part is a share of 1.
func part(n, all int) float64 { return float64(n) / float64(max(1, all)) }

func archiveOverview(a *Archive) []figure {
	outcomes := []Count{{"tagged", a.Tagged}, {"no topic", a.NoTopic}, {"abstained", a.Abstained}}
	figures := []figure{countBars("Articles by outcome", "", outcomes, a.Articles)}
	if len(a.Topics) > 0 {
		figures = append(figures, countBars("Articles by topic", "an article may have several", a.Topics, a.Articles))
	}
	if len(a.Notices) > 0 {
		figures = append(figures, countBars("Cautions", "why the model abstained, or what it noticed", spelt(a.Notices), a.Articles))
	}
	return figures
}

// spelt writes the codes of notices as words.
func spelt(notices []Count) (list []Count) {
	for _, n := range notices {
		list = append(list, Count{strings.ToLower(strings.ReplaceAll(n.Name, "_", " ")), n.N})
	}
	return list
}

func countBars(title, note string, counts []Count, all int) figure {
	var bars []chart.Bar
	most := 1.0
	for _, c := range counts {
		most = max(most, float64(c.N))
		bars = append(bars, chart.Bar{Name: c.Name, Value: float64(c.N), Note: "(" + chart.Percent(part(c.N, all)) + ")"})
	}
	return figure{title, note, chart.Bars{Title: title, About: note, Width: 420, Value: chart.Axis{Label: "articles", Max: roomForNotes * most}, Bars: bars}}
}

// roomForNotes makes bars shorter, so that long numbers fit behind them.
const roomForNotes = 1.3

// year is a month as a point of the axis of time.
func year(month string) (float64, bool) {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return 0, false
	}
	return float64(t.Year()) + float64(t.Month()-1)/12, true
}

func monthOf(year float64) string {
	whole := math.Floor(year + 1e-6)
	return fmt.Sprintf("%04.0f-%02d", whole, 1+int((year-whole)*12+1e-6))
}

// timeAxis is right for months.
var timeAxis = chart.Axis{Label: "month", Format: monthOf}

// series is a value of each month.
func series(name string, months []Group, value func(*Group) float64) chart.Series {
	s := chart.Series{Name: name}
	for i := range months {
		if x, ok := year(months[i].Name); ok {
			s.Points = append(s.Points, chart.Point{X: x, Y: value(&months[i])})
		}
	}
	return s
}

func overTime(a *Archive) []figure {
	if len(a.Months) < 2 {
		return nil
	}
	percent := chart.Axis{Label: "share of the articles", Format: chart.Percent}
	var topics []chart.Series
	for _, t := range a.Topics[:min(len(a.Topics), chart.MaxSeries)] {
		topics = append(topics, series(t.Name, a.Months, func(g *Group) float64 { return part(g.Topics[t.Name], g.Articles) }))
	}
	line := func(title, note string, y chart.Axis, s ...chart.Series) figure {
		return figure{title, note, chart.Lines{Title: title, About: note, Width: 540, X: timeAxis, Y: y, Series: s}}
	}
	figures := []figure{
		line("Articles by month", "", chart.Axis{Label: "articles"}, series("articles", a.Months, func(g *Group) float64 { return float64(g.Articles) })),
		line("Abstentions by month", "", percent, series("abstained", a.Months, func(g *Group) float64 { return part(g.Abstained, g.Articles) })),
	}
	if len(topics) > 0 {
		figures = append(figures, line("Topics by month", "the most frequent ones", percent, topics...))
	}
	return append(figures, topicMap("Topics over time", "period", a.Topics, periods(a.Months)))
}

// periods are the months, or the years if there are too many.
func periods(months []Group) []Group {
	if len(months) <= maxColumns {
		return months
	}
	var years []Group
	for _, m := range months {
		name := m.Name[:min(4, len(m.Name))]
		if len(years) == 0 || years[len(years)-1].Name != name {
			years = append(years, Group{Name: name, Topics: map[string]int{}})
		}
		y := &years[len(years)-1]
		y.Articles += m.Articles
		y.Abstained += m.Abstained
		for topic, n := range m.Topics {
			y.Topics[topic] += n
		}
	}
	return years[max(0, len(years)-maxColumns):]
}

func bySource(a *Archive) []figure {
	if len(a.Sources) == 0 {
		return nil
	}
	sources := a.Sources[:min(len(a.Sources), maxColumns)]
	var articles, abstained []chart.Bar
	for _, s := range sources {
		articles = append(articles, chart.Bar{Name: s.Name, Value: float64(s.Articles)})
		abstained = append(abstained, chart.Bar{Name: s.Name, Value: part(s.Abstained, s.Articles)})
	}
	bars := func(title string, value chart.Axis, bars []chart.Bar) figure {
		return figure{title, "", chart.Bars{Title: title, Width: 420, Value: value, Bars: bars}}
	}
	return []figure{
		bars("Articles by source", chart.Axis{Label: "articles"}, articles),
		bars("Abstentions by source", chart.Axis{Label: "share of the articles", Format: chart.Percent}, abstained),
		topicMap("Topics by source", "source", a.Topics, sources),
	}
}

// topicMap shows the share of each topic in each group.
func topicMap(title, column string, topics []Count, groups []Group) figure {
	h := chart.HeatMap{Title: title, About: "Percent of the articles that have the topic.", RowLabel: "topic", ColumnLabel: column}
	for _, g := range groups {
		h.Columns = append(h.Columns, g.Name)
	}
	strongest := 0.0
	for _, t := range topics[:min(len(topics), maxTopicRows)] {
		h.Rows = append(h.Rows, t.Name)
		cells := make([]chart.Cell, len(groups))
		for i, g := range groups {
			share := part(g.Topics[t.Name], g.Articles)
			cells[i] = chart.Cell{Count: int(math.Round(100 * share)), Heat: share, Good: true}
			strongest = max(strongest, share)
		}
		h.Cells = append(h.Cells, cells)
	}
	for i := range h.Cells {
		for k := range h.Cells[i] {
			h.Cells[i][k].Heat /= max(strongest, 1e-9)
		}
	}
	return figure{title, "percent of the articles of the " + column + " that have the topic", h}
}
