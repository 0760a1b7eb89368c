package archive

import (
	"maps"
	"slices"

	"github.com/tajuk/tajuk/classifier"
)

// Tally is what came out, in numbers.
type Tally struct {
	Rows      int   `json:"rows"`               // records answered
	Errors    int   `json:"errors"`             // records that could not be read
	Repeated  int   `json:"repeated,omitempty"` // records with the id of an earlier one of their file
	Unchanged int   `json:"unchanged"`          // records passed over, as an earlier run has them
	Tagged    int   `json:"tagged"`
	NoTopic   int   `json:"no_topic"`
	Abstained int   `json:"abstained"`
	Text      int64 `json:"text_bytes"` // title and text of the records answered

	Topics  map[string]int   `json:"topics,omitempty"`  // articles to which each was assigned
	Notices map[string]int   `json:"notices,omitempty"` // articles with each kind of caution
	Months  map[string]*Cell `json:"months,omitempty"`  // by YYYY-MM of the date, of articles with one
	Sources map[string]*Cell `json:"sources,omitempty"` // likewise
}

// Cell is a Tally of the articles of one month or source.
type Cell struct {
	Rows      int            `json:"rows"`
	Abstained int            `json:"abstained,omitempty"`
	Topics    map[string]int `json:"topics,omitempty"`
}

// Others stands in Months and Sources for names that came after maxNames.
const Others = "(other)"

// maxNames bounds Months and Sources: an article can say anything.
const maxNames = 1200

// result is what is known of one record, to be added up.
type result struct {
	outcome classifier.Outcome // 0 if there is no answer
	topics  []string           // assigned
	notices []classifier.NoticeCode
	month   string
	source  string
	text    int
}

func (t *Tally) add(r *result) {
	t.Rows++
	t.Text += int64(r.text)
	switch r.outcome {
	case classifier.Tagged:
		t.Tagged++
	case classifier.NoTopic:
		t.NoTopic++
	case classifier.Abstained:
		t.Abstained++
	}
	count(&t.Topics, r.topics...)
	for _, n := range r.notices {
		count(&t.Notices, n.String())
	}
	if r.month != "" {
		cellOf(&t.Months, r.month).add(r)
	}
	if r.source != "" {
		cellOf(&t.Sources, r.source).add(r)
	}
}

func (c *Cell) add(r *result) {
	c.Rows++
	if r.outcome == classifier.Abstained {
		c.Abstained++
	}
	count(&c.Topics, r.topics...)
}

// count counts names, and makes the map for the first.
func count(m *map[string]int, names ...string) {
	if *m == nil && len(names) > 0 {
		*m = make(map[string]int)
	}
	for _, n := range names {
		(*m)[n]++
	}
}

// cellOf returns the cell of a name, or once there are too many that of the others.
func cellOf(m *map[string]*Cell, name string) *Cell {
	if *m == nil {
		*m = make(map[string]*Cell)
	}
	c := (*m)[name]
	if c == nil && len(*m) >= maxNames {
		name = Others
		c = (*m)[name]
	}
	if c == nil {
		c = &Cell{}
		(*m)[name] = c
	}
	return c
}

func (t *Tally) clone() Tally {
	c := *t
	c.Topics, c.Notices = maps.Clone(t.Topics), maps.Clone(t.Notices)
	c.Months, c.Sources = cloneCells(t.Months), cloneCells(t.Sources)
	return c
}

func cloneCells(m map[string]*Cell) map[string]*Cell {
	c := maps.Clone(m)
	for name, cell := range c {
		if cell != nil { // as a file may have it
			c[name] = &Cell{cell.Rows, cell.Abstained, maps.Clone(cell.Topics)}
		}
	}
	return c
}

// merge adds o, which it leaves as it is.
func (t *Tally) merge(o *Tally) {
	t.Rows += o.Rows
	t.Errors += o.Errors
	t.Repeated += o.Repeated
	t.Unchanged += o.Unchanged
	t.Tagged += o.Tagged
	t.NoTopic += o.NoTopic
	t.Abstained += o.Abstained
	t.Text += o.Text
	addCounts(&t.Topics, o.Topics)
	addCounts(&t.Notices, o.Notices)
	mergeCells(&t.Months, o.Months)
	mergeCells(&t.Sources, o.Sources)
}

func addCounts(to *map[string]int, from map[string]int) {
	if *to == nil && len(from) > 0 {
		*to = make(map[string]int)
	}
	for name, n := range from {
		(*to)[name] += n
	}
}

// mergeCells goes by name, so that which ones fall to the others does not depend on chance.
func mergeCells(to *map[string]*Cell, from map[string]*Cell) {
	for _, name := range slices.Sorted(maps.Keys(from)) {
		c, o := cellOf(to, name), from[name]
		if o == nil {
			continue
		}
		c.Rows += o.Rows
		c.Abstained += o.Abstained
		addCounts(&c.Topics, o.Topics)
	}
}
