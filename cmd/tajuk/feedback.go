package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/feedback"
)

const feedbackExamples = `  tajuk feedback export feedback --out -
  tajuk feedback export feedback --all`

const exportHelp = `Write the corrections in a folder of "tajuk serve --feedback" as labelled articles, oldest first.

Of several corrections of one article (by its id, or by its text if it has none) only the last is written.
The server may go on meanwhile. A damaged line is named and left out, and makes the exit code 4.`

func (a *app) feedbackCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "feedback COMMAND", Short: "turn corrections into training data", Example: feedbackExamples,
		Long: "Work on the corrections that a server has kept.",
	}
	c.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usage("unknown command %q of feedback", args[0]).hint("run %q", "tajuk feedback --help")
		}
		return usage("feedback needs a command").hint("run %q", "tajuk feedback --help")
	}
	c.AddCommand(a.exportCommand())
	return c
}

func (a *app) exportCommand() *cobra.Command {
	c := &cobra.Command{Use: "export DIR", Short: "write corrections as labelled articles", Long: exportHelp, Example: feedbackExamples, Args: oneFolder}
	out, everything := "", false
	c.Flags().StringVar(&out, "out", "-", "`FILE` to write, as JSON Lines")
	c.Flags().BoolVar(&everything, "all", false, "write every correction of an article, not only the last")
	return a.action(c, func(ctx context.Context, args []string) error { return a.export(ctx, args[0], out, everything) })
}

func oneFolder(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("%s takes one folder, not %d", c.CommandPath(), len(args)).hint("give the folder of %q", "tajuk serve --feedback")
	}
	return nil
}

func (a *app) export(ctx context.Context, dir, path string, everything bool) error {
	var last map[string]uint64
	if !everything {
		last = feedback.Latest(feedback.Read(dir))
	}
	out, err := a.create(path)
	if err != nil {
		return err
	}
	defer out.abandon()
	written, damaged := 0, 0
	for e, err := range feedback.Read(dir) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			a.note("%v", err)
			damaged++
			continue
		}
		if !everything && last[e.Article()] > e.ID {
			continue
		}
		line, err := feedback.AppendJSON(nil, &e)
		if err == nil {
			_, err = out.Write(line)
		}
		if err != nil {
			return failed("cannot write %q: %w", path, cause(err))
		}
		written++
	}
	if damaged > 0 && written == 0 {
		return failed("no correction could be read in %q", dir).hint("give the folder of %q", "tajuk serve --feedback")
	}
	if err := out.commit(); err != nil {
		return failed("cannot write %q: %w", path, cause(err))
	}
	a.note("%s written", count(written, "correction"))
	if damaged > 0 {
		return &failure{code: exitRecords, err: failed("%s left out", were(damaged, "line"))}
	}
	return nil
}
