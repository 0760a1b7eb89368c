package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"text/tabwriter"
	"time"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/dates"
)

// part is one of the parts that a cross-validation measures on.
type part struct {
	ModelVersion string
	Train, Test  int // articles
	report       classifier.Report
}

// MarshalJSON writes the figures by name.
func (p part) MarshalJSON() ([]byte, error) {
	figures := make(map[string]float64)
	for _, f := range p.report.Figures() {
		figures[f.Name] = f.Value
	}
	return json.Marshal(struct {
		ModelVersion string             `json:"model_version"`
		Train        int                `json:"train"`
		Test         int                `json:"test"`
		Figures      map[string]float64 `json:"figures"`
	}{p.ModelVersion, p.Train, p.Test, figures})
}

// heldOut is the labelled data of a command that trains and measures.
type heldOut struct {
	records []*corpus.Record
	bags    []classifier.Bag // of the records
	options classifier.TrainOptions
}

// holdOut trains on some of the articles and measures on the others.
func (e *evaluator) holdOut(ctx context.Context) (left, err error) {
	d := &heldOut{}
	if d.options, err = e.flags.learn.options(); err != nil {
		return nil, err
	}
	labels := labelCheck(e.flags.learn.topics, d.options.Topics, e.flags.learn.task)
	e.in.check = func(r *corpus.Record) error { return firstError(labels(r), e.dateCheck(r)) }
	d.bags, err = e.app.bags(ctx, e.flags.jobs, e.in, d.options, func(r *corpus.Record) { d.records = append(d.records, r) })
	if left, err = e.in.verdict(err); err != nil {
		return nil, err
	}
	if d.options, err = d.options.Resolve(d.bags); err != nil {
		return nil, trainingError(err)
	}
	d.options.Jobs = e.flags.jobs
	if e.flags.folds > 0 {
		return left, e.crossValidate(ctx, d)
	}
	return left, e.splitByDate(ctx, d)
}

// dateCheck refuses articles that --split cannot put on a side.
func (e *evaluator) dateCheck(r *corpus.Record) error {
	switch {
	case e.flags.from.IsZero():
		return nil
	case r.Date == "":
		return errors.New(`no date, which --split needs: add "date":"YYYY-MM-DD"`)
	}
	_, err := dates.Parse(r.Date)
	return err
}

func (e *evaluator) crossValidate(ctx context.Context, d *heldOut) error {
	n := e.flags.folds
	holdouts, err := classifier.FoldHoldouts(d.bags, n, e.flags.learn.seed)
	if err != nil {
		return failed("%w", err).hint("give more articles, or a smaller --folds")
	}
	var reports []classifier.Report
	for i, h := range holdouts {
		e.part = nil
		if err := e.trainAndMeasure(ctx, d, h, true); err != nil {
			if f, ok := errors.AsType[*failure](err); ok {
				f.err = fmt.Errorf("part %d of %d: %w", i+1, n, f.err)
			}
			return err
		}
		r := e.part.Report()
		reports = append(reports, r)
		e.parts = append(e.parts, part{e.c.Version(), len(h.Train), len(h.Test), r})
	}
	e.title = fmt.Sprintf("%d-fold cross-validation", n)
	e.spreads = classifier.Spreads(reports)
	e.fact("learner", "%s%s", e.c.Model().Manifest.Learner, chosen(e.flags.learn.learner))
	e.fact("held out", "%d articles in %d parts, near-copies in the same", len(d.bags), n)
	return nil
}

func (e *evaluator) splitByDate(ctx context.Context, d *heldOut) error {
	days := make([]time.Time, len(d.records))
	for i, r := range d.records {
		days[i], _ = dates.Parse(r.Date) // dateCheck saw that it is one
	}
	day := e.flags.from.Format(time.DateOnly)
	h, moved, err := classifier.DateHoldout(d.bags, days, e.flags.from)
	if err != nil {
		return failed("--split time:%s leaves %w", day, err).hint("give another date")
	}
	if moved > 0 {
		e.app.note("trained on %s of %s or later, too: near-copies of earlier ones", count(moved, "article"), day)
	}
	if err := e.trainAndMeasure(ctx, d, h, false); err != nil {
		return err
	}
	e.title = e.c.Version()
	e.fact("learner", "%s%s", e.c.Model().Manifest.Learner, chosen(e.flags.learn.learner))
	e.fact("held out", "%d articles of %s or later; trained on %d", len(h.Test), day, len(h.Train))
	return nil
}

// trainAndMeasure trains a model on one side and measures it on the other.
func (e *evaluator) trainAndMeasure(ctx context.Context, d *heldOut, h classifier.Holdout, isPart bool) error {
	bags := make([]classifier.Bag, len(h.Train))
	for i, k := range h.Train {
		bags[i] = d.bags[k]
	}
	m, err := classifier.Train(ctx, bags, d.options)
	if err != nil {
		return trainingError(err)
	}
	if m.Manifest.Version, err = m.Digest(); err != nil {
		return failed("%w", err)
	}
	c, err := classifier.New(m)
	if err != nil {
		return failed("%w", err)
	}
	e.use(c)
	if isPart {
		e.part = classifier.NewEvaluation(c)
	}
	err = e.run(ctx, func(ctx context.Context, _ func()) iter.Seq[*corpus.Record] { return d.some(ctx, h.Test) })
	return firstError(err, ctx.Err())
}

// some yields some of the records until ctx ends.
func (d *heldOut) some(ctx context.Context, which []int) iter.Seq[*corpus.Record] {
	return func(yield func(*corpus.Record) bool) {
		for _, k := range which {
			if ctx.Err() != nil || !yield(d.records[k]) {
				return
			}
		}
	}
}

// printParts prints the figures of the parts that were held out.
func printParts(w io.Writer, parts []part, spreads []classifier.Spread) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "\npart\ttrained on\tmeasured on\t")
	for _, s := range spreads {
		fmt.Fprintf(t, "%s\t", s.Label)
	}
	for i, p := range parts {
		fmt.Fprintf(t, "\n%d\t%d\t%d\t", i+1, p.Train, p.Test)
		for _, f := range p.report.Figures() {
			fmt.Fprintf(t, "%.4f\t", f.Value)
		}
	}
	fmt.Fprintf(t, "\nmean\t\t\t")
	for _, s := range spreads {
		fmt.Fprintf(t, "%.4f\t", s.Mean)
	}
	fmt.Fprintf(t, "\ndeviation\t\t\t")
	for _, s := range spreads {
		fmt.Fprintf(t, "%.4f\t", s.Deviation)
	}
	fmt.Fprintf(t, "\n")
	return t.Flush()
}
