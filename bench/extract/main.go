// Command extract compares package page with go-readability and go-trafilatura on the same
// pages in the same run: what of the article each finds, how long it takes and how much it
// allocates. It is a module of its own, so that the libraries are no dependency of tajuk.
//
//	cd bench/extract
//	go run . [--rounds N] [../../../shared/data/pages]
//	go run . --phrases
//
// The folder holds gold.jsonl, whose records name a page's file, title and text. With --phrases
// the pages are those of go-trafilatura's own comparison.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"

	"github.com/tajuk/tajuk/extract/page"
)

func main() {
	rounds := flag.Int("rounds", 15, "times that every page is read by every tool")
	onPhrases := flag.Bool("phrases", false, "use the pages of go-trafilatura's own comparison")
	flag.Parse()
	folder := "../../../shared/data/pages"
	if flag.NArg() > 0 {
		folder = flag.Arg(0)
	}
	compare := comparePhrases
	if !*onPhrases {
		compare = func() error { return run(folder, *rounds) }
	}
	if err := compare(); err != nil {
		fmt.Fprintln(os.Stderr, "extract:", err)
		os.Exit(1)
	}
}

// tool finds title and text of a page.
type tool struct {
	name string
	read func(data []byte) (title, text string, err error)
}

var address = &url.URL{Scheme: "https", Host: "news.example", Path: "/"}

func tools() []tool {
	return []tool{
		{"tajuk", func(data []byte) (string, string, error) {
			a, err := page.HTML(data)
			return a.Title, a.Text, err
		}},
		{"go-readability 2.1.3", func(data []byte) (string, string, error) {
			a, err := readability.FromReader(bytes.NewReader(data), address)
			if err != nil || a.Node == nil {
				return "", "", err
			}
			var text strings.Builder
			err = a.RenderText(&text)
			return a.Title(), text.String(), err
		}},
		{"go-trafilatura 1.12.2", func(data []byte) (string, string, error) {
			a, err := trafilatura.Extract(bytes.NewReader(data), trafilatura.Options{
				EnableFallback: true, ExcludeComments: true, OriginalURL: address,
			})
			if err != nil || a == nil {
				return "", "", err
			}
			return a.Metadata.Title, a.ContentText, nil
		}},
	}
}

// goldPage is a page and what it is about.
type goldPage struct {
	File, Title, Text string
	Score             bool
	data              []byte
}

func read(folder string) (pages []goldPage, err error) {
	f, err := os.Open(filepath.Join(folder, "gold.jsonl"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var g goldPage
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			return nil, err
		}
		if !g.Score {
			continue
		}
		if g.data, err = os.ReadFile(filepath.Join(folder, g.File)); err != nil {
			return nil, err
		}
		pages = append(pages, g)
	}
	return pages, lines.Err()
}

// result is what one tool made of the pages.
type result struct {
	f1     []float64
	titles int
	times  []time.Duration // by round, all pages
	bytes  uint64          // allocated in a round
}

func run(folder string, rounds int) error {
	pages, err := read(folder)
	if err != nil {
		return err
	}
	all := tools()
	results := make([]result, len(all))
	for i, t := range all {
		for _, p := range pages {
			title, text, err := t.read(p.data)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", t.name, p.File, err)
			}
			results[i].f1 = append(results[i].f1, wordF1(text, p.Text))
			if title == p.Title {
				results[i].titles++
			}
		}
	}
	for range rounds { // in turn, so that a busy machine is busy for all
		for i, t := range all {
			d, n := measure(t, pages)
			results[i].times = append(results[i].times, d)
			results[i].bytes = n
		}
	}
	print(all, results, len(pages))
	return nil
}

func measure(t tool, pages []goldPage) (time.Duration, uint64) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	for _, p := range pages {
		_, _, _ = t.read(p.data) // was without error before
	}
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}

func print(all []tool, results []result, pages int) {
	base := median(results[1].times)
	fmt.Printf("| %d pages | word-F1, mean | least | titles | ms a page | times as fast as %s | MB allocated a page |\n|---|--:|--:|--:|--:|--:|--:|\n", pages, all[1].name)
	for i, t := range all {
		r := results[i]
		sum := 0.0
		for _, f := range r.f1 {
			sum += f
		}
		took := median(r.times)
		fmt.Printf("| %s | %.3f | %.3f | %d | %.2f | %.1f | %.2f |\n", t.name, sum/float64(pages), slices.Min(r.f1), r.titles,
			float64(took.Microseconds())/1000/float64(pages), float64(base)/float64(took), float64(r.bytes)/float64(pages)/1e6)
	}
}

func median(d []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(d))[len(d)/2]
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
	return 2 * float64(hits) / float64(max(1, len(g)+len(w)))
}
