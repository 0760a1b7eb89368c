package page

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	lead = "Perahu nelayan itu berlayar ke pulau seberang pada pagi hari, lalu kembali sebelum malam tiba."
	more = "Muatannya ikan kembung dan cumi, yang dijual di pelelangan dengan harga lebih tinggi daripada kemarin."
)

// TestText checks what of a page is text of the article.
func TestText(t *testing.T) {
	p := "<p>" + lead + "</p>"
	q := "<p>" + more + "</p>"
	tests := []struct{ name, page, want string }{
		{"paragraphs", p + q, lead + "\n" + more},
		{"line breaks", lead + "<br/>" + more, lead + "\n" + more},
		{"paragraphs left open", "<div><p>" + lead + "<p>" + more + "</div>", lead + "\n" + more},
		{"white space", "<p>  Perahu\n\tnelayan&nbsp;itu ber\u00adlayar\u200b.  </p>", "Perahu nelayan itu berlayar."},
		{"inline elements", "<p>Pera<b>hu</b> <i>nelayan</i><wbr> <span>itu</span> berlayar.</p>", "Perahu nelayan itu berlayar."},
		{"entities", "<p>Perahu &quot;nelayan&quot; &#38; ikan&hellip;", `Perahu "nelayan" & ikan…`},
		{"links in running text", `<p>Perahu <a href="/tag/nelayan">nelayan</a> itu berlayar ke pulau seberang pada pagi hari.</p>` + q, "Perahu nelayan itu berlayar ke pulau seberang pada pagi hari.\n" + more},
		{"link left open", `<div><a name="atas"><p>` + lead + `</p></div>` + q, lead + "\n" + more},
		{"link that is a line", p + `<p><a href="/1">Pelelangan Ikan Ditutup Sementara</a></p>` + q, lead + "\n" + more},
		{"address in the text", p + q + `<p>Situs: <a href="http://ikan.example/">http://ikan.example/</a></p>`, lead + "\n" + more + "\nSitus: http://ikan.example/"},
		{"read-also line", p + "<p>Baca juga: Pelelangan Ikan Ditutup</p>" + q, lead + "\n" + more},
		{"scripts and styles", "<style>p{}</style>" + p + "<script>var p = '<p>" + more + "';</script>" + q, lead + "\n" + more},
		{"hidden", p + `<p style="color:red; display: none">` + strings.Repeat("Rahasia, jangan dibaca. ", 20) + "</p>" + q, lead + "\n" + more},
		{"all of it hidden", `<div style="display:none">` + p + q + "</div>", lead + "\n" + more},
		{"article hidden until scripts run", `<div>Memuat</div><div hidden>` + p + q + "</div>", lead + "\n" + more},
		{"hidden from screen readers behind a dialog", `<div aria-hidden="true">` + p + q + `</div><div role="dialog"><p>Kami memakai kuki, setuju?</p></div>`, lead + "\n" + more},
		{"frame left open", p + `<iframe src="x">` + q, lead + "\n" + more},
		{"frame closed in its tag", p + `<iframe src="x"/>` + q, lead + "\n" + more},
		{"caption", p + `<figure><img src=x><figcaption>Nelayan menimbang ikan di pelelangan, Senin pagi.</figcaption></figure>` + q, lead + "\n" + more},
		{"picture in a box", "<div>" + p + strings.Repeat(q, 3) + `<div><img src=x><div>Nelayan menimbang ikan di pelelangan, Senin pagi.</div></div></div>`, strings.Join([]string{lead, more, more, more}, "\n")},
		{"boxes of pictures are the article", "<div><div><img src=1>" + lead + "</div><div><img src=2>" + more + "</div></div>", lead + "\n" + more},
		{"preformatted", "<pre>satu\ndua</pre>" + p, "satu\ndua\n" + lead},
		{"list", p + "<ol><li>Kembung: 20 ribu sekilogram.<li>Cumi: 60 ribu sekilogram.</ol>" + q, lead + "\nKembung: 20 ribu sekilogram.\nCumi: 60 ribu sekilogram.\n" + more},
		{"table", p + "<table><tr><th>Ikan<th>Harga<tr><td>Kembung<td>20 ribu</table>" + q, lead + "\nIkan\nHarga\nKembung\n20 ribu\n" + more},
		{"stray end tags", "<table><tr><td></div></p>" + p + "</div>" + q + "</table>", lead + "\n" + more},
		{"heading at the end", p + q + "<h3>Pilihan Anda</h3>", lead + "\n" + more},
		{"named like furniture", `<div class="sidebar related">` + p + q + "</div>", lead + "\n" + more},
		{"no article", "<ul><li>Depan<li>Daerah</ul>", "Depan\nDaerah"},
		{"another script", "<nav><a href=/>首页</a></nav><div><p>今天早上，渔民的小船驶向对面的海岛，傍晚之前返回。船上装满了鲭鱼和鱿鱼，在市场上卖出了比昨天更高的价格。</p></div>", "今天早上，渔民的小船驶向对面的海岛，傍晚之前返回。船上装满了鲭鱼和鱿鱼，在市场上卖出了比昨天更高的价格。"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, err := HTML([]byte(test.page))
			if err != nil || a.Text != test.want {
				t.Errorf("error %v, got\n%s\nwant\n%s", err, a.Text, test.want)
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	const text = "Kata nelayan: “harga naik”, lalu ia pulang membawa hasil penjualan ikan ke rumahnya."
	encode := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tests := []struct{ name, page, want string }{
		{"utf-8", "<p>" + text, text},
		{"byte order mark", "\ufeff<p>" + text, text},
		{"utf-8 by another name", `<meta charset="iso-8859-1"><p>` + text, text},
		{"windows-1252", encode(charmap.Windows1252.NewEncoder().String(`<meta charset="windows-1252"><p>` + text)), text},
		{"windows-1252 unnamed", encode(charmap.Windows1252.NewEncoder().String("<p>" + text)), text},
		{"utf-16", encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String("<p>" + text)), text},
		{"utf-8 with a bad byte", "<p>" + text + text + " \xe2", text + text + " �"},
		{"unknown name", `<meta charset="aksara"><p>` + text, text},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, err := HTML([]byte(test.page))
			if err != nil || a.Text != test.want {
				t.Errorf("error %v, got %q, want %q", err, a.Text, test.want)
			}
		})
	}
}

