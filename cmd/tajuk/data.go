package main

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/doctor"
	"github.com/tajuk/tajuk/internal/ordered"
)

const dataHelp = `Look labelled articles over before a model is trained on them: check finds what is wrong with them,
stats counts what there is, convert writes them in another format.`

const dataExamples = `  tajuk data check labelled.jsonl --topics topics.yaml --min-articles 5
  tajuk data stats labelled.jsonl
  tajuk data convert labelled.jsonl --out labelled.csv`

func (a *app) dataCommand() *cobra.Command {
	c := &cobra.Command{Use: "data", Short: "check, count and convert labelled articles", Long: dataHelp, Example: dataExamples}
	return group(c, a.dataCheckCommand(), a.dataStatsCommand(), a.dataConvertCommand())
}

// languageFlag adds --language, of those that a text can be told to be in.
func languageFlag(c *cobra.Command, to *string) {
	choice(c, to, "language", []string{"id", "en", "none"}, "", "language that the articles should be in, none for any")
}

// examined is an article as it was read, and what was found out about it.
type examined struct {
	record *corpus.Record
	exam   doctor.Exam
}

// examine examines all articles on all jobs and calls add with each in turn.
func (a *app) examine(ctx context.Context, jobs int, in *intake, language string, add func(*examined)) error {
	in.bar = a.progress("reading", false)
	defer in.bar.finish()
	if language == "none" {
		language = ""
	}
	return ordered.Stage[*corpus.Record, []examined]{
		Source: func(ctx context.Context, idle func()) iter.Seq[*corpus.Record] { return in.records(ctx, idle) },
		Weight: recordWeight,
		Worker: func() func(*corpus.Record, *[]examined) {
			examiner := doctor.NewExaminer(language)
			return func(r *corpus.Record, out *[]examined) {
				*out = append(*out, examined{r, examiner.Examine(&r.Document)})
			}
		},
		Sink: func(out *[]examined) error {
			for i := range *out {
				add(&(*out)[i])
			}
			clear(*out)
			*out = (*out)[:0]
			return nil
		},
		Flush: func() {},
	}.Run(ctx, jobs)
}

// sourceOf is the number of the source that a record comes from: of the file, or of the folder that it was found in.
func sourceOf(path string, sources []string) int {
	if i := slices.Index(sources, path); i >= 0 {
		return i
	}
	best := -1
	for i, s := range sources {
		within := strings.HasPrefix(path, strings.TrimSuffix(s, "/")+"/") || s == "."
		if within && (best < 0 || len(s) > len(sources[best])) {
			best = i
		}
	}
	return best
}
