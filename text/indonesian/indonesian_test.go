package indonesian

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// golden holds words chosen to visit every row of the algorithm, its conditions
// and its known weak sides. The stems are what the published rules give.
var golden = []struct{ word, stem, reason string }{
	// left alone
	{"", "", ReasonTooShort},
	{"di", "di", ReasonTooShort},
	{"rumah", "rumah", ReasonTooShort},
	{"buku", "buku", ReasonTooShort},
	{"negara", "negara", ReasonUnchanged},
	// particles and possessives, and their gate
	{"bukankah", "bukan", "-kah"},
	{"tuliskanlah", "tulis", "-lah, -kan"},
	{"kerjakanlah", "rjakan", "-lah, ke-"}, // ke- is no prefix here: no dictionary to say so
	{"siapapun", "siapa", "-pun"},
	{"rumahnya", "rumah", "-nya"},
	{"rumahku", "rumah", "-ku"},
	{"rumahmulah", "rumah", "-lah, -mu"},
	{"bukumukah", "buku", "-kah, -mu"},
	{"apatah", "apatah", ReasonUnchanged},
	// meN-
	{"menggambar", "gambar", "meng-"},
	{"menyapu", "sapu", "meny- (s)"},
	{"menyrik", "menyrik", ReasonTooShort},
	{"menyrika", "yrika", "men-"},
	{"menangkap", "angkap", "men-"},
	{"memukul", "pukul", "mem- (p)"},
	{"membaca", "baca", "mem-"},
	{"melihat", "lihat", "me-"},
	// peN-
	{"penggaris", "garis", "peng-"},
	{"penyanyi", "sanyi", "peny- (s)"},
	{"pendengar", "dengar", "pen-"},
	{"pemukul", "pukul", "pem- (p)"},
	{"pembaca", "baca", "pem-"},
	// di-, ter-, ke-
	{"ditulis", "tulis", "di-"},
	{"terbawa", "bawa", "ter-"},
	{"kekasih", "kasih", "ke-"},
	{"kehendaki", "hendaki", "ke-"},
	// second-order prefixes
	{"berjalan", "jalan", "ber-"},
	{"belajar", "ajar", "bel-"},
	{"bekerja", "kerja", "be-"},
	{"beternak", "ternak", "be-"},
	{"beijing", "beijing", ReasonUnchanged},
	{"pertanda", "tanda", "per-"},
	{"pelajar", "ajar", "pel-"},
	{"pelajaran", "ajar", "pel-, -an"},
	{"petani", "tani", "pe-"},
	// suffixes and the prefixes that block them
	{"siarkan", "siar", "-kan"},
	{"makanan", "makan", "-an"},
	{"datangi", "datang", "-i"},
	{"ekonomisi", "ekonomisi", ReasonUnchanged},
	{"kebaikan", "baik", "ke-, -an"},
	{"perbaikan", "baik", "per-, -an"},
	{"dimakan", "makan", "di-"},
	{"dibukukan", "buku", "di-, -kan"},
	{"kemudi", "mudi", "ke-"},
	{"berlari", "lari", "ber-"},
	{"beratapi", "atapi", "ber-"},
	// a second prefix under a suffix, and not behind a restored letter
	{"diperlakukan", "laku", "di-, -kan, per-"},
	{"memperbaiki", "baik", "mem-, -i, per-"},
	{"memberlakukan", "laku", "mem-, -kan, ber-"},
	{"keberhasilan", "hasil", "ke-, -an, ber-"},
	{"memelopori", "pelopor", "mem- (p), -i"},
	{"keberangkatannya", "angkat", "-nya, ke-, -an, ber-"},
	{"diperiksa", "periksa", "di-"},
}

func TestGolden(t *testing.T) {
	for _, g := range golden {
		t.Run(g.word, func(t *testing.T) {
			if got := Stem(g.word, true); got != g.stem {
				t.Errorf("Stem: got %q, want %q", got, g.stem)
			}
			if got := string(StemBytes([]byte(g.word))); got != g.stem {
				t.Errorf("StemBytes: got %q, want %q", got, g.stem)
			}
			stem, reason := Explain(g.word)
			if stem != g.stem || reason != g.reason {
				t.Errorf("Explain: got %q, %q; want %q, %q", stem, reason, g.stem, g.reason)
			}
		})
	}
}

