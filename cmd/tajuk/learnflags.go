package main

import (
	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
)

// learnFlags say how to learn, for every command that does.
type learnFlags struct {
	task, learner, topics string
	aim                   classifier.Aim
	seed                  int
	text                  textFlags
}

func (f *learnFlags) add(c *cobra.Command, seedHelp string) {
	choice(c, &f.task, "task", []string{classifier.Auto, classifier.Single, classifier.Multi}, "", "topics an article can have")
	learnerFlag(c, &f.learner)
	aimFlag(c, &f.aim)
	c.Flags().StringVar(&f.topics, "topics", "", "YAML `FILE` of the topics; without it, the labels found")
	whole(c, &f.seed, "seed", 0, 0, seedHelp)
	f.text.add(c)
}

// options checks the flags and reads the topics.
func (f *learnFlags) options() (o classifier.TrainOptions, err error) {
	o = classifier.TrainOptions{Task: f.task, Learner: f.learner, Aim: f.aim}
	if o.Text, err = f.text.config(); err != nil {
		return o, err
	}
	if f.topics != "" {
		if o.Topics, err = corpus.ReadTopics(f.topics); err != nil {
			return o, failed("%w", err)
		}
	}
	return o, nil
}
