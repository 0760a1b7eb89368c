package main

import (
	"bufio"
	"context"
	"iter"

	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/ordered"
)

// undecoded is what was read: an item, or why there is none.
type undecoded struct {
	corpus.Item
	err error
}

func (u undecoded) decode() (*corpus.Record, error) {
	if u.err != nil {
		return nil, u.err
	}
	return u.Decode()
}

func (u undecoded) weight() int {
	if u.err != nil {
		return 0
	}
	return u.Size()
}

// items yields what is read, for workers to decode; whoever takes their results counts and reports.
func (in *intake) items(ctx context.Context, idle func()) iter.Seq[undecoded] {
	return func(yield func(undecoded) bool) {
		for it, err := range corpus.Items(ctx, in.sources, in.flags.options(newWaiting(ctx, in.app.stdin, idle))) {
			if !yield(undecoded{it, err}) {
				return
			}
		}
	}
}

// tagged is what workers hand over: answers ready to be written, and between them what could
// not be read.
type tagged struct {
	data []byte
	good int
	bad  []fault
}

// fault is an error of reading, met after at bytes of data.
type fault struct {
	at  int
	err error
}

// convert writes what the workers make of each record, in order, after the header.
func (a *app) convert(ctx context.Context, jobs int, in *intake, header []byte, worker func() func(*corpus.Record, *tagged)) error {
	out := bufio.NewWriterSize(a.stdout, outputBuffer)
	_, _ = out.Write(header) // the writer keeps the error for later
	err := ordered.Stage[undecoded, tagged]{
		Source: in.items,
		Weight: undecoded.weight,
		Worker: func() func(undecoded, *tagged) { return decoding(worker()) },
		Sink:   func(t *tagged) error { return in.settle(ctx, out, t) },
		Flush:  func() { _ = out.Flush() },
	}.Run(ctx, jobs)
	if err == nil || in.stopped != nil {
		err = out.Flush()
	}
	if err != nil {
		return failed("cannot write standard output: %w", err)
	}
	return in.result()
}

// decoding puts the decoding of an item before the work on its record.
func decoding(work func(*corpus.Record, *tagged)) func(undecoded, *tagged) {
	return func(u undecoded, t *tagged) {
		rec, err := u.decode()
		if err != nil {
			t.bad = append(t.bad, fault{len(t.data), err})
			return
		}
		t.good++
		work(rec, t)
	}
}

// settle writes answers and reports faults in their order. It fails if writing does or reading must end.
func (in *intake) settle(ctx context.Context, out *bufio.Writer, t *tagged) error {
	from := 0
	for _, f := range t.bad {
		if _, err := out.Write(t.data[from:f.at]); err != nil {
			return err
		}
		from = f.at
		if in.stopped = in.fail(ctx, f.err); in.stopped != nil {
			return in.stopped
		}
	}
	in.good += t.good
	in.bar.set(in.good)
	_, err := out.Write(t.data[from:])
	*t = tagged{data: t.data[:0], bad: t.bad[:0]}
	return err
}