func TestNoText(t *testing.T) {
	for _, page := range []string{"", " ", "<p>", "<script>x</script>", "<html><body><img src=x></body></html>", "\xef\xbb\xbf"} {
		if a, err := HTML([]byte(page)); !errors.Is(err, ErrNoText) || a != (Article{}) {
			t.Errorf("%q gives %v, error %v", page, a, err)
		}
	}
	if a, err := HTML([]byte("<title>Perahu</title>")); err != nil || a.Title != "Perahu" || a.Text != "" {
		t.Errorf("a title alone gives %v, error %v", a, err)
	}
}

func TestPasted(t *testing.T) {
	tests := []struct {
		name, text string
		want       Article
	}{
		{"page", "Beranda\nDaerah\nPerahu Nelayan Berlayar\nOleh Ratna Dewi\nSelasa, 5 Mei 2020 | 07:30 WIB\n" + lead + "\n\n" + more + "\nTerkini Lainnya\n", Article{"Perahu Nelayan Berlayar", "2020-05-05T07:30:00+07:00", lead + "\n" + more}},
		{"day in the headline", "Gempa 5 Mei 2020 di Laut\n\n" + lead, Article{"Gempa 5 Mei 2020 di Laut", "", lead}},
		{"article", lead, Article{"", "", lead}},
		{"blank", " \n", Article{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := Text(test.text); got != test.want {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// TestRead: HTML and text are told apart in any encoding.
func TestRead(t *testing.T) {
	wide := func(s string) string {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	source := "<!doctype html><p>" + lead
	for _, data := range []string{source, wide(source), lead, wide(lead), "\xef\xbb\xbf" + lead} {
		if got, err := Read([]byte(data)); err != nil || got != (Article{Text: lead}) {
			t.Errorf("%.40q gives %+v, error %v", data, got, err)
		}
	}
	for _, blank := range []string{"", " \n", "\xef\xbb\xbf", "<html></html>"} {
		if got, err := Read([]byte(blank)); !errors.Is(err, ErrNoText) {
			t.Errorf("%q gives %+v, error %v", blank, got, err)
		}
	}
	if _, err := Read(make([]byte, MaxBytes+1)); err == nil || errors.Is(err, ErrNoText) {
		t.Errorf("too long: %v", err)
	}
}

func TestIsHTML(t *testing.T) {
	tests := []struct {
		head string
		want bool
	}{
		{"<!DOCTYPE html>", true},
		{"\xef\xbb\xbf \n<HTML lang=id>", true},
		{"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC>", true},
		{"<!-- a > b --><html>", true},
		{"<head><meta charset=utf-8>", true},
		{"<article>", true},
		{"<!-- never closed", false},
		{"<?xml", false},
		{"<?xml version='1.0'?><rss>", false},
		{"<p>", false},
		{"a <html>", false},
		{"<", false},
		{"", false},
	}
	for _, test := range tests {
		if got := IsHTML([]byte(test.head)); got != test.want {
			t.Errorf("%q: %t", test.head, got)
		}
	}
}
