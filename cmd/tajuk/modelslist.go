package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/store"
)

// outputFlag adds --output of the commands on the store.
func outputFlag(c *cobra.Command, to *string) {
	choice(c, to, "output", []string{"text", "json"}, "", "format of the answer")
}

// say writes a line of the answer.
func (a *app) say(format string, args ...any) error {
	if _, err := fmt.Fprintf(a.stdout, format, args...); err != nil {
		return failed("cannot write standard output: %w", err)
	}
	return nil
}

// sayJSON writes the answer for programs.
func (a *app) sayJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return failed("cannot write standard output: %w", err)
	}
	return nil
}

// sayTable writes rows whose columns are apart by tabs.
func (a *app) sayTable(write func(w io.Writer)) error {
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	write(t)
	if err := t.Flush(); err != nil {
		return failed("cannot write standard output: %w", err)
	}
	return nil
}

func (a *app) modelsListCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "list [NAME...]", Short: "list the versions in the store",
		Long:    "List the models of the store with their versions, newest first; * is the active one.",
		Example: "  tajuk models list --models store\n  tajuk models list desk --models store --output json",
	}
	var output string
	storeFlag(c)
	outputFlag(c, &output)
	return a.action(c, func(_ context.Context, names []string) error {
		list, err := a.versions(names)
		if err != nil {
			return err
		}
		if output == "json" {
			return a.sayJSON(list)
		}
		return a.sayTable(func(w io.Writer) { printVersions(w, list) })
	})
}

// listed is a version as programs get it.
type listed struct {
	store.Version
	Damage string `json:"damage,omitempty"`
}

// versions are those of the models of some names, or of all.
func (a *app) versions(names []string) ([]listed, error) {
	s, err := a.openStore()
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		if names, err = s.Names(); err != nil {
			return nil, a.storeError(err)
		}
	}
	list := []listed{}
	for _, name := range names {
		versions, err := s.Versions(name)
		if err != nil {
			return nil, a.storeError(err)
		}
		for _, v := range versions {
			l := listed{Version: v}
			if v.Damage != nil {
				l.Damage = v.Damage.Error()
			}
			list = append(list, l)
		}
	}
	return list, nil
}

func printVersions(w io.Writer, list []listed) {
	fmt.Fprintf(w, "\tMODEL\tADDED\tTASK\tLEARNER\tTOPICS\tARTICLES\tMACRO F1\n")
	for i := range list {
		v := &list[i]
		star := ""
		if v.Active {
			star = "*"
		}
		if v.Damage != "" {
			fmt.Fprintf(w, "%s\t%s@%s\t%s\tdamaged: run tajuk models verify\n", star, v.Name, v.Manifest.Version, day(v.Added))
			continue
		}
		macro := "-"
		if x, ok := v.HeldOut()["macro_f1"]; ok {
			macro = fmt.Sprintf("%.4f", x)
		}
		fmt.Fprintf(w, "%s\t%s@%s\t%s\t%s\t%s\t%d\t%d\t%s\n", star, v.Name, v.Manifest.Version, day(v.Added), v.Task, v.Learner, v.Topics, v.Documents, macro)
	}
}

// day is a time to the minute, of the clock here.
func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Local().Format("2006-01-02 15:04")
}

func (a *app) modelsShowCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "show NAME[@VERSION]", Short: "show what a version is",
		Long:    "Show what a version is, how good it was on held-out articles, its files, and what happened to it.",
		Example: "  tajuk models show desk --models store\n  tajuk models show desk@VERSION --models store --output json",
		Args:    takes(1, 1, "one model, NAME or NAME@VERSION"),
	}
	var output string
	storeFlag(c)
	outputFlag(c, &output)
	return a.action(c, func(_ context.Context, args []string) error {
		v, events, err := a.find(args[0])
		if err != nil {
			return err
		}
		if output == "json" {
			return a.sayJSON(struct {
				listed
				History []store.Event `json:"history"`
			}{v, events})
		}
		return a.sayTable(func(w io.Writer) { printVersion(w, &v, events, filepath.Join(a.models, v.Name, v.Manifest.Version)) })
	})
}

// find returns a version and what happened to it.
func (a *app) find(ref string) (v listed, events []store.Event, err error) {
	s, err := a.openStore()
	if err != nil {
		return v, nil, err
	}
	name, version, err := s.Resolve(ref)
	if err != nil {
		return v, nil, a.storeError(err)
	}
	list, err := a.versions([]string{name})
	if err != nil {
		return v, nil, err
	}
	i := slices.IndexFunc(list, func(l listed) bool { return l.Manifest.Version == version })
	if i < 0 { // removed meanwhile
		return v, nil, failed("%s@%s is not in the store any more", name, version)
	}
	if events, err = a.history(s, name); err != nil {
		return v, nil, err
	}
	return list[i], slices.DeleteFunc(events, func(e store.Event) bool { return e.Version != version && e.Previous != version }), nil
}

