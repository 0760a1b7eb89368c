package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

func TestPlain(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		file, content string
		want          string // the text, or
		fault         string
	}{
		{"a.txt", bom + "Hujan\r\n\r\nBanjir", "Hujan\r\n\r\nBanjir", ""},
		{"a.md", "# Hujan\n", "# Hujan\n", ""},
		{"a.txt.gz", gzipped(t, "Hujan"), "Hujan", ""},
		{"noname", "Hujan", "Hujan", ""},
		{"b.txt", " \n", " \n", ""},
		{"empty.txt", "", "", ""},
		{"c.txt", "Hujan\n\xffx", "", "invalid UTF-8 at byte 7: convert the text to UTF-8"},
		{"d.txt", "Hujan\x00", "", "NUL at byte 6: is this a text file?"},
		{"e.txt", strings.Repeat("x", 101), "", "the article has 101 bytes, more than the limit of 100"},
		{"e.txt.gz", gzipped(t, strings.Repeat("x", 101)), "", "the record is longer than the limit of 100 bytes"},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			path := writeFile(t, filepath.Join(dir, test.file), test.content)
			got, errs := ReadAll(context.Background(), []string{path}, Options{MaxRecord: 100})
			if test.fault != "" {
				if diff := cmp.Diff([]string{path + ":1: " + test.fault}, texts(errs)); diff != "" || len(got) > 0 {
					t.Errorf("%d records %s", len(got), diff)
				}
				return
			}
			want := []classifier.Document{{ID: path, Text: test.want}}
			if diff := cmp.Diff(want, documents(got)); diff != "" || len(errs) > 0 {
				t.Error(errs, diff)
			}
		})
	}
}

func TestPlainSizes(t *testing.T) {
	path := writeFile(t, filepath.Join(t.TempDir(), "large.txt"), strings.Repeat("Hujan deras. ", 4<<20)) // 52 MiB
	got, errs := ReadAll(context.Background(), []string{path}, Options{})
	if len(errs) > 0 || len(got) != 1 || len(got[0].Text) != 13*4<<20 {
		t.Fatalf("%d records, errors %v", len(got), errs)
	}
	if err := os.Truncate(path, 65<<20); err != nil {
		t.Fatal(err)
	}
	_, errs = ReadAll(context.Background(), []string{path}, Options{})
	want := []string{fmt.Sprintf("%s:1: the article has %d bytes, more than the limit of %d", path, 65<<20, 64<<20)}
	if diff := cmp.Diff(want, texts(errs)); diff != "" {
		t.Error(diff)
	}
}

func TestFastText(t *testing.T) {
	tests := []struct {
		line   string
		labels []string
		text   string
		fault  string
	}{
		{"__label__a __label__b Hujan  deras", []string{"a", "b"}, "Hujan  deras", ""},
		{"__label__a\tHujan\r", []string{"a"}, "Hujan", ""},
		{"Hujan deras", nil, "Hujan deras", ""},
		{"Hujan __label__a deras __label__b", []string{"a", "b"}, "Hujan deras", ""},
		{"Hujan x__label__a", nil, "Hujan x__label__a", ""},
		{"__label__a __label__a Hujan", []string{"a"}, "Hujan", ""},
		{"__label__covid-19 Vaksin", []string{"covid-19"}, "Vaksin", ""},
		{"__label__a", nil, "", "title and text are both empty: a labelled article needs one"},
		{"__label__ Hujan", nil, "", "__label__ without a name: write __label__topic"},
		{"__label__a Hujan\xff", nil, "", "invalid UTF-8 at byte 17: convert the text to UTF-8"},
		{"__label__a Hujan\x00", nil, "", "NUL at byte 17: is this a text file?"},
	}
	for _, test := range tests {
		t.Run(test.line, func(t *testing.T) {
			got, errs := readString("\n"+test.line+"\nlast\n", Options{Format: FastText})
			if test.fault != "" {
				if diff := cmp.Diff([]string{"stdin:2: " + test.fault}, texts(errs)); diff != "" || len(got) != 1 {
					t.Errorf("%d records %s", len(got), diff)
				}
				return
			}
			want := []classifier.Document{{Labels: test.labels, Text: test.text}, {Text: "last"}}
			if diff := cmp.Diff(want, documents(got)); diff != "" || len(errs) > 0 {
				t.Error(errs, diff)
			}
		})
	}
}
