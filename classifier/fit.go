package classifier

import (
	"context"
	"math"
	"slices"

	"golang.org/x/sync/errgroup"
)

// fitter fits the weights of one topic at a time, so that memory does not grow with their
// number. Safe for concurrent use on different topics.
type fitter struct {
	d     *dataset
	p     *problem
	o     TrainOptions
	set   Settings // Blend excepted
	parts []*part  // each without a fold
	whole *part
	start [][]float64 // per topic, of NBLR: dual variables of like settings, or nil
	duals [][]float64 // per topic, of NBLR: dual variables found on all examples
}

// eachTopic works on topics side by side. Each topic's answer depends on the examples
// alone, so neither the number of cores nor their order matters.
func (f *fitter) eachTopic(ctx context.Context, work func(k int)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers(f.o.Jobs).limit())
	for k := range f.o.Topics {
		group.Go(func() error {
			if ctx.Err() == nil {
				work(k)
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// topicWeights are the weights of one topic before they are added up: those that were trained,
// what they mean for words of like meaning, and what complement naive Bayes would give. Only the
// first is never nil.
type topicWeights struct {
	trained, meant, complement []float64
	bias                       float64
}

// fit fits topic k to a part; NBLR starts from dual variables or nil.
func (f *fitter) fit(k int, part *part, start []float64) (w topicWeights) {
	c := f.d.contrast(part, k)
	if f.set.Learner != NBLR {
		w.trained, w.bias = logOdds(c, f.o.Task, f.set)
		return w
	}
	s := f.solve(k, part, start)
	w.trained, w.bias = s.weights, s.bias
	if s.meaning != nil {
		w.meant = make([]float64, len(s.weights))
		f.d.meanings.fold(w.meant, s.meaning)
	}
	w.complement = make([]float64, len(s.weights))
	complementWeights(w.complement, c, f.set.Alpha)
	for t, n := range part.all {
		if n == 0 { // of a word that was never seen, smoothing would tell the size of the topics
			w.complement[t] = 0
		}
	}
	return w
}

func (f *fitter) solve(k int, part *part, start []float64) *solver {
	t := task{
		rows: part.rows, c: f.set.C, semantic: f.set.Semantic, start: start,
		positive: func(row int32) bool { return slices.Contains(f.d.examples[row].labels, k) },
	}
	if f.set.Ratio > 0 {
		t.ratio = ratio(f.d.contrast(part, k), f.set)
	}
	return f.p.solve(t)
}

// ratio is how much each term may move the topic: the size of its shrunken log-odds to the power
// Ratio, with mean square 1; nil where Ratio is 0.
func ratio(c *contrast, set Settings) []float64 {
	if set.Ratio == 0 {
		return nil
	}
	const floor = 0.02 // so that no term is shut out
	r := make([]float64, len(c.all))
	shrunkenLogOdds(r, c, set.Mu*c.topicWords, set.Shrink)
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
// weights), and drops small ones. It steadies the weights where the data are thin.
func (w *topicWeights) blended(set Settings) topicRow {
	factor := 0.0
	if set.Blend > 0 {
		factor = set.Blend * meanSize(w.trained) / math.Max(meanSize(w.complement), 1e-12)
	}
	r := topicRow{w.bias, make([]float32, len(w.trained))}
	for t, x := range w.trained {
		if factor > 0 {
			x += factor * w.complement[t]
		}
		if w.meant != nil {
			x += w.meant[t]
		}
		if math.Abs(x) > set.Prune {
			r.weights[t] = float32(x)
		}
	}
	return r
}

func meanSize(w []float64) (mean float64) {
	for _, x := range w {
		mean += math.Abs(x)
	}
	return mean / float64(len(w))
}

// topicRow is one topic's weights as the model will have them, 0 for those dropped.
type topicRow struct {
	bias    float64
	weights []float32
}

// score is the score of one row of the problem.
func (r *topicRow) score(p *problem, row int32) float64 {
	sum := 0.0
	terms, values := p.row(row)
	for j, t := range terms {
		sum += float64(values[j]) * float64(r.weights[t])
	}
	return r.bias + sum
}
