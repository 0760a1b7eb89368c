package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

// readString reads content as standard input.
func readString(content string, o Options) ([]*Record, []error) {
	o.Stdin = strings.NewReader(content)
	return ReadAll(context.Background(), []string{"-"}, o)
}

// documents takes the documents out of records.
func documents(records []*Record) []classifier.Document {
	var docs []classifier.Document
	for _, r := range records {
		docs = append(docs, r.Document)
	}
	return docs
}

func texts(errs []error) []string {
	var s []string
	for _, err := range errs {
		s = append(s, err.Error())
	}
	return s
}

// writeFile writes a file below a temporary folder and returns its path.
func writeFile(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestStdinFormat(t *testing.T) {
	tests := []struct {
		name, content string
		format        Format
		want          []classifier.Document
	}{
		{"json", "\n {\"text\":\"a\"}\n", Auto, []classifier.Document{{Text: "a"}}},
		{"json after BOM", bom + `{"text":"a"}`, Auto, []classifier.Document{{Text: "a"}}},
		{
			"fasttext", "__label__x a\n__label__y b\n", Auto,
			[]classifier.Document{{Text: "a", Labels: []string{"x"}}, {Text: "b", Labels: []string{"y"}}},
		},
		{"plain", "Hujan deras.\n\nBanjir.\n", Auto, []classifier.Document{{Text: "Hujan deras.\n\nBanjir.\n"}}},
		{"plain starts with bracket", "[Foto] Hujan", Auto, []classifier.Document{{Text: "[Foto] Hujan"}}},
		{"forced plain", `{"text":"a"}`, Text, []classifier.Document{{Text: `{"text":"a"}`}}},
		{"forced html as plain", "<html>", Text, []classifier.Document{{Text: "<html>"}}},
		{"forced csv", "text\na\n", CSV, []classifier.Document{{Text: "a"}}},
		{"forced fasttext", "a\n", FastText, []classifier.Document{{Text: "a"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, errs := readString(test.content, Options{Format: test.format})
			if len(errs) > 0 {
				t.Fatal(errs)
			}
			if diff := cmp.Diff(test.want, documents(got)); diff != "" {
				t.Error(diff)
			}
			if got[0].Path != "stdin" {
				t.Errorf("path %q", got[0].Path)
			}
		})
	}
}

func TestRefusedContent(t *testing.T) {
	tests := []struct{ name, file, content, want string }{
		{"xml", "a.xml", "<p>a", "xml is not read: give jsonl, csv"},
		{"zip in disguise", "a.jsonl", "PK\x03\x04...", "broken zip file: its directory"},
		{"office document", "a.docx", zipped(t, "word/document.xml", "<p>a"), "docx is not read"},
		{"rar", "a", "Rar!\x1a\x07\x00", "rar is not read"},
		{"utf-16", "a.csv", "\xff\xfet\x00", "utf-16 text (convert it to UTF-8) is not read"},
		{"gzip in gzip", "a.gz", gzipped(t, gzipped(t, "a")), "a file compressed twice is not read"},
		{"empty gzip", "a.jsonl.gz", "", "the file is empty, not even a compressed nothing"},
		{"empty table", "a.csv", "", "the file is empty: it needs a header row"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := writeFile(t, filepath.Join(t.TempDir(), test.file), test.content)
			records, errs := ReadAll(context.Background(), []string{path}, Options{})
			if len(records) != 0 || len(errs) != 1 {
				t.Fatalf("%d records, errors %v", len(records), errs)
			}
			if _, ok := errors.AsType[*SourceError](errs[0]); !ok || !strings.HasPrefix(errs[0].Error(), path+": "+test.want) {
				t.Errorf("%T %v\nwant %s", errs[0], errs[0], test.want)
			}
		})
	}
}

func TestReadingGoesOn(t *testing.T) {
	dir := t.TempDir()
	good := writeFile(t, dir+"/a.jsonl", "{\"text\":\"a\"}\n{}\n{\"text\":\"b\"}\n")
	last := writeFile(t, dir+"/c.txt", "c")
	missing := filepath.Join(dir, "missing.jsonl")

	var got []string
	for r, err := range Read(context.Background(), []string{good, missing, last}, Options{}) {
		if err != nil {
			got = append(got, fmt.Sprintf("%T %v", err, err))
		} else {
			got = append(got, r.Place()+" "+r.Text)
		}
	}
	want := []string{
		good + ":1 a",
		"*corpus.RecordError " + good + ":2: neither title nor text: give one",
		good + ":3 b",
		"*corpus.SourceError " + missing + ": no such file or directory",
		last + ":1 c",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	_, errs := ReadAll(context.Background(), []string{missing}, Options{})
	if !errors.Is(errs[0], fs.ErrNotExist) {
		t.Errorf("%v does not wrap fs.ErrNotExist", errs[0])
	}
}

func TestRefusedOptions(t *testing.T) {
	tests := []struct {
		options Options
		want    string
	}{
		{Options{Format: "xml"}, `unknown format "xml"`},
		{Options{MaxRecord: -1}, "longest record of -1 bytes"},
		{Options{Columns: map[string]string{"body": "isi"}}, `unknown field "body" for column "isi"`},
		{Options{Columns: map[string]string{"title": "x", "text": "x"}}, `column "x" is given for both text and title`},
		{Options{}, "stdin: no standard input here"},
	}
	for _, test := range tests {
		_, errs := ReadAll(context.Background(), []string{"-"}, test.options)
		if len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), test.want) {
			t.Errorf("%v\nwant %s", errs, test.want)
		}
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	o := Options{Stdin: strings.NewReader(strings.Repeat("{\"text\":\"a\"}\n", 10))}
	n := 0
	var last error
	for _, err := range Read(ctx, []string{"-", "-"}, o) {
		n, last = n+1, err
		if n == 3 {
			cancel()
		}
	}
	if n != 4 || !errors.Is(last, context.Canceled) {
		t.Errorf("%d steps, last error %v", n, last)
	}
}

// trackedReader counts the reads of it, which are short.
type trackedReader struct {
	io.Reader
	reads int
}

func (r *trackedReader) Read(p []byte) (int, error) {
	r.reads++
	return r.Reader.Read(p[:min(len(p), 16)])
}

func TestBreakStopsReading(t *testing.T) {
	in := &trackedReader{Reader: strings.NewReader(strings.Repeat("{\"text\":\"a\"}\n", 1000))}
	for range Read(context.Background(), []string{"-", "-"}, Options{Stdin: in, Format: JSONL}) {
		break
	}
	if in.reads > 2 {
		t.Errorf("%d reads for one record", in.reads)
	}
}

func TestReadErrorNamesLine(t *testing.T) {
	in := io.MultiReader(strings.NewReader("{\"text\":\"a\"}\n{\"text\":"), failingReader{})
	records, errs := ReadAll(context.Background(), []string{"-"}, Options{Stdin: in})
	if diff := cmp.Diff([]string{"stdin:2: disk on fire"}, texts(errs)); diff != "" || len(records) != 1 {
		t.Errorf("%d records\n%s", len(records), diff)
	}
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestLabelRules(t *testing.T) {
	many := `"` + strings.Repeat(`x","`, maxLabels) + `x"`
	tests := []struct{ line, want string }{
		{`{"text":"a","labels":["x",""]}`, `labels: label "" is empty or has space around it`},
		{`{"text":"a","disputed":[" x"]}`, `disputed: label " x" is empty or has space around it`},
		{`{"text":"a","labels":["x"],"not_labels":["x"]}`, `label "x" is both in labels and not_labels: keep one`},
		{`{"text":"a","labels":[` + many + `]}`, `labels: 1001 labels, more than 1000`},
	}
	for _, test := range tests {
		_, errs := readString(test.line, Options{})
		if diff := cmp.Diff([]string{"stdin:1: " + test.want}, texts(errs)); diff != "" {
			t.Error(diff)
		}
	}
	got, _ := readString(`{"text":"a","labels":["x","y","x"]}`, Options{})
	if diff := cmp.Diff([]string{"x", "y"}, got[0].Labels); diff != "" {
		t.Errorf("a repeated label counts once: %s", diff)
	}
}
