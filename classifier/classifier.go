package classifier

import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// Classifier answers from one model. It is immutable and safe for concurrent use.
type Classifier struct {
	model    *model.Model
	settings Settings
	weights  [places]uint32 // of words by their place
	analyzer *text.Analyzer
	layout   layout
	forms    lexicon
	stems    stems
	pairs    pairIndex
	scorer   *scorer
	decision decision
}

// New prepares a model for tagging. It fails if the model's text
// configuration or settings are not understood by this program.
func New(m *model.Model) (*Classifier, error) {
	var config text.Config
	if err := json.Unmarshal(m.Text, &config); err != nil {
		return nil, fmt.Errorf("model %q: text configuration: %w", m.Manifest.Name, err)
	}
	analyzer, err := text.NewAnalyzer(config)
	if err != nil {
		return nil, fmt.Errorf("model %q: %w", m.Manifest.Name, err)
	}
	settings, err := decodeSettings(m.Settings)
	if err != nil {
		return nil, fmt.Errorf("model %q: %w", m.Manifest.Name, err)
	}
	c := &Classifier{
		model: m, settings: settings, analyzer: analyzer, layout: newLayout(m, &settings), weights: settings.weights(),
		decision: decision{
			calibration{
				single: m.Manifest.Task == Single, slope: m.Slope, intercept: m.Intercept, noise: settings.Noise,
				implied: impliedTopics(m.Manifest.Topics, m.Manifest.Task),
				rivalry: m.Rivalry, related: relatedTopics(m.Manifest.Topics),
			},
			m.Threshold,
		},
	}
	c.makeTables()
	return c, nil
}

// makeTables makes what is looked up while tagging, side by side: it is most of what loading a model takes.
func (c *Classifier) makeTables() {
	var tables sync.WaitGroup
	tables.Go(func() {
		c.stems = newStems(c.model, &c.layout)
		if c.settings.Pairs {
			c.pairs = newPairIndex(c.model, &c.stems)
		}
	})
	tables.Go(func() { c.scorer = newPlacedScorer(c.model, c.settings, &c.layout) })
	c.forms = newLexicon(c.model, &c.settings, &c.layout)
	tables.Wait()
}

// Model returns the model that answers. It must not be changed.
func (c *Classifier) Model() *model.Model { return c.model }

// Analyzer returns the analyzer that the model was trained with.
func (c *Classifier) Analyzer() *text.Analyzer { return c.analyzer }

// Version names the model as answers carry it: NAME@VERSION.
func (c *Classifier) Version() string {
	return c.model.Manifest.Name + "@" + c.model.Manifest.Version
}
