package parquet

import (
	"errors"
	"fmt"
	"io"
)

// ErrTooLong is returned for a row beyond the limit.
var ErrTooLong = errors.New("the row is longer than the limit")

// File is an opened Parquet file.
type File struct {
	r       io.ReaderAt
	size    int64
	maxPage int64
	footer  *footer
	leaves  int
	columns []Column
	left    []string
}

// Open reads the footer of a file of size bytes, in which no page is longer than maxPage.
func Open(r io.ReaderAt, size, maxPage int64) (*File, error) {
	f, err := readFooter(r, size)
	if err != nil {
		return nil, err
	}
	w := walker{schema: f.schema}
	if err := w.walk(); err != nil {
		return nil, err
	}
	for i, g := range f.groups {
		if len(g.chunks) != w.leaves || g.rows < 0 {
			return nil, fmt.Errorf("broken Parquet footer: row group %d has %d columns and %d rows, where the schema has %d columns",
				i+1, len(g.chunks), g.rows, w.leaves)
		}
	}
	return &File{r, size, maxPage, f, w.leaves, w.columns, w.left}, nil
}

// Columns returns the columns that can be read, in the order of the file.
func (f *File) Columns() []Column { return f.columns }

// Left returns the names of the columns that cannot.
func (f *File) Left() []string { return f.left }

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
	columns []cells
	unpacker
	group int   // next
	left  int64 // rows of the current group
	row   int64 // last read, from 1
	out   []Cell
}

// Rows reads the chosen columns, of rows with at most max bytes.
func (f *File) Rows(chosen []Column, max int) *Rows {
	return &Rows{file: f, chosen: chosen, max: max, out: make([]Cell, len(chosen)), unpacker: unpacker{limit: f.maxPage}}
}

// Row is the number of the row last read, from 1.
func (r *Rows) Row() int64 { return r.row }

// Next returns a cell for each chosen column, valid until the following call, io.EOF after the last row.
func (r *Rows) Next() ([]Cell, error) {
	for r.left == 0 {
		if r.group == len(r.file.footer.groups) {
			return nil, io.EOF
		}
		r.begin(r.file.footer.groups[r.group])
		r.group++
	}
	r.row++
	r.left--
	room := r.max + itemSize*len(r.chosen)
	for i := range r.columns {
		var err error
		if r.out[i], err = r.columns[i].row(r.out[i][:0], &room); err != nil {
			return nil, r.broken(r.chosen[i].Name, err)
		}
	}
	if room < 0 {
		return nil, &RowError{Row: r.row, Last: r.row, Err: ErrTooLong}
	}
	return r.out, nil
}

// begin starts a row group.
func (r *Rows) begin(g rowGroup) {
	r.left = g.rows
	r.columns = r.columns[:0]
	for _, c := range r.chosen {
		k := g.chunks[c.index]
		in := column{Column: c, file: r.file, unpacker: &r.unpacker, codec: k.codec}
		if k.start >= 0 && k.size > 0 && k.size <= r.file.size-k.start {
			in.at, in.end = k.start, k.start+k.size
		}
		r.columns = append(r.columns, cells{column: in})
	}
}

// broken leaves out the rest of the row group.
func (r *Rows) broken(column string, err error) error {
	if err == io.EOF {
		err = errors.New("it ends before its row group, or lies outside the file")
	}
	e := &RowError{Row: r.row, Last: r.row + r.left, Column: column, Err: err}
	r.row, r.left = e.Last, 0
	return e
}

// cells reads a column row by row.
type cells struct {
	column
	ahead item // of the next row
	begun bool // ahead is there
}

// row appends the items of the next row to cell and takes their length off room. Beyond that
// there are no more of them.
func (c *cells) row(cell Cell, room *int) (Cell, error) {
	it := c.ahead
	if !c.begun {
		var err error
		if it, err = c.next(); err != nil {
			return cell, err
		}
	}
	if it.rep != 0 {
		return cell, errBroken
	}
	for {
		if cell = c.add(cell, it, room); !c.List {
			return cell, nil
		}
		next, err := c.next()
		c.ahead, c.begun = next, err == nil
		if err == io.EOF {
			return cell, nil
		}
		if err != nil {
			return cell, err
		}
		if next.rep == 0 {
			return cell, nil
		}
		it = next
	}
}

func (c *cells) add(cell Cell, it item, room *int) Cell {
	if it.null {
		return cell
	}
	if *room -= len(it.bytes) + itemSize; *room < 0 {
		return cell
	}
	text, ok := c.text(it.value)
	if !ok {
		return cell
	}
	return append(cell, text)
}
