package archive

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/rows"
)

// output is the output of one file being made. It belongs to one goroutine.
type output struct {
	run    *run
	task   task
	name   string // with slashes, below the folder of the run
	input  *digesting
	rows   *part
	errs   *part
	digest *part
	frames *frames

	state    checkpoint // what has been taken so far; its extents are those of the last checkpoint
	records  int        // since the last checkpoint
	text     int        // bytes, likewise
	progress underway   // guarded like all events
	saving   chan error // answers once the checkpoint under way is on the disk; nil if there is none
	line     []byte     // scratch
}

func (r *run) newOutput(t task, input *digesting) *output {
	w := &output{run: r, task: t, name: r.outputName(t), input: input}
	w.state = checkpoint{Version: checkpointVersion, Path: t.path, Settings: r.settings}
	return w
}

func (r *run) outputName(t task) string { return t.name + r.o.ending() }

func (w *output) file(kind string) string { return stateFile(w.run.dir, w.name, kind) }

// final names the finished files.
func (w *output) final() string { return filepath.Join(w.run.dir, filepath.FromSlash(w.name)) }

func (w *output) finalErrors() string {
	return filepath.Join(w.run.dir, filepath.FromSlash(w.task.name)+".errors.jsonl")
}

// packing is how rows are packed while they are collected.
func (w *output) packing() Compression {
	if w.run.o.Format == Parquet {
		return Zstd
	}
	return w.run.o.Compression
}

// open goes on from the state, which may be the zero one.
func (w *output) open() (err error) {
	parts := []struct {
		to   **part
		kind string
		at   extent
	}{{&w.rows, rowsFile, w.state.Rows}, {&w.errs, errorsFile, w.state.Errors}, {&w.digest, digestsFile, w.state.Digests}}
	for _, p := range parts {
		if *p.to, err = openPart(w.file(p.kind), p.at); err != nil {
			w.close()
			return err
		}
	}
	w.frames = newFrames(w.rows, w.packing(), w.state.Rows.Bytes > 0)
	if w.state.Items == 0 {
		if header := w.run.encoder.Header(); len(header) > 0 {
			_, err = w.frames.Write(header)
		}
	}
	return err
}

func (w *output) close() {
	for _, p := range []*part{w.rows, w.errs, w.digest} {
		if p != nil {
			p.close()
		}
	}
}

// take writes what became of a batch of items.
func (w *output) take(b *batch) error {
	start, digests := 0, b.digests
	for i := range b.items {
		it := &b.items[i]
		if it.err == nil {
			if _, err := w.digest.Write(digests[:digestSize]); err != nil {
				return err
			}
			digests = digests[digestSize:]
		}
		if err := w.takeItem(it, b.rows[start:it.rowsEnd]); err != nil {
			return err
		}
		start = it.rowsEnd
	}
	b.reset()
	return nil
}

func (w *output) takeItem(it *answered, row []byte) error {
	w.state.Items++
	w.records++
	if it.again != nil {
		w.state.Tally.Repeated++
		if err := w.report(it.again); err != nil {
			return err
		}
	}
	switch {
	case it.err != nil:
		if err := w.takeError(it.err); err != nil {
			return err
		}
	case it.unchanged:
		w.state.Tally.Unchanged++
	default:
		if _, err := w.frames.Write(row); err != nil {
			return err
		}
		w.text += it.result.text
		w.state.Tally.add(&it.result)
		w.run.progressed(w, &it.result)
	}
	if w.records >= w.run.o.Checkpoint || w.text >= checkpointText {
		return w.checkpoint()
	}
	return nil
}

// takeError notes a record, or the rest of the input, that could not be read.
func (w *output) takeError(why error) error {
	if _, bad := errors.AsType[*corpus.RecordError](why); bad {
		w.state.Tally.Errors++
	} else if _, lost := errors.AsType[*corpus.SourceError](why); lost {
		w.state.Broken = why.Error()
	}
	return w.report(why)
}

// report writes an error to the file of errors, and tells it.
func (w *output) report(why error) error {
	var place errorPlace
	if bad, ok := errors.AsType[*corpus.RecordError](why); ok {
		place = errorPlace{bad.Path, bad.Unit, bad.Line, bad.Err.Error()}
	} else if lost, ok := errors.AsType[*corpus.SourceError](why); ok {
		place = errorPlace{lost.Path, lost.Unit, lost.Line, lost.Err.Error()}
	} else {
		place.Error = why.Error()
	}
	w.line = place.append(w.line[:0])
	if _, err := w.errs.Write(w.line); err != nil {
		return err
	}
	return w.run.problem(why)
}

// errorPlace is a line of a file of errors.
type errorPlace struct {
	Path  string
	Unit  corpus.Unit // what Line counts
	Line  int
	Error string
}

func (p *errorPlace) append(dst []byte) []byte {
	dst = rows.AppendString(append(dst, `{"path":`...), p.Path)
	unit := "line"
	if p.Unit != corpus.Line {
		unit = string(p.Unit)
	}
	dst = append(append(append(dst, `,"`...), unit...), `":`...)
	dst = strconv.AppendInt(dst, int64(p.Line), 10)
	dst = rows.AppendString(append(dst, `,"error":`...), p.Error)
	return append(dst, "}\n"...)
}

// checkpoint ends the frame and has a checkpoint written in the background.
func (w *output) checkpoint() error {
	err := w.frames.end()
	for _, p := range []*part{w.rows, w.errs, w.digest} {
		if err == nil {
			err = p.flush()
		}
	}
	if err == nil {
		err = w.saved()
	}
	if err != nil {
		return err
	}
	w.records, w.text = 0, 0
	w.state.Rows, w.state.Errors, w.state.Digests = w.rows.state(), w.errs.state(), w.digest.state()
	now := w.state
	now.Tally = w.state.Tally.clone() // it goes on changing
	w.saving = make(chan error, 1)
	files := w.opened() // now: a part makes its file when it is first written to
	go func() { w.saving <- w.save(&now, files) }()
	return nil
}

// saved waits for the checkpoint under way.
func (w *output) saved() error {
	if w.saving == nil {
		return nil
	}
	err := <-w.saving
	w.saving = nil
	return err
}

// opened are the files that have something in them.
func (w *output) opened() (files []*os.File) {
	for _, p := range []*part{w.rows, w.errs, w.digest} {
		if p.file != nil {
			files = append(files, p.file)
		}
	}
	return files
}

// save puts a checkpoint on the disk, after what it speaks of.
func (w *output) save(c *checkpoint, files []*os.File) error {
	var err error
	if c.Input, err = w.inputRead(); err != nil {
		return err
	}
	for _, f := range files {
		if err := f.Sync(); err != nil {
			return err
		}
	}
	return replaceFile(w.file(checkpointFile), c.encode())
}

// abandon keeps what the last checkpoint covers, and gives the disk the rest back.
func (w *output) abandon() {
	_ = w.saved() // what led here is the error to tell
	w.close()
	c, err := readCheckpoint(w.file(checkpointFile))
	if err != nil {
		return
	}
	if c == nil {
		c = &checkpoint{}
	}
	for kind, at := range map[string]extent{rowsFile: c.Rows, errorsFile: c.Errors, digestsFile: c.Digests} {
		if at.Bytes == 0 {
			_ = os.Remove(w.file(kind)) // it need not be there
		} else {
			_ = os.Truncate(w.file(kind), at.Bytes) // or the next run does it
		}
	}
}
