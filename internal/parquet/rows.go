package parquet

import (
	"errors"
	"fmt"
	"io"

	lib "github.com/parquet-go/parquet-go"
)

// ErrTooLong is returned for a row beyond the limit.
var ErrTooLong = errors.New("the row is longer than the limit")

// RowError is a row that is left out, or those up to Last.
type RowError struct {
	Row, Last int64 // from 1
	Column    string
	Err       error
}

// Error says which rows are left out and why.
func (e *RowError) Error() string {
	switch {
	case e.Column == "":
		return e.Err.Error()
	case e.Last == e.Row:
		return fmt.Sprintf("column %.60q: %v", e.Column, e.Err)
	}
	return fmt.Sprintf("column %.60q: %v: rows %d to %d are left out", e.Column, e.Err, e.Row, e.Last)
}

// Unwrap returns the reason.
func (e *RowError) Unwrap() error { return e.Err }

// itemSize is what the items of a list beyond the first count for, so that empty ones do, too.
const itemSize = 16

// Cell is what a row has in a column: no item if that is null, and one or, in a list,
// any number.
type Cell []string

// Rows reads the chosen columns of a file row by row.
type Rows struct {
	file    *File
	chosen  []Column
	max     int
	columns []*values // of the current group; nil until they are begun
	group   int       // next
	left    int64     // rows of the current group
	row     int64     // last read, from 1
	out     []Cell
}

// Rows reads the chosen columns, of rows with at most max bytes.
func (f *File) Rows(chosen []Column, max int) *Rows {
	return &Rows{file: f, chosen: chosen, max: max, out: make([]Cell, len(chosen)), columns: make([]*values, len(chosen))}
}

// Row is the number of the row last read, from 1.
func (r *Rows) Row() int64 { return r.row }

// Next returns a cell for each chosen column, valid until the following call, io.EOF after the last row.
func (r *Rows) Next() ([]Cell, error) {
	for r.left == 0 {
		r.close()
		groups := r.file.lib.Metadata().RowGroups
		if r.group == len(groups) {
			return nil, io.EOF
		}
		r.left = groups[r.group].NumRows
		r.group++
	}
	r.row++
	r.left--
	room := r.max + itemSize*len(r.chosen)
	for i := range r.chosen {
		if err := r.cell(i, &room); err != nil {
			return nil, r.broken(r.chosen[i].Name, err)
		}
	}
	if room < 0 {
		return nil, &RowError{Row: r.row, Last: r.row, Err: ErrTooLong}
	}
	return r.out, nil
}

// close gives back the memory of a row group.
func (r *Rows) close() {
	for i, v := range r.columns {
		if v != nil {
			v.close()
		}
		r.columns[i] = nil
	}
}

// broken leaves out the rest of the row group.
func (r *Rows) broken(column string, err error) error {
	if err == io.EOF {
		err = errors.New("it ends before its row group")
	}
	e := &RowError{Row: r.row, Last: r.row + r.left, Column: column, Err: err}
	r.row, r.left = e.Last, 0
	return e
}

// cell reads the items of the next row in a column and takes their length off room. Beyond that
// there are no more of them.
func (r *Rows) cell(i int, room *int) error {
	v, err := r.column(i)
	if err != nil {
		return err
	}
	r.out[i] = r.out[i][:0]
	for first := true; ; first = false {
		item, err := v.peek()
		switch {
		case err == io.EOF && !first, err == nil && !first && item.RepetitionLevel() == 0:
			return nil
		case err != nil:
			return err
		case first && item.RepetitionLevel() != 0:
			return errBroken
		}
		r.add(i, item, room)
		v.skip()
		if !r.chosen[i].List {
			return nil
		}
	}
}

// column returns the values of a column, which are begun here so that an error is about one.
func (r *Rows) column(i int) (*values, error) {
	if r.columns[i] != nil {
		return r.columns[i], nil
	}
	v, err := r.file.values(r.group-1, r.chosen[i].leaf)
	if err == nil {
		r.columns[i] = v
	}
	return v, err
}

func (r *Rows) add(i int, item *lib.Value, room *int) {
	if item.IsNull() {
		return
	}
	*room -= itemSize
	if item.Kind() == lib.ByteArray {
		*room -= len(item.ByteArray())
	}
	if *room < 0 {
		return
	}
	if text, ok := r.chosen[i].text(*item); ok {
		r.out[i] = append(r.out[i], text)
	}
}
