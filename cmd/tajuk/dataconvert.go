package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/corpus"
)

const dataConvertHelp = `Write articles of any format that tajuk reads in another one: JSON Lines, CSV, TSV or fastText, by the
name of the file or --to, and compressed if the name ends in .gz or .zst.

Nothing is lost where the format has a place for it. JSON Lines holds everything; a table holds all
fields and every other key as text; fastText holds labels and one line of text. What is lost is said
once; an article that the format cannot hold, as a label with a blank in fastText, is refused like a
bad record.`

type dataConvertFlags struct {
	out, to string
	input   inputFlags
}

func (a *app) dataConvertCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "convert DATA... --out FILE", Short: "write articles in another format", Long: dataConvertHelp, Args: needData,
		Example: "  tajuk data convert labelled.jsonl --out labelled.csv\n  tajuk data convert labelled.jsonl --out labelled.ft.gz\n  tajuk data convert articles.jsonl --to tsv --out -",
	}
	var f dataConvertFlags
	c.Flags().StringVar(&f.out, "out", "", "`FILE` to write, - for standard output")
	choice(c, &f.to, "to", []string{autoFormat, "jsonl", "csv", "tsv", "fasttext"}, "", "format to write, auto by the name of the file")
	f.input.add(c)
	return a.action(c, func(ctx context.Context, sources []string) error { return a.dataConvert(ctx, f, sources) })
}

// format is the format to write.
func (f *dataConvertFlags) format() (corpus.Format, error) {
	switch {
	case f.out == "":
		return "", usage("convert needs --out").hint("add, for example, --out articles.csv, or --to csv --out - for standard output")
	case f.to != autoFormat:
		return corpus.Format(f.to), nil
	case f.out == "-":
		return "", usage("standard output has no name to tell the format by").hint("add --to jsonl, csv, tsv or fasttext")
	}
	format, err := corpus.WriteFormat(f.out)
	if err != nil {
		return "", usage("%w", err).hint("or say it with --to")
	}
	return format, nil
}

func (a *app) dataConvert(ctx context.Context, f dataConvertFlags, sources []string) error {
	format, err := f.format()
	if err != nil {
		return err
	}
	in, err := a.intake(f.input, sources)
	if err != nil {
		return err
	}
	out, err := a.create(f.out)
	if err != nil {
		return err
	}
	defer out.abandon()
	var scratch io.ReadWriteSeeker
	if format == corpus.CSV || format == corpus.TSV {
		file, err := out.scratch()
		if err != nil {
			return err
		}
		defer file.remove()
		scratch = file
	}
	packed, err := corpus.Compress(out, f.out)
	if err != nil {
		return failed("%w", err)
	}
	buffer := bufio.NewWriterSize(packed, outputBuffer)
	w, err := corpus.NewWriter(buffer, format, scratch)
	if err != nil {
		return failed("%w", err)
	}
	left, err := in.verdict(a.rewrite(ctx, in, w))
	if err != nil {
		return err
	}
	if err := errors.Join(w.Close(), buffer.Flush(), packed.Close()); err != nil {
		return cannotWrite(f.out, err)
	}
	if err := out.commit(); err != nil {
		return err
	}
	for _, what := range w.Losses() {
		a.note("%s", what)
	}
	a.note("%s written", count(in.good, "article"))
	return left
}

// rewrite writes what is read, and counts what the format cannot hold as bad records.
func (a *app) rewrite(ctx context.Context, in *intake, w *corpus.Writer) error {
	in.bar = a.progress("converting", false)
	defer in.bar.finish()
	var broken error
	in.check = func(r *corpus.Record) error {
		err := w.Write(&r.Document)
		if _, ok := errors.AsType[*corpus.WriteError](err); ok {
			broken = err
			return nil
		}
		return err
	}
	for range in.records(ctx, func() {}) {
		if broken != nil {
			return failed("%w", fmt.Errorf("cannot write: %w", broken))
		}
	}
	return nil
}
