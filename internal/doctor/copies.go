package doctor

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/classifier"
)

// fewWords is how many different words an article needs for another to be nearly the same: headlines that differ
// in one word may tell different news.
const fewWords = 10

// checkCopies looks for articles that are there twice, or nearly. Of each article it reports one leak, to the likest of
// another source, and one copy: the likest with other labels, or else the likest.
func (c *Check) checkCopies() {
	leaks, conflicts, copies := make(map[int]classifier.NearCopy), make(map[int]classifier.NearCopy), make(map[int]classifier.NearCopy)
	keep := func(likest map[int]classifier.NearCopy, n classifier.NearCopy) {
		if have, ok := likest[n.Second]; !ok || c.nearness(n) > c.nearness(have) || c.nearness(n) == c.nearness(have) && n.First < have.First {
			likest[n.Second] = n
		}
	}
	for n := range c.copies.Pairs() {
		a, b := &c.articles[n.First], &c.articles[n.Second]
		if min(a.words, b.words) < fewWords && !c.exact(n) {
			continue
		}
		if a.source != b.source {
			keep(leaks, n)
		}
		if a.contradicts(b) {
			keep(conflicts, n)
		} else if a.source == b.source {
			keep(copies, n)
		}
	}
	for i := range c.articles {
		if n, ok := leaks[i]; ok {
			c.addLeak(n)
		}
		if n, ok := conflicts[i]; ok {
			c.addConflict(n)
		} else if n, ok := copies[i]; ok {
			c.addCopy(n)
		}
	}
}

// nearness is the similarity of a pair, and more than that of any others if their texts are the same.
func (c *Check) nearness(n classifier.NearCopy) float64 {
	if c.exact(n) {
		return 2
	}
	return n.Similarity
}

func (c *Check) exact(n classifier.NearCopy) bool {
	return c.articles[n.First].content == c.articles[n.Second].content
}

// contradicts reports that what is said of two copies cannot both be true: one has a label, and the other,
// whose labels are complete, does not. Of disputed labels nothing is said.
func (a *article) contradicts(b *article) bool {
	return a.denies(b) || b.denies(a)
}

func (a *article) denies(b *article) bool {
	if a.partial || len(a.labels) == 0 {
		return false
	}
	return slices.ContainsFunc(b.labels, func(l string) bool {
		return !slices.Contains(a.labels, l) && !slices.Contains(a.disputed, l) && !slices.Contains(b.disputed, l)
	})
}

// likeness words how alike two articles are.
func (c *Check) likeness(n classifier.NearCopy) string {
	if c.exact(n) {
		return "the same text as"
	}
	if n.Similarity == 1 {
		return "the same words as"
	}
	return fmt.Sprintf("nearly the text (%.0f %% of the words) of", math.Floor(100*n.Similarity))
}

// graver is what a pair counts if its texts are the same, or else.
func (c *Check) graver(n classifier.NearCopy, exact, near Severity) Severity {
	if c.exact(n) {
		return exact
	}
	return near
}

func (c *Check) addLeak(n classifier.NearCopy) {
	a := &c.articles[n.First]
	c.add(n.Second, Finding{
		Severity: c.graver(n, Error, Warning), Kind: Leakage, Other: a.place,
		Message: fmt.Sprintf("%s %s, in another source: what is trained on one cannot be measured on the other", c.likeness(n), a.place),
	})
}

func (c *Check) addConflict(n classifier.NearCopy) {
	a, b := &c.articles[n.First], &c.articles[n.Second]
	c.add(n.Second, Finding{
		Severity: c.graver(n, Error, Warning), Kind: LabelConflict, Other: a.place,
		Message: fmt.Sprintf("%s %s, but labelled %s and not %s", c.likeness(n), a.place, list(b.labels), list(a.labels)),
	})
}

func (c *Check) addCopy(n classifier.NearCopy) {
	a, kind := &c.articles[n.First], NearCopy
	if c.exact(n) {
		kind = Copy
	}
	c.add(n.Second, Finding{
		Severity: c.graver(n, Warning, Note), Kind: kind, Other: a.place,
		Message: fmt.Sprintf("%s %s", c.likeness(n), a.place),
	})
}

// list words labels.
func list(labels []string) string {
	if len(labels) == 0 {
		return "(nothing)"
	}
	return strings.Join(labels, ", ")
}
