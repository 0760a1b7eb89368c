package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// source is fishing as a site might show it.
func source() string {
	return `<!doctype html><html lang=id><head><meta charset=utf-8><title>` + fishing.Title + ` - Harian Contoh</title>
<meta property="article:published_time" content="2024-05-06T09:15:00+07:00"><script>document.title = "x"</script></head>
<body><nav><a href="/">Beranda</a> <a href="/gaya">Gaya hidup dan wisata</a></nav><h1>` + fishing.Title + `</h1>
<p>` + strings.ReplaceAll(fishing.Text, "\n\n", "</p><p><a href='/2'>Baca juga: Resep sambal</a></p><p>") + `</p>
<aside><h2>Terpopuler</h2><a href="/3">Harga cabai turun</a></aside><footer>Hak cipta</footer></body></html>`
}

// extracted is what should be found in it: fishing, as its paragraphs stand apart.
var extracted = fishing

func (p *tab) wantExtracted(from string) {
	p.t.Helper()
	p.answered()
	if got := (document{p.text(`at("title").value`), p.text(`at("text").value`)}); got != extracted {
		p.t.Errorf("found %+v\nwant %+v", got, extracted)
	}
	if got := p.text(`at("marked").querySelector("p").textContent`); got != extracted.Text {
		p.t.Errorf("shown %q", got)
	}
	want := "Taken from " + from + " · May 6, 2024 · 2 paragraphs"
	if got := p.text(`at("source").textContent`); got != want || !p.is(`at("source").checkVisibility()`) {
		p.t.Errorf("the page says %q, want %q", got, want)
	}
	if p.is(`at("notices").children.length`) {
		p.t.Errorf("notices: %q", p.text(`at("notices").textContent`))
	}
	if first := value[[]row](p, rowsScript)[0]; first.Topic != "diplomacy" || !first.Assigned {
		p.t.Errorf("the first topic is %+v", first)
	}
}

// TestPastedSource: HTML source is replaced by the article in it, which is tagged.
func TestPastedSource(t *testing.T) {
	p := open(t, serve(t), view{})
	p.put("#text", source())
	p.click("#writing .primary")
	p.wantExtracted("HTML")
	p.shot("pasted-source")
	p.click("#edit")
	p.put("#text", "Teks lain sama sekali")
	if p.is(`at("source").checkVisibility()`) {
		t.Error("a text of the reader's own is said to be taken from HTML")
	}
}

// TestFiles: a file that is chosen or dropped is read whatever its encoding.
func TestFiles(t *testing.T) {
	s := serve(t)
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Run("chosen", func(t *testing.T) {
		p := open(t, s, view{})
		p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file("halaman.html", source())}))
		p.wantExtracted("halaman.html")
	})
	t.Run("text", func(t *testing.T) {
		p := open(t, s, view{})
		pasted := "Beranda\nMasuk\n" + fishing.Title + "\nOleh Ratna Dewi\nSenin, 6 Mei 2024 | 09:15 WIB\n" + fishing.Text + "\nTerkini Lainnya\nHarga cabai turun\n"
		p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file("tempelan.txt", pasted)}))
		p.wantExtracted("tempelan.txt")
	})
	t.Run("another encoding", func(t *testing.T) {
		p := open(t, s, view{})
		old := strings.Replace(source(), "charset=utf-8", "charset=windows-1252", 1)
		old = strings.Replace(old, "Menteri luar", "Ment\xe9ri luar", 1)
		p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file("lama.html", old)}))
		p.answered()
		if got := p.text(`at("text").value`); !strings.HasPrefix(got, "Mentéri luar negeri") {
			t.Errorf("read as %q", got)
		}
	})
	t.Run("dropped", func(t *testing.T) {
		p := open(t, s, view{})
		p.eval(fmt.Sprintf(`(() => {
			const data = new DataTransfer();
			data.items.add(new File([%q], "jatuh.html", {type: "text/html"}));
			for (const kind of ["dragover", "drop"]) {
				const event = new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true});
				at("text").dispatchEvent(event);
				if (!event.defaultPrevented) throw new Error(kind + " would leave the page");
			}
		})()`, source()))
		p.wantExtracted("jatuh.html")
	})
	for name, test := range map[string]struct{ file, content, want string }{
		"neither HTML nor text": {"naskah.pdf", "%PDF-1.7", "naskah.pdf cannot be read: choose an HTML or text file."},
		"without text":          {"kosong.html", "<html><body><script>draw()</script></body></html>", "There is no text in that page. Scripts may make it: copy the text out of the browser."},
		"too long":              {"panjang.html", strings.Repeat("<p>kata</p>\n", 4<<20/12+1), "The page is too long: at most 4 MiB."},
		"empty":                 {"hampa.txt", "", "That file is empty."},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, s, view{})
			p.put("#text", "tetap ada")
			p.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file(test.file, test.content)}))
			p.wait(`at("status").classList.contains("failed")`)
			if got := p.text(`at("status").textContent`); got != test.want {
				t.Errorf("the page says %q, want %q", got, test.want)
			}
			if got := p.text(`at("text").value`); got != "tetap ada" {
				t.Errorf("what was there is lost: %q", got)
			}
		})
	}
}
