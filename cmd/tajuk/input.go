package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/tajuk/tajuk/internal/corpus"
)

// inputFlags say how articles are read.
type inputFlags struct {
	format  string
	columns map[string]string
	strict  bool
}

const autoFormat = "auto"

func (f *inputFlags) add(c *cobra.Command) { f.addNamed(c, "format") }

// addNamed adds the flags under another name for the format, where that is one of the output.
func (f *inputFlags) addNamed(c *cobra.Command, format string) {
	formats := []string{autoFormat}
	for _, format := range corpus.Formats() {
		formats = append(formats, string(format))
	}
	choice(c, &f.format, format, formats, "", "format of the input, or of the files in an archive")
	c.Flags().StringToStringVar(&f.columns, "column", nil, "column of a CSV, TSV or Parquet file that holds a field, `FIELD=COLUMN`, as in text=isi")
	c.Flags().BoolVar(&f.strict, "strict", false, "stop at the first bad record")
}

// options say how files are read, and what standard input is.
func (f *inputFlags) options(stdin io.Reader) corpus.Options {
	o := corpus.Options{Columns: f.columns, Stdin: stdin}
	if f.format != autoFormat {
		o.Format = corpus.Format(f.format)
	}
	return o
}

// intake reads articles and keeps count of what could not be read. It is used by one goroutine.
type intake struct {
	app     *app
	flags   inputFlags
	sources []string
	check   func(*corpus.Record) error // refuses a record that the command cannot use; may be nil
	bar     *progress
	tell    func(error) // reports what could not be read, in place of a line on standard error; may be nil

	good, bad, lost int   // records, bad records, sources that could not be read (to their end)
	stopped         error // why reading ended before the end
}

// intake prepares to read sources; none means standard input.
func (a *app) intake(f inputFlags, sources []string) (*intake, error) {
	if len(sources) == 0 {
		sources = []string{"-"}
		if isTerminal(a.stdin) {
			a.note("reading standard input: end it with Ctrl-D")
		}
	}
	if i := slices.Index(sources, "-"); i >= 0 && slices.Contains(sources[i+1:], "-") {
		return nil, usage("standard input, %q, is given twice", "-")
	}
	return &intake{app: a, flags: f, sources: sources}, nil
}

// records yields the readable records in order and reports the others. It ends
// when ctx does, even while waiting for standard input; before it waits it calls idle.
func (in *intake) records(ctx context.Context, idle func()) iter.Seq[*corpus.Record] {
	o := in.flags.options(newWaiting(ctx, in.app.stdin, idle))
	return func(yield func(*corpus.Record) bool) {
		for rec, err := range corpus.Read(ctx, in.sources, o) {
			if err == nil && in.check != nil {
				if why := in.check(rec); why != nil {
					err = rec.Refuse(why)
				}
			}
			if err != nil {
				if in.stopped = in.fail(ctx, err); in.stopped != nil {
					return
				}
				continue
			}
			in.good++
			in.bar.set(in.good)
			if !yield(rec) {
				return
			}
		}
	}
}

// fail counts and reports an error of reading, and returns it if reading must end.
func (in *intake) fail(ctx context.Context, err error) error {
	if stopped := ctx.Err(); stopped != nil {
		return stopped
	}
	_, isRecord := errors.AsType[*corpus.RecordError](err)
	_, isSource := errors.AsType[*corpus.SourceError](err)
	switch {
	case isRecord:
		in.bad++
	case isSource:
		in.lost++
	default:
		return usage("%w", err)
	}
	if in.flags.strict {
		return failed("%w", err)
	}
	if in.tell != nil {
		in.tell(err)
		return nil
	}
	in.bar.clear()
	fmt.Fprintf(in.app.stderr, "%v\n", err)
	return nil
}

// result is the error that reading ended with, if any.
func (in *intake) result() error {
	switch {
	case in.stopped != nil:
		return in.stopped
	case in.bad+in.lost == 0:
		return nil
	case in.bad+in.good == 0:
		return failed("nothing could be read")
	}
	return leftOut(in.lost, in.bad, in.good)
}

// verdict tells an error that ends the command, which err is if there is one, from one
// that is only remembered: that some records were left out.
func (in *intake) verdict(err error) (left, fatal error) {
	if err != nil {
		return nil, err
	}
	err = in.result()
	if f, ok := errors.AsType[*failure](err); ok && f.code == exitRecords {
		return err, nil
	}
	return nil, err
}

// leftOut says that some files or records were left out.
func leftOut(lost, bad, good int) *failure {
	var what []string
	if lost > 0 {
		what = append(what, count(lost, "file")+" not read to the end")
	}
	if bad > 0 {
		what = append(what, count(bad, "record")+" left out")
	}
	return &failure{code: exitRecords, err: fmt.Errorf("%s, %d done", strings.Join(what, ", "), good)}
}

// isTerminal reports that a stream is a person's terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// waitingBlock is what is read of standard input at a time: as much as corpus asks for.
const waitingBlock = 256 << 10

// idleAfter is how long input may take to come before output is passed on.
const idleAfter = 20 * time.Millisecond

// waiting reads a stream that may keep one waiting, such as a pipe. Read returns when
// its context ends, leaving behind a goroutine that waits for the stream's next byte.
type waiting struct {
	ctx  context.Context
	in   io.Reader
	idle func()
	buf  []byte
	rest []byte // of buf, not yet delivered
	err  error  // to deliver after rest
}

func newWaiting(ctx context.Context, in io.Reader, idle func()) io.Reader {
	if in == nil {
		return nil
	}
	return &waiting{ctx: ctx, in: in, idle: idle}
}

func (w *waiting) Read(p []byte) (int, error) {
	for len(w.rest) == 0 {
		if w.err != nil {
			return 0, w.err
		}
		w.fill()
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}

func (w *waiting) fill() {
	if w.buf == nil {
		w.buf = make([]byte, waitingBlock)
	}
	type outcome struct {
		n   int
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		n, err := w.in.Read(w.buf)
		done <- outcome{n, err}
	}()
	idle := time.NewTimer(idleAfter)
	defer idle.Stop()
	for {
		select {
		case o := <-done:
			w.rest, w.err = w.buf[:o.n], o.err
			return
		case <-w.ctx.Done():
			w.err = w.ctx.Err()
			return
		case <-idle.C:
			w.idle()
		}
	}
}
