package main

import (
	"context"
	"slices"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// fromCounts reports whether DATA are counts files and not articles. Both together are refused.
func fromCounts(sources []string) (bool, error) {
	other := slices.IndexFunc(sources, func(path string) bool { return !isCounts(path) })
	if other < 0 {
		return len(sources) > 0, nil
	}
	if i := slices.IndexFunc(sources, isCounts); i >= 0 {
		return false, usage("%q are counts and %q are articles", sources[i], sources[other]).
			hint("count the articles first, with %q, and train on counts alone", "tajuk count")
	}
	return false, nil
}

// learnCounts trains on counts files. Words are counted already, so that the flags of the text
// analysis may only confirm how.
func (a *app) learnCounts(ctx context.Context, f trainFlags, o classifier.TrainOptions, sources []string) (*model.Model, error) {
	c, err := a.readCounts(ctx, sources)
	if err != nil {
		return nil, err
	}
	if f.text != defaultText && o.Text != c.Text {
		return nil, usage("the counts were made with other text settings: %s", textSettings(c.Text)).
			hint("leave --language, --stemmer, --stop-words and --page out, or count the articles again with them")
	}
	if f.learner == classifier.Auto || f.learner == classifier.NBLR {
		return nil, usage("training from counts needs --learner %s, %s or %s: there are no articles to try others on", classifier.NB, classifier.CNB, classifier.NBS).
			hint("add, for example, --learner %s", classifier.NBS)
	}
	if o.Task == classifier.Auto {
		o.Task = countsTask(c)
	}
	m, err := classifier.TrainCounts(c, o)
	if err != nil {
		return nil, trainingError(err)
	}
	return m, nil
}

// countsTask is single where there are as many labels as articles: "tajuk count" counts no article without one,
// unless it is told to.
func countsTask(c *classifier.Counts) string {
	var labels int64
	for _, n := range c.Topics {
		labels += n
	}
	if labels == c.Documents {
		return classifier.Single
	}
	return classifier.Multi
}

// defaultText is the flags of the text analysis as they are when none is given.
var defaultText = textFlags{language: text.DefaultConfig().Language, stemmer: byLanguage, stopWords: byLanguage, page: byLanguage}

func textSettings(c text.Config) string {
	onOff := map[bool]string{true: "on", false: "off"}
	return "--language " + c.Language + " --stemmer " + c.Stemmer + " --stop-words " + onOff[c.StopWords] + " --page " + onOff[c.Page]
}
