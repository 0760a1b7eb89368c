package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/ordered"
	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

const trainHelp = `Train a model on labelled articles and print its quality on held-out ones.

Task single gives every article exactly one topic (confidences sum to 1), multi any number, each
topic decided on its own; auto looks at the data. Learner auto tries several and takes the best
by held-out F1. Articles without labels are left out; but in multi with --topics they are articles to
which no topic applies.

With --from-navossoc the model has the saved classifier's words as they are: no stemmer, and
nothing is left out, unless --stemmer, --stop-words or --page say otherwise.

DATA may also be counts files, see "tajuk help counts": they add up, and learners nb, cnb and nbs get from
them the same weights as from the articles. Confidences are not calibrated then.

Without --out the model becomes a version of --name in the store of --models; --activate makes it the
active one, see "tajuk help models".

The same articles and settings give the same file, byte for byte, in any order and with any --jobs.`

const trainExamples = `  tajuk train labelled.jsonl --out desk.tajuk
  tajuk train labelled.jsonl --topics topics.yaml --task multi --learner nbs --out desk.tajuk
  tajuk train labelled.jsonl --task multi --aim precision=0.9 --out strict.tajuk
  tajuk train labelled.jsonl --models store --name city --activate
  tajuk train --from-navossoc saved.gob --name old --out old.tajuk`

// trainFlags are what train is asked to do.
type trainFlags struct {
	learnFlags
	out, name, created, navossoc string
	jobs, folds                  int
	activate                     bool
	note                         noteFlags
	input                        inputFlags
}

func (a *app) trainCommand() *cobra.Command {
	c := &cobra.Command{Use: "train DATA... [--out FILE | --models DIR]", Short: "train a model on labelled articles", Long: trainHelp, Example: trainExamples}
	var f trainFlags
	c.Flags().StringVar(&f.out, "out", "", "model `FILE` to write")
	storeFlag(c)
	c.Flags().BoolVar(&f.activate, "activate", false, "make the new version in the store the active one")
	f.note.add(c)
	f.add(c, "taken, but changes nothing: what a learner does by chance has a fixed seed of its own")
	c.Flags().StringVar(&f.name, "name", "tajuk", "`NAME` of the model")
	c.Flags().StringVar(&f.created, "created", "", "`TIME` to record, as 2006-01-02T15:04:05Z or the word now; without it the file depends on the articles alone")
	whole(c, &f.folds, "folds", 5, 2, "parts that the articles are dealt into, each held out once")
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	c.Flags().StringVar(&f.navossoc, "from-navossoc", "", "make the model of a classifier saved by github.com/navossoc/bayesian in `FILE`, in place of DATA")
	return a.action(c, func(ctx context.Context, sources []string) error {
		if len(sources) == 0 && f.navossoc == "" {
			return needData(c, sources)
		}
		return a.train(ctx, f, sources)
	})
}

func (a *app) train(ctx context.Context, f trainFlags, sources []string) error {
	o, err := f.options(a.models)
	if err != nil {
		return err
	}
	if f.out == "" {
		return a.trainVersion(ctx, f, o, sources)
	}
	out, err := a.create(f.out)
	if err != nil {
		return err
	}
	defer out.abandon()
	m, left, err := a.learn(ctx, f, o, sources)
	if err != nil {
		return err
	}
	if err := model.Write(out, m); err != nil {
		return failed("%w", err)
	}
	if err := out.commit(); err != nil {
		return err
	}
	talk := a.stdout
	if f.out == "-" {
		talk = a.stderr
	}
	if err := printTraining(talk, m, f, f.out); err != nil {
		return err
	}
	return left
}

// options checks the flags; models is the folder of the store, if there is one.
func (f *trainFlags) options(models string) (o classifier.TrainOptions, err error) {
	switch {
	case f.out == "" && models == "":
		return o, usage("train needs --out, or --models").hint("add, for example, --out desk.tajuk")
	case f.out != "" && f.activate:
		return o, usage("--activate is for a version in the store, and --out writes a file").hint("leave --out out")
	}
	if err := store.CheckName(f.name); err != nil {
		return o, usage("invalid value %q for --name", f.name).hint("give letters, digits, dots, hyphens and underscores, a letter or digit first, and not %q", builtin.Name)
	}
	if f.navossoc != "" {
		f.text.keepWords()
	}
	if o, err = f.learnFlags.options(); err != nil {
		return o, err
	}
	o.Name, o.Folds, o.Jobs = f.name, f.folds, f.jobs
	o.Created, err = created(f.created, time.Now)
	return o, err
}

// created is the time to record in the model.
func created(s string, now func() time.Time) (string, error) {
	if s == "now" {
		return now().UTC().Format(time.RFC3339), nil
	}
	if _, err := time.Parse(time.RFC3339, s); err != nil && s != "" {
		return "", usage("invalid value %q for --created: give a time such as 2006-01-02T15:04:05Z, or now", s)
	}
	return s, nil
}

