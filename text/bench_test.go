package text_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/text"
)

// newsText is about 1.5 MB of real news where the data is at hand, and the
// paragraph of the golden file over and over otherwise.
func newsText(b *testing.B) string {
	b.Helper()
	root := os.Getenv("TAJUK_SHARED")
	if root == "" {
		root = filepath.Join("..", "..", "shared")
	}
	articles, err := readTexts(filepath.Join(root, "data", "indosum", "test.jsonl.gz"))
	if err != nil {
		b.Logf("news text not found, using the golden paragraph: %v", err)
		paragraph, err := os.ReadFile(filepath.Join("testdata", "article.txt"))
		if err != nil {
			b.Fatal(err)
		}
		return strings.Repeat(string(paragraph), 1+1_500_000/len(paragraph))
	}
	return strings.Join(articles, "\n\n")
}

// readTexts returns the "text" of every record of a file.
func readTexts(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var texts []string
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var record struct {
			Text string `json:"text"`
		}
		if err := json.Unmarshal(lines.Bytes(), &record); err != nil {
			return nil, err
		}
		texts = append(texts, record.Text)
	}
	return texts, lines.Err()
}

// BenchmarkScanner is cutting alone. Budget: 10 ns a byte, 0 allocations.
func BenchmarkScanner(b *testing.B) {
	article := newsText(b)
	var s text.Scanner
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		tokens = 0
		for s.Reset(article); s.Scan(); {
			tokens++
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(tokens), "ns/token")
}

// BenchmarkAnalyzer is cutting, dropping function words and stemming every word.
func BenchmarkAnalyzer(b *testing.B) {
	article := newsText(b)
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		b.Fatal(err)
	}
	var s text.Scanner
	buf := make([]byte, 0, 256)
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		for s.Reset(article); s.Scan(); {
			if form := s.Token().Form; !a.IsStopWord(form) {
				buf = a.AppendStem(buf[:0], form)
			}
		}
	}
}
