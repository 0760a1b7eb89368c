package main

import (
	"context"
	"io"
	"slices"

	"github.com/spf13/cobra"
)

// app is the surroundings of a run.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(name string) (value string, set bool)

	models string // folder of the store that --models names, once the flags are read; empty for none
}

// run carries out one command line, without the program's name, and returns the
// exit code. It returns early, having written whole records only, when ctx ends.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, env func(string) (string, bool)) int {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, env: env}
	root := a.root()
	root.SetArgs(slices.Concat([]string{}, args)) // nil would stand for os.Args
	return a.report(root.ExecuteContext(ctx))
}

const rootHelp = `tajuk reads Indonesian news and answers with the topics it is about, each with a
confidence that means what it says: of the answers given with 0.8, eight in ten are right.

Results go to standard output, talk to standard error; "-" is standard input or output.
Every flag can also be set in the environment: --min-confidence is TAJUK_MIN_CONFIDENCE.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 a quality gate not passed, 4 finished but
some records were left out.`

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use: "tajuk", Short: "topics for Indonesian news", Long: rootHelp,
		Example:       "  tajuk tag berita.txt\n  tajuk help tag",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true, SilenceUsage: true,
		SuggestionsMinimumDistance: 2,
		CompletionOptions:          cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	version := root.Flags().Bool("version", false, "print the version of the program and of its model")
	root.RunE = func(_ *cobra.Command, args []string) error {
		if *version {
			return a.version()
		}
		return unknownCommand(root, args)
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpCommand(helpCommand(root))
	root.AddCommand(a.tagCommand(), a.archiveCommand(), a.trainCommand(), a.evalCommand(), a.countCommand(), a.countsCommand(), a.dataCommand(), a.stemCommand(),
		a.extractCommand(), a.modelsCommand(), a.analyzeCommand(), a.serveCommand(), a.feedbackCommand(), a.versionCommand(), completionCommand(root))
	return root
}

func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usage("no command given").hint("run %q for the list", "tajuk help")
	}
	err := usage("unknown command %q", args[0])
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		return err.hint("did you mean %q?", near[0])
	}
	return err.hint("run %q for the list", "tajuk help")
}

func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "explain a command", Example: "  tajuk help train",
		ValidArgsFunction: func(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
			for _, c := range root.Commands() {
				names = append(names, c.Name())
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			about, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(root, args)
			}
			return about.Help()
		},
	}
}

// action makes c carry out do, once the flags that were not given have been looked up in the environment.
func (a *app) action(c *cobra.Command, do func(ctx context.Context, args []string) error) *cobra.Command {
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := a.environment(c.Flags()); err != nil {
			return err
		}
		if f := c.Flags().Lookup("models"); f != nil {
			a.models = f.Value.String()
		}
		return do(c.Context(), args)
	}
	return c
}