func printVersion(w io.Writer, v *listed, events []store.Event, folder string) {
	fmt.Fprintf(w, "model\t%s@%s\nactive\t%v\nfolder\t%s\n", v.Name, v.Manifest.Version, v.Active, folder)
	if v.Damage != "" {
		fmt.Fprintf(w, "damage\t%s\n", v.Damage)
	} else {
		fmt.Fprintf(w, "task\t%s\nlearner\t%s\narticles\t%d\ntopics\t%d\nterms\t%d\n", v.Task, v.Learner, v.Documents, v.Topics, v.Terms)
	}
	if v.Created != "" {
		fmt.Fprintf(w, "created\t%s\n", v.Created)
	}
	for _, key := range slices.Sorted(maps.Keys(v.Metrics)) {
		fmt.Fprintf(w, "%s\t%.4f\n", strings.ReplaceAll(strings.Replace(key, "held_out_", "held-out ", 1), "_", " "), v.Metrics[key])
	}
	for _, f := range v.Files {
		fmt.Fprintf(w, "file\t%s, %d bytes\n", f.Name, f.Bytes)
	}
	for _, e := range events {
		fmt.Fprintf(w, "%s\t%s\n", day(e.Time), strings.Join(strings.Fields(eventWords(&e)), " "))
	}
}

func (a *app) modelsHistoryCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "history NAME", Short: "list what was active when, and why",
		Long: `List what was added and made active, when, by whom and why, oldest first. "recover" says that the change
above it did not take place, because the process died.`,
		Example: "  tajuk models history desk --models store", Args: takes(1, 1, "one NAME"),
	}
	var output string
	storeFlag(c)
	outputFlag(c, &output)
	return a.action(c, func(_ context.Context, args []string) error {
		s, err := a.openStore()
		if err != nil {
			return err
		}
		events, err := a.history(s, args[0])
		if err != nil {
			return err
		}
		if output == "json" {
			return a.sayJSON(append([]store.Event{}, events...))
		}
		return a.sayTable(func(w io.Writer) {
			fmt.Fprintf(w, "TIME\tWHAT\tVERSION\tBEFORE\tBY\tWHY\n")
			for _, e := range events {
				fmt.Fprintf(w, "%s\t%s\n", e.Time.Local().Format("2006-01-02 15:04:05"), eventWords(&e))
			}
		})
	})
}

func eventWords(e *store.Event) string {
	return strings.Join([]string{e.Action, dash(e.Version), dash(e.Previous), dash(e.By), dash(e.Reason)}, "\t")
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// history is the history of a model; lines that cannot be read are told of.
func (a *app) history(s *store.Store, name string) ([]store.Event, error) {
	events, err := s.History(name)
	if errors.Is(err, store.ErrDamaged) {
		a.note("%v", err)
		return events, nil
	}
	if err != nil {
		return nil, a.storeError(err)
	}
	return events, nil
}

func (a *app) modelsVerifyCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "verify [NAME[@VERSION]...]", Short: "verify versions: checksums and self-test",
		Long: `Read all files of versions, compare their checksums, and let each model pass its self-test. Without a NAME,
all versions of all models; the exit code is 1 if one is damaged.`,
		Example: "  tajuk models verify --models store\n  tajuk models verify desk@VERSION --models store",
	}
	storeFlag(c)
	return a.action(c, func(ctx context.Context, refs []string) error { return a.verify(ctx, refs) })
}

func (a *app) verify(ctx context.Context, refs []string) error {
	s, err := a.openStore()
	if err != nil {
		return err
	}
	list, err := a.chosen(s, refs)
	if err != nil {
		return err
	}
	bad := 0
	for _, v := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		state := "ok"
		if _, err := s.Load(v[0], v[1]); err != nil {
			state = strings.ReplaceAll(strings.TrimPrefix(err.Error(), v[0]+"@"+v[1]+": "), "\n", "; ")
			bad++
		}
		if err := a.say("%s@%s  %s\n", v[0], v[1], state); err != nil {
			return err
		}
	}
	if bad > 0 {
		return failed("%s of %d damaged", count(bad, "version"), len(list)).hint("remove its folder and add the model again; others are not affected")
	}
	return nil
}

// chosen are the names and versions that are meant; of a NAME all versions.
func (a *app) chosen(s *store.Store, refs []string) (list [][2]string, err error) {
	if len(refs) == 0 {
		if refs, err = s.Names(); err != nil {
			return nil, a.storeError(err)
		}
	}
	for _, ref := range refs {
		if strings.Contains(ref, "@") {
			name, version, err := s.Resolve(ref)
			if err != nil {
				return nil, a.storeError(err)
			}
			list = append(list, [2]string{name, version})
			continue
		}
		versions, err := s.Versions(ref)
		if err != nil {
			return nil, a.storeError(err)
		}
		for _, v := range versions {
			list = append(list, [2]string{v.Name, v.Version})
		}
	}
	return list, nil
}
