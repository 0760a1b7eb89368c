package language

import (
	"cmp"
	"math"
	"slices"
)

// orderPrior is how many words are added to those that follow a class, as if they followed at random
// (a Dirichlet prior: MacKay & Peto 1995, eq. 12).
const orderPrior = 200

// addOrder learns how much likelier a class follows another than it stands anywhere. Words in a
// wrong order give that away: what follows them is no likelier than at random.
func (e *estimator) addOrder(t *Table) {
	t.setCommon(e.commonest(t))
	var pairs [mostClasses][mostClasses]float64
	var first, all [mostClasses]float64
	words := 0.0
	for _, article := range e.corpus.News {
		previous := none
		for _, form := range article {
			class := 0
			if r := t.row(form); r != nil {
				class = int(uint8(r[0]))
			}
			all[class]++
			words++
			if previous != none {
				pairs[previous][class]++
				first[previous]++
			}
			previous = class
		}
	}
	for a := range t.classes() {
		for b := range t.classes() {
			if p := all[b] / words; p > 0 {
				t.order[a][b] = inSteps(math.Log((pairs[a][b] + orderPrior*p) / (first[a] + orderPrior) / p))
			}
		}
	}
}

// commonest lists the words of the table that are commonest in the news.
func (e *estimator) commonest(t *Table) []string {
	var words []string
	for form := range e.news {
		if t.row(form) != nil {
			words = append(words, form)
		}
	}
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(e.news[b], e.news[a]), cmp.Compare(a, b))
	})
	return slices.Clone(words[:min(mostCommon, len(words))])
}
