package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/dates"
	"github.com/tajuk/tajuk/internal/doctor"
)

const dataStatsHelp = `Count what there is of labelled articles: articles, labels of an article, articles of a topic, words
of an article without what is page around it, months and sources.`

type dataStatsFlags struct {
	json  bool
	jobs  int
	limit int
	input inputFlags
}

func (a *app) dataStatsCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "stats DATA...", Short: "count what there is of labelled articles", Long: dataStatsHelp, Args: needData,
		Example: "  tajuk data stats labelled.jsonl\n  tajuk data stats dated.jsonl --json",
	}
	var f dataStatsFlags
	c.Flags().BoolVar(&f.json, "json", false, "write one JSON object")
	whole(c, &f.limit, "limit", 50, 0, "most topics, months and sources that the table lists, 0 for all")
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, sources []string) error { return a.dataStats(ctx, f, sources) })
}

func (a *app) dataStats(ctx context.Context, f dataStatsFlags, sources []string) error {
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	stats := doctor.NewStats()
	err = a.examine(ctx, f.jobs, in, "none", func(e *examined) {
		var date *time.Time
		if t, err := dates.Parse(e.record.Date); err == nil {
			date = &t
		}
		stats.Add(&e.record.Document, &e.exam, date)
	})
	left, err := in.verdict(err)
	if err != nil {
		return err
	}
	report := stats.Report()
	if f.json {
		err = a.sayJSON(report)
	} else {
		err = a.sayTable(func(w io.Writer) { printStats(w, report, f.limit) })
	}
	return firstError(err, left)
}

func printStats(w io.Writer, r *doctor.StatsReport, limit int) {
	fmt.Fprintf(w, "articles\t%d\nunlabelled\t%d\npartly labelled\t%d\n", r.Articles, r.Unlabelled, r.Partial)
	fmt.Fprintf(w, "without a date\t%d\ndate not understood\t%d\n", r.Undated, r.UnreadDates)
	fmt.Fprintf(w, "\nOF AN ARTICLE\tMEAN\tMIN\t5 %%\t25 %%\tMEDIAN\t75 %%\t95 %%\tMAX\n")
	for _, d := range []struct {
		name string
		of   doctor.Distribution
	}{{"words", r.Words}, {"labels", r.Labels}} {
		fmt.Fprintf(w, "%s\t%.1f\t%d\t%d\t%d\t%d\t%d\t%d\t%d\n", d.name, d.of.Mean, d.of.Least, d.of.P5, d.of.P25, d.of.Median, d.of.P75, d.of.P95, d.of.Most)
	}
	fmt.Fprintf(w, "\nLABELS\tARTICLES\n")
	for n, articles := range r.ByLabels {
		if articles > 0 {
			fmt.Fprintf(w, "%d\t%d\n", n, articles)
		}
	}
	printShares(w, "TOPIC", r.Topics, limit)
	printShares(w, "MONTH", r.Months, limit)
	printShares(w, "SOURCE", r.Sources, limit)
}

// printShares prints a table, unless there is nothing to say.
func printShares(w io.Writer, what string, shares []doctor.Share, limit int) {
	if len(shares) == 0 || len(shares) == 1 && shares[0].Name == "" {
		return
	}
	fmt.Fprintf(w, "\n%s\tARTICLES\tSHARE\n", what)
	for i, s := range shares {
		if limit > 0 && i == limit {
			fmt.Fprintf(w, "... and %d more: --limit 0 lists all\n", len(shares)-limit)
			return
		}
		name := s.Name
		if name == "" {
			name = "(none)"
		}
		fmt.Fprintf(w, "%s\t%d\t%.1f %%\n", name, s.Articles, 100*s.Share)
	}
}
