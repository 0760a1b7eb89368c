package doctor

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tajuk/tajuk/classifier"
)

// Stats counts what there is of articles.
type Stats struct {
	articles, unlabelled, partial int
	words, labels                 []int // of each article
	topics, months, sources       map[string]int
	undated, unread               int
}

// NewStats returns Stats of no articles.
func NewStats() *Stats {
	return &Stats{topics: make(map[string]int), months: make(map[string]int), sources: make(map[string]int)}
}

// Add counts an article. date is when it was published; nil if what it says of that cannot be understood.
func (s *Stats) Add(doc *classifier.Document, x *Exam, date *time.Time) {
	s.articles++
	s.words, s.labels = append(s.words, x.Words), append(s.labels, len(doc.Labels))
	for _, l := range doc.Labels {
		s.topics[l]++
	}
	if len(doc.Labels) == 0 {
		s.unlabelled++
	}
	if doc.Partial {
		s.partial++
	}
	switch {
	case doc.Date == "":
		s.undated++
	case date == nil:
		s.unread++
	default:
		s.months[date.Format("2006-01")]++
	}
	s.sources[doc.Source]++
}

// StatsReport is what there is of articles. Its JSON is for programs.
type StatsReport struct {
	Articles    int          `json:"articles"`
	Unlabelled  int          `json:"unlabelled"`
	Partial     int          `json:"partial"`
	Labels      Distribution `json:"labels_per_article"`
	Words       Distribution `json:"words_per_article"`
	Topics      []Share      `json:"topics"`  // the most frequent first
	Months      []Share      `json:"months"`  // in order, 2006-01
	Undated     int          `json:"undated"` // no date
	UnreadDates int          `json:"unread_dates"`
	Sources     []Share      `json:"sources"`            // the most frequent first; "" for none
	ByLabels    []int        `json:"articles_by_labels"` // with no label, one, two …
}

// Share is how many articles have something.
type Share struct {
	Name     string  `json:"name"`
	Articles int     `json:"articles"`
	Share    float64 `json:"share"` // of all articles
}

// Distribution describes a list of numbers. A percentile is the least number that so many of a hundred
// do not exceed. All are 0 for no numbers.
type Distribution struct {
	Mean   float64 `json:"mean"`
	Least  int     `json:"min"`
	P5     int     `json:"p5"`
	P25    int     `json:"p25"`
	Median int     `json:"median"`
	P75    int     `json:"p75"`
	P95    int     `json:"p95"`
	Most   int     `json:"max"`
}

// Report returns the figures.
func (s *Stats) Report() *StatsReport {
	r := &StatsReport{
		Articles: s.articles, Unlabelled: s.unlabelled, Partial: s.partial,
		Labels: distribution(s.labels), Words: distribution(s.words),
		Topics: s.shares(s.topics), Months: s.shares(s.months), Undated: s.undated, UnreadDates: s.unread, Sources: s.shares(s.sources),
	}
	slices.SortFunc(r.Months, func(a, b Share) int { return strings.Compare(a.Name, b.Name) })
	r.ByLabels = make([]int, r.Labels.Most+1)
	for _, n := range s.labels {
		r.ByLabels[n]++
	}
	return r
}

func (s *Stats) shares(counts map[string]int) []Share {
	out := make([]Share, 0, len(counts))
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, Share{name, counts[name], float64(counts[name]) / float64(s.articles)})
	}
	slices.SortStableFunc(out, func(a, b Share) int { return cmp.Compare(b.Articles, a.Articles) })
	return out
}

func distribution(numbers []int) (d Distribution) {
	n := len(numbers)
	if n == 0 {
		return d
	}
	sorted, sum := slices.Sorted(slices.Values(numbers)), 0
	for _, x := range sorted {
		sum += x
	}
	at := func(percent int) int { return sorted[max(0, (n*percent+99)/100-1)] }
	return Distribution{float64(sum) / float64(n), sorted[0], at(5), at(25), at(50), at(75), at(95), sorted[n-1]}
}
