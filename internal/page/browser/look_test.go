package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestLanguage: all that the page says is in the reader's language, at first that of the browser.
func TestLanguage(t *testing.T) {
	s := serve(t)
	p := open(t, s, view{language: "id-ID"})
	p.tag(fishing)
	said := func() string {
		return p.text(`[document.documentElement.lang, at("answer-heading").textContent, at("more").textContent, document.querySelector(".topic .name").textContent, at("status").textContent, at("text").placeholder, at("language").textContent].join("|")`)
	}
	id := said()
	for _, want := range []string{"id|Topik|Tampilkan semua 35 topik|Diplomasi & hubungan internasional|Bertopik · 36 kata dibaca, 100%", "|Tempel artikel", "|English"} {
		if !strings.Contains(id, want) {
			t.Errorf("%q lacks %q", id, want)
		}
	}
	p.click("#language")
	en := said()
	for _, want := range []string{"en|Topics|Show all 35 topics|Diplomacy and international relations|Tagged · 36 words read, 100%", "|Paste an article", "|Bahasa Indonesia"} {
		if !strings.Contains(en, want) {
			t.Errorf("%q lacks %q", en, want)
		}
	}
	p.load()
	if got := p.text("document.documentElement.lang"); got != "en" {
		t.Errorf("the choice was forgotten: %q", got)
	}
	for language, want := range map[string]string{"id": "id", "en-GB": "en", "fr": "en"} {
		if got := open(t, s, view{language: language}).text("document.documentElement.lang"); got != want {
			t.Errorf("for a browser in %q the page is in %q, want %q", language, got, want)
		}
	}
}

// brightness of the page's ground, from 0 to 255.
const brightness = `+getComputedStyle(document.body).backgroundColor.match(/\d+/)[0]`

// TestTheme: light and dark follow the system until the reader chooses.
func TestTheme(t *testing.T) {
	s := serve(t)
	for _, dark := range []bool{false, true} {
		p := open(t, s, view{dark: dark})
		if got := value[int](p, brightness); (got < 128) != dark {
			t.Errorf("dark %t: the ground has brightness %d", dark, got)
		}
		before := p.text(`at("theme").textContent`)
		p.click("#theme")
		if got := value[int](p, brightness); (got < 128) == dark {
			t.Errorf("dark %t, switched: the ground has brightness %d", dark, got)
		}
		if after := p.text(`at("theme").textContent`); after == before {
			t.Errorf("the switch says %q before and after", after)
		}
		p.load()
		if got := value[int](p, brightness); (got < 128) == dark {
			t.Error("the choice was forgotten")
		}
	}
}

// contrastScript finds text whose contrast with the ground behind it is below 4.5, the least of WCAG 2 for text of this size.
const contrastScript = `(() => {
	const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
	const paint = (colours) => {
		canvas.clearRect(0, 0, 1, 1);
		for (const c of colours) { canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); }
		return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
	};
	const light = (rgb) => {
		const [r, g, b] = rgb.map((x) => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const grounds = (e) => e ? [...grounds(e.parentElement), getComputedStyle(e).backgroundColor] : [];
	const bad = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let n; (n = walker.nextNode());) {
		const e = n.parentElement;
		if (!n.data.trim() || !e.checkVisibility() || e.closest("svg, noscript, kbd")) continue;
		const behind = grounds(e), a = light(paint(behind)), b = light(paint([...behind, getComputedStyle(e).color]));
		const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		if (contrast < 4.5) bad.push(n.data.trim().slice(0, 30) + " " + contrast.toFixed(2));
	}
	return bad;
})()`

// TestLook: in each view nothing needs scrolling sideways, texts can be read and controls can be hit.
func TestLook(t *testing.T) {
	s := serve(t)
	long := document{Title: fishing.Title, Text: fishing.Text + "\n\n" + strings.Repeat("perundingan", 60) + " https://contoh.example/" + strings.Repeat("a", 200)}
	for _, v := range []view{{}, {language: "id", dark: true}, {language: "id", phone: true}, {phone: true, dark: true}} {
		name := fmt.Sprintf("%s-%s-%s", map[bool]string{false: "desk", true: "phone"}[v.phone], map[bool]string{false: "light", true: "dark"}[v.dark], map[bool]string{false: "en", true: "id"}[v.language == "id"])
		t.Run(name, func(t *testing.T) {
			p := open(t, s, v)
			p.checkLook("1-empty")
			p.tag(fishing)
			p.checkLook("2-topics")
			p.click("#edit")
			p.tag(long)
			p.click("#more")
			p.checkLook("3-long")
			p.eval(`at("models").open = true`)
			p.checkLook("4-models")
			p.eval(`askToken(() => {})`)
			p.checkLook("5-token")
		})
	}
}

