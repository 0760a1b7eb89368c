package corpus

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/tajuk/tajuk/classifier"
)

// Writer writes articles to one file in a format that [Read] reads back. Not safe for concurrent use.
type Writer struct {
	form   form
	losses map[string]bool
}

// form is a way of writing articles down.
type form interface {
	// write writes an article or refuses it, and says what of it is lost.
	write(doc *classifier.Document, lost func(what string)) error
	// close writes what is left.
	close() error
}

// NewWriter returns a Writer of JSONL, CSV, TSV or FastText. scratch, an empty file that the caller
// removes, is needed for CSV and TSV alone: which columns there are is known at the end.
func NewWriter(out io.Writer, f Format, scratch io.ReadWriteSeeker) (*Writer, error) {
	w := &Writer{losses: make(map[string]bool)}
	switch f {
	case JSONL:
		w.form = &lineWriter{out: out, line: func(dst []byte, doc *classifier.Document, _ func(string)) ([]byte, error) {
			return AppendJSON(dst, doc)
		}}
	case FastText:
		w.form = &lineWriter{out: out, line: appendFastText}
	case CSV:
		w.form = newTableWriter(out, ',', scratch)
	case TSV:
		w.form = newTableWriter(out, '\t', scratch)
	default:
		return nil, fmt.Errorf("format %q is not written: give jsonl, csv, tsv or fasttext", string(f))
	}
	return w, nil
}

// Write writes an article, or refuses one that the format cannot hold at all; others may follow.
func (w *Writer) Write(doc *classifier.Document) error {
	return w.form.write(doc, func(what string) { w.losses[what] = true })
}

// Close writes what is left. It does not close what it writes to.
func (w *Writer) Close() error { return w.form.close() }

// Losses says, once each and in order, what the format had no place for.
func (w *Writer) Losses() []string { return slices.Sorted(maps.Keys(w.losses)) }

// lineWriter writes a line an article.
type lineWriter struct {
	out  io.Writer
	line func(dst []byte, doc *classifier.Document, lost func(string)) ([]byte, error)
	buf  []byte
}

func (w *lineWriter) write(doc *classifier.Document, lost func(string)) (err error) {
	if w.buf, err = w.line(w.buf[:0], doc, lost); err != nil {
		return err
	}
	if _, err = w.out.Write(w.buf); err != nil {
		return &WriteError{err}
	}
	return nil
}

func (w *lineWriter) close() error { return nil }

// WriteError is an error of the file written to: nothing more can be written.
type WriteError struct{ Err error }

// Error returns the reason.
func (e *WriteError) Error() string { return e.Err.Error() }

// Unwrap returns the reason.
func (e *WriteError) Unwrap() error { return e.Err }

// WriteFormat returns the format of a file to be written by its name.
func WriteFormat(name string) (Format, error) {
	switch f, _ := byExtension(name); f {
	case JSONL, CSV, TSV, FastText:
		return f, nil
	}
	return Auto, fmt.Errorf("no format is known to be written to %q: give a name that ends in .jsonl, .csv, .tsv or .ft, also with .gz or .zst behind it", name)
}

// Compress returns what compresses into w as the name of the file says: with gzip for .gz, zstd for .zst, and not at
// all for others. Closing it does not close w. The same content gives the same bytes.
func Compress(w io.Writer, name string) (io.WriteCloser, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".gz":
		return gzip.NewWriter(w), nil
	case ".zst":
		return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
	}
	return plainCloser{w}, nil
}

type plainCloser struct{ io.Writer }

func (plainCloser) Close() error { return nil }

// checkWritable refuses text that a format other than JSON cannot hold.
func checkWritable(field, s string) error {
	if err := checkText([]byte(s)); err != nil {
		return fmt.Errorf("%s: %w", field, err)
	}
	return nil
}

var errNoWords = errors.New("title and text are blank: the format has no line for that")
