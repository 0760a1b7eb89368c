package classifier

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// Holdout divides articles into those to train on and those to measure on. Near-copies of
// one another are on the same side, so that no article is measured that was as good as trained on.
type Holdout struct {
	Train, Test []int // indexes, rising; together each article once
}

// FoldHoldouts deals the bags into n parts, each of which is measured on once: n-fold
// cross-validation. Groups of near-copies are dealt in turn, those of the rarest
// label first, so that every part has about its share of every label. The parts depend on the bags' content
// and the seed alone, not on their order or ids. It is an error if n is below 2 or there are not
// n groups.
func FoldHoldouts(bags []Bag, n, seed int) ([]Holdout, error) {
	if n < 2 {
		return nil, fmt.Errorf("%d parts: at least 2 are needed to hold one out", n)
	}
	groups := copyGroups(bags)
	if len(groups) < n {
		return nil, fmt.Errorf("cannot deal %d articles, %d of them no near-copy of another, into %d parts", len(bags), len(groups), n)
	}
	if seed != 0 {
		random := rand.New(rand.NewPCG(uint64(seed), 1))
		random.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
	}
	rarest := rarestLabels(bags, groups)
	order := make([]int, len(groups))
	for g := range order {
		order[g] = g
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := rarest[a], rarest[b]
		return cmp.Or(cmp.Compare(x.count, y.count), cmp.Compare(x.label, y.label))
	})
	part := make([]int, len(bags))
	for i, g := range order {
		for _, b := range groups[g] {
			part[b] = i % n
		}
	}
	holdouts := make([]Holdout, n)
	for k := range holdouts {
		holdouts[k] = divide(len(bags), func(i int) bool { return part[i] == k })
	}
	return holdouts, nil
}

// DateHoldout trains on what was published before a time and measures on the rest, as a newsroom
// does. dates are those of the bags. Near-copies of an article of before are trained on too,
// whatever their date; moved is how many those are. It is an error if nothing is left on one side.
func DateHoldout(bags []Bag, dates []time.Time, from time.Time) (h Holdout, moved int, err error) {
	early := make([]bool, len(bags))
	for _, group := range copyGroups(bags) {
		before := slices.ContainsFunc(group, func(i int) bool { return dates[i].Before(from) })
		for _, i := range group {
			early[i] = before
			if before && !dates[i].Before(from) {
				moved++
			}
		}
	}
	h = divide(len(bags), func(i int) bool { return !early[i] })
	if len(h.Train) == 0 || len(h.Test) == 0 {
		return h, moved, fmt.Errorf("%d articles to train on and %d to measure on: both sides need some", len(h.Train), len(h.Test))
	}
	return h, moved, nil
}

// Resolve decides from all bags what o leaves to the data, topics and task, so that models
// trained on parts of them can be measured together. Its errors are those of Train.
func (o TrainOptions) Resolve(bags []Bag) (TrainOptions, error) { return o.complete(bags) }

// copyGroups are the indexes of near-copies, by content.
func copyGroups(bags []Bag) (groups [][]int) {
	index := make(map[*Bag]int, len(bags))
	for i := range bags {
		index[&bags[i]] = i
	}
	c := collect(bags, 0)
	for i, g := range c.group {
		if g == len(groups) { // groups are numbered by their first bag
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], index[c.bags[i]])
	}
	return groups
}

// labelCount is a label and how many bags have it.
type labelCount struct {
	label string
	count int
}

// rarestLabels is the rarest label of each group; of none, what sorts last.
func rarestLabels(bags []Bag, groups [][]int) []labelCount {
	count := make(map[string]int)
	for i := range bags {
		for _, l := range bags[i].Labels {
			count[l]++
		}
	}
	rarest := make([]labelCount, len(groups))
	for g, group := range groups {
		rarest[g].count = math.MaxInt
		for _, i := range group {
			for _, l := range bags[i].Labels {
				if n := count[l]; n < rarest[g].count || n == rarest[g].count && l < rarest[g].label {
					rarest[g] = labelCount{l, n}
				}
			}
		}
	}
	return rarest
}

func divide(n int, test func(i int) bool) (h Holdout) {
	for i := range n {
		if test(i) {
			h.Test = append(h.Test, i)
		} else {
			h.Train = append(h.Train, i)
		}
	}
	return h
}
