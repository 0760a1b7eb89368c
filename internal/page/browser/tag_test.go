package browser

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

var fishing = document{
	Title: "Indonesia dan Filipina bahas patroli laut",
	Text: "Menteri luar negeri bertemu dengan mitranya dari Filipina di Manila untuk membahas perjanjian perbatasan. " +
		"Kedua negara sepakat memperkuat kerja sama diplomatik, dan kapal perang angkatan laut akan berpatroli bersama.\n\n" +
		"Nelayan di perbatasan berharap perundingan itu mengakhiri penangkapan kapal ikan.",
}

// wide is fishing behind letters of one to four bytes, of which UTF-16 needs one or two units each.
var wide = document{
	Title: "🇮🇩🤝🇵🇭 “" + fishing.Title + "”",
	Text:  "𝕄𝕒𝕟𝕚𝕝𝕒, café — 🌊🚢👩‍✈️ é 𠮷野家: " + strings.ReplaceAll(fishing.Text, "Manila", "Manila 🛳️"),
}

// row is a topic as the page shows it.
type row struct {
	Topic      string
	Confidence float64 // of the bar
	Threshold  float64 // of its stroke
	Assigned   bool
	Ticked     bool
	Figures    string
	Width      float64 // of the bar on the screen, as a share of all of it
}

const rowsScript = `[...at("topics").querySelectorAll("li:has(> .topic)")].map((li) => {
	const head = li.querySelector(".topic"), bar = li.querySelector(".bar"), fill = bar.querySelector(".fill");
	return {
		Topic: head.dataset.topic, Assigned: li.classList.contains("assigned"), Ticked: li.querySelector("input").checked,
		Confidence: +bar.style.getPropertyValue("--confidence"), Threshold: +bar.style.getPropertyValue("--threshold"),
		Figures: head.querySelector(".figures").textContent, Width: fill.getBoundingClientRect().width / bar.getBoundingClientRect().width,
	};
})`

// TestTopics: the page shows every topic of the service's answer, with its confidence and threshold.
func TestTopics(t *testing.T) {
	s := serve(t)
	p := open(t, s, view{})
	p.tag(fishing)
	want := s.tag(t, fishing).Topics
	shown := value[[]row](p, rowsScript)
	if len(shown) != 8 {
		t.Errorf("%d topics at first", len(shown))
	}
	p.click("#more")
	shown = value[[]row](p, rowsScript)
	if len(shown) != len(want) {
		t.Fatalf("%d topics, want %d", len(shown), len(want))
	}
	assigned := 0
	for i, w := range want {
		got := shown[i]
		if got.Topic != w.Topic || math.Abs(got.Confidence-w.Confidence) > 1e-9 || math.Abs(got.Threshold-w.Threshold) > 1e-9 || got.Assigned != w.Assigned || got.Ticked != w.Assigned {
			t.Errorf("topic %d is %+v, want %+v", i, got, w)
		}
		if figures := fmt.Sprintf("%.1f%% threshold %.1f%%", 100*w.Confidence, 100*w.Threshold); got.Figures != figures {
			t.Errorf("%s: figures %q, want %q", w.Topic, got.Figures, figures)
		}
		if math.Abs(got.Width-w.Confidence) > 0.01 {
			t.Errorf("%s: the bar fills %.3f, the confidence is %.3f", w.Topic, got.Width, w.Confidence)
		}
		if w.Assigned {
			assigned++
		}
	}
	if assigned < 2 {
		t.Errorf("%d topics assigned", assigned)
	}
}

// TestEditedText: topics of a text are not shown beside another one, and a text that is not changed keeps them.
func TestEditedText(t *testing.T) {
	p := open(t, serve(t), view{})
	p.tag(fishing)
	p.click("#edit")
	if !p.is(`at("topics").children.length > 0`) {
		t.Error("looking at the text loses its topics")
	}
	p.put("#text", "Harga")
	if p.is(`at("topics").children.length > 0 || !at("correction").hidden || !at("more").hidden`) {
		t.Errorf("topics of another text: %q", p.text(`at("topics").textContent`))
	}
	p.tag(document{Text: "Harga beras naik setelah bank sentral menahan suku bunga, kata ekonom, dan inflasi ikut naik."})
	if first := value[[]row](p, rowsScript)[0]; first.Topic != "economy" {
		t.Errorf("the first topic is %+v", first)
	}
}

// mark is a piece of the text that is highlighted.
type mark struct {
	Field string // "title" or "text"
	At    int    // in the field, in units of UTF-16
	Text  string
	For   bool
}

const marksScript = `[...at("marked").children].flatMap((field) => {
	let at = 0;
	return [...field.childNodes].flatMap((node) => {
		const mark = {Field: field.tagName === "H3" ? "title" : "text", At: at, Text: node.textContent, For: node.className === "for"};
		at += node.textContent.length;
		return node.nodeName === "MARK" ? [mark] : [];
	});
})`

