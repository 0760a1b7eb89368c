package main

import (
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/archive"
)

func (a *app) archiveReport(path string, s *archive.Summary, c *classifier.Classifier) error {
	return nil
}
