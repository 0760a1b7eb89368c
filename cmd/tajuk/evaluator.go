package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/ordered"
	"github.com/tajuk/tajuk/internal/report"
)

// evaluator compares answers with labels, in the order of the input, so that sums of
// floating-point numbers do not depend on the number of jobs.
type evaluator struct {
	app   *app
	flags evalFlags
	in    *intake
	files evalFiles

	title      string // of what is measured
	facts      []report.Fact
	c          *classifier.Classifier // that answers now
	single     bool
	evaluation *classifier.Evaluation // of all answers
	part       *classifier.Evaluation // of those of one part; nil unless cross-validating
	parts      []part
	spreads    []classifier.Spread
	unlabelled int
	report     classifier.Report

	worst      *report.Worst          // nil if not asked for
	other      *classifier.Classifier // nil if not asked for, as is comparison
	comparison *classifier.Comparison
	compared   *classifier.ComparisonReport
}

// evalFiles are the files to write, nil if not asked for. They are opened before the work, which may
// be long.
type evalFiles struct{ metrics, page, mistakes *output }

func (f *evalFiles) list() []*output { return []*output{f.metrics, f.page, f.mistakes} }

func (f *evalFiles) abandon() {
	for _, o := range f.list() {
		if o != nil {
			o.abandon()
		}
	}
}

func (f *evalFiles) commit() error {
	for _, o := range f.list() {
		if o == nil {
			continue
		}
		if err := o.commit(); err != nil {
			return err
		}
	}
	return nil
}

// shownMistakes is how many of the worst mistakes the page shows.
const shownMistakes = 20

// evaluator opens what is asked for.
func (a *app) evaluator(f evalFlags, in *intake) (e *evaluator, err error) {
	e = &evaluator{app: a, flags: f, in: in}
	for _, file := range []struct {
		path string
		to   **output
	}{{f.metrics, &e.files.metrics}, {f.page, &e.files.page}, {f.errs, &e.files.mistakes}} {
		if file.path == "" {
			continue
		}
		if *file.to, err = a.create(file.path); err != nil {
			e.files.abandon()
			return nil, err
		}
	}
	if f.page != "" {
		e.worst = report.NewWorst(shownMistakes)
	}
	if f.compare != "" {
		if e.other, err = a.classifier(f.compare); err != nil {
			e.files.abandon()
			return nil, err
		}
	}
	e.fact("articles", "%s", sourceNames(in.sources))
	return e, nil
}

func sourceNames(sources []string) string {
	names := slices.Clone(sources)
	if i := slices.Index(names, "-"); i >= 0 {
		names[i] = "standard input"
	}
	return strings.Join(names, ", ")
}

func (e *evaluator) fact(name, format string, args ...any) {
	e.facts = append(e.facts, report.Fact{Name: name, Value: fmt.Sprintf(format, args...)})
}

// use answers with c from now on.
func (e *evaluator) use(c *classifier.Classifier) {
	e.c, e.single = c, c.Model().Manifest.Task == classifier.Single
	if e.evaluation == nil {
		e.evaluation = classifier.NewEvaluation(c)
	}
	if e.other != nil {
		e.comparison = classifier.NewComparison(c, e.other)
	}
}

// judged is a record with its answer.
type judged struct {
	record     *corpus.Record
	prediction classifier.Prediction
	other      classifier.Prediction
}

// run tags the records and judges the answers.
func (e *evaluator) run(ctx context.Context, records func(ctx context.Context, idle func()) iter.Seq[*corpus.Record]) error {
	e.in.bar = e.app.progress("evaluating", false)
	defer e.in.bar.finish()
	err := ordered.Stage[*corpus.Record, []judged]{
		Source: records,
		Weight: recordWeight,
		Worker: func() func(*corpus.Record, *[]judged) {
			tagger := e.c.NewTagger()
			var other *classifier.Tagger
			if e.other != nil {
				other = e.other.NewTagger()
			}
			return func(r *corpus.Record, out *[]judged) {
				j := judged{record: r}
				tagger.Tag(&r.Document, &j.prediction)
				if other != nil {
					other.Tag(&r.Document, &j.other)
				}
				*out = append(*out, j)
			}
		},
		Sink: func(out *[]judged) error {
			for i := range *out {
				if err := e.add(&(*out)[i]); err != nil {
					return err
				}
			}
			clear(*out)
			*out = (*out)[:0]
			return nil
		},
		Flush: func() {},
	}.Run(ctx, e.flags.jobs)
	if e.worst != nil && err == nil {
		e.worst.Explain(e.c)
	}
	return err
}

