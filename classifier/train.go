package classifier

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// Train learns a model from bags. The result depends on the bags' content and the
// options alone: not on their order, their ids, or the number of cores.
// Steps: integer sums; weights; scores of held-out folds; calibration and
// thresholds on those; final weights from everything.
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
	candidates, err := o.candidates()
	if err != nil {
		return nil, err
	}
	check := checkLanguage(bags, o.Text.Language)
	data := collect(bags)
	var best *attempt
	for _, group := range candidates {
		for i := range group {
			group[i].CheckLanguage = check
			if o.Aim.String() != AimF1 {
				group[i].Aim = o.Aim.String()
			}
		}
		attempts, err := tryOut(ctx, newDataset(data, o.Topics, group[0], analyzer), o, group)
		if err != nil {
			return nil, err
		}
		for _, a := range attempts {
			if best == nil || a.quality() > best.quality() {
				best = a
			}
		}
	}
	return best.model(ctx, o)
}

// attempt is some settings with what they make of articles that were held out.
type attempt struct {
	set     Settings
	data    *dataset
	heldOut [][]float64 // scores of each example by a model that had not seen it
	metrics Report
}

// quality is what Auto chooses by: the mean of micro- and macro-F1.
func (a *attempt) quality() float64 { return (a.metrics.Micro.F1 + a.metrics.Macro.F1) / 2 }

// tryOut holds every fold out in turn. The settings of a group differ in Blend alone, so
// that one set of trained weights serves them all.
func tryOut(ctx context.Context, d *dataset, o TrainOptions, group []Settings) ([]*attempt, error) {
	var attempts []*attempt
	for _, set := range group {
		attempts = append(attempts, &attempt{set: set, data: d, heldOut: make([][]float64, len(d.examples))})
	}
	for fold := range o.Folds {
		out := d.fold(fold, o.Folds)
		rest := d.without(out)
		weights, err := d.fit(ctx, rest, func(i int) bool { return d.group[i]%o.Folds != fold }, o, group[0])
		if err != nil {
			return nil, err
		}
		for _, a := range attempts {
			s := weights.blended(rest, a.set).sparse(a.set, d.scale, rest.terms)
			for _, i := range out {
				a.heldOut[i] = make([]float64, rest.topics)
				s.score(d.examples[i].vector, a.heldOut[i])
			}
		}
	}
	for _, a := range attempts {
		a.metrics = a.measure(o)
	}
	return attempts, nil
}

// fit learns weights, not yet blended, from the examples that are in, whose sums are s.
func (d *dataset) fit(ctx context.Context, s *sums, in func(i int) bool, o TrainOptions, set Settings) (dense, error) {
	if set.Learner != NBLR {
		return logOdds(s, o.Task, set), ctx.Err()
	}
	return d.fitLinear(ctx, s, in, set, o.Jobs)
}

// model fits the settings to all data.
func (a *attempt) model(ctx context.Context, o TrainOptions) (*model.Model, error) {
	d, set := a.data, a.set
	set.Pairs = set.Pairs && slices.ContainsFunc(d.vocabulary.terms, isPair) // or tagging would look in vain
	weights, err := d.fit(ctx, d.sums, everything, o, set)
	if err != nil {
		return nil, err
	}
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
		scorer:   weights.blended(d.sums, a.set).sparse(a.set, d.scale, d.sums.terms),
		decision: a.decide(o, everything),
		manifest: model.Manifest{
			Name: o.Name, Created: o.Created, Task: o.Task, Learner: a.set.Learner,
			Documents: len(d.examples), DataDigest: hex.EncodeToString(digest.Sum(nil)),
			Topics: topics, Metrics: a.metrics.summary("held_out_"),
		},
	}
	return p.assemble()
}

func everything(int) bool { return true }
