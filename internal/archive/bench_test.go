package archive_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/archive"
	"github.com/tajuk/tajuk/internal/corpus"
)

// benchFile writes an archive of 20 MB and returns its size.
func benchFile(b *testing.B) int64 {
	var in strings.Builder
	for i := range 8000 {
		text := strings.Repeat("Pelatih memuji penyerang muda yang mencetak gol pada pertandingan liga di Jakarta, kata dokter klub itu. ", 24)
		fmt.Fprintf(&in, `{"id":"a%d","title":"Klub menang","text":%q,"date":"2024-%02d-01","source":"koran %d"}`+"\n", i, text, 1+i%12, i%7)
	}
	if err := os.WriteFile("a.jsonl", []byte(in.String()), 0o666); err != nil {
		b.Fatal(err)
	}
	return int64(in.Len())
}

// BenchmarkRun is a whole run on one core; bytes are those of the input. BenchmarkTag is what of it is reading and
// tagging.
func BenchmarkRun(b *testing.B) {
	b.Chdir(b.TempDir())
	b.SetBytes(benchFile(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := archive.Run(b.Context(), []string{"a.jsonl"}, "out", archive.Options{Model: desk(), Jobs: 1, Force: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTag reads and tags alone.
func BenchmarkTag(b *testing.B) {
	b.Chdir(b.TempDir())
	b.SetBytes(benchFile(b))
	b.ReportAllocs()
	tagger := desk().NewTagger()
	var p classifier.Prediction
	for b.Loop() {
		for rec, err := range corpus.Read(b.Context(), []string{"a.jsonl"}, corpus.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			tagger.Tag(&rec.Document, &p)
			p.Apply(classifier.Options{})
		}
	}
}
