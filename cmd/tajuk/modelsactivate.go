package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/store"
)

const activateHelp = `Make a version the active one. It is verified first: the checksum of each file, and its self-test.

With --gate it must also meet the conditions of a file, one a line; if not, nothing changes and
the exit code is 3:

    macro_f1 >= 0.84
    ece      <= 0.03   # calibration error
    changed  <= 5%

changed is the share of the articles in DATA that would get another answer than by the version that is active
now. The other figures are those of the held-out articles of training; with --labelled they are measured on
DATA. A service that answers from the store takes the version up within seconds.`

const activateExamples = `  tajuk models activate desk@VERSION --models store
  tajuk models activate desk@VERSION --models store --gate gate.txt --labelled multi.jsonl --reason "new labels"`

type activateFlags struct {
	gate     string
	labelled bool
	jobs     int
	note     noteFlags
	input    inputFlags
}

func (a *app) modelsActivateCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "activate NAME@VERSION [DATA...]", Short: "make a version the active one", Long: activateHelp, Example: activateExamples,
		Args: takes(1, -1, "a version, NAME@VERSION"),
	}
	var f activateFlags
	storeFlag(c)
	c.Flags().StringVar(&f.gate, "gate", "", "`FILE` of conditions that must be met")
	c.Flags().BoolVar(&f.labelled, "labelled", false, "measure the figures on DATA, which has labels")
	f.note.add(c)
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, args []string) error { return a.modelsActivate(ctx, &f, args[0], args[1:]) })
}

func (a *app) modelsActivate(ctx context.Context, f *activateFlags, ref string, data []string) error {
	if !strings.Contains(ref, "@") {
		return usage("%q names no version", ref).hint("give NAME@VERSION; run %q", "tajuk models list")
	}
	if f.gate == "" && (f.labelled || len(data) > 0) {
		return usage("articles are for a gate, and there is none").hint("add --gate FILE")
	}
	if f.labelled && len(data) == 0 {
		return usage("--labelled, and no articles").hint("name them after the version")
	}
	s, err := a.openStore()
	if err != nil {
		return err
	}
	name, version, err := s.Resolve(ref)
	if err != nil {
		return a.storeError(err)
	}
	var left error // what could not be read of the articles
	if f.gate != "" {
		if left, err = a.pass(ctx, s, f, name, version, data); err != nil {
			return err
		}
	}
	return firstError(a.activate(s, name, version, f.note.note()), left)
}

// activate turns the pointer and says so.
func (a *app) activate(s *store.Store, name, version string, n store.Note) error {
	e, err := s.Activate(name, version, n)
	if err != nil {
		return a.storeError(err)
	}
	return a.turned(name, e)
}

func (a *app) turned(name string, e store.Event) error {
	switch e.Previous {
	case e.Version:
		return a.say("%s@%s was active already\n", name, e.Version)
	case "":
		return a.say("%s@%s is active\n", name, e.Version)
	}
	return a.say("%s@%s is active, in place of %s\n", name, e.Version, e.Previous)
}

// pass wants the conditions of the gate to be met; left is what could not be read.
func (a *app) pass(ctx context.Context, s *store.Store, f *activateFlags, name, version string, data []string) (left, err error) {
	gate, err := readGate(f.gate)
	if err != nil {
		return nil, err
	}
	if gate.Uses(store.Changed) && len(data) == 0 {
		return nil, usage("%s: %s is measured on articles, and none are given", f.gate, store.Changed).hint("name some after the version")
	}
	short, left, err := a.judge(ctx, s, f, gate, name, version, data)
	if err != nil {
		return nil, err
	}
	if len(short) == 0 {
		a.note("%s: %s", f.gate, met(len(gate.Conditions)))
		return left, nil
	}
	lines := make([]string, len(short))
	for i, l := range short {
		lines[i] = l.String()
	}
	return nil, gateError(name+"@"+version, lines)
}

