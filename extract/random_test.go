package extract

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// pieces are lines of every sort; random pages are made of them.
var pieces = []string{
	para1, para2, para3, lead, title, "", "", "Nasional", "Home", "Facebook", "12", "Baca juga", "Baca juga: Jalan Diaspal", "(abc/def)",
	"Halaman:", "Editor: Ratna Dewi", "Oleh Ratna Dewi", "Senin, 4 Mei 2020", "Senin, 4 Mei 2020 | 09:15 WIB", "Terkini Lainnya",
	"Pasar Malam Kota Baru Dibuka Kembali", "Pasar Malam Kota Baru Dibuka Kembali", "Rinciannya:", "- Semen: 40 sak",
	"Warga bekerja di tepi saluran air yang rusak itu. ANTARA FOTO/Ratna", "ADVERTISEMENT", "tanpa titik di akhir",
}

// TestRandomPages checks the answer's form on pages put together at random, and that
// what was kept is kept again.
func TestRandomPages(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		page := make([]string, 1+rng.IntN(14))
		for i := range page {
			page[i] = pieces[rng.IntN(len(pieces))]
		}
		text := strings.Join(page, "\n")
		spans := AppendPlain(nil, text)
		checkSpans(t, text, spans)
		if wholeLines(text, spans) {
			checkAgain(t, text, spans)
		}
		if t.Failed() {
			t.Fatalf("page %q", text)
		}
	}
}
