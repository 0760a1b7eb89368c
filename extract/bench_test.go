package extract

import (
	"strings"
	"testing"
)

// cleanArticle is a plain article: a lead and paragraphs as news has them.
var cleanArticle = "Semarang - Pemerintah kota mulai membangun taman baca di tepi sungai pada pekan ini setelah warga tiga kelurahan menyetujui rancangan akhirnya.\n\n" +
	strings.Repeat("Kepala dinas pertamanan menuturkan bahwa pekerjaan dibagi menjadi empat tahap, dimulai dari penguatan tebing, lalu jalur pejalan kaki, dan diakhiri dengan bangunan utama yang berlantai dua.\n\n"+
		"\"Kami berharap anak-anak sudah bisa memakainya sebelum musim hujan tiba,\" kata dia.\n\n"+
		"Anggaran yang disiapkan mencapai Rp 4,2 miliar (tahun jamak), dan sebagian berasal dari sumbangan perusahaan yang beroperasi di kawasan itu.\n\n", 4)

func benchmark(b *testing.B, text string) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var spans []Span
	for b.Loop() {
		spans = AppendPlain(spans[:0], text)
	}
}

func BenchmarkArticle(b *testing.B)    { benchmark(b, cleanArticle) }
func BenchmarkSingleLine(b *testing.B) { benchmark(b, strings.ReplaceAll(cleanArticle, "\n", " ")) }
func BenchmarkPage(b *testing.B)       { benchmark(b, readGolden(b, "harian.txt")) }
func BenchmarkNewlines(b *testing.B)   { benchmark(b, strings.Repeat("\n", 1<<20)) }
func BenchmarkBrackets(b *testing.B)   { benchmark(b, strings.Repeat("[baca juga: ", 1<<17)) }
