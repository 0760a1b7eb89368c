package classifier

import (
	"context"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// benchArticle is a report of our own making, about 1.2 kB.
const benchArticle = `Pemerintah daerah akan memperbaiki empat jembatan yang rusak akibat banjir pada awal tahun ini.
Kepala dinas pekerjaan umum mengatakan anggaran sebesar Rp 12,5 miliar sudah disetujui dewan, dan lelang dimulai pada 14 Maret 2024.
Menurut dia, jembatan yang menghubungkan dua kecamatan itu dilewati lebih dari 3.000 kendaraan setiap hari, termasuk truk pengangkut beras dan sayuran.
Sejak jembatan ditutup, pedagang harus memutar sejauh 40 kilometer sehingga ongkos angkut naik hampir 20 persen.
"Kami meminta perbaikan selesai sebelum musim panen," kata seorang petani yang ladangnya berada di seberang sungai.
Anak-anak sekolah sementara ini menyeberang dengan perahu karet milik tim penyelamat, yang beroperasi mulai pukul 06.00 WIB sampai sore.
Badan cuaca memperkirakan hujan masih turun sampai akhir bulan, tetapi dengan curah yang lebih rendah daripada bulan lalu.
Dinas kesehatan membuka pos pelayanan di kedua sisi sungai, agar warga lanjut usia tidak perlu menyeberang untuk memeriksakan diri.
Perbaikan dikerjakan bergantian, sehingga selalu ada satu jalur yang dapat dilewati mobil pengangkut pasien menuju rumah sakit kabupaten.
`

// benchDocument is about 2.5 kB, the size of a news article.
func benchDocument() *Document {
	return &Document{Title: "Empat jembatan rusak akan diperbaiki", Text: strings.Repeat(benchArticle, 2)}
}

// BenchmarkTag tags with the built-in model.
func BenchmarkTag(b *testing.B) {
	m, err := model.ReadFile("../internal/builtin/builtin.tajuk")
	if err != nil {
		b.Fatal(err)
	}
	tagger, p, doc := mustNew(b, m).NewTagger(), Prediction{}, benchDocument()
	b.SetBytes(int64(len(doc.Title) + len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		tagger.Tag(doc, &p)
	}
}

// BenchmarkTrain trains on some hundred short articles.
func BenchmarkTrain(b *testing.B) {
	bags := sampleBags(Multi)
	for _, learner := range learners {
		b.Run(learner, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Train(context.Background(), bags, TrainOptions{Learner: learner}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkBag reduces an article to a bag.
func BenchmarkBag(b *testing.B) {
	m, err := model.ReadFile("../internal/builtin/builtin.tajuk")
	if err != nil {
		b.Fatal(err)
	}
	bagger, doc := NewBagger(mustNew(b, m).Analyzer().Config()), benchDocument()
	b.SetBytes(int64(len(doc.Title) + len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		bagger.Bag(doc)
	}
}

// TestTagAllocatesNothing once its scratch space has grown to the document.
func TestTagAllocatesNothing(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		tagger, p := c.NewTagger(), Prediction{}
		docs := []*Document{benchDocument(), {Text: samplePage}, &articles[0], {Title: "bertandingnya perhujanan pedagang-pedagang naïve Rp 5 juta tim"}}
		tag := func() {
			for _, doc := range docs {
				tagger.Tag(doc, &p)
			}
		}
		tag()
		if n := testing.AllocsPerRun(100, tag); n != 0 {
			t.Errorf("%v allocations for %d documents", n, len(docs))
		}
	})
}
