package doctor

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/zeebo/xxh3"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/text/language"
)

// Options say what is demanded of articles.
type Options struct {
	Topics      []string // that labels may name; none allows all
	TopicsFrom  string   // the name of the file that they come from, for messages
	AllTopics   bool     // each of them should have articles
	MinArticles int      // fewer of a topic are too few
	MinWords    int      // an article with fewer is short
}

// Check collects findings.
type Check struct {
	options  Options
	topics   map[string]bool
	articles []article
	labels   map[string]*labelUse
	ids      map[string]int // the first article of each id
	copies   *classifier.CopyFinder
	findings []found
}

// article is what a Check keeps of one.
type article struct {
	place    Place
	source   int
	id       string
	labels   []string // sorted
	disputed []string
	partial  bool
	content  xxh3.Uint128
	words    int // different ones
}

// labelUse is how a label is used.
type labelUse struct {
	articles int
	first    int // article
}

// found is a finding and the article that it is about, for the order.
type found struct {
	Finding
	article int // -1 for none
}

// NewCheck returns a Check of no articles.
func NewCheck(o Options) *Check {
	c := &Check{
		options: o, topics: make(map[string]bool, len(o.Topics)), labels: make(map[string]*labelUse),
		ids: make(map[string]int), copies: classifier.NewCopyFinder(),
	}
	for _, t := range o.Topics {
		c.topics[t] = true
	}
	return c
}

// Add looks at an article. source numbers what the caller holds apart, such as articles to train on
// and to test on: the same article in two of them is a leak.
func (c *Check) Add(place Place, source int, doc *classifier.Document, x *Exam) {
	i := len(c.articles)
	c.articles = append(c.articles, article{place, source, doc.ID, x.bag.Labels, doc.Disputed, doc.Partial, x.content, len(x.bag.Forms)})
	c.copies.Add(&x.bag)
	c.checkLabels(i, doc)
	if first, again := c.ids[doc.ID]; again {
		other := c.articles[first].place
		c.add(i, Finding{Severity: Warning, Kind: IDTwice, Other: other, Message: fmt.Sprintf("id %q is that of %s, too", doc.ID, other)})
	} else if doc.ID != "" {
		c.ids[doc.ID] = i
	}
	switch {
	case x.Words < c.options.MinWords && len(doc.Labels) > 0:
		c.add(i, Finding{Severity: Warning, Kind: ShortText, Message: fmt.Sprintf("title and text have %s: there is little to learn from", number(x.Words, "word"))})
	case x.foreign != "":
		c.add(i, Finding{Severity: Warning, Kind: Language, Message: foreignText(x.foreign)})
	}
}

// Report adds a finding of the caller's, such as a record that could not be read. It comes before those of articles.
func (c *Check) Report(f Finding) { c.findings = append(c.findings, found{f, -1}) }

// Articles is how many were added.
func (c *Check) Articles() int { return len(c.articles) }

// Labels is how many labels they have.
func (c *Check) Labels() int { return len(c.labels) }

func (c *Check) add(i int, f Finding) {
	if i >= 0 {
		f.Place, f.ID = c.articles[i].place, c.articles[i].id
	}
	c.findings = append(c.findings, found{f, i})
}

// Findings returns all that was found, the gravest first, those of one severity in order of the articles.
// The Check is at its end.
func (c *Check) Findings() []Finding {
	c.checkUse()
	c.checkSpelling()
	c.checkCopies()
	slices.SortStableFunc(c.findings, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.article, b.article))
	})
	out := make([]Finding, len(c.findings))
	for i, f := range c.findings {
		out[i] = f.Finding
	}
	return out
}

// foreignText words what a text in another language looks like.
func foreignText(code string) string {
	if code == language.Random {
		return "the text does not look like the language asked for, but like words at random"
	}
	return fmt.Sprintf("the text does not look like the language asked for: of those known here, %q is nearest", code)
}

// number words a number of things: "1 word", "2 words".
func number(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
