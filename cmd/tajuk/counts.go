package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
)

const countsHelp = `Work on counts files, which "tajuk count" makes of labelled articles. They add up exactly: counts of parts
give, byte for byte, the counts of the whole, and what was added can be taken off again. So a cluster
counts in parts, and an article or a source that has to go leaves no trace.

Train on them with "tajuk train FILE.counts... --learner nb".`

const countsExamples = `  tajuk counts add 2020.counts 2021.counts --out both.counts
  tajuk counts subtract both.counts 2020.counts --out 2021.counts
  tajuk counts show 2020.counts --topic sport --limit 10`

func (a *app) countsCommand() *cobra.Command {
	c := &cobra.Command{Use: "counts", Short: "add, subtract and show counts files", Long: countsHelp, Example: countsExamples}
	return group(c, a.countsAddCommand(), a.countsSubtractCommand(), a.countsShowCommand())
}

// group makes c a command that only has others below it.
func group(c *cobra.Command, below ...*cobra.Command) *cobra.Command {
	help := "tajuk " + c.Name() + " --help"
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usage("no command of %s given", c.Name()).hint("run %q", help)
		}
		err := usage("unknown command %q of %s", args[0], c.Name())
		if near := c.SuggestionsFor(args[0]); len(near) > 0 {
			return err.hint("did you mean %q?", near[0])
		}
		return err.hint("run %q", help)
	}
	c.SuggestionsMinimumDistance = 2
	c.AddCommand(below...)
	return c
}

func (a *app) countsAddCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "add FILE...", Short: "write the sum of counts files",
		Long: `Write the sum of counts files, in whatever order they are given. All must have been made with the same text
settings. Memory does not grow with the files or their number.`,
		Example: "  tajuk counts add 2020.counts 2021.counts --out both.counts",
		Args:    takes(1, -1, "counts files"),
	}
	out := countsOutFlag(c)
	return a.action(c, func(ctx context.Context, files []string) error { return a.combineCounts(ctx, *out, files, nil) })
}

func (a *app) countsSubtractCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "subtract FROM FILE...", Short: "take counts files off another",
		Long: `Write the counts of FROM without those of each FILE. What was never added to FROM is refused,
with the topic, the word and the figures, and nothing is written.`,
		Example: "  tajuk counts subtract both.counts 2020.counts --out 2021.counts",
		Args:    takes(2, -1, "a counts file and one or more to take off it"),
	}
	out := countsOutFlag(c)
	return a.action(c, func(ctx context.Context, files []string) error {
		return a.combineCounts(ctx, *out, files[:1], files[1:])
	})
}

func countsOutFlag(c *cobra.Command) *string {
	return c.Flags().String("out", "-", "counts `FILE` to write; - is standard output")
}

// combineCounts writes add less subtract.
func (a *app) combineCounts(ctx context.Context, path string, add, subtract []string) error {
	if all := slices.Concat(add, subtract); slices.Index(all, "-") != lastIndex(all, "-") {
		return usage("standard input, %q, is given twice", "-")
	}
	plus, closePlus, err := a.countsFiles(ctx, add)
	defer closePlus()
	if err != nil {
		return err
	}
	minus, closeMinus, err := a.countsFiles(ctx, subtract)
	defer closeMinus()
	if err != nil {
		return err
	}
	out, err := a.create(path)
	if err != nil {
		return err
	}
	defer out.abandon()
	scratch, err := out.scratch()
	if err != nil {
		return err
	}
	defer scratch.remove()
	head, err := classifier.CombineCounts(out, scratch, plus, minus)
	if err != nil {
		return countsError(err)
	}
	if err := out.commit(); err != nil {
		return err
	}
	a.note("%s, %s, %s in all", count(int(head.Documents), "article"), count(len(head.Topics), "topic"), count(head.Forms, "surface form"))
	return nil
}

func lastIndex(list []string, s string) int {
	last := -1
	for i, x := range list {
		if x == s {
			last = i
		}
	}
	return last
}

// scratch returns an empty file, beside the output where that is a regular file.
func (o *output) scratch() (*scratchFile, error) {
	folder := ""
	if o.temp != "" {
		folder = filepath.Dir(o.path)
	}
	f, err := os.CreateTemp(folder, ".tajuk-*.tmp")
	if err != nil {
		return nil, failed("cannot write a temporary file: %w", cause(err)).hint("is there room, and may you write in %q?", folder)
	}
	return &scratchFile{f}, nil
}

// scratchFile holds for a while what is not ready to be written.
type scratchFile struct{ *os.File }

func (s *scratchFile) remove() {
	s.Close()
	_ = os.Remove(s.Name())
}

// countsBuffer is what is read of a counts file at a time.
const countsBuffer = 64 << 10

// countsFiles opens counts files, whose reading ends when ctx does; closeAll is to be called whatever the error.
func (a *app) countsFiles(ctx context.Context, paths []string) (files []classifier.CountsFile, closeAll func(), err error) {
	var opened []*os.File
	closeAll = func() {
		for _, f := range opened {
			f.Close()
		}
	}
	for _, path := range paths {
		if path == "-" {
			files = append(files, classifier.CountsFile{Name: "stdin", Reader: newWaiting(ctx, a.stdin, func() {})})
			continue
		}
		f, err := os.Open(path)
		if err != nil {
			return nil, closeAll, failed("cannot read %q: %w", path, cause(err))
		}
		opened = append(opened, f)
		files = append(files, classifier.CountsFile{Name: path, Reader: bufio.NewReaderSize(&interruptible{ctx, f}, countsBuffer)})
	}
	return files, closeAll, nil
}

// interruptible is a reader that ends with its context.
type interruptible struct {
	ctx context.Context
	io.Reader
}

func (r *interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// countsError words an error of reading or combining counts.
func countsError(err error) error {
	switch {
	case errors.Is(err, classifier.ErrOtherText):
		return failed("%w", err).hint("count the articles again with the same --language, --stemmer, --stop-words and --page, and the same version of tajuk")
	case errors.Is(err, classifier.ErrCountsFile):
		return failed("%w", err).hint("make it again with %q", "tajuk count")
	}
	return failed("%w", err)
}

// isCounts reports whether a file begins as counts files do.
func isCounts(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return false // a pipe could not be read again
	}
	head := make([]byte, len(classifier.CountsMagic))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head) == classifier.CountsMagic
}

// readCounts adds counts files up in memory.
func (a *app) readCounts(ctx context.Context, paths []string) (*classifier.Counts, error) {
	var sum *classifier.Counts
	for _, path := range paths {
		files, closeAll, err := a.countsFiles(ctx, []string{path})
		if err != nil {
			closeAll()
			return nil, err
		}
		c, err := classifier.ReadCounts(files[0])
		closeAll()
		switch {
		case err != nil:
		case sum == nil:
			sum = c
		default:
			err = sum.Merge(c)
		}
		if err != nil {
			return nil, countsError(fmt.Errorf("%s: %w", path, err))
		}
	}
	return sum, nil
}
