package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
)

// DefaultMaxRecord is the longest record read if Options say nothing: 64 MiB.
const DefaultMaxRecord = 64 << 20

// Options say how sources are read. The zero value reads every known format.
type Options struct {
	// Format of every source; Auto tells each by its name and content.
	Format Format
	// Columns maps a field of a document to the column of a CSV or TSV file
	// that holds it, as in {"text": "isi"}. The fields are the keys of the JSON
	// format; one that is not mapped is looked for under its own name.
	Columns map[string]string
	// MaxRecord is the longest record in bytes; 0 is DefaultMaxRecord. A plain
	// text file or a page is one record.
	MaxRecord int
	// Stdin is what the source "-" reads; nil if there is none.
	Stdin io.Reader
}

func (o *Options) validate() error {
	if o.MaxRecord < 0 {
		return fmt.Errorf("longest record of %d bytes: give a positive number", o.MaxRecord)
	}
	if o.MaxRecord == 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	if err := validateColumns(o.Columns); err != nil {
		return err
	}
	return o.Format.validate()
}

// Read yields every record of the sources in order. See the package comment
// for its errors; with an error the record is nil. Breaking off closes the file.
func Read(ctx context.Context, sources []string, o Options) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		if err := o.validate(); err != nil {
			yield(nil, err)
			return
		}
		r := reader{ctx: ctx, options: o, opener: newOpener(o.Stdin), yield: yield}
		for path, err := range Files(sources, o) {
			if err != nil && !yield(nil, err) || err == nil && !r.file(path) {
				return
			}
		}
	}
}

// ReadAll reads every record of the sources into memory, and the errors Read
// gave on the way.
func ReadAll(ctx context.Context, sources []string, o Options) (records []*Record, errs []error) {
	for r, err := range Read(ctx, sources, o) {
		if err != nil {
			errs = append(errs, err)
		} else {
			records = append(records, r)
		}
	}
	return records, errs
}

// parser reads the records of one source. next fills rec, with the line it
// starts on. It returns io.EOF after the last record, a *badRecord for one that
// is left out, and any other error if the source cannot be read further.
type parser interface {
	next(rec *Record) error
	lineReached() int
}

// reader reads one file after the other.
type reader struct {
	ctx     context.Context
	options Options
	opener  *opener
	yield   func(*Record, error) bool
}

// file yields the records of one file and returns false to stop altogether.
func (r *reader) file(path string) bool {
	name := path
	if path == "-" {
		name = "stdin"
	}
	in, err := r.opener.open(path)
	if err != nil {
		return r.yield(nil, &SourceError{Path: name, Err: reason(err)})
	}
	defer in.close()
	p, err := r.parser(in, path)
	if err != nil {
		return r.yield(nil, &SourceError{Path: name, Err: reason(err)})
	}
	return r.records(p, name)
}

func (r *reader) parser(in *input, path string) (parser, error) {
	format := r.options.Format
	if format == Auto {
		head, err := in.Peek(sniffLen)
		if err != nil && err != io.EOF && len(head) == 0 {
			return nil, err // else the parser meets it again, after what comes before it
		}
		if format, err = formatOf(path, head); err != nil {
			return nil, err
		}
	}
	lines := lineReader{in: in.Reader, max: r.options.MaxRecord}
	switch format {
	case JSONL:
		return &jsonParser{lineReader: lines}, nil
	case CSV, TSV:
		return newTable(lines, format, r.options.Columns)
	case FastText:
		return &fastText{lines}, nil
	case HTML:
		return &htmlPage{*newPlain(in, path, r.options.MaxRecord)}, nil
	default:
		return newPlain(in, path, r.options.MaxRecord), nil
	}
}

func (r *reader) records(p parser, name string) bool {
	for {
		if err := r.ctx.Err(); err != nil {
			r.yield(nil, err)
			return false
		}
		rec := &Record{Path: name}
		err := p.next(rec)
		if err == nil {
			if err = validate(&rec.Document); err != nil {
				err = &badRecord{rec.Line, err}
			}
		}
		if err == io.EOF {
			return true
		}
		bad, isBad := errors.AsType[*badRecord](err)
		switch {
		case err == nil:
			if !r.yield(rec, nil) {
				return false
			}
		case isBad:
			if !r.yield(nil, &RecordError{name, bad.line, bad.err}) {
				return false
			}
		default:
			return r.yield(nil, &SourceError{name, p.lineReached(), reason(err)})
		}
	}
}
