package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/tajuk/tajuk/classifier"
)

// parqueted writes rows as a Parquet file, in groups of 100.
func parqueted[T any](t testing.TB, rows []T) string {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, parquet.MaxRowsPerRowGroup(100), parquet.Compression(&parquet.Snappy))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestParquet(t *testing.T) {
	type inner struct{ A, B string }
	type row struct {
		ID       int64     `parquet:"id"`
		Title    *string   `parquet:"Title,optional"`
		Text     string    `parquet:"text"`
		Labels   []string  `parquet:"labels,list"`
		Not      []string  `parquet:"not_labels"`
		Disputed string    `parquet:"disputed"`
		Partial  bool      `parquet:"partial"`
		Date     time.Time `parquet:"date,timestamp(millisecond)"`
		Source   []byte    `parquet:"source"`
		URL      string    `parquet:"url"`
		Author   string    `parquet:"penulis"`
		Words    *int64    `parquet:"words,optional"`
		Score    float64   `parquet:"score"`
		Tags     []string  `parquet:"tags,list"`
		Photo    []byte    `parquet:"photo"`
		Inner    inner     `parquet:"inner"`
	}
	title, words := "Banjir", int64(7)
	content := parqueted(t, []row{
		{
			ID: 12, Title: &title, Text: "Air meluap.", Labels: []string{"disaster", "weather"}, Not: []string{"law"}, Disputed: "a;b", Partial: true,
			Date: time.Date(2020, 12, 30, 1, 2, 3, 0, time.UTC), Source: []byte("contoh"), URL: "http://a.id/1",
			Author: `An"i`, Words: &words, Score: 0.5, Tags: []string{"x", "y"}, Photo: []byte{0xff, 0xd8},
		},
		{ID: -1, Text: "Gempa.", Date: time.Unix(0, 0)},
	})
	want := []classifier.Document{
		{
			ID: "12", Title: "Banjir", Text: "Air meluap.", Labels: []string{"disaster", "weather"}, NotLabels: []string{"law"}, Disputed: []string{"a", "b"}, Partial: true,
			Date: "2020-12-30T01:02:03Z", Source: "contoh", URL: "http://a.id/1", Extra: []byte(`{"penulis":"An\"i","words":7,"score":0.5,"tags":["x","y"]}`),
		},
		{ID: "-1", Text: "Gempa.", Date: "1970-01-01T00:00:00Z", Extra: []byte(`{"penulis":"","score":0}`)},
	}
	dir := t.TempDir()
	for _, source := range []string{
		writeFile(t, dir+"/a.parquet", content), writeFile(t, dir+"/noname", content), writeFile(t, dir+"/a.parquet.gz", gzipped(t, content)),
		writeFile(t, dir+"/a.zip", zipped(t, "a.parquet", content)), writeFile(t, dir+"/a.tar", tarred(t, "a.parquet", content)),
	} {
		got, errs := ReadAll(t.Context(), []string{source}, Options{})
		if diff := cmp.Diff(want, documents(got)); diff != "" || len(errs) > 0 {
			t.Error(source, errs, diff)
		}
	}
	got, _ := readString(content, Options{})
	if got[1].Place() != "stdin:row 2" {
		t.Errorf("place %s", got[1].Place())
	}
}

func TestParquetMapping(t *testing.T) {
	type row struct {
		Text  string `parquet:"text"`
		Isi   string `parquet:"isi"`
		Topik string `parquet:"topik"`
	}
	o := Options{Columns: map[string]string{"text": "isi", "labels": "topik"}}
	got, errs := readString(parqueted(t, []row{{"ringkas", "panjang", "a|b"}}), o)
	want := []classifier.Document{{Text: "panjang", Labels: []string{"a", "b"}, Extra: []byte(`{"text":"ringkas"}`)}}
	if diff := cmp.Diff(want, documents(got)); diff != "" || len(errs) > 0 {
		t.Error(errs, diff)
	}
}