// TestHighlights: the words for and against a topic are marked where the service says that they are,
// whatever letters stand before them.
func TestHighlights(t *testing.T) {
	s := serve(t)
	for name, d := range map[string]document{"plain": fishing, "letters of two and four bytes": wide} {
		t.Run(name, func(t *testing.T) {
			p := open(t, s, view{})
			p.tag(d)
			for i, topic := range s.tag(t, d).Topics[:3] {
				if i > 0 { // the first is chosen for the reader
					p.click(fmt.Sprintf("[data-topic=%q]", topic.Topic))
				}
				p.wait(fmt.Sprintf(`document.querySelector("[data-topic=%s]").ariaExpanded === "true"`, topic.Topic))
				if title, text := p.text(`at("marked").querySelector("h3").textContent`), p.text(`at("marked").querySelector("p").textContent`); title != d.Title || text != d.Text {
					t.Fatalf("the page shows %q %q", title, text)
				}
				checkMarks(t, d, topic, value[[]mark](p, marksScript))
			}
		})
	}
}

// checkMarks wants just the bytes marked that evidence stands on, each with the sign of all that it stands for.
func checkMarks(t *testing.T, d document, topic topic, marks []mark) {
	t.Helper()
	got := map[string][]int{"title": make([]int, len(d.Title)), "text": make([]int, len(d.Text))}
	for _, m := range marks {
		field := map[string]string{"title": d.Title, "text": d.Text}[m.Field]
		at := byteOffset(field, m.At)
		if !strings.HasPrefix(field[at:], m.Text) {
			t.Fatalf("%q is marked at byte %d, where %.20q stands", m.Text, at, field[at:])
		}
		for i := range len(m.Text) {
			got[m.Field][at+i] = map[bool]int{true: 1, false: -1}[m.For]
		}
	}
	if want := weights(d, topic); !slices.Equal(got["title"], want["title"]) || !slices.Equal(got["text"], want["text"]) {
		t.Errorf("%s: marked %+v\nof evidence %+v", topic.Topic, marks, topic.Evidence)
	}
	if len(marks) == 0 {
		t.Errorf("%s: nothing is marked", topic.Topic)
	}
}

// weights is the sign of the evidence on each byte of a document, 0 where there is none.
func weights(d document, topic topic) map[string][]int {
	signs := map[string][]int{"title": make([]int, len(d.Title)), "text": make([]int, len(d.Text))}
	sums := map[string][]float64{"title": make([]float64, len(d.Title)), "text": make([]float64, len(d.Text))}
	for _, e := range topic.Evidence {
		if math.Abs(e.Contribution) < 0.005 {
			continue // rounds to nothing, and is not marked
		}
		for _, span := range e.Spans {
			field := strings.ToLower(strings.TrimPrefix(span.Field, "FIELD_"))
			for i := span.StartByte; i < span.EndByte; i++ {
				sums[field][i] += e.Contribution
				signs[field][i] = 1
				if sums[field][i] < 0 {
					signs[field][i] = -1
				}
			}
		}
	}
	return signs
}

// byteOffset is where a place in UTF-16 lies in a string of Go.
func byteOffset(s string, units int) int {
	at := 0
	for units > 0 {
		r, n := utf8.DecodeRuneInString(s[at:])
		units -= utf16.RuneLen(r)
		at += n
	}
	return at
}

// TestHostileText: what looks like HTML in a text or an answer is shown as it was written, and runs nowhere.
func TestHostileText(t *testing.T) {
	const attack = ` <script>pwned = 1</script><img src=x onerror="pwned = 2"><svg/onload=pwned=3>"><iframe src="javascript:parent.pwned=4">`
	s := serve(t)
	p := open(t, s, view{})
	p.click("#models summary")
	d := document{Title: fishing.Title + attack, Text: fishing.Text + attack + strings.Repeat(" perundingan"+attack, 3)}
	p.tag(d)
	if got := p.text(`at("marked").querySelector("p").textContent`); got != d.Text {
		t.Errorf("shown as %q", got)
	}
	// The article in a page may hold the same, behind entities.
	escaped := strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(attack)
	p.click("#edit")
	p.tag(document{Text: "<html><body><h1>Patroli" + escaped + "</h1><p>" + fishing.Text + escaped + "</p></body></html>"})
	if got := p.text(`at("marked").textContent`); !strings.Contains(got, "pwned = 1") || !strings.Contains(got, "<img src=x") {
		t.Errorf("shown as %q", got)
	}
	p.put("#author", attack)
	p.put("#comment", attack)
	p.click("#correction button")
	p.wait(`at("sent").textContent`)
	if p.is(`"pwned" in globalThis || document.querySelector("main script, img, iframe, main svg")`) {
		t.Error("a text has become HTML")
	}
}