func (e *evaluator) add(j *judged) error {
	r, p := j.record, &j.prediction
	if len(r.Labels) == 0 && len(r.NotLabels) == 0 && !r.Partial {
		e.unlabelled++
		if e.single {
			return nil
		}
	}
	for _, evaluation := range []*classifier.Evaluation{e.evaluation, e.part} {
		if evaluation == nil {
			continue
		}
		if err := evaluation.Add(&r.Document, p); err != nil {
			return failed("%s: %w", r.Place(), err)
		}
	}
	if e.comparison != nil {
		e.comparison.Add(&r.Document, p, &j.other)
	}
	m := mistakeOf(e.c.Model().Manifest.Topics, r, p)
	if len(m.Missed)+len(m.False) == 0 {
		return nil
	}
	if e.worst != nil {
		e.worst.Add(m.shown(r))
	}
	if e.files.mistakes == nil {
		return nil
	}
	return json.NewEncoder(e.files.mistakes).Encode(m.line(r))
}

// finish prints the table and writes the files.
func (e *evaluator) finish() error {
	e.report = e.evaluation.Report()
	if e.report.Documents == 0 || e.unlabelled > 0 && e.unlabelled == e.report.Documents {
		return failed("no labelled articles").hint(`a labelled article has "labels":["topic"]`)
	}
	switch {
	case e.unlabelled > 0 && e.single:
		e.app.note("%s left out", were(e.unlabelled, "unlabelled article"))
	case e.unlabelled > 0:
		e.app.note("%s taken as articles to which no topic applies", were(e.unlabelled, "unlabelled article"))
	}
	if e.comparison != nil {
		comparison := e.comparison.Report()
		e.compared = &comparison
	}
	if err := e.print(e.table()); err != nil {
		return failed("cannot write the table: %w", err)
	}
	if err := e.fill(); err != nil {
		return err
	}
	return e.files.commit()
}

// table is where the table goes: not between the lines of a file that is standard output.
func (e *evaluator) table() io.Writer {
	if e.flags.metrics == "-" || e.flags.errs == "-" || e.flags.page == "-" {
		return e.app.stderr
	}
	return e.app.stdout
}

// fill writes the metrics and the page.
func (e *evaluator) fill() error {
	if e.files.metrics != nil {
		if err := e.writeMetrics(e.files.metrics); err != nil {
			return fmt.Errorf("write %q: %w", e.flags.metrics, err)
		}
	}
	if e.files.page == nil {
		return nil
	}
	head := &e.c.Model().Manifest
	p := report.Page{
		Title: e.title, Facts: append(e.facts, report.Fact{Name: "task", Value: taskWords(head.Task)}),
		Language: htmlLanguage(e.c), Report: e.report, Spreads: e.spreads, Comparison: e.compared, Worst: e.worst,
	}
	for _, part := range e.parts {
		p.Parts = append(p.Parts, report.Part{Train: part.Train, Test: part.Test, Figures: part.report.Figures()})
	}
	if err := report.Write(e.files.page, &p); err != nil {
		return fmt.Errorf("write %q: %w", e.flags.page, err)
	}
	return nil
}

func taskWords(task string) string {
	if task == classifier.Single {
		return "single: exactly one topic an article"
	}
	return "multi: any number of topics an article"
}

// htmlLanguage is the language of the articles for a lang attribute, empty if it is not known.
func htmlLanguage(c *classifier.Classifier) string {
	if language := c.Analyzer().Config().Language; language != "none" {
		return language
	}
	return ""
}

func (e *evaluator) writeMetrics(w io.Writer) error {
	version := ""
	if len(e.parts) == 0 {
		version = e.c.Version()
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		ModelVersion string `json:"model_version,omitempty"` // none of a cross-validation
		classifier.Report
		Parts      []part                       `json:"folds,omitempty"`
		Spreads    []classifier.Spread          `json:"spread,omitempty"` // over the folds
		Comparison *classifier.ComparisonReport `json:"comparison,omitempty"`
	}{version, e.report, e.parts, e.spreads, e.compared})
}

// gates is the error that ends a run whose quality is too low.
func (e *evaluator) gates() error {
	for _, g := range []struct {
		name  string
		value float64
		least *float64
	}{{"micro-F1", e.report.Micro.F1, e.flags.minMicro}, {"macro-F1", e.report.Macro.F1, e.flags.minMacro}} {
		if g.least != nil && g.value < *g.least {
			return &failure{code: exitGate, err: fmt.Errorf("%s %.4f is below the gate of %v", g.name, g.value, *g.least)}
		}
	}
	return nil
}
