package classifier

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// learners are tested one and all; countLearners are those that need no articles.
var (
	learners      = []string{NB, CNB, NBS, NBLR}
	countLearners = []string{NB, CNB, NBS}
)

// articles are the labelled articles of the tests: the first label is the one of a
// Single model, all of them those of a Multi model.
var articles = []Document{
	{Title: "Rupiah menguat tipis", Text: "Nilai tukar rupiah menguat setelah bank sentral menahan suku bunga. Pelaku pasar menunggu angka inflasi bulan ini.", Labels: []string{"ekonomi"}},
	{Title: "Ekspor kopi naik", Text: "Ekspor kopi naik karena harga di pasar dunia membaik. Pedagang berharap permintaan bertahan sampai akhir tahun.", Labels: []string{"ekonomi"}},
	{Title: "Bank daerah menambah modal", Text: "Bank daerah menambah modal sebesar Rp 2 miliar agar kredit usaha kecil tumbuh. Suku bunga pinjaman tidak berubah.", Labels: []string{"ekonomi"}},
	{Title: "Harga beras turun", Text: "Harga beras di pasar induk turun 5 persen. Pedagang mengatakan pasokan cukup, dan inflasi pangan melandai.", Labels: []string{"ekonomi"}},
	{Title: "Investasi pabrik baru", Text: "Perusahaan menanam modal untuk pabrik baru. Investasi itu membuka lapangan kerja dan menambah ekspor.", Labels: []string{"ekonomi"}},
	{Title: "Tim tuan rumah menang", Text: "Tim tuan rumah menang 2-1 lewat gol pada menit akhir. Pelatih memuji penjaga gawang dan para pemainnya.", Labels: []string{"olahraga"}},
	{Title: "Pebulu tangkis melaju ke final", Text: "Pasangan ganda melaju ke final setelah menang dua gim langsung. Pelatih meminta pemain menjaga stamina.", Labels: []string{"olahraga"}},
	{Title: "Liga dimulai pekan depan", Text: "Liga dimulai pekan depan dengan delapan belas tim. Pertandingan pembuka digelar di stadion baru.", Labels: []string{"olahraga"}},
	{Title: "Juara renang memecahkan rekor", Text: "Perenang muda itu memecahkan rekor nasional dan menjadi juara. Ia berlatih setiap hari bersama pelatihnya.", Labels: []string{"olahraga"}},
	{Title: "Klub menjual pemain", Text: "Klub menjual pemain seharga Rp 5 miliar. Uang itu dipakai membangun stadion, dan pasar transfer ramai.", Labels: []string{"olahraga", "ekonomi"}},
	{Title: "Vaksinasi anak dimulai", Text: "Puskesmas memulai vaksinasi anak pada Senin. Dokter mengatakan vaksin mencegah campak dan penyakit lain.", Labels: []string{"kesehatan"}},
	{Title: "Kasus demam berdarah naik", Text: "Kasus demam berdarah naik pada musim hujan. Rumah sakit menambah ranjang bagi pasien anak-anak.", Labels: []string{"kesehatan", "cuaca"}},
	{Title: "Dokter kurang di pulau kecil", Text: "Pulau kecil kekurangan dokter dan perawat. Pasien harus menyeberang ke rumah sakit di kota.", Labels: []string{"kesehatan"}},
	{Title: "Gula dan penyakit jantung", Text: "Terlalu banyak gula menambah risiko penyakit jantung, kata dokter. Pasien diminta memeriksa tekanan darah.", Labels: []string{"kesehatan"}},
	{Title: "Obat mahal", Text: "Harga obat mahal membuat pasien menunda berobat. Rumah sakit meminta subsidi agar pasar obat lebih adil.", Labels: []string{"kesehatan", "ekonomi"}},
	{Title: "Atlet cedera lutut", Text: "Atlet itu cedera lutut saat bertanding. Dokter tim mengatakan pemain perlu dirawat enam pekan.", Labels: []string{"olahraga", "kesehatan"}},
	{Title: "Hujan lebat di pesisir", Text: "Hujan lebat turun di pesisir sejak pagi. Badan cuaca meminta warga waspada terhadap angin kencang.", Labels: []string{"cuaca"}},
	{Title: "Kemarau lebih panjang", Text: "Musim kemarau tahun ini lebih panjang. Suhu udara naik dan curah hujan jauh di bawah biasa.", Labels: []string{"cuaca"}},
	{Title: "Gelombang tinggi", Text: "Gelombang tinggi dan angin kencang melanda selat. Nelayan diminta menunggu sampai cuaca membaik.", Labels: []string{"cuaca"}},
	{Title: "Kabut tebal pagi hari", Text: "Kabut tebal menyelimuti bandara pada pagi hari. Suhu turun, dan hujan diperkirakan datang sore nanti.", Labels: []string{"cuaca"}},
	{Title: "Banjir menaikkan harga cabai", Text: "Hujan dan banjir merusak ladang cabai. Harga di pasar naik dan pedagang kekurangan pasokan.", Labels: []string{"cuaca", "ekonomi"}},
	{Title: "Laga ditunda karena hujan", Text: "Pertandingan liga ditunda karena hujan lebat dan petir. Tim kembali ke stadion besok sore.", Labels: []string{"olahraga", "cuaca"}},
}