// judge lists the conditions that a version does not meet; left is what could not be read.
func (a *app) judge(ctx context.Context, s *store.Store, f *activateFlags, gate store.Gate, name, version string, data []string) (short []store.Shortfall, left, err error) {
	after, err := s.Load(name, version)
	if err != nil {
		return nil, nil, a.storeError(err)
	}
	figures := make(map[string]float64)
	if len(data) > 0 {
		if figures, left, err = a.measureVersion(ctx, s, f, after, data); err != nil {
			return nil, nil, err
		}
	}
	if !f.labelled {
		m := store.Manifest{Metrics: after.Model().Manifest.Metrics}
		maps.Copy(figures, m.HeldOut())
	}
	return gate.Judge(figures), left, nil
}

func met(n int) string {
	if n == 1 {
		return "the condition is met"
	}
	return fmt.Sprintf("all %d conditions are met", n)
}

func gateError(version string, lines []string) error {
	f := &failure{code: exitGate, err: fmt.Errorf("%s is not made active:\n  %s", version, strings.Join(lines, "\n  "))}
	if slices.ContainsFunc(lines, func(l string) bool { return strings.HasSuffix(l, "was not measured") }) {
		return f.hint("training measures accuracy, ece, macro_f1 and micro_f1; for others give labelled articles and --labelled")
	}
	return f
}

func readGate(path string) (store.Gate, error) {
	file, err := os.Open(path)
	if err != nil {
		return store.Gate{}, failed("cannot read %q: %w", path, cause(err))
	}
	defer file.Close()
	gate, err := store.ReadGate(path, file)
	if err != nil {
		return gate, usage("%w", err)
	}
	return gate, nil
}

// measureVersion is the figures of a model on articles, and what could not be read of these; changed is
// against what is active.
func (a *app) measureVersion(ctx context.Context, s *store.Store, f *activateFlags, after *classifier.Classifier, data []string) (figures map[string]float64, left, err error) {
	before, err := a.active(s, after.Model().Manifest.Name)
	if err != nil {
		return nil, nil, err
	}
	r := retagging{app: a, jobs: f.jobs, after: after, before: before, labelled: f.labelled}
	report, err := r.run(ctx, f.input, data)
	if err != nil {
		return nil, nil, err
	}
	figures = map[string]float64{store.Changed: report.Share}
	if f.labelled {
		maps.Copy(figures, figuresOf(r.evaluation.Report()))
	}
	return figures, r.left, nil
}

// active is the active version of a model. Where there is none, every answer would be a new one: there
// is nothing to compare with, and nil is returned.
func (a *app) active(s *store.Store, name string) (*classifier.Classifier, error) {
	version, err := s.Active(name)
	if errors.Is(err, store.ErrNoActive) {
		a.note("no version of %s is active: nothing changes", name)
		return nil, nil
	}
	if err != nil {
		return nil, a.storeError(err)
	}
	c, err := s.Load(name, version)
	if err != nil {
		return nil, a.storeError(fmt.Errorf("the active version, to compare with: %w", err))
	}
	return c, nil
}

// figuresOf are the figures of an evaluation by their names in a gate.
func figuresOf(r classifier.Report) map[string]float64 {
	return map[string]float64{
		"accuracy": r.Accuracy, "ece": r.ECE, "brier": r.Brier, "log_loss": r.LogLoss, "weighted_f1": r.Weighted.F1,
		"micro_f1": r.Micro.F1, "micro_precision": r.Micro.Precision, "micro_recall": r.Micro.Recall,
		"macro_f1": r.Macro.F1, "macro_precision": r.Macro.Precision, "macro_recall": r.Macro.Recall,
	}
}

func (a *app) modelsRollbackCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "rollback NAME", Short: "make the version before the active one",
		Long:    "Make the version active that was so before the present one, having verified it. Done again, it\ngoes back further.",
		Example: `  tajuk models rollback desk --models store --reason "too many tags"`, Args: takes(1, 1, "one NAME"),
	}
	var note noteFlags
	storeFlag(c)
	note.add(c)
	return a.action(c, func(_ context.Context, args []string) error {
		s, err := a.openStore()
		if err != nil {
			return err
		}
		e, err := s.Rollback(args[0], note.note())
		if err != nil {
			return a.storeError(err)
		}
		return a.turned(args[0], e)
	})
}
