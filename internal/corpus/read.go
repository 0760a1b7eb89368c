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
	// Columns maps a field of a document to the column of a CSV, TSV or Parquet file
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
		for it, err := range Items(ctx, sources, o) {
			var rec *Record
			if err == nil {
				rec, err = it.Decode()
			}
			if !yield(rec, err) {
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

// parser reads the records of one source. next fills rec, with its place in the file.
// It returns io.EOF after the last record, a *badRecord for one that
// is left out, and any other error if the source cannot be read further.
type parser interface {
	next(rec *Record) error
	reached() position
}

// reader reads one file after the other.
type reader struct {
	ctx     context.Context
	options Options
	opener  *opener
	members *opener // of files in archives; nil until needed
	yield   func(Item, error) bool
}

// file yields the records of one file and returns false to stop altogether.
func (r *reader) file(path string) bool {
	in, err := r.opener.open(path)
	if err != nil {
		return r.lost(shown(path), position{}, err)
	}
	defer in.close()
	format, err := r.formatOf(in)
	if err != nil {
		return r.lost(in.name, position{}, err)
	}
	if asked := r.options.Format; asked.isArchive() && !format.isArchive() {
		format = asked // an old tar, say, has no mark
	}
	if format.isArchive() {
		return r.archive(format, in)
	}
	return r.source(format, in)
}

// shown is the name of a source in places.
func shown(path string) string {
	if path == "-" {
		return "stdin"
	}
	return path
}

// lost yields the error of a source that ends here.
func (r *reader) lost(name string, at position, err error) bool {
	return r.yield(Item{}, &SourceError{name, at.line, at.unit, at.offset, reason(err)})
}

// formatOf decides on the format of in. Where one was asked for, an archive is still an archive
// and the format that of the files in it.
func (r *reader) formatOf(in *input) (Format, error) {
	asked := r.options.Format
	if asked != Auto && !asked.isArchive() {
		return askedFormat(in, asked), nil
	}
	head, err := in.Peek(sniffLen)
	if err != nil && err != io.EOF && len(head) == 0 {
		return Auto, err // else the parser meets it again, after what comes before it
	}
	return formatOf(in.name, head)
}

// askedFormat looks at no more than the opener did, so that a pipe is not waited for.
func askedFormat(in *input, asked Format) Format {
	head, _ := in.Peek(len(zipMark))
	byName, _ := byExtension(in.name)
	switch {
	case isZip(head):
		return Zip
	case byName == Tar:
		return Tar
	}
	return asked
}

// source yields the records of a file that is no archive.
func (r *reader) source(format Format, in *input) bool {
	p, err := r.parser(format, in)
	if err != nil {
		return r.lost(in.name, position{}, err)
	}
	return r.records(p, in.name)
}

func (r *reader) parser(format Format, in *input) (parser, error) {
	lines := lineReader{in: in.Reader, max: r.options.MaxRecord}
	switch format {
	case JSONL:
		return &jsonParser{lineReader: lines}, nil
	case CSV, TSV:
		return newTable(lines, format, r.options.Columns)
	case Parquet:
		return newParquet(in, &r.options)
	case FastText:
		return &fastText{lines}, nil
	case HTML:
		return &htmlPage{*newPlain(in, r.options.MaxRecord)}, nil
	case WARC:
		return newWARC(in, r.options.MaxRecord), nil
	default:
		return newPlain(in, r.options.MaxRecord), nil
	}
}

func (r *reader) records(p parser, name string) bool {
	for {
		if err := r.ctx.Err(); err != nil {
			r.yield(Item{}, err)
			return false
		}
		rec := &Record{Path: name}
		err := p.next(rec)
		bad, isBad := errors.AsType[*badRecord](err)
		switch {
		case err == io.EOF:
			return true
		case isBad:
			err = &RecordError{name, bad.at.line, bad.at.unit, bad.at.offset, bad.err}
		case err != nil:
			return r.lost(name, p.reached(), err)
		}
		if !r.yield(Item{rec}, err) {
			return false
		}
	}
}
