package classifier

import (
	"encoding/json"
	"fmt"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// parts are what a model is put together from.
type parts struct {
	manifest   model.Manifest
	text       text.Config
	settings   Settings
	vocabulary *vocabulary
	scorer     *scorer
	decision
	reliability []Bin
}

func (p *parts) assemble() (*model.Model, error) {
	forms, err := model.NewStrings(p.vocabulary.forms)
	if err != nil {
		return nil, fmt.Errorf("surface forms: %w", err)
	}
	terms, err := model.NewStrings(p.vocabulary.terms)
	if err != nil {
		return nil, fmt.Errorf("terms: %w", err)
	}
	config, err := json.Marshal(p.text)
	if err != nil {
		return nil, err
	}
	settings, err := json.Marshal(p.settings)
	if err != nil {
		return nil, err
	}
	return &model.Model{
		Manifest: p.manifest, Text: config, Settings: settings,
		Forms: forms, FormTerm: p.vocabulary.formTerm, FormIndex: model.BuildIndex(forms),
		Terms: terms, TermIndex: model.BuildIndex(terms),
		Scale: p.scorer.scale, RowStart: p.scorer.rowStart, RowTopic: p.scorer.rowTopic, RowWeight: p.scorer.rowWeight,
		Bias: p.scorer.bias, Slope: p.slope, Intercept: p.intercept, Threshold: p.threshold,
		Rivalry: p.rivalry, Reliability: p.reliability,
	}, nil
}
