package classifier

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// TrainOptions say what to learn. The zero value of a field means its default.
type TrainOptions struct {
	Name     string        // of the model; default "tajuk"
	Created  string        // time to record; empty for a file that depends on the data alone
	Task     string        // Single, Multi or "auto" (default): Single if every bag has exactly one label
	Learner  string        // NB, CNB, NBS, NBLR or "auto" (default): the best by held-out F1
	Topics   []model.Topic // default: the labels found, by name
	Text     text.Config   // default: text.DefaultConfig
	Settings *Settings     // default: DefaultSettings of the learner; with it Learner is ignored
	Aim      Aim           // of a Multi model's thresholds; default the best F1
	Folds    int           // held-out folds for calibration and thresholds; default 5
	Jobs     int           // cores to use; default all
}

// Auto lets training decide from the data.
const Auto = "auto"

// ErrNoData says that there is nothing to learn from.
var ErrNoData = errors.New("no labelled articles")

// UnknownTopicError says that a bag has a label that is not among the topics.
type UnknownTopicError struct{ ID, Label string }

// Error names the article and the label.
func (e *UnknownTopicError) Error() string {
	return fmt.Sprintf("article %q: unknown topic %q: add it to the topics file or correct the label", e.ID, e.Label)
}

// complete fills in the defaults and checks the data against them.
func (o TrainOptions) complete(bags []Bag) (TrainOptions, error) {
	if len(bags) == 0 {
		return o, ErrNoData
	}
	if o.Name == "" {
		o.Name = "tajuk"
	}
	if o.Text == (text.Config{}) {
		o.Text = text.DefaultConfig()
	}
	if o.Folds == 0 {
		o.Folds = 5
	}
	if len(o.Topics) == 0 {
		o.Topics = topicsOf(bags)
	}
	if len(o.Topics) < 2 {
		return o, fmt.Errorf("%w of two topics or more: found %d", ErrNoData, len(o.Topics))
	}
	if o.Task == "" || o.Task == Auto {
		o.Task = taskOf(bags)
	}
	return o, o.check(bags)
}

func (o *TrainOptions) check(bags []Bag) error {
	if !slices.ContainsFunc(bags, func(b Bag) bool { return !b.Auxiliary }) {
		return fmt.Errorf("%w that are not auxiliary", ErrNoData)
	}
	if o.Task != Single && o.Task != Multi {
		return fmt.Errorf("unknown task %q: use %s, %s or %s", o.Task, Auto, Single, Multi)
	}
	if err := o.Aim.Validate(); err != nil {
		return err
	}
	if o.Settings != nil && o.Settings.Semantic > 0 && !hasMeanings(o.Text) {
		return fmt.Errorf("setting semantic needs Indonesian text: there are no vectors for language %q", o.Text.Language)
	}
	if o.Folds < 2 {
		return fmt.Errorf("%d folds: at least 2 are needed to hold articles out", o.Folds)
	}
	ids := make(map[string]bool, len(o.Topics))
	for _, t := range o.Topics {
		if ids[t.ID] {
			return fmt.Errorf("topic %q is listed twice", t.ID)
		}
		ids[t.ID] = true
	}
	for i := range bags {
		for _, l := range bags[i].Labels {
			if !ids[l] {
				return &UnknownTopicError{bags[i].ID, l}
			}
		}
		if n := len(bags[i].Labels); o.Task == Single && n != 1 {
			return fmt.Errorf("article %q has %d labels: task %s needs exactly one; use --task %s", bags[i].ID, n, Single, Multi)
		}
	}
	return nil
}

// candidates are the settings to choose from, in groups that differ in Blend alone.
func (o *TrainOptions) candidates() ([][]Settings, error) {
	if o.Settings != nil {
		return [][]Settings{{*o.Settings}}, o.Settings.Validate()
	}
	if o.Learner != "" && o.Learner != Auto {
		s, err := DefaultSettings(o.Learner)
		return [][]Settings{{s}}, err
	}
	plain, err := DefaultSettings(NBLR)
	if err != nil {
		return nil, err
	}
	groups := [][]Settings{blends(plain)}
	if hasMeanings(o.Text) {
		for _, semantic := range []float64{0.25, 0.5, 1} {
			meant := plain
			meant.Semantic = semantic
			groups = append(groups, blends(meant))
		}
	}
	complement, err := DefaultSettings(CNB)
	return append(groups, []Settings{complement}), err
}

// refinements are further settings to try, like the best so far: with more weight on the lead.
func (o *TrainOptions) refinements(best Settings) []Settings {
	if o.Settings != nil || o.Learner != "" && o.Learner != Auto || best.Learner != NBLR {
		return nil
	}
	best.LeadWeight = 2
	return blends(best)
}

// blends are the settings with each blend that is tried.
func blends(s Settings) (all []Settings) {
	for _, blend := range []float64{0, 1, 2} {
		s.Blend = blend
		all = append(all, s)
	}
	return all
}

// topicsOf lists the labels of the bags by name.
func topicsOf(bags []Bag) (topics []model.Topic) {
	var labels []string
	for i := range bags {
		labels = append(labels, bags[i].Labels...)
	}
	for _, l := range sortedUnique(labels) {
		topics = append(topics, model.Topic{ID: l})
	}
	return topics
}

func taskOf(bags []Bag) string {
	for i := range bags {
		if len(bags[i].Labels) != 1 {
			return Multi
		}
	}
	return Single
}
