package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/rows"
)

const tagHelp = `Tag articles with the topics of a model, in the order of the input; without FILE,
standard input.

A FILE is plain text (one article), an HTML page, JSON Lines, CSV, TSV, Parquet, fastText lines or
WARC, also compressed with gzip or zstd, or a folder, zip or tar of those. Output jsonl is one object a
record, csv one row a topic.
The id of an answer is that of the record, or else the file's name with the line number.
A record that cannot be read is reported on standard error and left out: exit code 4.`

const tagExamples = `  tajuk tag berita.txt
  tajuk tag --output jsonl --jobs 1 articles.jsonl
  tajuk tag --explain - < berita.txt
  tajuk tag --model desk.tajuk --all --output csv articles.jsonl
  tajuk tag --min-confidence 0.8 --limit 2 berita.txt`

// tagFlags are what tag is asked to do.
type tagFlags struct {
	model, output, navossoc string
	all, explain            bool
	jobs, limit             int
	minConfidence           *float64
	input                   inputFlags
}

func (a *app) tagCommand() *cobra.Command {
	c := &cobra.Command{Use: "tag [FILE...]", Short: "tag articles with topics", Long: tagHelp, Example: tagExamples}
	var f tagFlags
	modelFlag(c, &f.model)
	choice(c, &f.output, "output", []string{"text", "jsonl", "csv"}, "", "format of the answers")
	c.Flags().BoolVar(&f.all, "all", false, "list every topic of the model, highest confidence first")
	c.Flags().BoolVar(&f.explain, "explain", false, "list the words for and against each topic, and where they stand")
	fraction(c, &f.minConfidence, "min-confidence", "assign a topic from this confidence on, in place of its own threshold")
	whole(c, &f.limit, "limit", 0, 0, "most topics to list for an article; 0 lists all that were assigned")
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	c.Flags().StringVar(&f.navossoc, "navossoc-scores", "", "print the log scores of a classifier saved by github.com/navossoc/bayesian in `FILE`, in place of topics")
	return a.action(c, func(ctx context.Context, sources []string) error {
		if f.navossoc != "" {
			return a.navossocScores(ctx, f, sources)
		}
		return a.tag(ctx, f, sources)
	})
}

func (a *app) tag(ctx context.Context, f tagFlags, sources []string) error {
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	c, err := a.classifier(f.model)
	if err != nil {
		return err
	}
	in.bar = a.progress("tagging", true)
	defer in.bar.finish()
	return a.tagWith(ctx, f, in, c)
}

func (a *app) tagWith(ctx context.Context, f tagFlags, in *intake, c *classifier.Classifier) error {
	render := newRenderer(f, c)
	return a.convert(ctx, f.jobs, in, render.Header(), func() func(*corpus.Record, *tagged) {
		w := tagWorker{
			c: c, tagger: c.NewTagger(), explain: f.explain, render: render,
			options: classifier.Options{MinConfidence: f.minConfidence, Limit: f.limit, All: f.all},
		}
		return w.work
	})
}

func recordWeight(r *corpus.Record) int { return len(r.Title) + len(r.Text) }

// tagWorker is the scratch space of one goroutine.
type tagWorker struct {
	c          *classifier.Classifier
	tagger     *classifier.Tagger
	options    classifier.Options
	explain    bool
	render     rows.Encoder
	prediction classifier.Prediction
}

func (w *tagWorker) work(rec *corpus.Record, out *tagged) {
	w.tagger.Tag(&rec.Document, &w.prediction)
	w.prediction.Apply(w.options)
	a := rows.Answer{ID: rec.Name(), Document: &rec.Document, Prediction: &w.prediction}
	if w.explain {
		for i := range w.prediction.Topics {
			a.Evidence = append(a.Evidence, w.tagger.Explain(&rec.Document, w.prediction.Topics[i].Topic))
		}
	}
	out.data = w.render.Append(out.data, &a)
}

func newRenderer(f tagFlags, c *classifier.Classifier) rows.Encoder {
	o := rows.Options{Explain: f.explain}
	switch f.output {
	case "jsonl":
		return rows.NewJSON(c, o)
	case "csv":
		return rows.NewCSV(c, o)
	}
	return newTextRenderer(c, f.all)
}
