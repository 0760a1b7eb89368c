package extract

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/internal/sharedtest"
)

// sharedFile opens a file of the shared data, or skips the test where there is none.
func sharedFile(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(sharedtest.Path(t, "data", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func sharedText(t testing.TB, name string) string {
	t.Helper()
	b, err := io.ReadAll(sharedFile(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// sharedTexts reads the texts of a gzipped set.
func sharedTexts(t testing.TB, set string) []string {
	t.Helper()
	z, err := gzip.NewReader(sharedFile(t, set+".jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for dec := json.NewDecoder(z); ; {
		var d struct{ Text string }
		if err := dec.Decode(&d); err == io.EOF {
			return texts
		} else if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, d.Text)
	}
}

// TestPastedPage is the page as a reader pasted it. Lines are named by number, since
// the text itself stays out of the repository.
func TestPastedPage(t *testing.T) {
	text := sharedText(t, "pages/kompas-2020-12-30-rusia-china.txt")
	var want []string
	for i, s := range strings.Split(text, "\n") {
		switch n := i + 1; {
		case n == 1, n >= 6 && n <= 14 && n%2 == 0, n >= 18 && n <= 24 && n%2 == 0, n == 28:
			want = append(want, s)
		}
	}
	spans := AppendPlain(nil, text)
	if spans[0].Kind != Title || text[spans[0].Start:spans[0].End] != want[0] {
		t.Errorf("title is %+v, want the first line", spans[0])
	}
	var got []string
	for _, s := range spans {
		for _, l := range strings.Split(text[s.Start:s.End], "\n") {
			if l != "" {
				got = append(got, l)
			}
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
}

var (
	hidden = regexp.MustCompile(`(?is)<(script|style|noscript|head)\b.*?</(script|style|noscript|head)>|<!--.*?-->`)
	blocks = regexp.MustCompile(`(?i)</?(p|div|li|ul|ol|h\d|br|tr|table|section|article|header|footer|td|dl|dt|dd|figure|figcaption)\b[^>]*>`)
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{a0}]+`)
)

// paste turns a page into what a reader would copy from it.
func paste(page string) string {
	page = hidden.ReplaceAllString(page, "")
	page = blocks.ReplaceAllString(page, "\n")
	page = html.UnescapeString(tags.ReplaceAllString(page, ""))
	var b strings.Builder
	for l := range strings.SplitSeq(page, "\n") {
		if l = strings.TrimSpace(spaces.ReplaceAllString(l, " ")); l != "" {
			b.WriteString(l + "\n")
		}
	}
	return b.String()
}

// wordF1 compares two texts as bags of words.
func wordF1(got, want string) float64 {
	counts := map[string]int{}
	for w := range strings.FieldsSeq(want) {
		counts[w]++
	}
	hits := 0
	for w := range strings.FieldsSeq(got) {
		if counts[w] > 0 {
			counts[w]--
			hits++
		}
	}
	return 2 * float64(hits) / float64(len(strings.Fields(got))+len(strings.Fields(want)))
}

// TestGoldPages measures the body found in tag-stripped pages of three outlets.
func TestGoldPages(t *testing.T) {
	lines := bufio.NewScanner(sharedFile(t, "pages/gold.jsonl"))
	lines.Buffer(nil, 1<<20)
	pages, titles, sum, least := 0, 0, 0.0, 1.0
	for lines.Scan() {
		var gold struct {
			File, Title, Text string
			Score             bool
		}
		if err := json.Unmarshal(lines.Bytes(), &gold); err != nil {
			t.Fatal(err)
		}
		if !gold.Score {
			continue
		}
		text := paste(sharedText(t, "pages/"+gold.File))
		title, body := parts(text, AppendPlain(nil, text))
		f1 := wordF1(body, gold.Text)
		t.Logf("%.4f title %t %s", f1, title == gold.Title, gold.File)
		pages++
		sum += f1
		least = min(least, f1)
		if title == gold.Title {
			titles++
		}
	}
	mean := sum / float64(pages)
	t.Logf("pages %d, titles %d, word F1 mean %.4f, least %.4f", pages, titles, mean, least)
	if mean < 0.97 || least < 0.90 || titles < pages-1 {
		t.Errorf("want a mean of 0.97, a least of 0.90 and all titles but one")
	}
}

// parts joins the spans of each kind.
func parts(text string, spans []Span) (title, body string) {
	for _, s := range spans {
		if s.Kind == Title {
			title += text[s.Start:s.End]
		} else {
			body += text[s.Start:s.End] + "\n"
		}
	}
	return title, body
}

// TestRealArticles checks that what is an article already comes out nearly whole.
func TestRealArticles(t *testing.T) {
	sets := []struct {
		name string
		most float64 // share of words that may go: read-also links, video links, bylines
	}{
		{"topics/train", 0.006},
		{"indosum/train", 0.007},
		{"indonesian_news/train", 0.004},
		{"detik2022/train", 0.01},
		{"kompas2020/train", 0.002},
		{"ekonomi_multilabel/train", 0.004},
		{"detik_titles/train", 0},
		{"sib200_ind/train", 0},
		{"reuters_apte90/train", 0.0005},
	}
	for _, set := range sets {
		t.Run(strings.ReplaceAll(set.name, "/", "-"), func(t *testing.T) {
			var spans []Span
			all, kept := 0, 0
			for _, text := range sharedTexts(t, set.name) {
				spans = AppendPlain(spans[:0], text)
				title, body := parts(text, spans)
				all += len(strings.Fields(text))
				kept += len(strings.Fields(title)) + len(strings.Fields(body))
			}
			lost := 1 - float64(kept)/float64(all)
			t.Logf("words %d, dropped %.3f %%", all, 100*lost)
			if lost > set.most {
				t.Errorf("dropped %.4f of the words, want at most %.4f", lost, set.most)
			}
		})
	}
}
