package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
)

// fields are the names of the parts of a document, as in JSON.
const fields = "id title text labels not_labels disputed partial date source url"

func isField(name string) bool { return slices.Contains(strings.Fields(fields), name) }

func validateColumns(columns map[string]string) error {
	fieldOf := make(map[string]string)
	for _, field := range slices.Sorted(maps.Keys(columns)) {
		name := columns[field]
		if !isField(field) {
			return fmt.Errorf("unknown field %q for column %q: give one of %s", field, name, fields)
		}
		if other, ok := fieldOf[name]; ok {
			return fmt.Errorf("column %q is given for both %s and %s: give one", name, other, field)
		}
		fieldOf[name] = field
	}
	return nil
}

// column is what a cell is for.
type column struct {
	field string // "" for a column that goes into Extra
	key   []byte // its name as a JSON string
}

// table reads CSV and TSV below a header row.
type table struct {
	rows    rowReader
	columns []column
}

func newTable(lines lineReader, format Format, mapping map[string]string) (*table, error) {
	separator := byte('\t')
	if format == CSV {
		head, _ := lines.in.Peek(4 << 10)
		separator = frequentSeparator(head)
	}
	t := &table{rows: rowReader{lineReader: lines, separator: separator, strict: format == CSV}}
	header, err := t.rows.next()
	if err == io.EOF {
		return nil, errors.New("the file is empty: it needs a header row that names the columns")
	}
	if err != nil {
		return nil, fmt.Errorf("header row: %w", err)
	}
	t.columns, err = readHeader(header, mapping)
	return t, err
}

// frequentSeparator returns what most often stands in the first line of head.
// Programs set to Indonesian write semicolons, as the comma marks decimals.
func frequentSeparator(head []byte) byte {
	head, _, _ = bytes.Cut(head, []byte("\n"))
	best := byte(',')
	for _, c := range []byte(";\t") {
		if bytes.Count(head, []byte{c}) > bytes.Count(head, []byte{best}) {
			best = c
		}
	}
	return best
}

// readHeader assigns each column to a field or to Extra.
func readHeader(header []string, mapping map[string]string) ([]column, error) {
	columns := make([]column, len(header))
	seen := make(map[string]bool, len(header))
	for i, name := range header {
		name = strings.TrimSpace(name)
		if seen[name] {
			return nil, fmt.Errorf("column %.60q is named twice in the header", name)
		}
		seen[name] = true
		key, err := jsontext.AppendQuote(nil, name)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", name, err)
		}
		columns[i] = column{fieldOf(name, mapping), key}
	}
	return columns, checkFields(columns, header, mapping)
}

// fieldOf returns the field that a column holds: the one it is mapped to, or,
// unless that is mapped to another column, the one it is named like.
func fieldOf(name string, mapping map[string]string) string {
	for field, mapped := range mapping {
		if mapped == name {
			return field
		}
	}
	field := strings.ToLower(name)
	if _, elsewhere := mapping[field]; elsewhere || !isField(field) {
		return ""
	}
	return field
}

// checkFields makes sure that no field has two columns, that every mapped
// column exists, and that there is something to read.
func checkFields(columns []column, header []string, mapping map[string]string) error {
	shown := header[:min(len(header), 30)] // in messages
	count := make(map[string]int)
	for _, c := range columns {
		count[c.field]++
	}
	for _, field := range strings.Fields(fields) {
		name, mapped := mapping[field]
		if mapped && count[field] == 0 {
			return fmt.Errorf("no column %q for %s: the columns are %.60q", name, field, shown)
		}
		if count[field] > 1 {
			return fmt.Errorf("%d columns for %s: the columns are %.60q", count[field], field, shown)
		}
	}
	if count["title"]+count["text"] == 0 {
		return fmt.Errorf("no column named title or text: the columns are %.60q; say which column holds the text", shown)
	}
	return nil
}

func (t *table) reached() position { return position{line: t.rows.line} }

func (t *table) next(rec *Record) error {
	row, err := t.rows.next()
	if err != nil {
		return err
	}
	rec.Line = t.rows.start
	if len(row) != len(t.columns) {
		return badLine(rec.Line, fmt.Errorf("%d cells, but the header has %d", len(row), len(t.columns)))
	}
	for i, c := range t.columns {
		if c.field == "" {
			cell, _ := jsontext.AppendQuote(nil, row[i]) // valid UTF-8: the row was checked
			rec.Extra = appendMember(rec.Extra, c.key, cell)
		} else if err := setField(&rec.Document, c.field, row[i]); err != nil {
			return badLine(rec.Line, fmt.Errorf("%s: %w", c.field, err))
		}
	}
	if rec.Extra != nil {
		rec.Extra = append(rec.Extra, '}')
	}
	return nil
}

// setField stores a cell in the field of that name.
func setField(d *classifier.Document, field, cell string) (err error) {
	switch field {
	case "id":
		d.ID = cell
	case "title":
		d.Title = cell
	case "text":
		d.Text = cell
	case "date":
		d.Date = cell
	case "source":
		d.Source = cell
	case "url":
		d.URL = cell
	case "labels":
		d.Labels, err = splitCell(cell)
	case "not_labels":
		d.NotLabels, err = splitCell(cell)
	case "disputed":
		d.Disputed, err = splitCell(cell)
	case "partial":
		d.Partial, err = parseTruth(cell)
	}
	return err
}

// splitCell splits a cell of labels at the first of ; | , that it holds.
func splitCell(cell string) ([]string, error) {
	cell = strings.TrimSpace(cell)
	if strings.HasPrefix(cell, "[") {
		return nil, fmt.Errorf("%.60q looks like a list in program notation: write labels as a;b", cell)
	}
	separator := ","
	for _, s := range []string{"|", ";"} {
		if strings.Contains(cell, s) {
			separator = s
		}
	}
	var labels []string
	for label := range strings.SplitSeq(cell, separator) {
		if label = strings.TrimSpace(label); label != "" {
			labels = append(labels, label)
		}
	}
	return labels, nil
}

func parseTruth(cell string) (bool, error) {
	if cell == "" {
		return false, nil
	}
	b, err := strconv.ParseBool(strings.ToLower(cell))
	if err != nil {
		return false, fmt.Errorf("give true or false, not %.60q", cell)
	}
	return b, nil
}
