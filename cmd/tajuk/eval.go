package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
)

const evalHelp = `Tag labelled articles and compare the answers with the labels.

Prints precision, recall and F1 of each topic and on the whole. ECE is the expected calibration
error: how far confidences are from the share that was right. AP (average precision) and AUC (area
under the ROC curve) judge the order of a topic's confidences, whatever the threshold. The surest
N % are the articles whose most confident topic is surest. An article without labels is one
to which no topic applies; for a model of exactly one topic an article it is left out. "disputed" topics
count neither way. With --compare another model tags the same articles, and the last lines say whether it is
better by more than chance. With --min-micro-f1 or --min-macro-f1 the exit code is 3 if the quality
is below.`

const evalExamples = `  tajuk eval labelled.jsonl --model desk.tajuk
  tajuk eval labelled.jsonl --model desk.tajuk --metrics-file metrics.json --errors-file errors.jsonl
  tajuk eval labelled.jsonl --model desk.tajuk --compare desk.tajuk
  tajuk eval labelled.jsonl --model desk.tajuk --min-micro-f1 0.5`

// evalFlags are what eval is asked to do.
type evalFlags struct {
	model, compare, metricsFile, errorsFile string
	minMicro, minMacro                      *float64
	jobs                                    int
	input                                   inputFlags
}

func (a *app) evalCommand() *cobra.Command {
	c := &cobra.Command{Use: "eval DATA...", Short: "measure a model on labelled articles", Long: evalHelp, Example: evalExamples, Args: needData}
	var f evalFlags
	modelFlag(c, &f.model)
	c.Flags().StringVar(&f.compare, "compare", "", "model `FILE`, or the word builtin, to compare with")
	c.Flags().StringVar(&f.metricsFile, "metrics-file", "", "JSON `FILE` to write all figures to")
	c.Flags().StringVar(&f.errorsFile, "errors-file", "", "JSON Lines `FILE` to write the wrongly tagged articles to")
	fraction(c, &f.minMicro, "min-micro-f1", "exit with 3 if micro-F1 is lower")
	fraction(c, &f.minMacro, "min-macro-f1", "exit with 3 if macro-F1 is lower")
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, sources []string) error { return a.eval(ctx, f, sources) })
}

func (a *app) eval(ctx context.Context, f evalFlags, sources []string) error {
	if f.metricsFile == "-" && f.errorsFile == "-" {
		return usage("--metrics-file and --errors-file are both standard output").hint("give one of them a file name")
	}
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	c, err := a.classifier(f.model)
	if err != nil {
		return err
	}
	topics := c.Model().Manifest.Topics
	in.check = labelCheck("the model's training", topics, c.Model().Manifest.Task)
	e := evaluator{app: a, c: c, evaluation: classifier.NewEvaluation(c), single: c.Model().Manifest.Task == classifier.Single}
	if f.compare != "" {
		if e.other, err = a.classifier(f.compare); err != nil {
			return err
		}
		e.comparison = classifier.NewComparison(c, e.other)
	}
	if f.errorsFile != "" {
		if e.mistakes, err = a.create(f.errorsFile); err != nil {
			return err
		}
		defer e.mistakes.abandon()
	}
	left, err := in.verdict(e.run(ctx, f.jobs, in))
	if err != nil {
		return err
	}
	if err := e.finish(f); err != nil {
		return err
	}
	return firstError(e.gates(f), left)
}

func firstError(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// evaluator compares answers with labels, in the order of the input, so that sums of
// floating-point numbers do not depend on the number of jobs.
type evaluator struct {
	app        *app
	c          *classifier.Classifier
	evaluation *classifier.Evaluation
	single     bool
	unlabelled int
	report     classifier.Report
	mistakes   *output                // nil if not asked for
	other      *classifier.Classifier // nil if not asked for, as is comparison
	comparison *classifier.Comparison
	compared   *classifier.ComparisonReport
}

// judged is a record with its answer.
type judged struct {
	record     *corpus.Record
	prediction classifier.Prediction
	other      classifier.Prediction
}

func (e *evaluator) run(ctx context.Context, jobs int, in *intake) error {
	in.bar = e.app.progress("evaluating", false)
	defer in.bar.finish()
	return stage[*corpus.Record, []judged]{
		source: func(ctx context.Context, idle func()) iter.Seq[*corpus.Record] { return in.records(ctx, idle) },
		weight: recordWeight,
		worker: func() func(*corpus.Record, *[]judged) {
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
		sink: func(out *[]judged) error {
			for i := range *out {
				if err := e.add(&(*out)[i]); err != nil {
					return err
				}
			}
			clear(*out)
			*out = (*out)[:0]
			return nil
		},
		flush: func() {},
	}.run(ctx, jobs)
}

func (e *evaluator) add(j *judged) error {
	r, p := j.record, &j.prediction
	if len(r.Labels) == 0 && len(r.NotLabels) == 0 && !r.Partial {
		e.unlabelled++
		if e.single {
			return nil
		}
	}
	if err := e.evaluation.Add(&r.Document, p); err != nil {
		return failed("%s: %w", r.Place(), err)
	}
	if e.comparison != nil {
		e.comparison.Add(&r.Document, p, &j.other)
	}
	if e.mistakes == nil {
		return nil
	}
	m := mistakeOf(e.c.Model().Manifest.Topics, r, p)
	if len(m.Missed)+len(m.False) == 0 {
		return nil
	}
	return json.NewEncoder(e.mistakes).Encode(m)
}

// finish writes the report and files.
func (e *evaluator) finish(f evalFlags) error {
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
	if err := printReport(e.table(f), &e.report, e.c.Version()); err != nil {
		return failed("cannot write the table: %w", err)
	}
	if e.comparison != nil {
		comparison := e.comparison.Report()
		e.compared = &comparison
		if err := printComparison(e.table(f), &comparison); err != nil {
			return failed("cannot write the comparison: %w", err)
		}
	}
	if f.metricsFile != "" {
		if err := e.app.write(f.metricsFile, e.writeMetrics); err != nil {
			return err
		}
	}
	if e.mistakes != nil {
		return e.mistakes.commit()
	}
	return nil
}

// table is where the table goes: not between the lines of a file that is standard output.
func (e *evaluator) table(f evalFlags) io.Writer {
	if f.metricsFile == "-" || f.errorsFile == "-" {
		return e.app.stderr
	}
	return e.app.stdout
}

func (e *evaluator) writeMetrics(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		ModelVersion string `json:"model_version"`
		classifier.Report
		Comparison *classifier.ComparisonReport `json:"comparison,omitempty"`
	}{e.c.Version(), e.report, e.compared})
}

// gates is the error that ends a run whose quality is too low.
func (e *evaluator) gates(f evalFlags) error {
	for _, g := range []struct {
		name  string
		value float64
		least *float64
	}{{"micro-F1", e.report.Micro.F1, f.minMicro}, {"macro-F1", e.report.Macro.F1, f.minMacro}} {
		if g.least != nil && g.value < *g.least {
			return &failure{code: exitGate, err: fmt.Errorf("%s %.4f is below the gate of %v", g.name, g.value, *g.least)}
		}
	}
	return nil
}