// sampleBags are bags of words and pairs of the articles, six copies apart by a word each, so
// that every fold sees every topic.
func sampleBags(task string) (out []Bag) {
	analyzer, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		panic(err)
	}
	bagger := NewPairBagger(analyzer)
	for copy := range 6 {
		for i, doc := range articles {
			doc.ID = fmt.Sprintf("a%d-%d", i, copy)
			doc.Text += strings.Repeat(" catatan", copy)
			if task == Single {
				doc.Labels = doc.Labels[:1]
			}
			out = append(out, bagger.Bag(&doc))
		}
	}
	return out
}

func mustTrain(t testing.TB, bags []Bag, o TrainOptions) *model.Model {
	t.Helper()
	m, err := Train(context.Background(), bags, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustNew(t testing.TB, m *model.Model) *Classifier {
	t.Helper()
	c, err := New(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// modelBytes is the file of a model.
func modelBytes(t testing.TB, m *model.Model) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := model.Write(&buf, m); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// eachModel runs a test for every task and learner.
func eachModel(t *testing.T, test func(t *testing.T, c *Classifier)) {
	for _, task := range []string{Single, Multi} {
		bags := sampleBags(task)
		for _, learner := range learners {
			t.Run(task+"/"+learner, func(t *testing.T) {
				test(t, mustNew(t, mustTrain(t, bags, TrainOptions{Task: task, Learner: learner})))
			})
		}
	}
}

// writer makes up documents out of the words of the articles and others.
type writer struct {
	*rand.Rand
	words []string
}

func newWriter(seed uint64) *writer {
	w := &writer{Rand: rand.New(rand.NewPCG(seed, 1))}
	for _, a := range articles {
		w.words = append(w.words, strings.Fields(a.Title+" "+a.Text)...)
	}
	// Forms that training never saw, of stems that it knows and does not know; spelling;
	// class tokens; bytes that are no text.
	w.words = append(w.words, "bertandingnya", "dipasarkan", "pedagang-pedagang", "KEMARAU-nya", "perhujanan",
		"yang", "apa-apa", "zebra", "ékonomi", "café", "日本", "naïve", "e-KTP", "Jum’at", "&nbsp;", "<b>", "\xff",
		"Rp", "15.00", "WIB", "12/3/2024", "https://contoh.example/x", "3,5", "persen", "\n", "\n\n", "—", "“pasar”")
	return w
}

// text is n random words.
func (w *writer) text(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = w.words[w.IntN(len(w.words))]
	}
	return strings.Join(words, " ")
}

// document has a title of up to 8 words and a text of up to 120, either perhaps empty.
func (w *writer) document() *Document {
	return &Document{Title: w.text(w.IntN(9)), Text: w.text(w.IntN(121))}
}

// sameAnswer compares predictions bit by bit.
func sameAnswer(a, b *Prediction) bool {
	return a.Outcome == b.Outcome && a.Tokens == b.Tokens && a.Known == b.Known &&
		slices.Equal(a.Topics, b.Topics) && slices.Equal(a.Notices, b.Notices)
}
