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
give equal bytes. A file that is there already is replaced once the new one is complete.

Articles without labels are left out, as "tajuk train" does. In multi with --topics it takes them for
articles to which no topic applies: --unlabelled counts them, too.

See "tajuk help counts" for what can be done with the file.`

const countExamples = `  tajuk count labelled.jsonl --out 2020.counts
  tajuk count labelled.jsonl --jobs 1 --out -`

type countFlags struct {
	out        string
	jobs       int
	unlabelled bool
	text       textFlags
	input      inputFlags
}

func (a *app) countCommand() *cobra.Command {
	c := &cobra.Command{Use: "count DATA... --out FILE", Short: "count words by topic", Long: countHelp, Example: countExamples, Args: needData}
	var f countFlags
	c.Flags().StringVar(&f.out, "out", "", "counts `FILE` to write")
	c.Flags().BoolVar(&f.unlabelled, "unlabelled", false, "count articles without labels, too")
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
	counts, err := a.tally(ctx, f, in, config)
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
func (a *app) tally(ctx context.Context, f countFlags, in *intake, config text.Config) (*classifier.Counts, error) {
	in.bar = a.progress("counting", false)
	in.check = countable
	defer in.bar.finish()
	var parts []*classifier.Counter
	var lock sync.Mutex // of parts
	unlabelled := 0
	err := ordered.Stage[*corpus.Record, int]{
		Source: func(ctx context.Context, idle func()) iter.Seq[*corpus.Record] { return in.records(ctx, idle) },
		Weight: recordWeight,
		Worker: func() func(*corpus.Record, *int) {
			part := classifier.NewCounter(config)
			lock.Lock()
			parts = append(parts, part)
			lock.Unlock()
			return func(r *corpus.Record, unlabelled *int) {
				if len(r.Labels) == 0 && !f.unlabelled {
					*unlabelled++
					return
				}
				part.Add(&r.Document)
			}
		},
		Sink: func(n *int) error {
			unlabelled += *n
			*n = 0
			return nil
		},
		Flush: func() {},
	}.Run(ctx, f.jobs)
	if unlabelled > 0 {
		a.note("%s left out", were(unlabelled, "unlabelled article"))
	}
	sum := parts[0].Counts()
	for _, p := range parts[1:] {
		err = errors.Join(err, sum.Merge(p.Counts()))
	}
	return sum, err
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
