package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// rowReader cuts its input into rows of cells as RFC 4180 has them: a cell in
// quotes may hold separators, line breaks and quotes written twice. Unlike
// encoding/csv it bounds the length of a row, so that a quote never closed does
// not bring the whole file into memory.
type rowReader struct {
	lineReader
	separator byte
	// strict refuses a quote inside a cell that does not start with one. In
	// TSV, which most programs write without quoting, it stands for itself.
	strict bool

	start int      // line on which the last row starts
	row   []string // reused
	cell  []byte   // scratch for a quoted cell
	size  int      // bytes of the row so far
	fault error    // first fault of the row that does not hide its end
}

// next returns the cells of the next row, valid until the following call.
// After a *badRecord it goes on below the line on which the fault was seen.
func (r *rowReader) next() ([]string, error) {
	line, err := r.firstLine()
	if err != nil {
		return nil, err
	}
	r.row = r.row[:0]
	for more := true; more; {
		if line, err = r.nextCell(line); err != nil {
			return nil, err
		}
		if more = len(line) > 0; more {
			line = line[1:] // the separator
		}
	}
	if r.fault != nil {
		return nil, badLine(r.start, r.fault)
	}
	return r.row, nil
}

// firstLine skips empty lines and starts a row.
func (r *rowReader) firstLine() ([]byte, error) {
	for {
		r.fault, r.size, r.start = nil, 0, r.line+1
		line, err := r.moreOf()
		if err != nil || len(line) > 0 || r.fault != nil {
			return line, err
		}
	}
}

// moreOf returns the next line of the row. Its faults are kept for the end of
// the row, except for a line too long to be read: where that row ends is not known.
func (r *rowReader) moreOf() ([]byte, error) {
	line, err := r.lineReader.next()
	if err == errTooLong {
		return nil, badLine(r.start, tooLong(r.max))
	}
	if err != nil {
		return nil, err
	}
	if r.size += len(line) + 1; r.size > r.max+1 {
		r.keep(tooLong(r.max))
	}
	if err := checkText(line); err != nil {
		r.keep(fmt.Errorf("line %d: %w", r.line, err))
	}
	return line, nil
}

func (r *rowReader) keep(fault error) {
	if r.fault == nil {
		r.fault = fault
	}
}

// nextCell adds the cell that line starts with to the row and returns what
// follows it: nothing, or a separator and the next cell.
func (r *rowReader) nextCell(line []byte) ([]byte, error) {
	if len(line) > 0 && line[0] == '"' {
		return r.quoted(line[1:])
	}
	cell, rest := line, []byte(nil)
	if i := bytes.IndexByte(line, r.separator); i >= 0 {
		cell, rest = line[:i], line[i:]
	}
	if r.strict && bytes.IndexByte(cell, '"') >= 0 {
		r.keep(errors.New(`a quote inside a cell: put the cell in quotes and write the quote twice`))
	}
	r.row = append(r.row, string(cell))
	return rest, nil
}

// quoted adds the cell whose opening quote stands before line.
func (r *rowReader) quoted(line []byte) ([]byte, error) {
	r.cell = r.cell[:0]
	for {
		i := bytes.IndexByte(line, '"')
		switch {
		case i < 0:
			r.hold(line, '\n')
			var err error
			if line, err = r.continued(); err != nil {
				return nil, err
			}
		case i+1 < len(line) && line[i+1] == '"':
			r.hold(line[:i], '"')
			line = line[i+2:]
		default:
			return r.closed(line[:i], line[i+1:])
		}
	}
}

// hold adds to the cell, unless the row is too long to be read anyway.
func (r *rowReader) hold(part []byte, end byte) {
	if r.size <= r.max+1 {
		r.cell = append(append(r.cell, part...), end)
	}
}

// continued returns the next line of a quoted cell.
func (r *rowReader) continued() ([]byte, error) {
	line, err := r.moreOf()
	if err == io.EOF {
		return nil, fmt.Errorf("a quote opened in the row of line %d is never closed: nothing after it could be read", r.start)
	}
	return line, err
}

// closed ends a quoted cell.
func (r *rowReader) closed(last, rest []byte) ([]byte, error) {
	if len(rest) > 0 && rest[0] != r.separator {
		err := fmt.Errorf("text after a closing quote on line %d: write a quote inside quotes twice", r.line)
		return nil, badLine(r.start, err)
	}
	r.row = append(r.row, string(append(r.cell, last...)))
	return rest, nil
}
