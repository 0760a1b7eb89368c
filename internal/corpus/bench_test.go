package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// article is 2.5 kB of text with an escape every hundred bytes, as news has.
var article = strings.Repeat(`Pemerintah daerah menyiapkan posko banjir di tiga kecamatan, kata \"juru bicara\" pada hari Senin.\n`, 25)

// benchFile is a file to be read, and what of it is counted.
type benchFile struct {
	format, name, content string
	bytes                 int // of text in it, after decompression
}

func benchFiles(b *testing.B) []benchFile {
	const n = 10_000
	text := strings.NewReplacer(`\"`, `"`, `\n`, "\n").Replace(article)
	var jsonl, csv, fast, web strings.Builder
	csv.WriteString("id,text,labels\n")
	type row struct {
		ID     string   `parquet:"id"`
		Text   string   `parquet:"text"`
		Labels []string `parquet:"labels,list"`
	}
	var rows []row
	var pages []string
	page := newsPage("Posko banjir disiapkan", strings.ReplaceAll(text, "\n", "</p><p>"))
	for i := range n {
		fmt.Fprintf(&jsonl, `{"id":"%d","title":"Posko banjir disiapkan","text":"%s","labels":["disaster","weather"],"date":"2020-12-30","source":"contoh"}`+"\n", i, article)
		fmt.Fprintf(&csv, "%d,\"%s\",disaster;weather\n", i, strings.ReplaceAll(text, `"`, `""`))
		fast.WriteString("__label__disaster __label__weather " + strings.ReplaceAll(text, "\n", " ") + "\n")
		rows = append(rows, row{fmt.Sprint(i), fmt.Sprint(i, text), []string{"disaster", "weather"}})
		if i < n/10 {
			web.WriteString(answered(fmt.Sprint("http://a.id/", i), htmlAnswer, page))
			pages = append(pages, fmt.Sprintf("%d.txt", i), text)
		}
	}
	j := jsonl.String()
	return []benchFile{
		{"jsonl", "a.jsonl", j, len(j)},
		{"jsonl-gzip", "a.jsonl.gz", gzipped(b, j), len(j)},
		{"jsonl-zstd", "a.jsonl.zst", zstandard(b, j), len(j)},
		{"csv", "a.csv", csv.String(), csv.Len()},
		{"fasttext", "a.ft", fast.String(), fast.Len()},
		{"parquet", "a.parquet", parqueted(b, rows), n * len(text)},
		{"warc", "a.warc", web.String(), web.Len()},
		{"zip", "a.zip", zipped(b, pages...), n / 10 * len(text)},
		{"tar", "a.tar", tarred(b, pages...), n / 10 * len(text)},
	}
}

// BenchmarkRead reads files of each format; MB/s are of their content after decompression.
func BenchmarkRead(b *testing.B) {
	dir := b.TempDir()
	for _, f := range benchFiles(b) {
		path := filepath.Join(dir, f.name)
		if err := os.WriteFile(path, []byte(f.content), 0o644); err != nil {
			b.Fatal(err)
		}
		b.Run(f.format, func(b *testing.B) {
			b.SetBytes(int64(f.bytes))
			b.ReportAllocs()
			for b.Loop() {
				n := 0
				for _, err := range Read(context.Background(), []string{path}, Options{}) {
					if err != nil {
						b.Fatal(err)
					}
					n++
				}
				b.ReportMetric(float64(n), "records")
			}
		})
	}
}

// BenchmarkItems reads pages: without decoding them, which is what one goroutine has to do, and with
// it on as many as -cpu says.
func BenchmarkItems(b *testing.B) {
	path := filepath.Join(b.TempDir(), "a.warc")
	page := newsPage("Posko banjir disiapkan", strings.Repeat(strings.ReplaceAll(article, `\n`, "</p><p>"), 4))
	content := strings.Repeat(answered("http://a.id/1", htmlAnswer, page), 500)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		b.Fatal(err)
	}
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		for b.Loop() {
			eachItem(b, path, func(Item) {})
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(int64(len(content)))
		for b.Loop() {
			items := make(chan Item, 16)
			var workers sync.WaitGroup
			for range runtime.GOMAXPROCS(0) {
				workers.Go(func() { decodeAll(b, items) })
			}
			eachItem(b, path, func(it Item) { items <- it })
			close(items)
			workers.Wait()
		}
	})
}

func eachItem(b *testing.B, path string, do func(Item)) {
	for it, err := range Items(context.Background(), []string{path}, Options{}) {
		if err != nil {
			b.Fatal(err)
		}
		do(it)
	}
}

func decodeAll(b *testing.B, items <-chan Item) {
	for it := range items {
		if _, err := it.Decode(); err != nil {
			b.Error(err)
		}
	}
}
