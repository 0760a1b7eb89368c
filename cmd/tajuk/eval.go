package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tajuk/tajuk/internal/dates"
)

const evalHelp = `Tag labelled articles and compare the answers with the labels.

Prints precision, recall and F1 of each topic and on the whole. ECE is the expected calibration
error: how far confidences are from the share that was right. AP (average precision) and AUC (area
under the ROC curve) judge the order of a topic's confidences, whatever the threshold. The surest
N % are the articles whose most confident topic is surest. An article without labels is one
to which no topic applies; for a model of exactly one topic an article it is left out. "disputed" topics
count neither way. With --compare another model tags the same articles, and the last lines say whether it is
better by more than chance. With --min-micro-f1 or --min-macro-f1 the exit code is 3 if the quality
is below.

Without a model to measure, --folds and --split train models on some of the articles, as train does with the
same flags, and measure them on the others: --folds N on each of N parts in turn (cross-validation), --split
time:DATE on the articles of that day and later. Near-copies are kept on one side. All articles are held in
memory then.

--report writes a page for the browser: all figures with charts, and the worst mistakes with the words
that led to them.`

const evalExamples = `  tajuk eval labelled.jsonl --model desk.tajuk
  tajuk eval labelled.jsonl --model desk.tajuk --report report.html
  tajuk eval labelled.jsonl --model desk.tajuk --metrics-file metrics.json --errors-file errors.jsonl
  tajuk eval labelled.jsonl --model desk.tajuk --compare desk.tajuk
  tajuk eval labelled.jsonl --model desk.tajuk --min-micro-f1 0.5
  tajuk eval labelled.jsonl --folds 3 --learner nbs
  tajuk eval dated.jsonl --split time:2024-01-01 --learner nbs`

// evalFlags are what eval is asked to do.
type evalFlags struct {
	model, compare      string
	metrics, page, errs string // files to write, "" for none
	minMicro, minMacro  *float64
	jobs, folds         int       // folds 0 = no cross-validation
	from                time.Time // of --split; zero = none
	learn               learnFlags
	input               inputFlags
}

func (a *app) evalCommand() *cobra.Command {
	c := &cobra.Command{Use: "eval DATA...", Short: "measure a model on labelled articles", Long: evalHelp, Example: evalExamples, Args: needData}
	var f evalFlags
	modelFlag(c, &f.model)
	c.Flags().StringVar(&f.compare, "compare", "", "model `FILE`, or the word builtin, to compare with")
	c.Flags().StringVar(&f.metrics, "metrics-file", "", "JSON `FILE` to write all figures to")
	c.Flags().StringVar(&f.page, "report", "", "HTML `FILE` to write a page with all figures and charts to")
	c.Flags().StringVar(&f.errs, "errors-file", "", "JSON Lines `FILE` to write the wrongly tagged articles to")
	fraction(c, &f.minMicro, "min-micro-f1", "exit with 3 if micro-F1 is lower")
	fraction(c, &f.minMacro, "min-macro-f1", "exit with 3 if macro-F1 is lower")
	optionalWhole(c, &f.folds, "folds", 2, "in place of --model: deal the articles into that many parts, train on all but one, measure on that one, and so each")
	splitFlag(c, &f.from)
	f.learn.add(c, "deals the articles to the parts of --folds in another way")
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	given := make(map[string]bool) // on the command line, not in the environment
	c.PreRun = func(c *cobra.Command, _ []string) {
		c.Flags().Visit(func(p *pflag.Flag) { given[p.Name] = true })
	}
	return a.action(c, func(ctx context.Context, sources []string) error {
		if err := f.check(c.Flags(), given); err != nil {
			return err
		}
		return a.eval(ctx, f, sources)
	})
}

// splitFlag adds --split.
func splitFlag(c *cobra.Command, to *time.Time) {
	c.Flags().Var(&parsed[time.Time]{to, "", "time:DATE", func(s string) (time.Time, error) {
		date, isTime := strings.CutPrefix(s, "time:")
		t, err := dates.Parse(date)
		if err != nil || !isTime {
			return t, fmt.Errorf("give time and a date, as in time:2024-01-01")
		}
		return t, nil
	}}, "split", "in place of --model: train on the articles of before DATE and measure on those of then and later")
}

// check refuses flags that do not go together. given names those of the command line, which win
// over the environment.
func (f *evalFlags) check(flags *pflag.FlagSet, given map[string]bool) error {
	holdout := given["folds"] || given["split"]
	if given["model"] && !holdout || given["split"] && !given["folds"] {
		f.folds = 0
	}
	if given["model"] && !holdout || given["folds"] && !given["split"] {
		f.from = time.Time{}
	}
	switch {
	case !f.heldOut():
		if err := noLearnFlags(given); err != nil {
			return err
		}
	case f.folds > 0 && !f.from.IsZero():
		return usage("--folds and --split are two ways to hold articles out").hint("give one of them")
	case given["model"] || flags.Changed("model") && !holdout:
		return usage("--folds and --split train models of their own: --model goes with neither").hint("leave --model out, or measure it without them")
	case f.folds > 0 && f.compare != "":
		return usage("--compare compares two models, and --folds trains one for each part").hint("use --split, or run it again with other settings: the parts stay the same")
	}
	return f.checkFiles()
}

func (f *evalFlags) heldOut() bool { return f.folds > 0 || !f.from.IsZero() }

// noLearnFlags refuses flags of training where nothing is trained.
func noLearnFlags(given map[string]bool) error {
	for _, name := range []string{"task", "learner", "aim", "topics", "seed", "language", "stemmer", "stop-words", "page"} {
		if given[name] {
			return usage("--%s is for training, and nothing is trained", name).hint("add --folds 5, or leave --%s out", name)
		}
	}
	return nil
}

func (f *evalFlags) checkFiles() error {
	files := []struct{ flag, path string }{{"metrics-file", f.metrics}, {"report", f.page}, {"errors-file", f.errs}}
	for i, file := range files {
		for _, other := range files[:i] {
			switch {
			case file.path == "" || file.path != other.path:
			case file.path == "-":
				return usage("--%s and --%s are both standard output", other.flag, file.flag).hint("give one of them a file name")
			default:
				return usage("--%s and --%s are both %q", other.flag, file.flag, file.path).hint("give them different names")
			}
		}
	}
	return nil
}

func (a *app) eval(ctx context.Context, f evalFlags, sources []string) error {
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	e, err := a.evaluator(f, in)
	if err != nil {
		return err
	}
	defer e.files.abandon()
	var left error
	if f.heldOut() {
		left, err = e.holdOut(ctx)
	} else {
		left, err = e.measure(ctx)
	}
	if err != nil {
		return err
	}
	if err := e.finish(); err != nil {
		return err
	}
	return firstError(e.gates(), left)
}

// measure measures the model that --model names.
func (e *evaluator) measure(ctx context.Context) (left, err error) {
	c, err := e.app.classifier(e.flags.model)
	if err != nil {
		return nil, err
	}
	head := &c.Model().Manifest
	e.in.check = labelCheck("the model's training", head.Topics, head.Task)
	e.use(c)
	e.title = c.Version()
	e.fact("learner", "%s", head.Learner)
	return e.in.verdict(e.run(ctx, e.in.records))
}

func firstError(list ...error) error {
	i := slices.IndexFunc(list, func(err error) bool { return err != nil })
	if i < 0 {
		return nil
	}
	return list[i]
}
