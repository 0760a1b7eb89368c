package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"runtime/debug"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
)

// trainVersion trains a new version in the store.
func (a *app) trainVersion(ctx context.Context, f trainFlags, o classifier.TrainOptions, sources []string) error {
	if _, err := store.Create(a.models); err != nil { // before the work, which may be long
		return a.storeError(err)
	}
	m, left, err := a.learn(ctx, f, o, sources)
	if err != nil {
		return err
	}
	report, err := json.MarshalIndent(newTrainingReport(f, m, sources, left), "", "  ")
	if err != nil {
		return failed("%w", err)
	}
	addition := store.Addition{Model: m, Report: append(report, '\n'), Format: "json", Note: f.note.note()}
	err = a.addVersion(addition, f.activate, func(v *store.Manifest, added bool) error {
		if !added {
			a.note("%s@%s was in the store already", v.Name, v.Version)
		}
		return printTraining(a.stdout, m, f, filepath.Join(a.models, v.Name, v.Version))
	})
	return firstError(err, left)
}

// trainingReport is kept with a version: how it was made.
type trainingReport struct {
	Program  string             `json:"program"` // version
	Articles []string           `json:"articles"`
	LeftOut  string             `json:"left_out,omitempty"`
	Task     string             `json:"task"` // as asked for, as is the learner
	Learner  string             `json:"learner"`
	Aim      string             `json:"aim"`
	Folds    int                `json:"folds"`
	HeldOut  map[string]float64 `json:"held_out"`
}

func newTrainingReport(f trainFlags, m *model.Model, sources []string, left error) trainingReport {
	info, _ := debug.ReadBuildInfo() // nil if the program was built without modules
	r := trainingReport{
		Program: programVersion(info), Articles: sources, Task: f.task, Learner: f.learner, Aim: f.aim.String(), Folds: f.folds,
		HeldOut: (&store.Manifest{Metrics: m.Manifest.Metrics}).HeldOut(),
	}
	if f.navossoc != "" {
		r.Articles = []string{f.navossoc}
	}
	if left != nil {
		r.LeftOut = left.Error()
	}
	return r
}
