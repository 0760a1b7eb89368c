package text_test

import (
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/text"
)

// scanCase is a text with the forms of its tokens and, where they are not obvious,
// the pieces of the text that they stand for, separated by bars.
type scanCase struct{ in, forms, pieces string }

func runScanCases(t *testing.T, cases []scanCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.in, func(t *testing.T) {
			var forms, pieces []string
			var s text.Scanner
			for s.Reset(c.in); s.Scan(); {
				token := s.Token()
				forms = append(forms, string(token.Form))
				pieces = append(pieces, c.in[token.Start:token.End])
			}
			if diff := cmp.Diff(c.forms, strings.Join(forms, " ")); diff != "" {
				t.Errorf("forms (-want +got):\n%s", diff)
			}
			if got := strings.Join(pieces, "|"); c.pieces != "" && got != c.pieces {
				t.Errorf("pieces %q, want %q", got, c.pieces)
			}
		})
	}
}

func TestWords(t *testing.T) {
	runScanCases(t, []scanCase{
		{"", "", ""},
		{" \t\n", "", ""},
		{"Presiden RI berpidato.", "presiden ri berpidato", "Presiden|RI|berpidato"},
		{"satu,dua;tiga/empat", "satu dua tiga empat", ""},
		{"selesai.Kemudian", "selesai kemudian", ""},
		{"pertanggungjawabannya", "pertanggungjawabannya", ""},
		{"A b C", "", ""}, // rule 3
		{strings.Repeat("x", 64), strings.Repeat("x", 64), ""},
		{"awal " + strings.Repeat("x", 65) + " akhir", "awal akhir", ""},
		{"awal " + strings.Repeat("é", 500) + " akhir", "awal akhir", ""},
		{"G20 4G covid19 SP3", "g20 4g covid19 sp3", ""},
		{"#SaveKPK @warga_kota #2024Tenang", "savekpk warga kota 2024tenang", "SaveKPK|warga|kota|2024Tenang"},
		{"K.H. Ahmad, U.S. dan s.d. M.U.S.T", "kh ahmad us dan must", "K.H|Ahmad|U.S|dan|M.U.S.T"},
		{"R&D R&amp;D AT&T saya&kamu", "r&d r&d at&t saya kamu", ""},
		{"x=1; y_z", "<angka>", ""},
		{"nama_berkas.jpg", "nama berkas jpg", ""},
	})
}

func TestApostrophes(t *testing.T) {
	runScanCases(t, []scanCase{
		{"Jum'at ma'ruf", "jum'at ma'ruf", ""},
		{"Jum’at Jum‘at Jumʼat Jum`at Jum´at", strings.TrimSpace(strings.Repeat("jum'at ", 5)), ""},
		{"Jum&#39;at Jum&rsquo;at", "jum'at jum'at", "Jum&#39;at|Jum&rsquo;at"},
		{"'dikutip' ‘juga’ “begini”", "dikutip juga begini", "dikutip|juga|begini"},
		{"don't O’Hara", "don't o'hara", ""},
		{"tahun '90 kata'5", "tahun <angka> kata <angka>", ""},
	})
}

func TestUnicode(t *testing.T) {
	runScanCases(t, []scanCase{
		{"Café CAFE\u0301", "café café", "Café|CAFE\u0301"},
		{"STRASSE straße", "strasse strasse", ""},
		{"ΟΔΟΣ οδος", "οδοσ οδοσ", ""},
		{"МОСКВА Москва", "москва москва", ""},
		{"de\u00admo\u00adkrasi", "demokrasi", "de\u00admo\u00adkrasi"},
		{"\ufeffJudul\u200b berita\u200d, satu\u200bdua", "judul berita satu dua", "Judul|berita|satu|dua"},
		{"c\u200ealon", "calon", "c\u200ealon"},
		{"ﬁlm ﬁlm", "film film", ""},
		{"baik\xffburuk \xc3 dan", "baik buruk dan", "baik|buruk|dan"},
		{"satu\u00a0dua\u2003tiga", "satu dua tiga", ""},
		{"a\u0301 \u0301", "á", "a\u0301"},
		{"٢٠٢٠ 你好", "<angka> 你好", ""},
		{"emoji😀di☺️sini", "emoji di sini", ""},
		{"satu&nbsp;dua&ndash;tiga &amp; empat&hellip;", "satu dua tiga empat", ""},
		{"suka & duka; tom&", "suka duka tom", ""},
	})
}

