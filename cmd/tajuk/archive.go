package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/archive"
	"github.com/tajuk/tajuk/internal/corpus"
)

const archiveHelp = `Tag whole archives into the folder DIR: one output an input file, NAME.tags.jsonl, with the rows
that "tajuk tag" gives for it, in the same order. NAME is the file's name, or its path below a folder that
was given. manifest.jsonl lists what is finished, with digests, rows, errors and the model's version.

Killed at any moment and run again, the same command goes on where it stopped and ends with the same
bytes. A file that is finished is left alone as long as its content, the model and the options are the same.

Records that cannot be read are left out and listed in NAME.errors.jsonl: exit code 4.

Several machines may share the work and DIR, each with its own --shard I/N, I from 0 to N-1; a file belongs
to one of them by its name.`

const archiveExamples = `  tajuk archive articles.jsonl --out tagged
  tajuk archive articles.jsonl berita.txt --out tagged-zst --compress zstd --include-input
  tajuk archive articles.jsonl --out tagged-parquet --format parquet --report archive.html
  tajuk archive articles.jsonl --out part --shard 0/1 --jobs 1
  tajuk archive articles.jsonl --out changed --only-changed tagged`

// archiveFlags are what archive is asked to do.
type archiveFlags struct {
	model, out, report string
	format, compress   string
	options            archive.Options
	minConfidence      *float64
	maxErrors          int
	input              inputFlags
}

func (a *app) archiveCommand() *cobra.Command {
	c := &cobra.Command{Use: "archive IN... --out DIR", Short: "tag whole archives of articles", Long: archiveHelp, Example: archiveExamples, Args: needData}
	var f archiveFlags
	o := &f.options
	modelFlag(c, &f.model)
	c.Flags().StringVar(&f.out, "out", "", "`DIR` for the outputs; it is made if need be")
	choice(c, &f.format, "format", []string{"jsonl", "csv", "parquet"}, "", "format of the outputs")
	choice(c, &f.compress, "compress", []string{"none", "gzip", "zstd"}, "", "compression of the outputs")
	jobsFlag(c, &o.Jobs)
	c.Flags().Var(&parsed[archive.Shard]{&o.Shard, "", "I/N", archive.ParseShard}, "shard", "do part I, from 0 on, of N parts of the files")
	c.Flags().BoolVar(&o.Force, "force", false, "do everything again, from the start")
	f.maxErrors = -1
	optionalWhole(c, &f.maxErrors, "max-errors", 0, "stop once more records than that could not be read; without it, never")
	c.Flags().BoolVar(&o.IncludeInput, "include-input", false, "write the fields of each record beside its tags")
	c.Flags().StringArrayVar(&o.OnlyChanged, "only-changed", nil, "leave out records that an earlier run of the same model has in its `DIR`; may be repeated")
	whole(c, &o.Checkpoint, "checkpoint", archive.DefaultCheckpoint, 1, "records after which a killed run can go on")
	c.Flags().StringVar(&f.report, "report", "", "HTML `FILE` to write with charts of topics, abstentions and errors")
	c.Flags().BoolVar(&o.Tag.All, "all", false, "list every topic of the model, highest confidence first")
	fraction(c, &f.minConfidence, "min-confidence", "assign a topic from this confidence on, in place of its own threshold")
	whole(c, &o.Tag.Limit, "limit", 0, 0, "most topics to list for an article; 0 lists all that were assigned")
	f.input.addNamed(c, "input-format")
	return a.action(c, func(ctx context.Context, sources []string) error { return a.archive(ctx, f, sources) })
}

func (a *app) archive(ctx context.Context, f archiveFlags, sources []string) error {
	if f.out == "" {
		return usage("archive needs --out").hint("add, for example, --out tagged")
	}
	if _, err := a.intake(f.input, sources); err != nil { // which refuses standard input twice
		return err
	}
	c, err := a.classifier(f.model)
	if err != nil {
		return err
	}
	show := a.archiveDisplay()
	o := f.options
	o.Model, o.Format, o.Compression = c, archive.Format(f.format), archive.Compression(f.compress)
	o.Tag.MinConfidence = f.minConfidence
	o.Input = f.input.options(newWaiting(ctx, a.stdin, func() {}))
	for _, err := range corpus.Read(ctx, nil, o.Input) { // of no file: only the options can be wrong
		return usage("%w", err)
	}
	o.MaxErrors = f.mostErrors()
	o.Progress, o.Problem, o.Note = show.progress, show.problem, show.note
	s, err := archive.Run(ctx, sources, f.out, o)
	show.finish()
	if err != nil {
		return archiveFailure(err)
	}
	a.archiveSummary(s, c)
	a.note("%s", show.speed(s.Done))
	if f.report != "" {
		if err := a.archiveReport(f.report, s, c); err != nil {
			return err
		}
	}
	return archiveVerdict(s)
}

