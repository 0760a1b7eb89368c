package page

import (
	"encoding/base64"
	"strings"
	"testing"

	reader "github.com/tajuk/tajuk/extract/page"
)

func isHTML(t testing.TB, text string) bool {
	t.Helper()
	return run(t, sourceJS, "source.isHTML(text)", map[string]any{"text": text}).ToBoolean()
}

func TestIsHTML(t *testing.T) {
	for text, want := range map[string]bool{
		"<!DOCTYPE html><title>a":                    true,
		" \n<HTML lang=id>":                          true,
		"<?xml version='1.0'?>\n<html>":              true,
		"<!-- a > b --><!-- c --><body>":             true,
		"<div class=isi>Harga naik</div>":            true,
		"<p>Harga naik.<p>Lalu turun.":               true,
		"<b>Jakarta</b> - Harga naik":                true,
		"Jakarta - Harga naik":                       false,
		"Tulis <script>alert(1)</script> di halaman": false,
		"<3 untuk semua":                             false,
		"<nama> menolak menjawab":                    false,
		"<!-- never closed":                          false,
		"<?xml version='1.0'?><rss></rss>":           true, // markup, at any rate
		"2 < 3, tetapi </p> bukan apa-apa":           false,
		"":                                           false,
		strings.Repeat("<!---->", 20) + "kata":       false,
	} {
		if got := isHTML(t, text); got != want {
			t.Errorf("%.60q: %t", text, got)
		}
	}
}

// TestIsHTMLIsQuick: text made to keep the expressions busy is judged all the same.
func TestIsHTMLIsQuick(t *testing.T) {
	for _, text := range []string{strings.Repeat("<!---->", 1e4) + "x", "<" + strings.Repeat("a", 1e5), "<a" + strings.Repeat("<", 1e5), strings.Repeat("<?xml>", 1e4)} {
		isHTML(t, text)
	}
}

// FuzzIsHTML: whatever the server takes for a page, the page does, too.
func FuzzIsHTML(f *testing.F) {
	for _, text := range []string{"<!doctype html>", "<!-->-->\n<main>", "<?xml?><HEAD>", "\ufeff<meta x>", "teks"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		if reader.IsHTML([]byte(text)) && !isHTML(t, text) {
			t.Errorf("%q is HTML", text)
		}
	})
}

func FuzzBase64(f *testing.F) {
	f.Add([]byte("a"))
	f.Add([]byte("\xff\xfe<\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		numbers := make([]any, len(data))
		for i, b := range data {
			numbers[i] = int(b)
		}
		got := run(t, sourceJS, "source.base64(data)", map[string]any{"data": numbers}).String()
		if want := base64.StdEncoding.EncodeToString(data); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func TestIsReadable(t *testing.T) {
	for name, want := range map[string]bool{"a.html": true, "A.HTM": true, "berita.txt": true, "a.md": true, "a.pdf": false, "html": false, "a.html.zip": false} {
		if got := run(t, sourceJS, `source.isReadable(name, "")`, map[string]any{"name": name}).ToBoolean(); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if !run(t, sourceJS, `source.isReadable("berita", "text/plain")`, nil).ToBoolean() {
		t.Error("plain text without a name that tells was refused")
	}
}

// TestChartPlan: a bar ends at the share that was right, its line at the confidence, and the tallest of the strip fills it.
func TestChartPlan(t *testing.T) {
	const bins = `[{from: 0, to: 0.5, count: 5, confidence: 0.25, right: 0}, {from: 0.5, to: 1, count: 50, confidence: 0.75, right: 1}]`
	const expression = `chart.plan(` + bins + `).map((b) => [b.x, b.width, b.few, b.right, b.said, b.floor, b.count.height].join(" ")).join("\n")`
	got := run(t, chartJS, expression, nil).String()
	if want := "59 148 true 210 160 210 3.4\n209 148 false 10 60 210 34"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