func TestStemAsWritten(t *testing.T) {
	for _, c := range []struct {
		word string
		all  bool
		want string
	}{
		{"  Membaca\n", false, "baca"},
		{"MENYAPU", false, "sapu"},
		{"Pembangunan", false, "bangun"},
		{"KE", true, "ke"},
		{"Adalah", false, "adalah"}, // a stop word
		{"Adalah", true, "ada"},
		{"mengatakan", false, "mengatakan"},
		{"mengatakan", true, "ata"},
		{"CAFÉNYA", true, "cafénya"}, // é is no vowel: two are too few
		{"\xffMembaca\xff", true, "\xffmembaca\xff"},
		{"", false, ""},
		{" \t ", true, ""},
	} {
		if got := Stem(c.word, c.all); got != c.want {
			t.Errorf("Stem(%q, %v) = %q, want %q", c.word, c.all, got, c.want)
		}
	}
}

func TestLight(t *testing.T) {
	for word, want := range map[string]string{
		"":               "",
		"bukunya":        "buku",
		"bukumulah":      "buku",
		"apakah":         "apa",
		"mereka":         "mereka",
		"kebijakannya":   "kebijakan",
		"keputusankupun": "keputusan",
		"hanya":          "hanya", // two vowels
		"bangku":         "bangku",
	} {
		if got := string(Light([]byte(word))); got != want {
			t.Errorf("Light(%q) = %q, want %q", word, got, want)
		}
	}
}

// TestInPlace: the results are pieces of the caller's bytes.
func TestInPlace(t *testing.T) {
	w := []byte("memukulnya")
	stem := StemBytes(w)
	if string(stem) != "pukul" || &stem[0] != &w[2] {
		t.Errorf("StemBytes gave %q, not the bytes from 2 on of %q", stem, w)
	}
	w = []byte("bukunya")
	if stem = Light(w); &stem[0] != &w[0] || string(w) != "bukunya" {
		t.Errorf("Light wrote to its argument or copied it: %q of %q", stem, w)
	}
}

func TestAllocations(t *testing.T) {
	want := func(most float64, name string, f func()) {
		t.Helper()
		if got := testing.AllocsPerRun(100, f); got > most {
			t.Errorf("%s: %v allocations, want at most %v", name, got, most)
		}
	}
	var s string
	var b []byte
	buf := make([]byte, 0, 64)
	long := strings.Repeat("mengungkapkan", 20)
	want(0, "Stem of a lower-case word", func() { s = Stem("keberhasilannya", false) })
	want(0, "Stem of a capital that goes", func() { s = Stem("Membaca", false) })
	want(0, "Stem of a stop word", func() { s = Stem("sebagaimana", false) })
	want(1, "Stem of a restored letter", func() { s = Stem("Menyapu", false) })
	want(1, "Stem of capitals", func() { s = Stem("PEMBANGUNAN", false) })
	want(0, "StemBytes", func() { b = StemBytes(append(buf, "memelopori"...)) })
	want(0, "Light", func() { b = Light(append(buf, "rumahnya"...)) })
	want(0, "IsStopWord", func() { _ = IsStopWord(long) })
	want(0, "IsStopWordBytes", func() { _ = IsStopWordBytes(append(buf, "mengungkapkan"...)) })
	_, _ = s, b
}

func FuzzStem(f *testing.F) {
	for _, g := range golden {
		f.Add(g.word)
	}
	f.Add("be\u00e9eraai")
	f.Add("\xf0\x9f\x98\x80mempunyaikannya")
	f.Fuzz(func(t *testing.T, word string) {
		low := strings.TrimSpace(strings.ToLower(word))
		stem := Stem(word, true)
		if utf8.ValidString(word) && len(stem) > len(low) {
			t.Errorf("Stem(%q) = %q is longer", word, stem)
		}
		bytes := StemBytes([]byte(word))
		if len(bytes) > len(word) {
			t.Errorf("StemBytes(%q) = %q is longer", word, bytes)
		}
		if word == low && len(word) > 2 && stem != string(bytes) {
			t.Errorf("Stem(%q) = %q, StemBytes gives %q", word, stem, bytes)
		}
		if got, _ := Explain(word); got != stem {
			t.Errorf("Explain(%q) gives %q, Stem %q", word, got, stem)
		}
		if light := Light([]byte(word)); !strings.HasPrefix(word, string(light)) {
			t.Errorf("Light(%q) = %q is no beginning of it", word, light)
		}
		if IsStopWord(word) != IsStopWordBytes([]byte(word)) {
			t.Errorf("%q is a stop word in one form only", word)
		}
	})
}
