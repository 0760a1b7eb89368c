package main

import (
	"context"
	"io"
	"log/slog"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/server"
	"github.com/tajuk/tajuk/internal/store"
)

// gateFlags say which versions ModelService may make active.
type gateFlags struct{ file, data string }

func (f *gateFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.file, "gate", "", "`FILE` of conditions that a version must meet to be made active over the network, as of models activate")
	c.Flags().StringVar(&f.data, "gate-data", "", "`FILE` of articles on which the gate measures what would change; it is read anew each time")
}

// gate is the gate that the flags ask for, nil if none. The files are looked at now, so that a mistake shows at the start,
// and read again for each version that is judged.
func (a *app) gate(f gateFlags, log *slog.Logger) (server.Gate, error) {
	if f.file == "" && f.data != "" {
		return nil, usage("--gate-data is for a gate, and there is none").hint("add --gate FILE")
	}
	if f.file == "" {
		return nil, nil
	}
	if a.models == "" {
		return nil, usage("--gate is for versions of a store, and there is none").hint("add --models DIR")
	}
	if _, _, err := readServedGate(f); err != nil {
		return nil, err
	}
	quiet := *a
	quiet.stderr = io.Discard // what is said to people does not belong into a log
	return func(ctx context.Context, s *store.Store, name, version string) ([]store.Shortfall, error) {
		conditions, data, err := readServedGate(f)
		if err != nil {
			return nil, err
		}
		flags := &activateFlags{jobs: 1, input: inputFlags{format: autoFormat}} // the other cores go on answering
		short, left, err := quiet.judge(ctx, s, flags, conditions, name, version, data)
		if left != nil {
			log.Warn("gate: some articles left out", "error", left)
		}
		return short, err
	}, nil
}

// readServedGate reads the conditions. Articles are needed only for what would change.
func readServedGate(f gateFlags) (conditions store.Gate, data []string, err error) {
	if conditions, err = readGate(f.file); err != nil {
		return conditions, nil, err
	}
	if !conditions.Uses(store.Changed) {
		return conditions, nil, nil
	}
	if f.data == "" {
		return conditions, nil, usage("%s: %s is measured on articles, and none are given", f.file, store.Changed).hint("add --gate-data FILE")
	}
	return conditions, []string{f.data}, nil
}