func (p *tab) checkLook(name string) {
	p.t.Helper()
	p.shot(strings.TrimPrefix(p.t.Name(), "TestLook/") + "-" + name)
	if p.is(`document.documentElement.scrollWidth > innerWidth`) {
		p.t.Errorf("%s: %v pixels wide in a window of %v", name, value[int](p, "document.documentElement.scrollWidth"), value[int](p, "innerWidth"))
	}
	if bad := value[[]string](p, contrastScript); len(bad) > 0 {
		p.t.Errorf("%s: hard to read: %q", name, bad)
	}
	if small := value[[]string](p, smallScript); len(small) > 0 {
		p.t.Errorf("%s: hard to hit: %q", name, small)
	}
}

// smallScript finds controls smaller than the 24 pixels of WCAG 2.2, success criterion 2.5.8, but for links in text; a tick
// has room around it.
const smallScript = `[...document.querySelectorAll("button, select, textarea, input:not([type=checkbox], [type=file]), summary")].filter((e) => {
	const box = e.getBoundingClientRect();
	return e.checkVisibility() && (box.width < 24 || box.height < 24);
}).map((e) => e.id || e.textContent)`

// TestKeyboard: everything can be done without a mouse, and shows where the keyboard is.
func TestKeyboard(t *testing.T) {
	s := serve(t)
	p := open(t, s, view{})
	if got := p.text("document.activeElement.id"); got != "text" {
		t.Errorf("at first the keyboard is at %q", got)
	}
	p.do(chromedp.KeyEvent("Kapal perang angkatan laut berpatroli bersama Filipina setelah perundingan diplomatik menteri luar negeri."))
	p.key(kb.Enter, chromedp.ModifierCtrl)
	p.answered()
	focused := `document.activeElement.dataset.topic`
	order := value[[]string](p, `[...document.querySelectorAll(".topic")].map((e) => e.dataset.topic)`)
	p.wait(focused + `=== "` + order[0] + `"`)
	if !p.is(`getComputedStyle(document.activeElement).outlineStyle === "solid"`) {
		t.Error("nothing shows where the keyboard is")
	}
	for _, step := range []struct{ key, at string }{{kb.ArrowUp, order[0]}, {kb.ArrowDown, order[1]}, {kb.ArrowDown, order[2]}, {kb.ArrowUp, order[1]}} {
		if p.key(step.key, 0); p.text(focused) != step.at {
			t.Errorf("an arrow leads to %q, want %q", p.text(focused), step.at)
		}
	}
	p.key(kb.Enter, 0)
	p.wait(fmt.Sprintf(`document.querySelector("[data-topic=%s]").ariaExpanded === "true" && document.querySelector("[data-topic=%s]").ariaExpanded === "false"`, order[1], order[0]))
	if p.text(focused) != order[1] || p.text(`at("legend").textContent`) == "" {
		t.Error("opening a topic loses the keyboard")
	}
	p.key(kb.Tab, chromedp.ModifierShift) // to its tick
	if !p.is(`document.activeElement.type === "checkbox"`) {
		t.Error("a topic's tick is not before it")
	}
	p.key(" ", 0)
	p.wait(`at("change").textContent.startsWith("Removed: ")`)
	p.press(kb.Tab, `document.activeElement.matches("#correction button")`)
	p.key(kb.Enter, 0)
	p.wait(`at("sent").textContent.startsWith("Stored: ")`)
	if lines := s.corrections(t); len(lines) != 1 {
		t.Errorf("%d corrections", len(lines))
	}
	p.key(kb.Escape, 0)
	if got := p.text("document.activeElement.id"); got != "text" || p.is(`at("writing").hidden`) {
		t.Errorf("Escape leads to %q", got)
	}
	p.press(kb.Tab, `document.activeElement.matches("#models summary")`)
	p.key(kb.Enter, 0)
	p.wait(`at("chart").checkVisibility()`)
}

// press presses a key until an expression is true, which it must be within a round of the page.
func (p *tab) press(key, expression string) {
	p.t.Helper()
	for range 80 {
		if p.is(expression) {
			return
		}
		p.key(key, 0)
	}
	p.t.Fatalf("not within 80 times the key: %s", expression)
}
