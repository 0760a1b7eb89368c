package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// disk is how the store changes files. Every call is one step, after which a process may die;
// tests put a disk in its place that does.
type disk interface {
	mkdir(path string) error               // one folder, which may be there
	create(path string, data []byte) error // a new file, on the disk when it returns
	extend(path string, line []byte) error // a line at the end, on the disk when it returns
	rename(from, to string) error          // replaces a file, never a folder with something in it
	sync(folder string) error              // its entries are on the disk when it returns
	remove(path string) error              // with all that is in it
}

// files is the disk of the operating system.
type files struct{}

func (files) mkdir(path string) error {
	if err := os.Mkdir(path, 0o777); !errors.Is(err, os.ErrExist) {
		return err
	}
	if info, err := os.Stat(path); err != nil || info.IsDir() {
		return err
	}
	return fmt.Errorf("%s: it is no folder", path)
}

func (files) create(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	return finish(f, data)
}

// finish writes data to a file, makes it last and closes it.
func finish(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// extend first ends a line that was cut off when a process died.
func (files) extend(path string, line []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return err
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err == nil && end > 0 {
		last := make([]byte, 1)
		if _, err = f.ReadAt(last, end-1); last[0] != '\n' {
			line = append([]byte("\n"), line...)
		}
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	return finish(f, line)
}

func (files) rename(from, to string) error { return os.Rename(from, to) }
func (files) remove(path string) error     { return os.RemoveAll(path) }

// sync makes renames last through a power cut. Where folders cannot be synced, as on
// Windows, the system sees to it.
func (files) sync(folder string) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	_ = f.Sync()
	return f.Close()
}

// replace gives a file new content in one step.
func replace(d disk, path, temp string, data []byte) error {
	if err := d.remove(temp); err != nil {
		return err
	}
	if err := d.create(temp, data); err != nil {
		return err
	}
	if err := d.rename(temp, path); err != nil {
		return err
	}
	return d.sync(filepath.Dir(path))
}
