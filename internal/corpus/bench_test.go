package corpus

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// article is 2.5 kB of text with an escape every hundred bytes, as news has.
var article = strings.Repeat(`Pemerintah daerah menyiapkan posko banjir di tiga kecamatan, kata \"juru bicara\" pada hari Senin.\n`, 25)

func benchmark(b *testing.B, file, content string, packed string) {
	path := filepath.Join(b.TempDir(), file)
	if err := os.WriteFile(path, []byte(packed), 0o644); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(content)))
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
}

func BenchmarkJSONL(b *testing.B) {
	var content strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&content, `{"id":"%d","title":"Posko banjir disiapkan","text":"%s","labels":["disaster","weather"],"date":"2020-12-30","source":"contoh"}`+"\n", i, article)
	}
	s := content.String()
	b.Run("plain", func(b *testing.B) { benchmark(b, "a.jsonl", s, s) })
	b.Run("gzip", func(b *testing.B) { benchmark(b, "a.jsonl.gz", s, gzipped(b, s)) })
	b.Run("zstd", func(b *testing.B) { benchmark(b, "a.jsonl.zst", s, zstandard(b, s)) })
}

func BenchmarkCSV(b *testing.B) {
	var content strings.Builder
	content.WriteString("id,text,labels\n")
	cell := strings.NewReplacer(`\"`, `""`, `\n`, "\n").Replace(article)
	for i := range 10_000 {
		fmt.Fprintf(&content, "%d,\"%s\",disaster;weather\n", i, cell)
	}
	benchmark(b, "a.csv", content.String(), content.String())
}

func BenchmarkFastText(b *testing.B) {
	line := "__label__disaster __label__weather " + strings.ReplaceAll(article, `\n`, " ") + "\n"
	s := strings.Repeat(line, 10_000)
	benchmark(b, "a.txt", s, s)
}
