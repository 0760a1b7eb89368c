package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/extract/page"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/rows"
)

const extractHelp = `Find the article in pages: one JSON object a line, {"id","title","date","text"}, in the order of
the input; without FILE, standard input.

A FILE is an HTML page, told by its name or its content, the text of a page as pasted (one page a
file), or any input of "tajuk tag" whose articles were pasted with their surroundings. The text
has a paragraph a line; date and title are empty where the page does not tell them. A page
without text is reported on standard error and left out: exit code 4.`

const extractExamples = `  tajuk extract halaman.html
  tajuk extract - < halaman.html
  tajuk extract --jobs 1 berita.txt articles.jsonl`

type extractFlags struct {
	jobs  int
	input inputFlags
}

func (a *app) extractCommand() *cobra.Command {
	c := &cobra.Command{Use: "extract [FILE...]", Short: "find the article in pages", Long: extractHelp, Example: extractExamples}
	var f extractFlags
	jobsFlag(c, &f.jobs)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, sources []string) error { return a.extract(ctx, f, sources) })
}

func (a *app) extract(ctx context.Context, f extractFlags, sources []string) error {
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	in.bar = a.progress("extracting", true)
	defer in.bar.finish()
	return a.convert(ctx, f.jobs, in, nil, func() func(*corpus.Record, *tagged) {
		return func(rec *corpus.Record, out *tagged) { out.data = appendArticle(out.data, rec) }
	})
}

// appendArticle appends what the record's page is about. What a record says of itself counts
// more than what its text shows.
func appendArticle(dst []byte, rec *corpus.Record) []byte {
	a := page.Article{Title: rec.Title, Date: rec.Date, Text: rec.Text}
	if !rec.Page {
		a = page.Text(rec.Text)
		if rec.Title != "" {
			a.Title = rec.Title
		}
		if rec.Date != "" {
			a.Date = rec.Date
		}
	}
	dst = rows.AppendString(append(dst, `{"id":`...), rec.Name())
	dst = rows.AppendString(append(dst, `,"title":`...), a.Title)
	dst = rows.AppendString(append(dst, `,"date":`...), a.Date)
	dst = rows.AppendString(append(dst, `,"text":`...), a.Text)
	return append(dst, "}\n"...)
}
