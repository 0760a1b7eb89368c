package classifier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// Train learns a model from bags. The result depends on the bags' content and the
// options alone: not on their order, their ids, or the number of cores.
// Steps, for each of the settings to try: weights without each fold in turn, scores of the fold,
// calibration and thresholds on those scores. Then weights from everything by the best settings.
func Train(ctx context.Context, bags []Bag, o TrainOptions) (*model.Model, error) {
	o, err := o.complete(bags)
	if err != nil {
		return nil, err
	}
	analyzer, err := text.NewAnalyzer(o.Text)
	if err != nil {
		return nil, err
	}
	o.Topics = markImplied(o.Topics, bags)
	groups, err := o.candidates()
	if err != nil {
		return nil, err
	}
	t := trial{o: o, analyzer: analyzer, data: collect(bags, workers(o.Jobs))}
	t.check, t.slack = checkLanguage(bags, o.Text.Language)
	for _, group := range groups {
		if !t.worthwhile(group[0]) {
			continue
		}
		if err := t.try(ctx, group); err != nil {
			return nil, err
		}
	}
	if group := o.refinements(t.best.set); group != nil {
		if err := t.try(ctx, group); err != nil {
			return nil, err
		}
	}
	return t.best.model(ctx)
}

// trial tries settings one after the other and remembers the best.
type trial struct {
	o        TrainOptions
	analyzer *text.Analyzer
	data     *collection
	check    bool    // abstain from foreign text
	slack    float64 // how much more foreign it must be than that
	last     *fitter
	best     *attempt
}

// worthwhile reports whether settings may be better than the best so far: more weight on meaning is
// not where less was no gain.
func (t *trial) worthwhile(set Settings) bool {
	return t.last == nil || set.Semantic <= t.last.set.Semantic || t.best.set.Semantic == t.last.set.Semantic
}

// try tries a group of settings that differ in Blend alone, so that one set of trained weights
// serves them all. Of equal attempts the first is the best.
func (t *trial) try(ctx context.Context, group []Settings) error {
	f, err := t.fitter(group[0])
	if err != nil {
		return err
	}
	var attempts []*attempt
	for _, set := range group {
		set.CheckLanguage, set.LanguageSlack = t.check, t.slack
		if t.o.Aim.String() != AimF1 {
			set.Aim = t.o.Aim.String()
		}
		attempts = append(attempts, newAttempt(f, set))
	}
	if err := f.holdOut(ctx, attempts); err != nil {
		return err
	}
	workers(t.o.Jobs).each(len(attempts), func(i int) { attempts[i].judge() })
	for _, a := range attempts {
		if t.best == nil || a.quality > t.best.quality {
			t.best = a
		}
	}
	t.last = f
	return nil
}

// fitter shares the dataset of the last group where the features are the same, and starts from
// its solution.
func (t *trial) fitter(set Settings) (*fitter, error) {
	f := &fitter{o: t.o, set: set, duals: make([][]float64, len(t.o.Topics))}
	f.start = f.duals
	if t.last != nil && t.last.set.Learner == set.Learner {
		f.start = t.last.duals
	}
	if t.last != nil && t.last.set.features() == set.features() {
		f.d, f.p, f.parts, f.whole = t.last.d, t.last.p, t.last.parts, t.last.whole
		return f, nil
	}
	d, err := newDataset(t.data, t.o.Topics, set, t.analyzer)
	if err != nil {
		return nil, err
	}
	f.d, f.p = d, newProblem(d.examples, newScorer(set, d.scale, nil, nil, nil, nil), d.sums.terms)
	if d.meanings != nil {
		d.meanings.addTo(f.p, workers(t.o.Jobs))
	}
	f.whole = d.whole()
	for fold := range t.o.Folds {
		f.parts = append(f.parts, d.without(d.fold(fold, t.o.Folds)))
	}
	return f, nil
}

// features returns the settings that shape a document's vector, and no others.
func (s Settings) features() Settings {
	return Settings{
		TitleWeight: s.TitleWeight, LeadWeight: s.LeadWeight, Pairs: s.Pairs, Surface: s.Surface, Damp: s.Damp,
		Normalise: s.Normalise, IDF: s.IDF, MinDocs: s.MinDocs, Semantic: min(1, math.Ceil(s.Semantic)),
	}
}

// attempt is some settings with what they make of articles that were held out.
type attempt struct {
	f       *fitter
	set     Settings
	heldOut [][]float64 // scores of each example by a model that had not seen it

	decision decision // fitted on all held-out scores
	quality  float64  // what Auto chooses by
}

func newAttempt(f *fitter, set Settings) *attempt {
	a := &attempt{f: f, set: set, heldOut: make([][]float64, len(f.d.examples))}
	for i := range a.heldOut {
		a.heldOut[i] = make([]float64, len(f.o.Topics))
	}
	return a
}

// holdOut holds every fold out in turn and scores it by the weights of the rest. The solution on all
// examples is where the descent of each part starts, no more: its end is the part's own.
func (f *fitter) holdOut(ctx context.Context, attempts []*attempt) error {
	return f.eachTopic(ctx, func(k int) {
		if f.set.Learner == NBLR {
			f.duals[k] = f.solve(k, f.whole, f.start[k]).duals()
		}
		for _, part := range f.parts {
			w := f.fit(k, part, f.duals[k])
			for _, a := range attempts {
				row := w.blended(a.set)
				for _, i := range part.out {
					a.heldOut[i][k] = row.score(f.p, i)
				}
			}
		}
	})
}

// model fits the settings to all data.
func (a *attempt) model(ctx context.Context) (*model.Model, error) {
	d, o, set := a.f.d, a.f.o, a.set
	set.Pairs = set.Pairs && slices.ContainsFunc(d.vocabulary.terms, isPair) // or tagging would look in vain
	rows := make([]topicRow, len(o.Topics))
	err := a.f.eachTopic(ctx, func(k int) {
		w := a.f.fit(k, a.f.whole, a.f.duals[k])
		rows[k] = w.blended(a.set)
	})
	if err != nil {
		return nil, err
	}
	metrics := a.measure()
	set.Noise = a.decision.noise
	digest := sha256.New()
	for i := range d.examples {
		digest.Write(d.examples[i].digest[:])
	}
	topics := slices.Clone(o.Topics)
	for k := range topics {
		topics[k].Documents = int(d.sums.docs[k])
	}
	p := parts{
		text: o.Text, settings: set, vocabulary: d.vocabulary,
		scorer:   newSparseScorer(a.set, d.scale, rows),
		decision: a.decision, reliability: stored(metrics.Bins),
		manifest: model.Manifest{
			Name: o.Name, Created: o.Created, Task: o.Task, Learner: a.set.Learner,
			Documents: len(d.examples), DataDigest: hex.EncodeToString(digest.Sum(nil)),
			Topics: topics, Metrics: metrics.summary("held_out_"),
		},
	}
	return p.assemble()
}

func everything(int) bool { return true }