func TestHyphens(t *testing.T) {
	runScanCases(t, []scanCase{
		// rule 4
		{"buku-buku Undang-Undang", "buku-buku undang-undang", ""},
		{"terang‑terangan", "terang-terangan", ""},
		{"anak-anaknya berlari-lari sebaik-baiknya", "anak-anaknya berlari-lari sebaik-baiknya", ""},
		{"kebiru-biruan buah-buahan", "kebiru-biruan buah-buahan", ""},
		{"tolong-menolong surat-menyurat balas-berbalas", "tolong-menolong surat-menyurat balas-berbalas", ""},
		{"sayur-mayur gerak-gerik putra-putri", "sayur-mayur gerak-gerik putra-putri", ""},
		{"ibu-ibu-nya", "ibu-ibu", "ibu-ibu-nya"},
		// rule 5
		{"KPK-nya TNI-lah Tuhan-mu PHK-an", "kpk tni tuhan phk", "KPK-nya|TNI-lah|Tuhan-mu|PHK-an"},
		{"KPKnya PSSIlah SEMUANYA Hanya", "kpk pssi semuanya hanya", "KPKnya|PSSIlah|SEMUANYA|Hanya"},
		{"di-PHK se-Asia me-review di-PHK-kan", "phk asia review phk", ""},
		// rule 6
		{"COVID-19 U-23 F-16 MH-370", "covid19 u23 f16 mh370", ""},
		{"e-KTP E-commerce K-pop h-6k", "ektp ecommerce kpop h6k", ""},
		{"non-tunai Anti-Korupsi ANTI-KORUPSI pro-Palestina", "nontunai antikorupsi antikorupsi pro palestina", ""},
		// rule 7
		{"merah-putih Jakarta-Bandung-Solo", "merah putih jakarta bandung solo", ""},
		{"kata- -kata kata--kata", "kata kata kata kata", ""},
		{"per-1 Januari", "per <tanggal>", "per|1 Januari"},
		{"Palapa-2018", "palapa <tahun>", ""},
		{"akhir-" + strings.Repeat("y", 80), "akhir", ""},
	})
}

func TestLinks(t *testing.T) {
	runScanCases(t, []scanCase{
		{"JAKARTA, KABAR.com - Warga", "jakarta <tautan> warga", "JAKARTA|KABAR.com|Warga"},
		{"KABAR.CO, Bandung", "<tautan> bandung", ""},
		{"Kabar6.com-Jakarta x.co.id kabar.tv", "<tautan> jakarta <tautan> <tautan>", "Kabar6.com|Jakarta|x.co.id|kabar.tv"},
		{"lihat https://www.contoh.org/a-b?c=d&e=f#g.", "lihat <tautan>", "lihat|https://www.contoh.org/a-b?c=d&e=f#g"},
		{"(http://contoh.id)", "<tautan>", "http://contoh.id"},
		{"HTTPS://CONTOH.ID/X", "<tautan>", ""},
		{"www.who.int contoh.co.uk/berita", "<tautan> <tautan>", ""},
		{"surel a.b_c-d@contoh.go.id, segera", "surel <tautan> segera", "surel|a.b_c-d@contoh.go.id|segera"},
		{"nama-situs.com ke-situs.com", "<tautan> <tautan>", ""},
		{"rapat@kantor http: //x", "rapat kantor http", ""},
		{"[Gambas:Video 99contoh] lanjut", "<tautan> lanjut", "[Gambas:Video 99contoh]|lanjut"},
		{"[catatan] [a: tanpa akhir", "catatan tanpa akhir", ""},
		{"dr.Comel", "dr comel", ""},
	})
}

func TestKinds(t *testing.T) {
	var s text.Scanner
	in := "kata 5 Rp5 5% 5/1/2020 5:00 2020 5-1 a.id"
	var got []string
	for s.Reset(in); s.Scan(); {
		got = append(got, s.Token().Kind.String())
	}
	want := []string{"word", "number", "money", "percent", "date", "time", "year", "score", "link"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	if got := text.Kind(0).String() + text.Kind(99).String(); got != "kind(0)kind(99)" {
		t.Errorf("names of unknown kinds: %q", got)
	}
}

// TestScannerEnd: after the last token, and without any text, there is nothing.
func TestScannerEnd(t *testing.T) {
	var s text.Scanner
	if s.Scan() {
		t.Error("Scan of the zero value is true")
	}
	s.Reset("satu")
	s.Scan()
	for range 2 {
		if s.Scan() {
			t.Error("Scan after the end is true")
		}
	}
	if got := s.Token(); got.Kind != 0 || len(got.Form) != 0 {
		t.Errorf("token after the end: %v", got)
	}
	if s.Reset("dua"); !s.Scan() || string(s.Token().Form) != "dua" {
		t.Errorf("token after a second Reset: %v", s.Token())
	}
}

// TestScannerAllocations covers every path, as a Scanner is the inner loop of all.
func TestScannerAllocations(t *testing.T) {
	in := "Rp 1,5 triliun di Jakarta (30/12/2020) pukul 15.00 WIB, KABAR.COM https://x.id/a; " +
		"buku-buku KPKnya di-PHK-kan COVID-19 Jum’at Café CAFE\u0301 Москва 2-1 5 Januari 2020 R&D K.H. " +
		"[Gambas:Video x] \xff " + strings.Repeat("é", 300)
	var s text.Scanner
	scan := func() {
		for s.Reset(in); s.Scan(); {
		}
	}
	scan()
	if n := testing.AllocsPerRun(100, scan); n != 0 {
		t.Errorf("%v allocations a text, want 0", n)
	}
	if size := unsafe.Sizeof(s); size > 1024 {
		t.Errorf("a Scanner has %d bytes, want at most 1024", size)
	}
}
