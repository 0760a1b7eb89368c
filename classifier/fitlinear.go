package classifier

import (
	"context"
	"math"
	"slices"

	"golang.org/x/sync/errgroup"
)

// fitLinear fits the weights of NBLR, topics side by side. Each topic's answer depends on the
// examples alone, so neither their number nor their order matters.
func (data *dataset) fitLinear(ctx context.Context, s *sums, in func(i int) bool, set Settings, jobs int) (dense, error) {
	d := dense{make([]float64, s.topics), make([]float64, s.topics*s.terms)}
	p := newProblem(data.examples, newScorer(set, data.scale, nil, nil, nil, nil), s.terms)
	var rows []int32
	for i := range data.examples {
		if in(i) {
			rows = append(rows, int32(i))
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	if jobs > 0 {
		group.SetLimit(jobs)
	}
	for k := range s.topics {
		group.Go(func() error {
			positive := func(row int32) bool { return slices.Contains(data.examples[row].labels, k) }
			w, b := p.solve(rows, positive, ratio(s, k, set), set.C)
			copy(d.weights[k*s.terms:], w)
			d.bias[k] = b
			return ctx.Err()
		})
	}
	return d, group.Wait()
}

// ratio is how much each term may move topic k: the size of its shrunken log-odds to the power
// Ratio, with mean square 1; nil where Ratio is 0.
func ratio(s *sums, k int, set Settings) []float64 {
	if set.Ratio == 0 {
		return nil
	}
	const floor = 0.02 // so that no term is shut out
	r := make([]float64, s.terms)
	shrunkenLogOdds(r, s, k, set.Mu*s.meanTopicWords(), set.Shrink)
	square := 0.0
	for i := range r {
		r[i] = math.Pow(math.Abs(r[i])+floor, set.Ratio)
		square += r[i] * r[i]
	}
	norm := math.Sqrt(float64(len(r)) / square)
	for i := range r {
		r[i] *= norm
	}
	return r
}

// blended adds complement naive Bayes to trained weights, Blend times as large on the mean
// (Wang & Manning 2012, section 2.3, interpolate the other way round: towards equal
// weights). It steadies the weights where the data are thin.
func (d dense) blended(s *sums, set Settings) dense {
	if set.Blend == 0 {
		return d
	}
	out := dense{d.bias, make([]float64, len(d.weights))}
	for k := range s.topics {
		row := out.weights[k*s.terms : (k+1)*s.terms]
		complementWeights(row, s, k, set.Alpha)
		trained := d.weights[k*s.terms : (k+1)*s.terms]
		factor := set.Blend * meanSize(trained) / math.Max(meanSize(row), 1e-12)
		for t, w := range trained {
			row[t] = w + factor*row[t]
		}
	}
	return out
}

func meanSize(w []float64) (mean float64) {
	for _, x := range w {
		mean += math.Abs(x)
	}
	return mean / float64(len(w))
}
