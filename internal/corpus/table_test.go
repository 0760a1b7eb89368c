package corpus

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

func TestTable(t *testing.T) {
	one := func(d classifier.Document) []classifier.Document { return []classifier.Document{d} }
	tests := []struct {
		name, content string
		options       Options
		want          []classifier.Document
	}{
		{
			"all columns", "id,title,text,labels,not_labels,disputed,partial,date,source,url\n1,T,X,a;b,c,d,TRUE,2020,S,U\n",
			Options{},
			one(classifier.Document{
				ID: "1", Title: "T", Text: "X", Labels: []string{"a", "b"}, NotLabels: []string{"c"},
				Disputed: []string{"d"}, Partial: true, Date: "2020", Source: "S", URL: "U",
			}),
		},
		{"quoted cells", "text,title\r\n\"a,\"\"b\"\"\r\nc\",\"T\"\r\n", Options{}, one(classifier.Document{Text: "a,\"b\"\nc", Title: "T"})},
		{"blank lines inside and between", "text\n\n\"a\n\nb\"\n\n", Options{}, one(classifier.Document{Text: "a\n\nb"})},
		{"semicolons", "id;text\n1;a,b\n", Options{}, one(classifier.Document{ID: "1", Text: "a,b"})},
		{"tabs under the name of CSV", "id\ttext\n1\ta,b\n", Options{}, one(classifier.Document{ID: "1", Text: "a,b"})},
		{"tabs, quotes in cells", "id\ttext\n1\tkata \"x\" y\n", Options{Format: TSV}, one(classifier.Document{ID: "1", Text: `kata "x" y`})},
		{"quoted cell between tabs", "id\ttext\n1\t\"a\tb\"\n", Options{Format: TSV}, one(classifier.Document{ID: "1", Text: "a\tb"})},
		{"BOM and capitals", bom + "ID, Text \n1,a", Options{}, one(classifier.Document{ID: "1", Text: "a"})},
		{
			"mapped", "judul,isi,kategori\nT,X,a|b c\n",
			Options{Columns: map[string]string{"title": "judul", "text": "isi", "labels": "kategori"}},
			one(classifier.Document{Title: "T", Text: "X", Labels: []string{"a", "b c"}}),
		},
		{
			"mapped past its own name", "text,isi\nx,X\n",
			Options{Columns: map[string]string{"text": "isi"}},
			one(classifier.Document{Text: "X", Extra: []byte(`{"text":"x"}`)}),
		},
		{
			"mapped to the name of another field", "text,source\nx,y\n",
			Options{Columns: map[string]string{"title": "source"}},
			one(classifier.Document{Text: "x", Title: "y"}),
		},
		{"other columns", ",text,\"n \"\"1\"\"\"\n0,a,\n", Options{}, one(classifier.Document{Text: "a", Extra: []byte(`{"":"0","n \"1\"":""}`)})},
		{"labels by comma", "text,labels\na,\"x, y,\"\n", Options{}, one(classifier.Document{Text: "a", Labels: []string{"x", "y"}})},
		{
			"labels with commas by semicolon", "text,labels\na,\"x, y; z|w\"\n",
			Options{},
			one(classifier.Document{Text: "a", Labels: []string{"x, y", "z|w"}}),
		},
		{"no labels", "text,labels\na,\n", Options{}, one(classifier.Document{Text: "a"})},
		{"header only", "text\n", Options{}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.options.Format == Auto {
				test.options.Format = CSV
			}
			got, errs := readString(test.content, test.options)
			if diff := cmp.Diff(test.want, documents(got)); diff != "" || len(errs) > 0 {
				t.Error(errs, diff)
			}
		})
	}
}

func TestTableFaults(t *testing.T) {
	long := strings.Repeat("x", 60)
	tests := []struct {
		name, rows string
		want       string // the one error
		after      int    // line of the good row after it, 0 for none
	}{
		{"cells missing", "1\n", "stdin:4: 1 cells, but the header has 3", 5},
		{"cells too many", "1,a,,\n", "stdin:4: 4 cells, but the header has 3", 5},
		{"labelled without text", "1,,a\n", "stdin:4: title and text are both empty: a labelled article needs one", 5},
		{"quote inside a cell", "1,a \"b\",\n", "stdin:4: a quote inside a cell: put the cell in quotes and write the quote twice", 5},
		{"text after a quote", "1,\"a\nb\" c,\n", "stdin:4: text after a closing quote on line 5: write a quote inside quotes twice", 6},
		{"quote never closed", "1,\"a,\n", "stdin:6: a quote opened in the row of line 4 is never closed: nothing after it could be read", 0},
		{"invalid UTF-8", "1,\"a\n\xff\",\n", "stdin:4: line 5: invalid UTF-8 at byte 1: convert the text to UTF-8", 6},
		{"NUL", "1,a\x00,\n", "stdin:4: line 4: NUL at byte 4: is this a text file?", 5},
		{"list in program notation", "1,a,['x']\n", `stdin:4: labels: "['x']" looks like a list in program notation: write labels as a;b`, 5},
		{"long line", "1," + long + long + ",\n", "stdin:4: the record is longer than the limit of 100 bytes", 5},
		{"long row", "1,\"" + long + "\n" + long + "\n" + long + "\",\n", "stdin:4: the record is longer than the limit of 100 bytes", 7},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			content := "id,text,labels\n0,good,\n\n" + test.rows + "9,good,\n"
			got, errs := readString(content, Options{Format: CSV, MaxRecord: 100})
			if diff := cmp.Diff([]string{test.want}, texts(errs)); diff != "" {
				t.Fatal(diff)
			}
			after := 0
			for _, r := range got {
				if r.ID == "9" {
					after = r.Line
				}
			}
			if after != test.after {
				t.Errorf("the next row is read on line %d, want %d", after, test.after)
			}
		})
	}
}

func TestHeaderFaults(t *testing.T) {
	tests := []struct {
		name, header string
		columns      map[string]string
		want         string
	}{
		{"nothing to read", "id,body", nil, `no column named title or text: the columns are ["id" "body"]; say which column holds the text`},
		{"mapped column missing", "text", map[string]string{"labels": "topik"}, `no column "topik" for labels: the columns are ["text"]`},
		{"twice", "text,a,a", nil, `column "a" is named twice in the header`},
		{"twice in other capitals", "text,Text", nil, `2 columns for text: the columns are ["text" "Text"]`},
		{"quote never closed", "\"text", nil, "header row: a quote opened in the row of line 1 is never closed"},
		{"invalid UTF-8", "text,\xff", nil, "header row: line 1: invalid UTF-8 at byte 6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, errs := readString(test.header+"\na\n", Options{Format: CSV, Columns: test.columns})
			if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), "stdin: "+test.want) {
				t.Errorf("%v\nwant %s", errs, test.want)
			}
		})
	}
}

func TestTruthInCells(t *testing.T) {
	for cell, want := range map[string]bool{"": false, "true": true, "True": true, "0": false, "FALSE": false, "1": true} {
		if got, err := parseTruth(cell); got != want || err != nil {
			t.Errorf("%q: %v, %v", cell, got, err)
		}
	}
	if _, err := parseTruth("ya"); err == nil || err.Error() != `give true or false, not "ya"` {
		t.Error(err)
	}
}
