package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text/language"
)

// classifier loads the model that --model names: the word builtin, NAME[@VERSION] in the store of --models,
// or a file.
func (a *app) classifier(name string) (*classifier.Classifier, error) {
	if a.inStore(name) {
		return a.storedModel(name)
	}
	go language.Default() // reads its table while the model is read; nearly every model needs it
	m, err := a.model(name)
	if err != nil {
		return nil, err
	}
	c, err := classifier.New(m)
	if err != nil {
		return nil, failed("%w", err).hint("was it made by another version? train it again, or use --model builtin")
	}
	return c, nil
}

func (a *app) model(name string) (*model.Model, error) {
	switch name {
	case "builtin":
		return builtin.Load()
	case "":
		return nil, usage("--model is empty").hint("give a model file, or %q", "builtin")
	}
	m, err := model.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && a.models == "" && strings.Contains(name, "@"):
		return nil, failed("model %q: no such file", name).hint("for a version in a store, say where that is with --models DIR")
	case errors.Is(err, fs.ErrNotExist):
		return nil, failed("model %q: no such file", name).hint("give a file made by %q, or %q", "tajuk train", "builtin")
	case errors.Is(err, model.ErrMagic):
		return nil, modelError(name, err).hint("is %q a file of articles? those are given without --model", name)
	case err != nil:
		return nil, modelError(name, err)
	}
	return m, nil
}

// modelError names the model as the user did, and only once.
func modelError(name string, err error) *failure {
	reason := strings.TrimPrefix(strings.TrimPrefix(cause(err).Error(), name+": "), "model: ")
	return failed("model %q: %s", name, reason)
}

// inStore reports whether a name is meant to be one in the store: there is a store, and no file of
// that name, or a model.
func (a *app) inStore(ref string) bool {
	name, _, _ := strings.Cut(ref, "@")
	if a.models == "" || store.CheckName(name) != nil {
		return false
	}
	_, missing := os.Stat(filepath.Join(a.models, name))
	_, noFile := os.Stat(ref)
	return missing == nil || noFile != nil
}

func (a *app) storedModel(ref string) (*classifier.Classifier, error) {
	s, err := a.openStore()
	if err != nil {
		return nil, err
	}
	name, version, err := s.Resolve(ref)
	if err != nil {
		return nil, a.storeError(err)
	}
	c, err := s.Load(name, version)
	if err != nil {
		return nil, a.storeError(err)
	}
	return c, nil
}

// openStore opens the folder of --models, which must be there.
func (a *app) openStore() (*store.Store, error) {
	if a.models == "" {
		return nil, usage("no store given").hint("say where it is with --models DIR, or in TAJUK_MODELS")
	}
	s, err := store.Open(a.models)
	if err != nil {
		return nil, a.storeError(err)
	}
	return s, nil
}

// storeError gives an error of the store the next step to take.
func (a *app) storeError(err error) error {
	f := failed("%w", err)
	switch {
	case errors.Is(err, store.ErrName):
		f.code = exitUsage
	case errors.Is(err, store.ErrNotFound):
		return f.hint("run %q", "tajuk models list --models "+a.models)
	case errors.Is(err, store.ErrAmbiguous):
		return f.hint("give more of the version")
	case errors.Is(err, store.ErrNoActive):
		return f.hint("name a version, NAME@VERSION, or make one active with %q", "tajuk models activate")
	case errors.Is(err, store.ErrNoPrevious):
		return f.hint("make another version active with %q", "tajuk models activate")
	case errors.Is(err, store.ErrDamaged):
		return f.hint("use another version, or remove its folder and add the model again; run %q for all", "tajuk models verify")
	case errors.Is(err, store.ErrNoStore):
		return f.hint("make it with %q", "tajuk train DATA --models "+a.models)
	case errors.Is(err, fs.ErrPermission):
		return f.hint("may you write in %q?", a.models)
	}
	return f
}
