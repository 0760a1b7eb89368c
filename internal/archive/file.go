package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"

	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/ordered"
)

// inputError is an input that cannot be read at all, or not be relied on.
type inputError struct {
	path string
	err  error
}

func (e *inputError) Error() string { return fmt.Sprintf("%s: %v", e.path, bare(e.err)) }
func (e *inputError) Unwrap() error { return e.err }

// OutputError is an output that could not be written. What was on the disk of it is kept for the next run.
type OutputError struct {
	Path string
	Err  error
}

func (e *OutputError) Error() string { return fmt.Sprintf("cannot write %s: %v", e.Path, bare(e.Err)) }

// Unwrap returns the reason.
func (e *OutputError) Unwrap() error { return e.Err }

// bare drops the operation and path that the os package puts before an error: ours name the path themselves.
func bare(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}

// finished is a file that is done.
type finished struct {
	entry  Entry
	before bool    // by an earlier run
	output *output // to clean up after; nil if done before
}

// file does one file with so many jobs. An error about it alone is an inputError or an OutputError.
func (r *run) file(ctx context.Context, t task, jobs int) (*finished, error) {
	input, err := r.look(ctx, &t)
	if err != nil {
		r.ended(nil, t, false)
		return nil, &inputError{t.shown(), err}
	}
	w := r.newOutput(t, input)
	if f, err := r.doneBefore(w); f != nil || err != nil {
		r.ended(nil, t, f != nil)
		return f, err
	}
	if err := r.begin(w); err != nil {
		r.ended(nil, t, false)
		return nil, err
	}
	err = r.began(w)
	defer r.ended(w, t, false)
	if err == nil && !w.state.Complete {
		err = r.fill(ctx, w, jobs)
	}
	f := &finished{output: w}
	if err == nil {
		f.entry, err = w.complete()
	}
	if err == nil {
		return f, nil
	}
	w.abandon()
	return nil, w.blame(err)
}

// complete finishes an output that may have been complete already.
func (w *output) complete() (Entry, error) {
	if !w.state.Complete {
		if err := w.finish(); err != nil {
			return Entry{}, err
		}
	}
	w.close() // some systems do not rename open files
	return w.place()
}

// blame makes an error of the output of one that nothing else is known of.
func (w *output) blame(err error) error {
	_, isInput := errors.AsType[*inputError](err)
	if isInput || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrTooMany) || errors.Is(err, errRefused) {
		return err
	}
	return &OutputError{w.final(), err}
}

