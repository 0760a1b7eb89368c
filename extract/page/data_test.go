package page

import (
	"bufio"
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tajuk/tajuk/internal/sharedtest"
)

// sharedFile reads a file of the shared data, or skips the test where there is none.
func sharedFile(t testing.TB, name string) []byte {
	t.Helper()
	return sharedtest.Read(t, "data", "pages", filepath.FromSlash(name))
}

type goldPage struct {
	File, Site, Title, Date, Text string
	Score                         bool
}

func goldPages(t testing.TB) (pages []goldPage) {
	t.Helper()
	lines := bufio.NewScanner(strings.NewReader(string(sharedFile(t, "gold.jsonl"))))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var g goldPage
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		if g.Score {
			pages = append(pages, g)
		}
	}
	return pages
}

var word = regexp.MustCompile(`[\pL\pN]+`)

// wordF1 compares two texts as bags of words.
func wordF1(got, want string) float64 {
	counts := map[string]int{}
	g, w := word.FindAllString(strings.ToLower(got), -1), word.FindAllString(strings.ToLower(want), -1)
	for _, s := range w {
		counts[s]++
	}
	hits := 0
	for _, s := range g {
		if counts[s] > 0 {
			counts[s]--
			hits++
		}
	}
	return 2 * float64(hits) / float64(len(g)+len(w))
}

// TestGoldPages measures pages of three outlets.
func TestGoldPages(t *testing.T) {
	pages := goldPages(t)
	sum, least, titles, dates := 0.0, 1.0, 0, 0
	for _, g := range pages {
		a, err := HTML(sharedFile(t, g.File))
		if err != nil {
			t.Fatal(err)
		}
		f1 := wordF1(a.Text, g.Text)
		t.Logf("%.4f title %t date %t %s", f1, a.Title == g.Title, sameInstant(a.Date, g.Date), g.File)
		sum += f1
		least = min(least, f1)
		if a.Title == g.Title {
			titles++
		}
		if sameInstant(a.Date, g.Date) {
			dates++
		}
	}
	mean := sum / float64(len(pages))
	t.Logf("pages %d, titles %d, dates %d, word F1 mean %.4f, least %.4f", len(pages), titles, dates, mean, least)
	if mean < 0.99 || least < 0.98 || titles < len(pages) || dates < len(pages) {
		t.Error("want a mean of 0.99, a least of 0.98, all titles and all dates")
	}
}

func sameInstant(a, b string) bool {
	x, errX := time.Parse(time.RFC3339, a)
	y, errY := time.Parse(time.RFC3339, b)
	return errX == nil && errY == nil && x.Equal(y)
}

// TestPastedPage is a page as a reader pasted it.
func TestPastedPage(t *testing.T) {
	a := Text(string(sharedFile(t, "kompas-2020-12-30-rusia-china.txt")))
	if !strings.HasPrefix(a.Title, "Rusia - China") || a.Date != "2020-12-30T12:14:00+07:00" {
		t.Errorf("title %q, date %q", a.Title, a.Date)
	}
	if n := strings.Count(a.Text, "\n") + 1; n != 10 {
		t.Errorf("%d paragraphs, want 10", n)
	}
}
