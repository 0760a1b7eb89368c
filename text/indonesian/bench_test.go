package indonesian

import "testing"

// article is the mix of a news sentence: function words, names, affixed words.
var article = []string{
	"menteri", "perhubungan", "menyebutkan", "bahwa", "pembangunan", "jalur", "kereta", "itu",
	"akan", "diselesaikan", "pada", "akhir", "tahun", "ujarnya", "kepada", "wartawan", "di",
	"surabaya", "warga", "berharap", "pekerjaannya", "tidak", "memengaruhi", "kegiatan", "pasar",
}

func perWord(b *testing.B, f func(w []byte)) {
	b.ReportAllocs()
	var room [64]byte
	for b.Loop() {
		for _, w := range article {
			f(append(room[:0], w...))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(article)), "ns/word")
}

func BenchmarkStemBytes(b *testing.B) {
	perWord(b, func(w []byte) { StemBytes(w) })
}

func BenchmarkLight(b *testing.B) {
	perWord(b, func(w []byte) { Light(w) })
}

func BenchmarkIsStopWordBytes(b *testing.B) {
	perWord(b, func(w []byte) { IsStopWordBytes(w) })
}

func BenchmarkStem(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range article {
			Stem(w, false)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(article)), "ns/word")
}
