package model

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// Budget: 10 ms for a model of a real one's size.
func BenchmarkDecode(b *testing.B) {
	data := encode(b, large(b))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}

// Budget: 30 ns a key of an article. There, the few most frequent words make
// most of the text (Zipf's law); uniform draws are the worst case for the cache.
func BenchmarkFind(b *testing.B) {
	m := large(b)
	known, unknown := words(60_000, 1), words(60_000, 3)
	random := rand.New(rand.NewPCG(1, 1))
	zipf := rand.NewZipf(random, 1.07, 2, uint64(len(known)-1))
	uniform := func() uint64 { return random.Uint64N(uint64(len(known))) }
	ranks := random.Perm(len(known)) // a word's frequency has nothing to do with its place in the alphabet
	for _, bench := range []struct {
		name  string
		words []string
		draw  func() uint64
		draws int // some twenty articles, or more words than the second-level cache holds
	}{
		{"article", known, zipf.Uint64, 1 << 13},
		{"uniform", known, uniform, 1 << 16},
		{"unknown", unknown, uniform, 1 << 16},
	} {
		var text []byte
		for range bench.draws {
			text = append(append(text, bench.words[ranks[bench.draw()]]...), ' ')
		}
		keys := bytes.Fields(text)
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				m.FormIndex.Find(m.Forms, keys[i%len(keys)])
			}
		})
	}
}

func BenchmarkBuildIndex(b *testing.B) {
	forms := list(b, words(60_000, 1)...)
	b.ReportAllocs()
	for b.Loop() {
		BuildIndex(forms)
	}
}
