package main

import (
	"bufio"
	"context"
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/rows"
	"github.com/tajuk/tajuk/text"
)

const analyzeHelp = `Show how articles become terms: a row a word with its bytes in the text, its kind, the form
as normalised, the stem that a model sees and why. A function word has no stem.

Shows all of the text: what a model leaves out as page furniture is shown, too.`

const analyzeExamples = `  tajuk analyze berita.txt
  tajuk analyze --output jsonl --stemmer light - < berita.txt`

type analyzeFlags struct {
	output string
	text   textFlags
	input  inputFlags
}

func (a *app) analyzeCommand() *cobra.Command {
	c := &cobra.Command{Use: "analyze [FILE]", Short: "show terms, stems and positions", Long: analyzeHelp, Example: analyzeExamples, Args: atMost(1)}
	var f analyzeFlags
	choice(c, &f.output, "output", []string{"text", "jsonl"}, "", "format of the answer")
	f.text.add(c)
	f.input.add(c)
	return a.action(c, func(ctx context.Context, sources []string) error { return a.analyze(ctx, f, sources) })
}

func (a *app) analyze(ctx context.Context, f analyzeFlags, sources []string) error {
	config, err := f.text.config()
	if err != nil {
		return err
	}
	analyzer, err := text.NewAnalyzer(config)
	if err != nil {
		return usage("%w", err)
	}
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.stdout, outputBuffer)
	show := showTerms
	if f.output == "jsonl" {
		show = showTermsJSON
	}
	for rec := range in.records(ctx, func() { _ = out.Flush() }) {
		show(out, analyzer, rec)
	}
	if err := out.Flush(); err != nil {
		return failed("cannot write standard output: %w", err)
	}
	return in.result()
}

// fields are the parts of a record that hold words.
func fields(r *corpus.Record) []struct{ name, text string } {
	list := []struct{ name, text string }{{"title", r.Title}, {"text", r.Text}}
	if r.Title == "" {
		return list[1:]
	}
	return list
}

func showTerms(w *bufio.Writer, analyzer *text.Analyzer, r *corpus.Record) {
	fmt.Fprintf(w, "%s\n", printable(r.Name()))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "field\tstart\tend\tkind\ttoken\tform\tstem\treason\n")
	for _, field := range fields(r) {
		for _, term := range analyzer.Terms(field.text) {
			fmt.Fprintf(t, "%s\t%d\t%d\t%s\t%s\t%s\t%s\t%s\n", field.name, term.Start, term.End, term.Kind,
				printable(term.Token), term.Form, term.Stem, term.Reason)
		}
	}
	_ = t.Flush() // w keeps its first error
	_ = w.WriteByte('\n')
}

func showTermsJSON(w *bufio.Writer, analyzer *text.Analyzer, r *corpus.Record) {
	var line []byte
	for _, field := range fields(r) {
		for _, t := range analyzer.Terms(field.text) {
			line = rows.AppendString(append(line[:0], `{"id":`...), r.Name())
			line = append(append(append(line, `,"field":"`...), field.name...), '"')
			line = strconv.AppendInt(append(line, `,"start":`...), int64(t.Start), 10)
			line = strconv.AppendInt(append(line, `,"end":`...), int64(t.End), 10)
			line = append(append(append(line, `,"kind":"`...), t.Kind.String()...), '"')
			line = rows.AppendString(append(line, `,"token":`...), t.Token)
			line = rows.AppendString(append(line, `,"form":`...), t.Form)
			line = rows.AppendString(append(line, `,"stem":`...), t.Stem)
			line = strconv.AppendBool(append(line, `,"stop":`...), t.Stop)
			line = rows.AppendString(append(line, `,"reason":`...), t.Reason)
			_, _ = w.Write(append(line, "}\n"...))
		}
	}
}
