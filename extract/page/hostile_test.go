package page

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

const megabyte = 1 << 20

// fill repeats s to a megabyte.
func fill(s string) string { return strings.Repeat(s, megabyte/len(s)) }

// hostile are pages that are made to cost time, memory or the stack. Each holds one paragraph
// that is to come out.
var hostile = []struct{ name, before, after string }{
	{"nested div", fill("<div>"), ""},
	{"nested div, closed", strings.Repeat("<div>", megabyte/11), strings.Repeat("</div>", megabyte/11)},
	{"nested bold", fill("<b>"), ""},
	{"nested tables", fill("<table><tr><td>"), ""},
	{"nested lists", fill("<ul><li>"), ""},
	{"nested links", fill("<a href=x>") + strings.Repeat("</a>", 300), ""},
	{"end tags", fill("</div>"), fill("</p>")},
	{"misnested", fill("<b><p></b><i></p>"), ""},
	{"paragraphs", fill("<p>x"), ""},
	{"headings", fill("<h1>Kapal</h1>"), ""},
	{"line breaks", "", fill("x<br>")},
	{"images", fill("<img src=x>"), ""},
	{"quotes", "", fill("<blockquote>Perahu nelayan itu berlayar, lalu kembali.</blockquote>")},
	{"attributes", "<div " + fill("a ") + ">", ""},
	{"classes", "<div class='" + fill("komentar ") + "'></div>", ""},
	{"times", fill("<time datetime=2020-01-01>"), ""},
	{"metas", fill("<meta name=date content=kemarin>"), ""},
	{"scripts", fill("<script>var a = '<p>';</script>"), ""},
	{"entities", "", "<p>" + fill("&amp;&#x41;&lt;")},
	{"entity bomb", `<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>`, fill("&b;")},
	{"comments", fill("<!-- x -->"), ""},
	{"open comment", "", "<!--" + fill("-")},
	{"bad bytes", "", fill("\xff\xfe\xc0\x80")},
	{"NUL", "", fill("\x00")},
	{"marks", fill("<"), ""},
	{"json", `<script type="application/ld+json">` + fill(`{"datePublished":`) + `</script>`, ""},
}

const survivor = "<div>Perahu nelayan itu berlayar ke pulau seberang pada pagi hari, lalu kembali dengan muatan ikan sebelum malam tiba di pelabuhan.</div>"

// What a page of a megabyte may take: 0.4 s is usual, the race detector on a busy machine
// takes ten times as long, and anything that grows with the square takes minutes.
const (
	slowest = 10 * time.Second
	largest = 64 // MiB allocated in all
)

func TestHostile(t *testing.T) {
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			data := []byte(c.before + survivor + c.after)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			a, err := HTML(data)
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(a.Text, "Perahu nelayan itu berlayar") {
				t.Errorf("the article is lost: %d bytes, %.80q", len(a.Text), a.Text)
			}
			grown := (after.TotalAlloc - before.TotalAlloc) / megabyte
			t.Logf("%v, %d MiB allocated for %d bytes", took.Round(time.Millisecond), grown, len(data))
			if took > slowest || grown > largest {
				t.Errorf("%v and %d MiB allocated, want at most %v and %d MiB", took, grown, slowest, largest)
			}
		})
	}
}

// TestDepth checks that the tree is no deeper and no larger than it may be.
func TestDepth(t *testing.T) {
	for _, c := range hostile {
		d := scan([]byte(c.before+survivor+c.after), false)
		if len(d.nodes) > maxNodes || len(d.lines) > maxLines+1 {
			t.Errorf("%s: %d blocks, %d lines", c.name, len(d.nodes), len(d.lines))
		}
		checkTree(t, d)
	}
}

// checkTree checks what every document holds to.
func checkTree(t testing.TB, d *document) {
	t.Helper()
	pos := int32(0)
	for i, l := range d.lines {
		if l.start != pos || l.end <= l.start || int(l.end) > len(d.text) || l.link < 0 || l.link > l.end-l.start {
			t.Fatalf("line %d %+v after byte %d of %d", i, l, pos, len(d.text))
		}
		pos = l.end
		if n := d.nodes[l.node]; int32(i) < n.first || int32(i) >= n.end {
			t.Fatalf("line %d is not in its block %+v", i, n)
		}
	}
	for i, n := range d.nodes[1:] {
		p := d.nodes[n.parent]
		if n.parent > int32(i) || n.first < p.first || n.end > p.end || n.end < n.first || n.next > p.next || n.next <= int32(i+1) {
			t.Fatalf("block %d %+v in %+v", i+1, n, p)
		}
	}
}

// TestLinear checks that four times the page takes about four times the time.
func TestLinear(t *testing.T) {
	for _, s := range []string{"<div>", "<p>x", "<h1>Kapal</h1>", "<b><p></b>", "<a a a a>", "<tr><td>x"} {
		small, large := cost(s, megabyte/4), cost(s, megabyte)
		t.Logf("%-16q %v for 0.25 MiB, %v for 1 MiB", s, small.Round(time.Millisecond), large.Round(time.Millisecond))
		if large > 12*small+100*time.Millisecond {
			t.Errorf("%q: %v for 0.25 MiB but %v for 1 MiB", s, small, large)
		}
	}
}

// cost is the least time of three, since a busy machine makes any one of them long.
func cost(s string, size int) time.Duration {
	data, least := []byte(strings.Repeat(s, size/len(s))+survivor), time.Hour
	for range 3 {
		start := time.Now()
		_, _ = HTML(data) // only the time is of interest
		least = min(least, time.Since(start))
	}
	return least
}

func TestTooLong(t *testing.T) {
	_, err := HTML(make([]byte, MaxBytes+1))
	if want := fmt.Sprintf("more than the limit of %d", MaxBytes); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func FuzzHTML(f *testing.F) {
	for _, name := range goldens {
		f.Add([]byte(readGolden(f, name+".html")))
	}
	for _, c := range hostile {
		f.Add([]byte(c.before[:min(len(c.before), 300)] + survivor + c.after[:min(len(c.after), 300)]))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkTree(t, scan(toUTF8(data, ""), false))
		a, err := HTML(data)
		if err != nil {
			return
		}
		for _, s := range []string{a.Title, a.Date, a.Text} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r\x1b") {
				t.Errorf("not clean text: %q", s)
			}
		}
		if a.Date != "" && parseDate(a.Date) != a.Date {
			t.Errorf("date %q is read as %q", a.Date, parseDate(a.Date))
		}
	})
}

func FuzzText(f *testing.F) {
	f.Add("Kapal Berlayar\nSelasa, 5 Mei 2020 | 07:30 WIB\nKapal itu membawa seratus penumpang ke pulau seberang.")
	f.Fuzz(func(t *testing.T, text string) {
		a := Text(text)
		if !strings.Contains(text, a.Title) {
			t.Errorf("title %q is not in %q", a.Title, text)
		}
		for line := range strings.SplitSeq(a.Text, "\n") {
			if a.Text != "" && (line == "" || !strings.Contains(text, line)) {
				t.Errorf("line %q of the text is not in %q", line, text)
			}
		}
		if a.Date != "" && parseDate(a.Date) != a.Date {
			t.Errorf("date %q is read as %q", a.Date, parseDate(a.Date))
		}
	})
}