func TestParquetRefused(t *testing.T) {
	type labelled[T any] struct {
		Text   string `parquet:"text"`
		Labels T      `parquet:"labels"`
	}
	tests := []struct {
		name, content string
		columns       map[string]string
		want          string
	}{
		{"no text", parqueted(t, []struct{ Isi string }{{"a"}}), nil, `stdin: no column named title or text: the columns are ["Isi"]; say which`},
		{"labels are numbers", parqueted(t, []labelled[int64]{{"a", 1}}), nil, `stdin: column "labels" for labels has whole numbers: it must have lists of text, or text as in a;b`},
		{"labels are structures", parqueted(t, []labelled[struct{ A, B string }]{{Text: "a"}}), nil, `stdin: column "labels" for labels is nested or of a kind that is not read`},
		{"text is a list", parqueted(t, []struct{ Text []string }{{nil}}), nil, `stdin: column "Text" for text has lists of text: it must have text`},
		{"date is a number", parqueted(t, []struct {
			Text string
			Date float64
		}{{"a", 1}}), nil, `stdin: column "Date" for date has numbers: it must have text or times`},
		{"partial is text", parqueted(t, []struct{ Text, Partial string }{{"a", "true"}}), nil, `stdin: column "Partial" for partial has text: it must have true or false`},
		{"mapped column missing", parqueted(t, []struct{ Text string }{{"a"}}), map[string]string{"text": "isi"}, `stdin: no column "isi" for text: the columns are ["Text"]`},
		{"no Parquet", "PAR1 but not really", nil, "stdin: the Parquet file has no footer: was it cut off?"},
		{"footer", "PAR1\x15\x02\xff\xff\xff\xff\x04\x00\x00\x00PAR1", nil, "stdin: broken Parquet footer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, errs := readString(test.content, Options{Columns: test.columns})
			if len(got) != 0 || len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), test.want) {
				t.Fatalf("%d records, %v\nwant %s", len(got), errs, test.want)
			}
			if _, ok := errors.AsType[*SourceError](errs[0]); !ok {
				t.Errorf("%T", errs[0])
			}
		})
	}
}

func TestParquetBadRows(t *testing.T) {
	type row struct {
		Text   *string  `parquet:"text,optional"`
		Labels []string `parquet:"labels,list"`
		Isi    string   `parquet:"isi"`
	}
	a, long, latin := "a", strings.Repeat("x", 2000), "caf\xe9"
	content := parqueted(t, []row{
		{Text: &a}, {Isi: "b"}, {Text: &long}, {Text: &latin}, {Text: &a, Isi: latin}, {Text: &a, Labels: []string{" x"}}, {Text: &a},
	})
	want := []string{
		"a.parquet:row 2: neither title nor text: give one",
		"a.parquet:row 3: the record is longer than the limit of 1000 bytes",
		`a.parquet:row 4: column "text": invalid UTF-8 at byte 4: convert the text to UTF-8`,
		`a.parquet:row 5: column "isi": invalid UTF-8 at byte 4: convert the text to UTF-8`,
		`a.parquet:row 6: labels: label " x" is empty or has space around it`,
	}
	t.Chdir(t.TempDir())
	writeFile(t, "a.parquet", content)
	got, errs := ReadAll(t.Context(), []string{"a.parquet"}, Options{MaxRecord: 1000})
	if diff := cmp.Diff(want, texts(errs)); diff != "" || len(got) != 2 {
		t.Errorf("%d records %s", len(got), diff)
	}
}

func TestParquetBrokenPage(t *testing.T) {
	type row struct {
		Text string `parquet:"text"`
	}
	var rows []row
	for i := range 300 {
		rows = append(rows, row{fmt.Sprintf("berita %x", i*2654435761)})
	}
	content := parqueted(t, rows)
	got, errs := readString(flip(content, len(content)/3), Options{})
	if len(got) != 200 || len(errs) != 1 {
		t.Fatalf("%d records, %v", len(got), errs)
	}
	message := errs[0].Error()
	if !strings.HasPrefix(message, `stdin:row 101: column "text": crc32 checksum mismatch`) || !strings.HasSuffix(message, ": rows 101 to 200 are left out") {
		t.Error(message)
	}
}
