package text

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"
)

// TestHostileTexts: time grows with the length of a text, not with its square. Each
// of these reads ahead and gives up, over and over.
func TestHostileTexts(t *testing.T) {
	const size = 1 << 18
	for _, piece := range []string{
		"a", "a.", "a-", "aa-bb-", "1-", "100-", "1.", "1:", "[a:", "a@", "a_", "a'", "a\u00ad", "\u00ad", "a\u00ad'", "&a",
		"&#39;", "rp ", "rp", "$", "ke-", "1 ", "1 januari", "www.", "http://", "é-", "\u0301", "a\u0301", "\xe2", "1/1/", "5.00-", "a&",
	} {
		start := time.Now()
		for _, text := range []string{strings.Repeat(piece, size/len(piece)), "x-" + strings.Repeat(piece, size/len(piece))} {
			var s Scanner
			for s.Reset(text); s.Scan(); {
			}
		}
		if spent := time.Since(start); spent > 5*time.Second {
			t.Errorf("256 KiB of %q takes %v", piece, spent)
		}
	}
}

// TestFoldAllLetters: letters that differ in case alone give one form. Cherokee is
// left out: golang.org/x/text folds its two cases into each other.
func TestFoldAllLetters(t *testing.T) {
	var s Scanner
	form := func(r rune) string {
		s.Reset("x" + string(r) + "x")
		if !s.Scan() {
			return ""
		}
		return string(s.Token().Form)
	}
	for r := rune('a'); r <= unicode.MaxRune; r++ {
		if unicode.SimpleFold(r) == r || !unicode.IsLetter(r) || unicode.Is(unicode.Cherokee, r) {
			continue
		}
		if a, b := form(r), form(unicode.SimpleFold(r)); a != b {
			t.Errorf("%q gives %q, %q gives %q", r, a, unicode.SimpleFold(r), b)
		}
	}
}

// TestSoftHyphens: invisible characters inside words change no form.
func TestSoftHyphens(t *testing.T) {
	in := "Pemerintah membagikan Perpustakaan KELILING kepada warga"
	words := strings.Fields(in)
	for i, token := range scanAll(strings.ReplaceAll(in, "e", "\u00ade\u200d")) {
		if want := strings.ToLower(words[i]); token.form != want {
			t.Errorf("form %q, want %q", token.form, want)
		}
	}
}

// TestLowerWord compares the step of sixteen bytes with the table, for each byte in each place.
func TestLowerWord(t *testing.T) {
	for at := range KeyLength {
		for c := range 256 {
			b := []byte("abcABCzZazAZyYmM and more")
			b[at] = byte(c)
			n := KeyLength
			if lower[c] == 0 {
				n = at
			}
			want, _ := KeyOf(bytes.ToLower(b[:n]))
			if got, letters := lowerWord(string(b)); got != want || letters != n {
				t.Fatalf("byte %#x in place %d: %x of %d letters, want %x of %d", c, at, got, letters, want, n)
			}
		}
	}
}

// TestKeywords: each word that means something to what follows is seen, and most others are known to be none.
func TestKeywords(t *testing.T) {
	for _, c := range []struct {
		words, after string
		kind         Kind
	}{
		{"pukul jam", " 10.30", Time},
		{"rp idr usd sgd aud eur gbp jpy myr cny sar hkd rm", " 500", Money},
		{"januari februari pebruari maret april mei juni juli agustus september oktober nopember november desember", " 2020", Date},
	} {
		for word := range strings.FieldsSeq(c.words) {
			var s Scanner
			s.Reset("kata " + word + c.after)
			kind := Kind(0)
			for s.Scan() {
				kind = s.Kind()
			}
			if kind != c.kind {
				t.Errorf("%q ends in %v, want %v", word+c.after, kind, c.kind)
			}
		}
	}
	passed := 0
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			if k, _ := KeyOf([]byte("per" + string(a) + "an" + string(b))); keywords.may(k.Low) {
				passed++
			}
		}
	}
	if passed > 26*26/20 {
		t.Errorf("of %d words that are none %d pass", 26*26, passed)
	}
}

// TestReduplication: the base, or that there is none.
func TestReduplication(t *testing.T) {
	for _, c := range []struct{ a, b, base string }{
		{"buku", "buku", "buku"},
		{"anak", "anaknya", "anak"},
		{"berlari", "lari", "lari"},
		{"berlari", "larian", "lari"},
		{"kebiru", "biruan", "biru"},
		{"sebaik", "baiknya", "baik"},
		{"perundang", "undangan", "undang"},
		{"menyala", "nyala", "nyala"},
		{"dibayang", "bayangi", "bayang"},
		{"tolong", "menolong", "tolong"},
		{"pukul", "memukul", "pukul"},
		{"surat", "menyurat", "surat"},
		{"kait", "mengait", "kait"},
		{"cinta", "mencintai", "cinta"},
		{"balas", "berbalas", "balas"},
		{"sayur", "mayur", "sayur"},
		{"bolak", "balik", "bolak"},
		{"mahasiswa", "mahasiswi", "mahasiswa"},
		{"es", "es", "es"},
		{"é", "é", "é"},
		{"merah", "putih", ""},
		{"pulang", "pergi", ""},
		{"jakarta", "kartasura", ""},
		{"indonesia", "asia", ""},
		{"jawa", "bali", ""},
		{"aku", "ku", ""},
		{"a", "a", ""},
		{"", "", ""},
	} {
		base, ok := reduplication([]byte(c.a), []byte(c.b))
		if string(base) != c.base || ok != (c.base != "") {
			t.Errorf("%s-%s: base %q, %v; want %q", c.a, c.b, base, ok, c.base)
		}
	}
}
