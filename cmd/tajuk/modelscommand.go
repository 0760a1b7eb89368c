package main

import (
	"context"
	"os"
	"os/user"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/store"
)

const modelsHelp = `Keep versions of models in a store, a folder that --models or TAJUK_MODELS names, and say which one
is active: the one that --model NAME and the service answer from.

A version never changes: it is a folder with the model, a self-test, a manifest with the checksum of each
file and, if there is one, a report. It is verified before it is made active; the pointer to it is turned
in one step. NAME alone stands for the active version, NAME@VERSION for another; the first digits of a
version are enough if no other version begins with them.`

const modelsExamples = `  tajuk models list --models store
  tajuk models activate desk@VERSION --models store --reason "fewer mistakes in sport"
  tajuk models rollback desk --models store`

func (a *app) modelsCommand() *cobra.Command {
	c := &cobra.Command{Use: "models", Short: "keep versions of models", Long: modelsHelp, Example: modelsExamples}
	return group(c, a.modelsListCommand(), a.modelsShowCommand(), a.modelsAddCommand(), a.modelsActivateCommand(), a.modelsRollbackCommand(),
		a.modelsHistoryCommand(), a.modelsVerifyCommand(), a.modelsDiffCommand())
}

// storeFlag adds --models.
func storeFlag(c *cobra.Command) {
	c.Flags().String("models", "", "`DIR` of the store")
}

// takes wants from least to most arguments; most below 0 sets no limit.
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage("%s needs %s", c.CommandPath(), what).hint("run %q", c.CommandPath()+" --help")
		case most >= 0 && len(args) > most:
			return usage("%s takes %s: %q is one too many", c.CommandPath(), what, args[most]).hint("run %q", c.CommandPath()+" --help")
		}
		return nil
	}
}

// noteFlags are who changes something and why.
type noteFlags struct{ by, reason string }

func (f *noteFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.by, "by", "", "`NAME` to record of who does it; without it, the user's")
	c.Flags().StringVar(&f.reason, "reason", "", "`TEXT` to record of why it is done")
}

func (f *noteFlags) note() store.Note {
	n := store.Note{By: f.by, Reason: f.reason}
	if u, err := user.Current(); n.By == "" && err == nil {
		n.By = u.Username
	}
	return n
}

const modelsAddHelp = `Add model files to the store, each under the name that it was trained with. A model that is in the
store already is left as it is.`

func (a *app) modelsAddCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "add FILE...", Short: "add model files to the store", Long: modelsAddHelp,
		Example: "  tajuk models add desk.tajuk --models store", Args: takes(1, -1, "model files"),
	}
	storeFlag(c)
	var report string
	var activate bool
	var note noteFlags
	c.Flags().StringVar(&report, "report", "", "`FILE` to keep with the version: what is known of its quality, .html, .json or .txt")
	c.Flags().BoolVar(&activate, "activate", false, "make it the active version")
	note.add(c)
	return a.action(c, func(_ context.Context, paths []string) error {
		if report != "" && len(paths) > 1 {
			return usage("--report is of one model, and %d are given", len(paths)).hint("add them one by one")
		}
		for _, path := range paths {
			if err := a.addFile(path, report, activate, note.note()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *app) addFile(path, report string, activate bool, n store.Note) error {
	m, err := a.model(path)
	if err != nil {
		return err
	}
	addition := store.Addition{Model: m, Note: n}
	if report != "" {
		if addition.Report, addition.Format, err = readReport(report); err != nil {
			return err
		}
	}
	return a.addVersion(addition, activate, func(m *store.Manifest, added bool) error {
		state := "added"
		if !added {
			state = "was there already"
		}
		return a.say("%s@%s  %s\n", m.Name, m.Version, state)
	})
}

// addVersion puts a model into the store, which is made if it is not there, tells of it and
// makes it active if so asked.
func (a *app) addVersion(addition store.Addition, activate bool, tell func(m *store.Manifest, added bool) error) error {
	if a.models == "" {
		_, err := a.openStore()
		return err
	}
	s, err := store.Create(a.models)
	if err != nil {
		return a.storeError(err)
	}
	m, added, err := s.Add(addition)
	if err != nil {
		return a.storeError(err)
	}
	if err := tell(&m, added); err != nil || !activate {
		return err
	}
	return a.activate(s, m.Name, m.Version, addition.Note)
}

// readReport reads a report to keep; its format is the end of its name.
func readReport(path string) (data []byte, format string, err error) {
	format = strings.TrimPrefix(filepath.Ext(path), ".")
	if format != "html" && format != "json" && format != "txt" {
		return nil, "", usage("invalid value %q for --report: give a file that ends in .html, .json or .txt", path)
	}
	data, err = os.ReadFile(path)
	if err != nil {
		return nil, "", failed("cannot read %q: %w", path, cause(err))
	}
	return data, format, nil
}