// mostErrors is how many errors are allowed, nil for any number.
func (f *archiveFlags) mostErrors() *int {
	switch {
	case f.input.strict:
		return new(int)
	case f.maxErrors >= 0:
		return &f.maxErrors
	}
	return nil
}

// archiveFailure words an error that ended a run.
func archiveFailure(err error) error {
	const again = "run the same command again: it goes on where it stopped"
	duplicate, isDuplicate := errors.AsType[*archive.DuplicateError](err)
	_, isOutput := errors.AsType[*archive.OutputError](err)
	switch {
	case isDuplicate && duplicate.First != duplicate.Second:
		return usage("%w", err).hint("give the folder above them: outputs keep the path below it; or use another --out for one")
	case isDuplicate:
		return usage("%w", err)
	case errors.Is(err, context.Canceled):
		return failed("interrupted").hint(again)
	case errors.Is(err, archive.ErrBusy):
		return failed("%w", err).hint("wait for it, or give another --out; shards of one --out need the same N and each its own I")
	case errors.Is(err, archive.ErrTooMany):
		return failed("%w", err).hint("mend the records, or raise --max-errors; %s", again)
	case isOutput:
		return failed("%w", err).hint("make room and %s", again)
	}
	return failed("%w", err)
}

// archiveVerdict is the error that a finished run ends with, if any.
func archiveVerdict(s *archive.Summary) error {
	if s.Errors+s.Failed+s.Broken+s.Repeated == 0 {
		return nil
	}
	if s.Rows+s.Unchanged+s.Errors == 0 && s.Files == s.Broken {
		if s.Broken > 0 {
			return failed("nothing could be read")
		}
		return failed("no file was finished")
	}
	var what []string
	for _, w := range []struct {
		n          int
		noun, fate string
	}{
		{s.Failed, "file", "without output"},
		{s.Broken, "file", "not read to the end"},
		{s.Errors, "record", "left out"},
		{s.Repeated, "record", "with an id given before"},
	} {
		if w.n > 0 {
			what = append(what, count(w.n, w.noun)+" "+w.fate)
		}
	}
	return &failure{code: exitRecords, err: fmt.Errorf("%s, %d done", strings.Join(what, ", "), s.Rows)}
}

// archiveSummary prints what came out.
func (a *app) archiveSummary(s *archive.Summary, c *classifier.Classifier) {
	line := func(name, format string, args ...any) {
		fmt.Fprintf(a.stdout, "%-10s %s\n", name, fmt.Sprintf(format, args...))
	}
	line("model", "%s", c.Version())
	files := fmt.Sprintf("%d finished", s.Files)
	if s.Before > 0 {
		files += fmt.Sprintf(", of those %d before", s.Before)
	}
	line("files", "%s%s", files, maybe(s.Failed, "without output"))
	line("articles", "%d%s", s.Rows, maybe(s.Unchanged, "unchanged and left out"))
	line("tagged", "%s", withShare(s.Tagged, s.Rows))
	line("no topic", "%s", withShare(s.NoTopic, s.Rows))
	line("abstained", "%s%s", withShare(s.Abstained, s.Rows), noticeWords(s.Notices))
	line("errors", "%s%s%s", count(s.Errors, "record"), maybe(s.Repeated, "with an id given before"), maybe(s.Broken, "not read to the end"))
	for _, topic := range byCount(s.Topics) {
		line("topic", "%-14s %s", topic, withShare(s.Topics[topic], s.Rows))
	}
}

// maybe words a number of things that there need not be.
func maybe(n int, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(", %d %s", n, what)
}

func withShare(n, all int) string {
	return fmt.Sprintf("%d (%.1f %%)", n, 100*float64(n)/float64(max(1, all)))
}

func noticeWords(notices map[string]int) string {
	var list []string
	for _, code := range byCount(notices) {
		list = append(list, fmt.Sprintf("%s %d", code, notices[code]))
	}
	if len(list) == 0 {
		return ""
	}
	return "; notices: " + strings.Join(list, ", ")
}

// byCount are names by falling count, and then by name.
func byCount(counts map[string]int) []string {
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	return names
}

// round makes a length of time easy to read.
func round(d time.Duration) time.Duration {
	if d < 10*time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(time.Second)
}
