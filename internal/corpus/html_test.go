package corpus

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

const (
	flood = "Hujan deras turun sejak malam, dan air sungai meluap ke jalan di dua kelurahan."
	site  = `<title>Sungai Meluap Lagi | Situs</title><meta property="article:published_time" content="2024-01-05T08:00:00+07:00">
<nav><a href="/">Beranda</a></nav><h1>Sungai Meluap Lagi</h1><p>` + flood + `</p><p><a href="/2">Baca juga: Tanggul Retak</a></p>`
)

func TestHTML(t *testing.T) {
	article := classifier.Document{Title: "Sungai Meluap Lagi", Date: "2024-01-05T08:00:00+07:00", Text: flood}
	utf16le := "\xff\xfe" + strings.Join(strings.Split("<!doctype html>"+site, ""), "\x00") + "\x00"
	tests := []struct {
		name, file, content string
		want                classifier.Document // or
		fault               string
	}{
		{"by name", "a.html", site, article, ""},
		{"compressed", "a.htm.gz", gzipped(t, site), article, ""},
		{"by content", "a", "\n<!-- x -->\n<!DOCTYPE HTML>" + site, article, ""},
		{"in a text file", "a.txt", "<html lang=id>" + site, article, ""},
		{"utf-16", "a.html", utf16le, article, ""},
		{"mark-up in a text", "a.md", "<p>a</p>", classifier.Document{Text: "<p>a</p>"}, ""},
		{"bad bytes", "a.html", "<p>Hujan \xff deras.", classifier.Document{Text: "Hujan ÿ deras."}, ""},
		{"no text", "a.html", "<script>x()</script>", classifier.Document{}, "no text in the page: is it made by scripts only?"},
		{"empty", "a.html", "", classifier.Document{}, "no text in the page: is it made by scripts only?"},
		{"too long", "a.html", strings.Repeat("<p>", 400), classifier.Document{}, "the article has 1200 bytes, more than the limit of 1000"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := writeFile(t, filepath.Join(t.TempDir(), test.file), test.content)
			got, errs := ReadAll(context.Background(), []string{path}, Options{MaxRecord: 1000})
			if test.fault != "" {
				if diff := cmp.Diff([]string{path + ":1: " + test.fault}, texts(errs)); diff != "" || len(got) > 0 {
					t.Errorf("%d records %s", len(got), diff)
				}
				return
			}
			test.want.ID = path
			if diff := cmp.Diff([]classifier.Document{test.want}, documents(got)); diff != "" || len(errs) > 0 {
				t.Error(errs, diff)
			} else if got[0].Page != (test.file != "a.md") {
				t.Errorf("page is %t", got[0].Page)
			}
		})
	}
}

func TestHTMLFolder(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, dir+"/b.html", site)
	writeFile(t, dir+"/a.htm", site)
	writeFile(t, dir+"/style.css", "x")
	got, errs := ReadAll(context.Background(), []string{dir}, Options{})
	if len(errs) > 0 || len(got) != 2 || got[0].ID != filepath.Join(dir, "a.htm") || got[1].Text != flood {
		t.Errorf("records %v, errors %v", documents(got), errs)
	}
}
