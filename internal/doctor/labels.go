package doctor

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/tajuk/tajuk/classifier"
)

// checkLabels looks at the labels of article i by themselves.
func (c *Check) checkLabels(i int, doc *classifier.Document) {
	if len(doc.Labels)+len(doc.NotLabels) == 0 {
		c.add(i, Finding{Severity: Note, Kind: Unlabelled, Message: "no labels: training leaves it out unless it is told the topics"})
	}
	for _, l := range doc.Labels {
		use := c.labels[l]
		if use == nil {
			use = &labelUse{first: i}
			c.labels[l] = use
		}
		use.articles++
	}
	if len(c.topics) == 0 {
		return
	}
	for _, list := range [][]string{doc.Labels, doc.NotLabels, doc.Disputed} {
		for _, l := range list {
			if !c.topics[l] {
				c.add(i, Finding{Severity: Error, Kind: UnknownTopic, Topic: l, Message: c.unknown(l)})
			}
		}
	}
}

// unknown words that a label is not among the topics, with the topic that may be meant.
func (c *Check) unknown(label string) string {
	best, least := "", 3
	for _, t := range c.options.Topics {
		d := distance(folded(label), folded(t))
		if d < least && 2*d < len(t) {
			best, least = t, d
		}
	}
	message := fmt.Sprintf("label %q is not among the topics of %s", label, c.options.TopicsFrom)
	if best != "" {
		message += fmt.Sprintf(": is %q meant?", best)
	}
	return message
}

// checkUse looks for topics with too few articles to learn from.
func (c *Check) checkUse() {
	for _, l := range slices.Sorted(maps.Keys(c.labels)) {
		if use := c.labels[l]; use.articles < c.options.MinArticles {
			c.add(use.first, Finding{
				Severity: Warning, Kind: FewArticles, Topic: l,
				Message: fmt.Sprintf("label %q has %s, fewer than %d", l, number(use.articles, "article"), c.options.MinArticles),
			})
		}
	}
	for _, t := range c.options.Topics {
		if c.labels[t] == nil && c.options.AllTopics && len(c.articles) > 0 {
			c.add(-1, Finding{
				Severity: Warning, Kind: FewArticles, Topic: t, Place: Place{Path: c.options.TopicsFrom},
				Message: fmt.Sprintf("topic %q has no articles", t),
			})
		}
	}
}

// checkSpelling looks for labels that are one and the same but for how they are written.
func (c *Check) checkSpelling() {
	same := make(map[string][]string)
	for _, l := range slices.Sorted(maps.Keys(c.labels)) {
		same[folded(l)] = append(same[folded(l)], l)
	}
	for _, key := range slices.Sorted(maps.Keys(same)) {
		labels := same[key]
		slices.SortStableFunc(labels, func(a, b string) int {
			x, y := c.labels[a], c.labels[b]
			return cmp.Or(cmp.Compare(y.articles, x.articles), cmp.Compare(x.first, y.first))
		})
		usual := labels[0]
		for _, l := range labels[1:] {
			use := c.labels[l]
			c.add(use.first, Finding{
				Severity: Warning, Kind: LabelSpelling, Topic: l, Other: c.articles[c.labels[usual].first].place,
				Message: fmt.Sprintf("label %q of %s is also written %q, in %d: keep one", l, number(use.articles, "article"), usual, c.labels[usual].articles),
			})
		}
	}
}

// folded is a label without what spellings differ in: case, blanks, hyphens and underscores.
func folded(label string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, label)
}

// distance is how many bytes must be put in, taken out or changed to make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0] // of the row above, one to the left
		row[0] = i + 1
		for j := range len(b) {
			change := before
			if a[i] != b[j] {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
