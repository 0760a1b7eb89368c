package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// outputBuffer is what is written at a time.
const outputBuffer = 64 << 10

// output is a file being written: under a temporary name beside its own until Commit, so that
// nothing half-written is ever found under the final name.
type output struct {
	*bufio.Writer
	path string   // final name
	temp string   // temporary name; "" if written in place
	file *os.File // nil for standard output
}

// create starts to write path: "-" is standard output; what is not a regular file, such as a
// device or a pipe, is written in place. It fails at once if path cannot be written.
func (a *app) create(path string) (*output, error) {
	if path == "-" {
		return &output{Writer: bufio.NewWriterSize(a.stdout, outputBuffer), path: path}, nil
	}
	o := &output{path: path}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		o.path = target
	}
	mode := fs.FileMode(0o666) // less what the umask takes
	info, err := os.Stat(o.path)
	switch {
	case err == nil && info.IsDir():
		return nil, failed("cannot write %q: it is a folder", path).hint("give a file name")
	case err == nil && !info.Mode().IsRegular():
		o.file, err = os.OpenFile(o.path, os.O_WRONLY, 0)
	default:
		o.temp = filepath.Join(filepath.Dir(o.path), "."+filepath.Base(o.path)+"."+rand.Text()[:8]+".tmp")
		o.file, err = os.OpenFile(o.temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err == nil && info != nil {
			err = o.file.Chmod(info.Mode().Perm())
		}
	}
	if err != nil {
		o.abandon()
		return nil, cannotWrite(path, err)
	}
	o.Writer = bufio.NewWriterSize(o.file, outputBuffer)
	return o, nil
}

func cannotWrite(path string, err error) *failure {
	f := failed("cannot write %q: %w", path, cause(err))
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return f.hint("make the folder %q first", folder)
	}
	return f.hint("is there room, and may you write in %q?", folder)
}

// commit puts the finished file in its place.
func (o *output) commit() error {
	err := o.Flush()
	if o.file == nil {
		return err
	}
	if err == nil && o.temp != "" {
		err = o.file.Sync()
	}
	err = errors.Join(err, o.file.Close())
	if err == nil && o.temp != "" {
		if err = os.Rename(o.temp, o.path); err == nil {
			o.temp = ""
			syncFolder(filepath.Dir(o.path))
		}
	}
	if err != nil {
		return cannotWrite(o.path, err)
	}
	return nil
}

// abandon removes what was not committed; after commit it does nothing.
func (o *output) abandon() {
	if o.temp != "" && o.file != nil {
		o.file.Close()
		_ = os.Remove(o.temp)
	}
}

// syncFolder makes a rename last through a power cut, where the system can.
func syncFolder(path string) {
	if dir, err := os.Open(path); err == nil {
		_ = dir.Sync()
		dir.Close()
	}
}

// write writes a whole file by write, or none.
func (a *app) write(path string, write func(io.Writer) error) error {
	o, err := a.create(path)
	if err != nil {
		return err
	}
	defer o.abandon()
	if err := write(o); err != nil {
		return fmt.Errorf("write %q: %w", path, err)
	}
	return o.commit()
}
