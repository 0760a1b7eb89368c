package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/internal/server"
)

// reloadFlags say how the service takes up other versions.
type reloadFlags struct {
	every          time.Duration
	resident, keep int
}

func (f *reloadFlags) add(c *cobra.Command) {
	duration(c, &f.every, "reload-interval", 2*time.Second, "how often to look for another version")
	whole(c, &f.resident, "max-resident", 4, 2, "versions of a model in memory: older ones stay while streams use them, and a further one waits")
	whole(c, &f.keep, "keep-versions", 1, 0, "earlier versions of a model that stay in memory for requests that name them, NAME@VERSION")
}

// served are the models that the service answers from: those of the store, or the one that --model names,
// which is watched if it is a file.
func (a *app) served(name string, f reloadFlags, log *slog.Logger) (*server.Models, error) {
	o := server.ModelsOptions{Log: log, MaxResident: f.resident, Keep: min(f.keep, f.resident-1)}
	stored := a.inStore(name)
	switch {
	case a.models != "" && (name == builtin.Name || stored && !strings.Contains(name, "@")):
		if name != builtin.Name {
			o.Default = name
		}
		return a.servedStore(o)
	case stored || name == builtin.Name:
		c, err := a.classifier(name)
		if err != nil {
			return nil, err
		}
		return server.OneModel(c), nil
	}
	c, err := a.classifier(name)
	if err != nil {
		return nil, err
	}
	m, err := server.LoadModels(server.FileModel(name, c.Model().Manifest.Name), o)
	if err != nil {
		return nil, modelError(name, err)
	}
	return m, nil
}

func (a *app) servedStore(o server.ModelsOptions) (*server.Models, error) {
	s, err := a.openStore()
	if err != nil {
		return nil, err
	}
	m, err := server.LoadModels(server.StoreModels(s), o)
	if err != nil {
		return nil, a.storeError(err)
	}
	return m, nil
}

// watchModels takes up other versions until ctx ends, at once when the process gets SIGHUP. It returns when
// it has begun, and what it returns when it has ended.
func watchModels(ctx context.Context, models *server.Models, every time.Duration) (wait func()) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	var running sync.WaitGroup
	running.Go(func() { models.Watch(ctx, every) })
	running.Go(func() {
		defer signal.Stop(hup)
		for {
			select {
			case <-ctx.Done():
				return
			case <-hup:
				_ = models.Reload() // what fails is in the log
			}
		}
	})
	return running.Wait
}
