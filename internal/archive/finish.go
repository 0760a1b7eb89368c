package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"github.com/tajuk/tajuk/internal/rows"
)

// finish brings the complete output to the disk. A run that is killed after that goes on by placing it.
func (w *output) finish() error {
	if err := w.frames.finish(); err != nil {
		return err
	}
	w.state.Complete = true
	if w.state.Rows.Bytes > 0 || w.run.o.Format == Parquet { // else the file is too small to be worth it
		if err := w.checkpoint(); err != nil {
			return err
		}
	}
	return w.settle()
}

// settle brings everything to the disk, where it has no checkpoint to do so.
func (w *output) settle() error {
	var err error
	for _, p := range []*part{w.rows, w.errs, w.digest} {
		err = errors.Join(err, p.flush())
	}
	if err = errors.Join(err, w.saved()); err != nil {
		return err
	}
	w.state.Rows, w.state.Errors, w.state.Digests = w.rows.state(), w.errs.state(), w.digest.state()
	if w.state.Input, err = w.inputRead(); err != nil {
		return err
	}
	for _, p := range []*part{w.rows, w.errs} { // digests may get lost: their records count as changed then
		if p.file == nil {
			continue
		}
		if err := p.file.Sync(); err != nil {
			return err
		}
	}
	return nil
}

// inputRead waits for the digest of the input. It refuses one that was written to since reading began: what was read
// of it need not fit its digest.
func (w *output) inputRead() (extent, error) {
	sum, err := w.input.wait()
	if err == nil && w.task.path != "-" {
		var info os.FileInfo
		info, err = os.Stat(w.task.path)
		if err == nil && (info.Size() != w.task.info.Size() || !info.ModTime().Equal(w.task.info.ModTime()) || info.Size() != sum.Bytes) {
			err = errors.New("the file was changed while it was read: run again when it is complete")
		}
	}
	if err != nil {
		return extent{}, &inputError{w.task.shown(), err}
	}
	return sum, nil
}

// place gives the files of a complete output their names, and returns the entry for the manifest. It may be repeated.
func (w *output) place() (Entry, error) {
	if err := os.MkdirAll(filepath.Dir(w.final()), 0o777); err != nil {
		return Entry{}, err
	}
	if err := w.placeErrors(); err != nil {
		return Entry{}, err
	}
	made := w.state.Rows
	var err error
	if w.run.o.Format == Parquet {
		made, err = w.convert()
	} else {
		err = w.placeRows()
	}
	if err != nil {
		return Entry{}, err
	}
	s := &w.state
	return Entry{
		Input: w.task.path, InputBytes: s.Input.Bytes, InputSHA256: s.Input.SHA256,
		Output: w.name, OutputBytes: made.Bytes, OutputSHA256: made.SHA256,
		ModelVersion: w.run.o.Model.Version(), Settings: s.Settings, Broken: s.Broken, Tally: s.Tally,
	}, nil
}

func (w *output) placeErrors() error {
	if w.state.Errors.Bytes == 0 {
		return removeIfThere(w.finalErrors()) // of a run before
	}
	return rename(w.file(errorsFile), w.finalErrors())
}

func (w *output) placeRows() error {
	if w.state.Rows.Bytes == 0 { // no part was written
		if err := replaceFile(w.file(rowsFile), nil); err != nil {
			return err
		}
	}
	return rename(w.file(rowsFile), w.final())
}

// rename is os.Rename, which may have happened before.
func rename(from, to string) error {
	err := os.Rename(from, to)
	if errors.Is(err, fs.ErrNotExist) {
		if _, there := os.Stat(to); there == nil {
			return nil
		}
	}
	return err
}

// convert makes the Parquet file of the rows that were collected.
func (w *output) convert() (extent, error) {
	in, err := os.Open(w.file(rowsFile))
	if err != nil {
		return extent{}, err
	}
	defer in.Close()
	w.frames = nil // its memory is better used now
	unpacked, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
	if err != nil {
		return extent{}, err
	}
	defer unpacked.Close()
	out, err := openPart(w.file(parquetFile), extent{})
	if err != nil {
		return extent{}, err
	}
	defer out.close()
	codec := map[Compression]compress.Codec{None: &parquet.Uncompressed, Gzip: &parquet.Gzip, Zstd: rows.NewZstd()}[w.run.o.Compression]
	err = rows.WriteParquet(out, unpacked, codec, w.run.o.IncludeInput)
	if err == nil {
		err = out.flush()
	}
	if err == nil {
		err = out.file.Sync()
	}
	if err == nil {
		err = os.Rename(w.file(parquetFile), w.final())
	}
	return out.state(), err
}

// clean removes what a finished output does not need any more.
func (w *output) clean() error {
	err := removeIfThere(w.file(checkpointFile))
	for _, kind := range []string{rowsFile, parquetFile, stdinFile} {
		err = errors.Join(err, removeIfThere(w.file(kind)))
	}
	return err
}

// resume takes a checkpoint up. It returns false if what the checkpoint speaks of is not there any more.
func (w *output) resume(c *checkpoint) bool {
	w.state = *c
	if err := w.open(); err == nil {
		return true
	}
	if !c.Complete {
		return false
	}
	// Killed while the files got their names?
	for kind, want := range map[string]struct {
		at    extent
		final string
	}{rowsFile: {c.Rows, w.final()}, errorsFile: {c.Errors, w.finalErrors()}} {
		if got, err := sumFile(w.file(kind)); err == nil && got == want.at || want.at.Bytes == 0 {
			continue
		}
		if got, err := sumFile(want.final); err != nil || got != want.at {
			return false
		}
	}
	return true
}