// learn makes the model; left says what was left out, if anything.
func (a *app) learn(ctx context.Context, f trainFlags, o classifier.TrainOptions, sources []string) (m *model.Model, left, err error) {
	if f.navossoc != "" {
		m, err = a.learnNavossoc(f, o, sources)
		return m, nil, err
	}
	counted, err := fromCounts(sources)
	if err != nil {
		return nil, nil, err
	}
	if counted {
		m, err = a.learnCounts(ctx, f, o, sources)
		return m, nil, err
	}
	in, err := a.intake(f.input, sources)
	if err != nil {
		return nil, nil, err
	}
	in.check = labelCheck(f.topics, o.Topics, f.task)
	bags, err := a.bags(ctx, f.jobs, in, o, func(*corpus.Record) {})
	if left, err = in.verdict(err); err != nil {
		return nil, nil, err
	}
	if m, err = classifier.Train(ctx, bags, o); err != nil {
		return nil, nil, trainingError(err)
	}
	return m, left, nil
}

// trainingError words an error of training.
func trainingError(err error) error {
	if errors.Is(err, classifier.ErrNoData) {
		return failed("%w", err).hint(`a labelled article has "labels":["topic"]; two topics are needed at least`)
	}
	return err
}

func (a *app) learnNavossoc(f trainFlags, o classifier.TrainOptions, sources []string) (*model.Model, error) {
	if len(sources) > 0 || f.topics != "" || f.task == classifier.Multi || f.learner != classifier.Auto && f.learner != classifier.NB {
		return nil, usage("--from-navossoc makes a naive-Bayes model of one topic an article and takes no articles or topics").
			hint("leave out DATA, --topics, --task and --learner")
	}
	c, err := readNavossoc(f.navossoc)
	if err != nil {
		return nil, err
	}
	m, notes, err := importNavossoc(c, o)
	for _, n := range notes {
		a.note("%s", n)
	}
	return m, err
}

// labelCheck refuses records whose labels do not fit the topics (if there are any) and the task.
func labelCheck(file string, topics []model.Topic, task string) func(*corpus.Record) error {
	known := make(map[string]bool, len(topics))
	for _, t := range topics {
		known[t.ID] = true
	}
	return func(r *corpus.Record) error {
		if n := len(r.Labels); n > 1 && task == classifier.Single {
			return fmt.Errorf("%d labels %q: task single needs exactly one", n, r.Labels)
		}
		for _, list := range [][]string{r.Labels, r.NotLabels, r.Disputed} {
			for _, l := range list {
				if len(topics) > 0 && !known[l] {
					return fmt.Errorf("unknown topic %q in the labels: add it to %s or correct it", l, file)
				}
			}
		}
		return nil
	}
}

// read is an article as it was read, and what training needs of it.
type read struct {
	record *corpus.Record
	bag    classifier.Bag
}

// bags reads all articles and returns the bags of those that can be learnt from, having called keep
// for each.
func (a *app) bags(ctx context.Context, jobs int, in *intake, o classifier.TrainOptions, keep func(*corpus.Record)) (bags []classifier.Bag, err error) {
	in.bar = a.progress("reading", false)
	defer in.bar.finish()
	analyzer, err := text.NewAnalyzer(o.Text)
	if err != nil {
		return nil, err
	}
	unlabelled := 0
	err = ordered.Stage[*corpus.Record, []read]{
		Source: func(ctx context.Context, idle func()) iter.Seq[*corpus.Record] { return in.records(ctx, idle) },
		Weight: recordWeight,
		Worker: func() func(*corpus.Record, *[]read) {
			bagger := classifier.NewPairBagger(analyzer)
			return func(r *corpus.Record, out *[]read) {
				r.ID = r.Name()
				*out = append(*out, read{r, bagger.Bag(&r.Document)})
			}
		},
		Sink: func(out *[]read) error {
			for _, r := range *out {
				if !usable(&r.bag, o) {
					unlabelled++
					continue
				}
				bags = append(bags, r.bag)
				keep(r.record)
			}
			clear(*out)
			*out = (*out)[:0]
			return nil
		},
		Flush: func() {},
	}.Run(ctx, jobs)
	if unlabelled > 0 {
		a.note("%s left out", were(unlabelled, "unlabelled article"))
	}
	return bags, err
}

// usable reports that something can be learnt from a bag.
func usable(b *classifier.Bag, o classifier.TrainOptions) bool {
	if len(b.Labels) > 0 {
		return true
	}
	return o.Task != classifier.Single && (len(o.Topics) > 0 || len(b.NotLabels) > 0)
}

func printTraining(w io.Writer, m *model.Model, f trainFlags, where string) error {
	version, err := m.Digest()
	if err != nil {
		return failed("%w", err)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	head := &m.Manifest
	fmt.Fprintf(t, "model\t%s@%s\n", head.Name, version)
	fmt.Fprintf(t, "file\t%s\n", where)
	fmt.Fprintf(t, "task\t%s%s\n", head.Task, chosen(f.task))
	fmt.Fprintf(t, "learner\t%s%s\n", head.Learner, chosen(f.learner))
	fmt.Fprintf(t, "articles\t%d\ntopics\t%d\nterms\t%d\n", head.Documents, len(head.Topics), m.Terms.Len())
	if len(head.Metrics) == 0 {
		fmt.Fprintf(t, "held out\tnothing: confidences are not calibrated\n")
	}
	for _, row := range []struct{ name, key string }{{"micro F1", "micro_f1"}, {"macro F1", "macro_f1"}, {"accuracy", "accuracy"}, {"calibration error", "ece"}} {
		if x, ok := head.Metrics["held_out_"+row.key]; ok {
			fmt.Fprintf(t, "held-out %s\t%.4f\n", row.name, x)
		}
	}
	return t.Flush()
}

func chosen(flag string) string {
	if flag == classifier.Auto {
		return " (chosen)"
	}
	return ""
}
