package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/ordered"
	"github.com/tajuk/tajuk/text"
)

const countHelp = `Count the words of labelled articles by topic: the whole numbers that training starts from.

Counts of several sets of articles add up exactly, whatever the order. The file is text; equal articles
give equal bytes. A file that is there already is replaced once the new one is complete.`

const countExamples = `  tajuk count labelled.jsonl --out 2020.counts
  tajuk count labelled.jsonl --jobs 1 --out -`

type countFlags struct {
	out   string
	jobs  int
	text  textFlags
	input inputFlags
}

func (a *app) countCommand() *cobra.Command {
	c := &cobra.Command{Use: "count DATA... --out FILE", Short: "count words by topic", Long: countHelp, Example: countExamples, Args: needData}
	var f countFlags
	c.Flags().StringVar(&f.out, "out", "", "counts `FILE` to write")
	jobsFlag(c, &f.jobs)
	f.text.add(c)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, sources []string) error { return a.count(ctx, f, sources) })
}

func (a *app) count(ctx context.Context, f countFlags, sources []string) error {
	if f.out == "" {
		return usage("count needs --out").hint("add, for example, --out articles.counts, or --out - for standard output")
	}
	config, err := f.text.config()
	if err != nil {
		return err
	}
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	out, err := a.create(f.out)
	if err != nil {
		return err
	}
	defer out.abandon()
	counts, err := a.tally(ctx, f.jobs, in, config)
	left, err := in.verdict(err)
	if err != nil {
		return err
	}
	if err := counts.Write(out); err != nil {
		return failed("%w", err)
	}
	if err := out.commit(); err != nil {
		return err
	}
	a.note("%s, %s, %s counted", count(int(counts.Documents), "article"), count(len(counts.Topics), "topic"), count(len(counts.Forms), "surface form"))
	return left
}

// tally counts on all jobs, each on its own, and adds up.
func (a *app) tally(ctx context.Context, jobs int, in *intake, config text.Config) (*classifier.Counts, error) {
	in.bar = a.progress("counting", false)
	in.check = countable
	defer in.bar.finish()
	var parts []*classifier.Counts
	var lock sync.Mutex // of parts
	err := ordered.Stage[*corpus.Record, struct{}]{
		Source: func(ctx context.Context, idle func()) iter.Seq[*corpus.Record] { return in.records(ctx, idle) },
		Weight: recordWeight,
		Worker: func() func(*corpus.Record, *struct{}) {
			part, bagger := classifier.NewCounts(config), classifier.NewBagger(config)
			lock.Lock()
			parts = append(parts, part)
			lock.Unlock()
			return func(r *corpus.Record, _ *struct{}) {
				bag := bagger.Bag(&r.Document)
				part.Add(&bag)
			}
		},
		Sink:  func(*struct{}) error { return nil },
		Flush: func() {},
	}.Run(ctx, jobs)
	for _, p := range parts[1:] {
		err = errors.Join(err, parts[0].Merge(p))
	}
	return parts[0], err
}

// countable refuses labels that a counts file cannot hold.
func countable(r *corpus.Record) error {
	for _, l := range r.Labels {
		if strings.ContainsAny(l, "\t\n\r=") {
			return fmt.Errorf("label %q holds a tab, a line break or an equals sign", l)
		}
	}
	return nil
}
