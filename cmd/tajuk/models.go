package main

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/model"
)

// classifier loads the model that --model names.
func (a *app) classifier(name string) (*classifier.Classifier, error) {
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
