package classifier

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
)

// TrainCounts learns a model from counts alone. Its weights are those that Train gives
// for the same articles and settings. Counts hold no single articles to try the model
// on, so nothing can be held out: the confidences are naive Bayes' own
// posterior, overconfident on long texts, and a Multi model's thresholds are one half.
// Options Text, Folds and Jobs have no part in it; Task and Learner must be named.
func TrainCounts(c *Counts, o TrainOptions) (*model.Model, error) {
	if o.Name == "" {
		o.Name = "tajuk"
	}
	if o.Task != Single && o.Task != Multi {
		return nil, fmt.Errorf("training from counts needs task %s or %s, not %q", Single, Multi, o.Task)
	}
	set := o.Settings
	if set == nil && (o.Learner == "" || o.Learner == Auto) {
		return nil, fmt.Errorf("training from counts needs one learner (%s, %s or %s): it has no articles to try them on", NB, CNB, NBS)
	}
	if set == nil {
		s, err := DefaultSettings(o.Learner)
		if err != nil {
			return nil, err
		}
		set = &s
	}
	if err := set.Validate(); err != nil {
		return nil, err
	}
	if len(o.Topics) == 0 {
		for _, id := range slices.Sorted(maps.Keys(c.Topics)) {
			o.Topics = append(o.Topics, model.Topic{ID: id})
		}
	}
	if len(o.Topics) < 2 {
		return nil, fmt.Errorf("%w of two topics or more: found %d", ErrNoData, len(o.Topics))
	}
	if err := o.checkCounts(c, *set); err != nil {
		return nil, err
	}
	checked := *set
	checked.CheckLanguage = c.Text.Language == language.Indonesian
	return trainCounts(c, o, checked)
}

// checkCounts refuses what cannot be learnt from the counts, or would be left out of the model.
func (o *TrainOptions) checkCounts(c *Counts, set Settings) error {
	if c.Documents == 0 {
		return ErrNoData
	}
	if set.Learner == NBLR || set.IDF {
		return fmt.Errorf("learner %q with idf %v needs the articles themselves: use %s, %s or %s without idf", set.Learner, set.IDF, NB, CNB, NBS)
	}
	for _, id := range slices.Sorted(maps.Keys(c.Topics)) {
		if !slices.ContainsFunc(o.Topics, func(t model.Topic) bool { return t.ID == id }) {
			return fmt.Errorf("the counts have topic %q, which is not among the topics: add it to the topics file", id)
		}
	}
	return nil
}

func trainCounts(c *Counts, o TrainOptions, set Settings) (*model.Model, error) {
	analyzer, err := text.NewAnalyzer(c.Text)
	if err != nil {
		return nil, err
	}
	forms := slices.Sorted(maps.Keys(c.Forms))
	docs := make([]int64, len(forms))
	for i, form := range forms {
		docs[i] = c.Forms[form].All.Docs
	}
	v := newVocabulary(forms, docs, analyzer, set, nil, 0)
	topics := len(o.Topics)
	s := c.sums(v, forms, o.Topics, set.TitleWeight)
	rows := make([]topicRow, topics)
	for k := range topics {
		w := topicWeights{}
		w.trained, w.bias = logOdds(s.contrast(k), o.Task, set)
		rows[k] = w.blended(set)
	}
	p := parts{
		text: c.Text, settings: set, vocabulary: v,
		scorer: newSparseScorer(set, nil, rows),
		decision: decision{
			calibration{single: o.Task == Single, slope: slices.Repeat([]float64{1}, topics), intercept: make([]float64, topics)},
			make([]float64, topics),
		},
		manifest: model.Manifest{
			Name: o.Name, Created: o.Created, Task: o.Task, Learner: set.Learner,
			Documents: int(c.Documents), Topics: slices.Clone(o.Topics),
		},
	}
	for k := range topics {
		p.manifest.Topics[k].Documents = int(c.Topics[o.Topics[k].ID])
		if o.Task == Multi {
			p.threshold[k] = 0.5
		}
	}
	return p.assemble()
}

// sums maps counts into term space.
func (c *Counts) sums(v *vocabulary, forms []string, topics []model.Topic, titleWeight int) *sums {
	s := newSums(len(topics), len(v.terms))
	s.allDocs = c.Documents
	words := func(t Tally) int64 { return t.Body + int64(titleWeight)*t.Title }
	for k, t := range topics {
		s.docs[k] = c.Topics[t.ID]
	}
	for i, form := range forms {
		tally, term := c.Forms[form], v.entries[i].term
		if term == noFeature {
			continue
		}
		s.all[term] += words(tally.All)
		for k, t := range topics {
			n := words(tally.Topic(t.ID))
			s.topic(k)[term] += n
			s.allWords += n
		}
	}
	return s
}
