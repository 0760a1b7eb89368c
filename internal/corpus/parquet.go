package corpus

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/parquet"
)

// maxParquetPage is the longest page read, beside one that holds a single long record: programs that
// write Parquet make pages of 1 MB by habit, and of up to 100 MB.
const maxParquetPage = 128 << 20

// parquetTable reads the rows of a Parquet file.
type parquetTable struct {
	rows    *parquet.Rows
	columns []parquetColumn
	max     int
}

// parquetColumn is what a column is for.
type parquetColumn struct {
	column
	kind parquet.Kind
	list bool
}

func newParquet(in *input, o *Options) (*parquetTable, error) {
	r, size, err := in.random(o.MaxRecord)
	if err != nil {
		return nil, err
	}
	f, err := parquet.Open(r, size, max(maxParquetPage, int64(o.MaxRecord)))
	if err != nil {
		return nil, err
	}
	for _, name := range f.Left() {
		if field := fieldOf(name, o.Columns); field != "" {
			return nil, fmt.Errorf("column %.60q for %s is nested or of a kind that is not read", name, field)
		}
	}
	t := &parquetTable{max: o.MaxRecord}
	chosen, err := t.choose(f.Columns(), o.Columns)
	if err != nil {
		return nil, err
	}
	t.rows = f.Rows(chosen, o.MaxRecord)
	return t, nil
}

// choose finds what each column is for and leaves out those with bytes that are for nothing.
func (t *parquetTable) choose(all []parquet.Column, mapping map[string]string) ([]parquet.Column, error) {
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	columns, err := readHeader(names, mapping)
	if err != nil {
		return nil, err
	}
	var chosen []parquet.Column
	for i, c := range columns {
		if c.field == "" && all[i].Kind == parquet.Bytes {
			continue
		}
		if err := checkKind(c.field, all[i]); err != nil {
			return nil, err
		}
		chosen = append(chosen, all[i])
		t.columns = append(t.columns, parquetColumn{c, all[i].Kind, all[i].List})
	}
	return chosen, nil
}

// checkKind refuses a column that cannot hold the field.
func checkKind(field string, c parquet.Column) error {
	isText := c.Kind == parquet.Text || c.Kind == parquet.Bytes
	want, fits := "text", isText && !c.List
	switch field {
	case "":
		return nil
	case "id":
		want, fits = "text or whole numbers", fits || c.Kind == parquet.Integer && !c.List
	case "date":
		want, fits = "text or times", fits || c.Kind == parquet.Time && !c.List
	case "labels", "not_labels", "disputed":
		want, fits = "lists of text, or text as in a;b", isText
	case "partial":
		want, fits = "true or false", c.Kind == parquet.Truth && !c.List
	}
	if fits {
		return nil
	}
	has := c.Kind.String()
	if c.List {
		has = "lists of " + has
	}
	return fmt.Errorf("column %.60q for %s has %s: it must have %s", c.Name, field, has, want)
}

func (t *parquetTable) reached() position { return t.at(t.rows.Row()) }

func (t *parquetTable) at(row int64) position { return position{line: int(row), unit: Row} }

func (t *parquetTable) next(rec *Record) error {
	cells, err := t.rows.Next()
	if bad, ok := errors.AsType[*parquet.RowError](err); ok {
		if errors.Is(bad, parquet.ErrTooLong) {
			return &badRecord{t.at(bad.Row), tooLong(t.max)}
		}
		return &badRecord{t.at(bad.Row), bad}
	}
	if err != nil {
		return err
	}
	rec.Line, rec.Unit = int(t.rows.Row()), Row
	if err := t.fill(&rec.Document, cells); err != nil {
		return &badRecord{rec.position(), err}
	}
	return nil
}

// fill makes a document of a row.
func (t *parquetTable) fill(d *classifier.Document, cells []parquet.Cell) error {
	given := false
	for i, c := range t.columns {
		for _, item := range cells[i] {
			if err := checkUTF8([]byte(item)); err != nil {
				return fmt.Errorf("column %s: %w", c.key, err)
			}
		}
		if err := c.store(d, cells[i]); err != nil {
			return fmt.Errorf("%s: %w", c.field, err)
		}
		given = given || len(cells[i]) > 0 && (c.field == "title" || c.field == "text")
	}
	if d.Extra != nil {
		d.Extra = append(d.Extra, '}')
	}
	if !given {
		return errAbsent
	}
	return nil
}

// store puts a cell where it belongs. One without items is absent.
func (c *parquetColumn) store(d *classifier.Document, cell parquet.Cell) error {
	switch {
	case len(cell) == 0:
		return nil
	case c.field == "":
		d.Extra = appendMember(d.Extra, c.key, c.json(cell))
		return nil
	case c.list:
		setList(d, c.field, append([]string(nil), cell...))
		return nil
	}
	return setField(d, c.field, cell[0])
}

// setList stores labels that are a list already.
func setList(d *classifier.Document, field string, labels []string) {
	switch field {
	case "labels":
		d.Labels = labels
	case "not_labels":
		d.NotLabels = labels
	case "disputed":
		d.Disputed = labels
	}
}

// json writes a cell as it would stand in JSON Lines.
func (c *parquetColumn) json(cell parquet.Cell) []byte {
	if !c.list {
		return c.appendJSON(nil, cell[0])
	}
	dst := []byte{'['}
	for i, item := range cell {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = c.appendJSON(dst, item)
	}
	return append(dst, ']')
}

func (c *parquetColumn) appendJSON(dst []byte, item string) []byte {
	switch c.kind {
	case parquet.Integer, parquet.Number, parquet.Truth:
		return append(dst, item...)
	}
	dst, _ = jsontext.AppendQuote(dst, item) // valid UTF-8: it was checked
	return dst
}