// look makes sure that an input is there and starts its digest. Standard input is kept in a file first, so that it
// can be read again.
func (r *run) look(ctx context.Context, t *task) (*digesting, error) {
	path := t.path
	if path == "-" {
		path = stateFile(r.dir, r.outputName(*t), stdinFile)
		if err := r.keepStdin(ctx, path); err != nil {
			return nil, err
		}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t.info, err = f.Stat()
	if err == nil && !t.info.Mode().IsRegular() {
		err = errors.New(`not a regular file: give a file, or "-" to read a pipe`)
	}
	if err != nil {
		return nil, err
	}
	return startDigest(path), nil
}

func (r *run) keepStdin(ctx context.Context, path string) error {
	if r.o.Input.Stdin == nil {
		return errors.New("no standard input here: give a file")
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r.o.Input.Stdin)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return errors.Join(err, f.Close())
}

// doneBefore returns what an earlier run finished, if it is of the same input, model and options; else nil.
func (r *run) doneBefore(w *output) (*finished, error) {
	e, found, err := r.manifest.find(w.name)
	if err != nil {
		return nil, &OutputError{r.manifest.path, err}
	}
	if !found || r.o.Force {
		return nil, nil
	}
	sum, err := w.input.wait()
	if err != nil {
		return nil, &inputError{w.task.shown(), err}
	}
	info, err := os.Stat(w.final())
	why := ""
	switch {
	case e.InputSHA256 != sum.SHA256:
		why = "its content has changed"
	case e.ModelVersion != r.o.Model.Version():
		why = fmt.Sprintf("it was tagged by %s", e.ModelVersion)
	case e.Settings != r.settings:
		why = "the options are others"
	case e.Input != w.task.path:
		why = fmt.Sprintf("it was read as %q", e.Input)
	case err != nil || info.Size() != e.OutputBytes:
		why = "its output is gone or was changed"
	default:
		if err := removeIfThere(w.file(stdinFile)); err != nil {
			return nil, &OutputError{w.final(), err}
		}
		return &finished{entry: e, before: true}, r.earlierErrors(e.Errors+e.Repeated, e.Broken)
	}
	r.note(fmt.Sprintf("%s is done again: %s", w.task.shown(), why))
	return nil, nil
}

// begin opens the output, where an earlier run left off if that can be.
func (r *run) begin(w *output) error {
	c, err := readCheckpoint(w.file(checkpointFile))
	if err != nil {
		return &OutputError{w.final(), err}
	}
	if c != nil && !r.o.Force && c.Settings == r.settings && c.Path == w.task.path {
		sum, err := w.input.wait()
		if err != nil {
			return &inputError{w.task.shown(), err}
		}
		if c.Input == sum && w.resume(c) {
			return nil
		}
	}
	if c != nil && !r.o.Force {
		r.note(fmt.Sprintf("%s is begun anew: what an earlier run left of it does not fit", w.task.shown()))
	}
	fresh := r.newOutput(w.task, w.input)
	*w = *fresh
	if err := removeIfThere(w.file(checkpointFile)); err != nil {
		return &OutputError{w.final(), err}
	}
	if err := w.open(); err != nil {
		w.abandon()
		return &OutputError{w.final(), err}
	}
	return nil
}

// errRefused marks an error of reading that is no fault of a file.
var errRefused = errors.New("input refused")

// fill tags what is left of the input.
func (r *run) fill(ctx context.Context, w *output, jobs int) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var stopped error // why reading ended early
	var taken []*worker
	err := ordered.Stage[item, batch]{
		Source: func(ctx context.Context, _ func()) iter.Seq[item] { return r.items(ctx, w, &stopped) },
		Weight: item.weight,
		Worker: func() func(item, *batch) {
			k := r.take()
			r.mu.Lock()
			taken = append(taken, k)
			r.mu.Unlock()
			return k.work
		},
		Sink:  w.take,
		Flush: func() {},
	}.Run(ctx, jobs)
	r.giveBack(taken)
	if err == nil {
		err = stopped
	}
	return err
}

// items yields what reading gives and is not behind the checkpoint.
func (r *run) items(ctx context.Context, w *output, stopped *error) iter.Seq[item] {
	return func(yield func(item) bool) {
		o := r.o.Input
		if w.task.path == "-" {
			f, err := os.Open(w.file(stdinFile))
			if err != nil {
				*stopped = &inputError{"stdin", err}
				return
			}
			defer f.Close()
			o.Stdin = f
		}
		behind := w.state.Items // read before the first item is taken
		var known ids
		defer func() { r.noteIDs(w, &known) }()
		for rec, err := range corpus.Read(ctx, []string{w.task.path}, o) {
			if *stopped = r.stops(ctx, err); *stopped != nil {
				return
			}
			again := err == nil && known.again(rec.ID)
			if behind > 0 {
				behind--
				continue
			}
			if !yield(item{rec, err, again}) {
				return
			}
		}
	}
}

// noteIDs says so where not all ids were compared.
func (r *run) noteIDs(w *output, known *ids) {
	if known.full {
		r.note(fmt.Sprintf("%s has more than %d ids: only so many were looked at for ids given twice", w.task.shown(), mostIDs))
	}
}

// stops tells an error that ends the run from one that is an item.
func (r *run) stops(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if stopped := ctx.Err(); stopped != nil {
		return stopped
	}
	_, isRecord := errors.AsType[*corpus.RecordError](err)
	_, isSource := errors.AsType[*corpus.SourceError](err)
	if isRecord || isSource {
		return nil
	}
	return errors.Join(errRefused, err)
}
