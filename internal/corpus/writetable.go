package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
)

// maxColumns bounds the columns that other keys of records get: a file with more is no table.
const maxColumns = 1000

// tableWriter writes CSV or TSV. It keeps the articles as JSON Lines until all columns are known.
type tableWriter struct {
	out       io.Writer
	separator byte
	scratch   io.ReadWriteSeeker
	kept      *bufio.Writer

	used    map[string]bool // fields that some article has
	extra   []string        // keys of Extra, in the order met
	with    map[string]int  // by key: articles that have it
	written int
	lost    func(string)
	buf     []byte
}

func newTableWriter(out io.Writer, separator byte, scratch io.ReadWriteSeeker) *tableWriter {
	return &tableWriter{
		out: out, separator: separator, scratch: scratch, kept: bufio.NewWriterSize(scratch, bufferSize),
		used: map[string]bool{"text": true}, with: make(map[string]int),
	}
}

// write keeps an article that can be written.
func (w *tableWriter) write(doc *classifier.Document, lost func(string)) (err error) {
	w.lost = lost
	if w.buf, err = AppendJSON(w.buf[:0], doc); err != nil {
		return err
	}
	extra, err := extraCells(doc.Extra, lost)
	if err != nil {
		return err
	}
	if err := w.checkKeys(extra); err != nil {
		return err
	}
	for _, field := range strings.Fields(fields) {
		cell, err := fieldCell(doc, field)
		if err == nil {
			err = checkCell(field, cell, lost)
		}
		if err != nil {
			return err
		}
	}
	w.see(doc, extra)
	if _, err = w.kept.Write(w.buf); err != nil {
		return &WriteError{err}
	}
	return nil
}

// see notes the columns of an article.
func (w *tableWriter) see(doc *classifier.Document, extra []extraCell) {
	w.written++
	for _, field := range strings.Fields(fields) {
		if cell, _ := fieldCell(doc, field); cell != "" {
			w.used[field] = true
		}
	}
	for _, e := range extra {
		if w.with[e.key] == 0 {
			w.extra = append(w.extra, e.key)
		}
		w.with[e.key]++
	}
}

// checkKeys refuses keys that cannot be names of columns.
func (w *tableWriter) checkKeys(extra []extraCell) error {
	added := 0
	for _, e := range extra {
		if strings.TrimSpace(e.key) != e.key || isField(strings.ToLower(e.key)) || strings.ContainsAny(e.key, "\r\n;\t,") {
			return fmt.Errorf("key %.60q cannot name a column of a table: it is like that of a field, or has a separator, a line break or a blank at an end", e.key)
		}
		if w.with[e.key] == 0 {
			added++
		}
	}
	if len(w.extra)+added > maxColumns {
		return fmt.Errorf("more than %d different keys: that is no table", maxColumns)
	}
	return nil
}

// close writes the header and all that was kept.
func (w *tableWriter) close() error {
	if err := w.kept.Flush(); err != nil {
		return err
	}
	if _, err := w.scratch.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var columns []string
	for _, field := range strings.Fields(fields) {
		if w.used[field] {
			columns = append(columns, field)
		}
	}
	for _, key := range w.extra {
		if w.with[key] < w.written {
			w.lost("a table has a cell for every key: a key that an article does not have becomes an empty one")
		}
	}
	out := bufio.NewWriterSize(w.out, bufferSize)
	w.row(out, slices.Concat(columns, w.extra))
	if err := w.rows(out, columns); err != nil {
		return err
	}
	return out.Flush()
}

// rows writes the articles that were kept.
func (w *tableWriter) rows(out *bufio.Writer, columns []string) error {
	p := &jsonParser{lineReader: lineReader{in: bufio.NewReaderSize(w.scratch, bufferSize), max: int(^uint(0) >> 2)}}
	cells := make([]string, len(columns)+len(w.extra))
	for {
		var rec Record
		err := p.next(&rec)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read back what was kept: %w", err)
		}
		clear(cells)
		for i, field := range columns {
			cells[i], _ = fieldCell(&rec.Document, field) // checked when it was kept
		}
		extra, _ := extraCells(rec.Extra, w.lost)
		for _, e := range extra {
			cells[len(columns)+slices.Index(w.extra, e.key)] = e.cell
		}
		w.row(out, cells)
	}
}

// row writes a row.
func (w *tableWriter) row(out *bufio.Writer, cells []string) {
	w.buf = w.buf[:0]
	for i, cell := range cells {
		if i > 0 {
			w.buf = append(w.buf, w.separator)
		}
		// A row that is one empty cell must not look like an empty line.
		if strings.ContainsAny(cell, "\"\r\n") || strings.IndexByte(cell, w.separator) >= 0 || cell == "" && len(cells) == 1 {
			w.buf = append(append(append(w.buf, '"'), strings.ReplaceAll(cell, `"`, `""`)...), '"')
		} else {
			w.buf = append(w.buf, cell...)
		}
	}
	_, _ = out.Write(append(w.buf, '\n')) // out keeps its error until it is flushed
}

// fieldCell is the cell that a field is written to, which setField reads.
func fieldCell(doc *classifier.Document, field string) (string, error) {
	switch field {
	case "id":
		return doc.ID, nil
	case "title":
		return doc.Title, nil
	case "text":
		return doc.Text, nil
	case "labels":
		return labelCell(doc.Labels)
	case "not_labels":
		return labelCell(doc.NotLabels)
	case "disputed":
		return labelCell(doc.Disputed)
	case "partial":
		if doc.Partial {
			return strconv.FormatBool(true), nil
		}
	case "date":
		return doc.Date, nil
	case "source":
		return doc.Source, nil
	case "url":
		return doc.URL, nil
	}
	return "", nil
}

// labelCell joins labels by ";". A ";" at an end tells splitCell that there are no other separators.
func labelCell(labels []string) (string, error) {
	cell := strings.Join(labels, ";")
	for _, l := range labels {
		if strings.Contains(l, ";") {
			return "", fmt.Errorf("label %.60q has a semicolon, which parts labels in a table", l)
		}
	}
	if len(labels) == 1 && strings.ContainsAny(cell, ",|") {
		cell += ";"
	}
	if strings.HasPrefix(cell, "[") {
		cell = ";" + cell
	}
	return cell, nil
}

// checkCell refuses what cannot be read back, and tells what will read differently.
func checkCell(column, cell string, lost func(string)) error {
	if err := checkWritable(column, cell); err != nil {
		return err
	}
	if strings.Contains(cell, "\r\n") {
		lost(`a table ends lines with \n: \r\n within a cell becomes that`)
	}
	return nil
}

// extraCell is another key of a record, and its value in a cell.
type extraCell struct{ key, cell string }

// extraCells are the other keys of a record: strings as they are, other values as JSON.
func extraCells(object []byte, lost func(string)) (cells []extraCell, err error) {
	if len(object) == 0 {
		return nil, nil
	}
	d := jsontext.NewDecoder(bytes.NewReader(object))
	if _, err := d.ReadToken(); err != nil {
		return nil, errors.New("extra keys are not a JSON object")
	}
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		e := extraCell{key: name.String()}
		value, err := d.ReadValue()
		if err != nil {
			return nil, err
		}
		e.cell = string(value)
		if value.Kind() == '"' {
			text, _ := jsontext.AppendUnquote(nil, value) // valid: the decoder has read it
			e.cell = string(text)
		} else {
			lost("a table holds text alone: numbers, lists and objects of other keys become that")
		}
		if err := checkCell(e.key, e.cell, lost); err != nil {
			return nil, err
		}
		cells = append(cells, e)
	}
	return cells, nil
}
