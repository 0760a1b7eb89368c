package classifier

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// Train learns a model from bags. The result depends on the bags' content and the
// options alone: not on their order, their ids, or the number of cores.
// Steps: integer sums; log-odds; scores of held-out folds; calibration and
// thresholds on those; final log-odds on everything.
func Train(ctx context.Context, bags []Bag, o TrainOptions) (*model.Model, error) {
	o, err := o.complete(bags)
	if err != nil {
		return nil, err
	}
	analyzer, err := text.NewAnalyzer(o.Text)
	if err != nil {
		return nil, err
	}
	candidates, err := o.candidates()
	if err != nil {
		return nil, err
	}
	var best *trained
	for _, set := range candidates {
		t, err := train(ctx, bags, o, set, analyzer)
		if err != nil {
			return nil, err
		}
		if best == nil || t.quality() > best.quality() {
			best = t
		}
	}
	return best.model(o)
}

// example is a bag in term space.
type example struct {
	vector vector
	labels []int // topic indexes, ascending
	bag    *Bag
	digest [sha256.Size]byte
}

// trained is what one learner made of the data.
type trained struct {
	set        Settings
	vocabulary *vocabulary
	examples   []example
	scorer     *scorer
	heldOut    [][]float64 // scores of each example by a model that had not seen it
	calibrated [][]float64 // the same as confidences
	calibration
	threshold []float64
	docs      []int64
	metrics   Report
}

func train(ctx context.Context, bags []Bag, o TrainOptions, set Settings, a *text.Analyzer) (*trained, error) {
	t := &trained{set: set, vocabulary: newVocabulary(formDocs(bags), a, set.MinDocs)}
	t.examples = examples(bags, o.Topics, t.vocabulary, set.TitleWeight)
	all := newSums(len(o.Topics), len(t.vocabulary.terms))
	for i := range t.examples {
		all.add(t.examples[i].vector, t.examples[i].labels, 1)
	}
	if err := t.holdOut(ctx, all, o); err != nil {
		return nil, err
	}
	t.calibrate(o)
	t.docs = all.docs
	t.scorer = logOdds(all, o.Task, set).sparse(set, all.terms)
	return t, nil
}

// examples maps bags into term space, ordered by content.
func examples(bags []Bag, topics []model.Topic, v *vocabulary, titleWeight int) []example {
	index := make(map[string]int, len(topics))
	for k, t := range topics {
		index[t.ID] = k
	}
	out := make([]example, len(bags))
	for i := range bags {
		e := example{vector: v.vector(&bags[i], titleWeight), bag: &bags[i], digest: bags[i].digest()}
		for _, l := range bags[i].Labels {
			e.labels = append(e.labels, index[l])
		}
		slices.Sort(e.labels)
		out[i] = e
	}
	slices.SortStableFunc(out, func(a, b example) int { return bytes.Compare(a.digest[:], b.digest[:]) })
	return out
}

// holdOut scores every example by a model trained without its fold. Examples are in order of
// their digest, which is as good as random, so every folds-th makes a fold.
func (t *trained) holdOut(ctx context.Context, all *sums, o TrainOptions) error {
	t.heldOut = make([][]float64, len(t.examples))
	group, ctx := errgroup.WithContext(ctx)
	if o.Jobs > 0 {
		group.SetLimit(o.Jobs)
	}
	for fold := range o.Folds {
		group.Go(func() error {
			var out []example
			for i := fold; i < len(t.examples); i += o.Folds {
				out = append(out, t.examples[i])
			}
			s := logOdds(all.without(out), o.Task, t.set).sparse(t.set, all.terms)
			for j := range out {
				scores := make([]float64, all.topics)
				s.score(out[j].vector, scores)
				t.heldOut[fold+j*o.Folds] = scores
			}
			return ctx.Err()
		})
	}
	return group.Wait()
}

// calibrate fits confidences and thresholds on the held-out scores.
func (t *trained) calibrate(o TrainOptions) {
	topics := len(o.Topics)
	t.calibration = calibration{o.Task == Single, make([]float64, topics), make([]float64, topics)}
	t.threshold = make([]float64, topics)
	if o.Task == Single {
		t.calibrateSingle(topics)
	} else {
		for k := range o.Topics {
			scores, labels := t.column(t.heldOut, k, o.Topics[k].ID)
			t.slope[k], t.intercept[k] = fitSigmoid(scores, labels)
		}
	}
	for _, s := range t.heldOut {
		c := slices.Clone(s)
		t.confidences(c)
		t.calibrated = append(t.calibrated, c)
	}
	if o.Task == Multi {
		for k := range o.Topics {
			t.threshold[k] = bestF1Threshold(t.column(t.calibrated, k, o.Topics[k].ID))
		}
	}
	t.metrics = t.measure(o)
}

func (t *trained) calibrateSingle(topics int) {
	labels := make([]int, len(t.examples))
	for i := range t.examples {
		labels[i] = t.examples[i].labels[0]
	}
	slope, intercept := fitSoftmax(t.heldOut, labels, topics, t.set.Learner == NBS)
	for k := range topics {
		t.slope[k], t.intercept[k] = slope, intercept[k]
	}
}

// column returns one topic's values and labels over the examples that say
// anything about the topic.
func (t *trained) column(values [][]float64, k int, topic string) (column []float64, labels []bool) {
	for i := range t.examples {
		if e := &t.examples[i]; !e.bag.unknown(topic) {
			column = append(column, values[i][k])
			labels = append(labels, e.bag.has(topic))
		}
	}
	return column, labels
}

// measure evaluates the held-out answers.
func (t *trained) measure(o TrainOptions) Report {
	eval := newEvaluation(o.Topics, o.Task)
	for i := range t.examples {
		p := Prediction{}
		decide(&p, t.heldOut[i], t.calibrated[i], t.threshold, o.Task == Single)
		e := t.examples[i].bag
		eval.Add(&Document{Labels: e.Labels, NotLabels: e.NotLabels, Disputed: e.Disputed, Partial: e.Partial}, &p)
	}
	return eval.Report()
}

// quality is what Auto chooses by: the mean of micro- and macro-F1.
func (t *trained) quality() float64 { return (t.metrics.Micro.F1 + t.metrics.Macro.F1) / 2 }

func (t *trained) model(o TrainOptions) (*model.Model, error) {
	digest := sha256.New()
	for i := range t.examples {
		digest.Write(t.examples[i].digest[:])
	}
	topics := slices.Clone(o.Topics)
	for k := range topics {
		topics[k].Documents = int(t.docs[k])
	}
	p := parts{
		text: o.Text, settings: t.set, vocabulary: t.vocabulary, scorer: t.scorer,
		calibration: t.calibration, threshold: t.threshold,
		manifest: model.Manifest{
			Name: o.Name, Created: o.Created, Task: o.Task, Learner: t.set.Learner,
			Documents: len(t.examples), DataDigest: hex.EncodeToString(digest.Sum(nil)),
			Topics: topics, Metrics: t.metrics.summary("held_out_"),
		},
	}
	return p.assemble()
}
