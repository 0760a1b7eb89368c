package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/ordered"
	"github.com/tajuk/tajuk/internal/store"
)

const diffHelp = `Tag articles with two models and say which answers differ, and by which words.

OLD and NEW are versions, NAME[@VERSION], model files or the word builtin. An answer differs if the outcome
does, or the topics that are assigned. A word's figure is by how much more it speaks for the topic in NEW
than in OLD, in log-odds of the confidence. With the other words, the bias (what a topic has without any
word), what other topics take from it and its threshold, they add up to the change.`

const diffExamples = `  tajuk models diff desk@VERSION desk articles.jsonl multi.jsonl --models store
  tajuk models diff builtin desk.tajuk articles.jsonl --output json`

type diffFlags struct {
	output      string
	limit, jobs int
	input       inputFlags
}

func (a *app) modelsDiffCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "diff OLD NEW DATA...", Short: "say which answers another version changes", Long: diffHelp, Example: diffExamples,
		Args: takes(3, -1, "two models and articles"),
	}
	var f diffFlags
	storeFlag(c)
	outputFlag(c, &f.output)
	whole(c, &f.limit, "limit", 10, 0, "most articles to list; all are counted")
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, args []string) error { return a.diff(ctx, &f, args[0], args[1], args[2:]) })
}

func (a *app) diff(ctx context.Context, f *diffFlags, old, next string, data []string) error {
	before, err := a.classifier(old)
	if err != nil {
		return err
	}
	after, err := a.classifier(next)
	if err != nil {
		return err
	}
	r := retagging{app: a, jobs: f.jobs, before: before, after: after, limit: f.limit}
	report, err := r.run(ctx, f.input, data)
	if err != nil {
		return err
	}
	if f.output == "json" {
		err = a.sayJSON(report)
	} else {
		err = a.sayTable(func(w io.Writer) { printDiff(w, &report) })
	}
	return firstError(err, r.left)
}

// retagging is articles being tagged with two models.
type retagging struct {
	app           *app
	jobs, limit   int
	before, after *classifier.Classifier // before may be nil: nothing to compare with
	labelled      bool                   // whether to judge what after says by the labels

	evaluation *classifier.Evaluation
	left       error // what could not be read
}

// retagged is an article with what came of it.
type retagged struct {
	record     *corpus.Record
	change     *store.Change
	prediction classifier.Prediction
}

func (r *retagging) run(ctx context.Context, f inputFlags, data []string) (report store.DiffReport, err error) {
	if r.before == nil {
		r.before = r.after
	}
	in, err := r.app.intake(f, data)
	if err != nil {
		return report, err
	}
	if r.labelled {
		head := &r.after.Model().Manifest
		in.check = labelCheck("the model's training", head.Topics, head.Task)
		r.evaluation = classifier.NewEvaluation(r.after)
	}
	in.bar = r.app.progress("comparing", false)
	defer in.bar.finish()
	diff := store.NewDiff(r.before, r.after, r.limit)
	err = ordered.Stage[*corpus.Record, []retagged]{
		Source: func(ctx context.Context, idle func()) iter.Seq[*corpus.Record] { return in.records(ctx, idle) },
		Weight: recordWeight,
		Worker: func() func(*corpus.Record, *[]retagged) { return r.worker(diff) },
		Sink:   func(out *[]retagged) error { return r.take(diff, out) },
		Flush:  func() {},
	}.Run(ctx, r.jobs)
	if r.left, err = in.verdict(err); err != nil {
		return report, err
	}
	if r.evaluation != nil && r.evaluation.Report().Documents == 0 {
		return report, failed("no labelled articles").hint(`a labelled article has "labels":["topic"]`)
	}
	return diff.Report(), nil
}

func (r *retagging) worker(diff *store.Diff) func(*corpus.Record, *[]retagged) {
	comparer, tagger := diff.Comparer(), r.after.NewTagger()
	return func(rec *corpus.Record, out *[]retagged) {
		rec.ID = rec.Name()
		t := retagged{record: rec, change: comparer.Compare(&rec.Document)}
		if r.labelled {
			tagger.Tag(&rec.Document, &t.prediction)
		}
		*out = append(*out, t)
	}
}

// take adds up what a worker has done.
func (r *retagging) take(diff *store.Diff, out *[]retagged) error {
	single := r.after.Model().Manifest.Task == classifier.Single
	for i := range *out {
		t := &(*out)[i]
		diff.Add(t.change)
		if r.evaluation == nil || single && len(t.record.Labels) == 0 {
			continue
		}
		if err := r.evaluation.Add(&t.record.Document, &t.prediction); err != nil {
			return failed("%s: %w", t.record.Place(), err)
		}
	}
	clear(*out)
	*out = (*out)[:0]
	return nil
}

func printDiff(w io.Writer, r *store.DiffReport) {
	fmt.Fprintf(w, "old\t%s\nnew\t%s\narticles\t%d\nchanged\t%d (%.2f %%)\n", r.Old, r.New, r.Documents, r.Changed, 100*r.Share)
	if len(r.Topics) > 0 {
		fmt.Fprintf(w, "\nTOPIC\tGAINED BY\tLOST BY\n")
	}
	for _, t := range r.Topics {
		fmt.Fprintf(w, "%s\t%d\t%d\n", t.Topic, t.Gained, t.Lost)
	}
	if len(r.Words) > 0 {
		fmt.Fprintf(w, "\nWORD\tTOPIC\tCHANGE\tARTICLES\n")
	}
	for _, word := range r.Words {
		fmt.Fprintf(w, "%s\t%s\t%+.2f\t%d\n", printable(word.Word), word.Topic, word.Delta, word.Documents)
	}
	if t, ok := w.(*tabwriter.Writer); ok {
		_ = t.Flush() // which the caller does again, and gets the error
	}
	for i := range r.Changes {
		printChange(w, &r.Changes[i])
	}
	if rest := r.Changed - len(r.Changes); rest > 0 {
		fmt.Fprintf(w, "\n%s more: see --limit\n", count(rest, "article"))
	}
}

func printChange(w io.Writer, c *store.Change) {
	fmt.Fprintf(w, "\n%s\n  %s -> %s\n", printable(c.ID), answerWords(c.Old), answerWords(c.New))
	for _, t := range c.Topics {
		verb := "lost"
		if t.Gained {
			verb = "gained"
		}
		words := make([]string, len(t.Words))
		for i, word := range t.Words {
			words[i] = fmt.Sprintf("%s %+.2f", printable(word.Word), word.Delta)
		}
		fmt.Fprintf(w, "  %s %s, %.1f %% -> %.1f %%: %s\n", verb, t.Topic, 100*t.Old, 100*t.New, strings.Join(words, ", "))
		fmt.Fprintf(w, "    other words %+.2f, bias %+.2f, other topics %+.2f, threshold %+.2f\n", t.OtherWords, t.Bias, t.OtherTopics, t.Threshold)
	}
}

// answerWords is an answer in short: the topics, or why there are none.
func answerWords(a store.DiffAnswer) string {
	if len(a.Topics) == 0 {
		return "(" + strings.ToLower(strings.ReplaceAll(a.Outcome, "_", " ")) + ")"
	}
	return strings.Join(a.Topics, ", ")
}
