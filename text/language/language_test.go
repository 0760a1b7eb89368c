package language

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

func guess(words string) Guess {
	var g Guess
	for w := range strings.FieldsSeq(words) {
		g.Add([]byte(w))
	}
	return g
}

func TestForeign(t *testing.T) {
	const indonesian = "pemerintah akan membangun jalan baru di desa itu karena warga sudah lama menunggu"
	tests := []struct{ name, native, text, code string }{
		{"Indonesian", "id", indonesian, "id"},
		{"English", "id", "the government will build a new road in the village because people have waited for years", "en"},
		{"Malay", "id", "kerajaan akan membina jalan baharu di kampung itu kerana penduduk telah lama menunggu wang tersebut", "ms"},
		{"Javanese", "id", "pamarentah arep mbangun dalan anyar ing desa iku amarga wong wis suwe ngenteni", "jv"},
		{"Sundanese", "id", "pamaréntah bakal ngawangun jalan anyar di désa éta sabab jalma geus lila ngadagoan", "su"},
		{"Minangkabau", "id", "pamarintah ka mambangun jalan baru di nagari tu dek urang alah lamo mananti", "min"},
		{"Balinese", "id", "pamrentahe lakar ngae rurungan anyar di desane ento krana anake suba makelo ngantosang", "ban"},
		{"letters", "id", "xqjzt wvkpl qqrtz bfghk zzxcv jkqwp", "und"},
		{"a language of no table", "id", "der neue weg durch das dorf wird gebaut weil die leute schon lange darauf warten", "und"},
		{"rare words alone", "id", "gabah celana kompor panci wajan gorden sendal ketel pispot gayung kelambu dipan", "und"},
		{"English for English", "en", "the government will build a new road in the village because people have waited for years", "en"},
		{"Indonesian for English", "en", indonesian, "id"},
		{"Indonesian for Malay", "ms", indonesian, "id"},
		{"letters for English", "en", "xqjzt wvkpl qqrtz bfghk zzxcv jkqwp", "en"},
		{"a Greek quotation", "id", "ἑξακόσιοι ἑξήκοντα " + indonesian, "id"},
		{"another script alone", "id", "правительство хочет", "id"},
		{"nothing", "en", "", "en"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := guess(test.text)
			if code, foreign := g.Foreign(test.native); code != test.code || foreign != (code != test.native) {
				t.Errorf("%q looks like %q, foreign %v, want %q", test.text, code, foreign, test.code)
			}
		})
	}
}

// TestExcess: the odds count from the margin on, and grow with the text.
func TestExcess(t *testing.T) {
	short, long := guess("the government has waited"), guess("the government has waited for the people of the village")
	_, a := short.Excess(Indonesian)
	_, b := long.Excess(Indonesian)
	if !(a > 0 && b > a) {
		t.Errorf("excess %v of a short text, %v of a longer one", a, b)
	}
	home := guess("pemerintah dan warga")
	if code, x := home.Excess(Indonesian); code != Indonesian || x != 0 {
		t.Errorf("%q with excess %v, want %q and 0", code, x, Indonesian)
	}
}

// TestCounts: words of other scripts are no evidence; what is in no table is not known.
func TestCounts(t *testing.T) {
	g := guess("dan yang xqzzy wvuuk мир 世界 né")
	if g.Words != 5 || g.Known != 2 {
		t.Errorf("%d words, %d known, want 5 and 2", g.Words, g.Known)
	}
	if g.Reset(); g != (Guess{Table: load()}) {
		t.Errorf("after Reset: %d words, sum %v", g.Words, g.total())
	}
}

// TestRepetition: a word says once what language it is of.
func TestRepetition(t *testing.T) {
	once, often := guess("bandar"), guess(strings.Repeat("bandar ", 50))
	if once.sum != often.sum || often.Words != 50 {
		t.Errorf("50 times %v of %d words, once %v", often.sum, often.Words, once.sum)
	}
}

// TestOrder: the words of a text look like words at random in another order, unless breaks say that there is none.
func TestOrder(t *testing.T) {
	words := strings.Fields(article)
	slices.Sort(words)
	var sorted, broken Guess
	for _, word := range words {
		sorted.Add([]byte(word))
		broken.Add([]byte(word))
		broken.Break()
	}
	whole := guess(article)
	for name, test := range map[string]struct {
		guess   *Guess
		foreign bool
	}{"as written": {&whole, false}, "sorted": {&sorted, true}, "sorted, with breaks": {&broken, false}} {
		if code, foreign := test.guess.Foreign(Indonesian); foreign != test.foreign {
			t.Errorf("%s: looks like %q, foreign %v", name, code, foreign)
		}
	}
}

func TestAffixClass(t *testing.T) {
	for word, want := range map[string]string{
		"dibangun": "di-", "membangun": "me-", "pembangunan": "pe-", "kemiskinan": "ke-an", "bangunannya": "-nya",
		"gunakan": "-kan", "makanan": "-an", "dia": "-", "dikan": "-", "gula": "-",
	} {
		got := "-"
		if class := affixClass(word); class > 0 {
			a := affixes[class-1]
			got = a.prefix + "-" + a.suffix
		}
		if got != want {
			t.Errorf("%q has class %q, want %q", word, got, want)
		}
	}
}

func TestZeroTable(t *testing.T) {
	g := Guess{Table: &Table{}}
	g.Add([]byte("the"))
	if code, foreign := g.Foreign(Indonesian); foreign || g.Known != 0 {
		t.Errorf("%q, foreign %v, %d words known", code, foreign, g.Known)
	}
}

// TestNoWordDecides: a word's odds are bounded, however it is spelt.
func TestNoWordDecides(t *testing.T) {
	for _, word := range []string{"the", "yang", strings.Repeat("x", 64), strings.Repeat("ế", 20)} {
		g := guess(word)
		for i, x := range g.total() {
			if math.Abs(float64(x)) > largest {
				t.Errorf("%.10q: %d steps for %q", word, x, codes[i])
			}
		}
	}
}

// TestAddWord: a word asked about beforehand counts like the same word given as bytes.
func TestAddWord(t *testing.T) {
	var byForm, byWord Guess
	for form := range strings.FieldsSeq(article + " the of мир xqzzy désa pemerintah xqzzy the") {
		w := Default().Word([]byte(form))
		byForm.Add([]byte(form))
		byWord.AddWord(&w)
		if byForm != byWord {
			t.Fatalf("after %q: %d words, %d known, want %d, %d", form, byWord.Words, byWord.Known, byForm.Words, byForm.Known)
		}
	}
}

// TestSettled: clear Indonesian is settled, whatever is not is not.
func TestSettled(t *testing.T) {
	clear, foreign := guess(article), guess("the price of rice in jakarta has gone up again")
	few := guess("harga beras naik")
	for name, c := range map[string]struct {
		g    Guess
		want bool
	}{"clear": {clear, true}, "foreign": {foreign, false}, "few": {few, false}, "none": {Guess{}, false}} {
		if got := c.g.Settled(Indonesian); got != c.want {
			t.Errorf("%s: settled %v, want %v", name, got, c.want)
		}
	}
	if clear.Settled(English) {
		t.Error("Indonesian is settled to be English")
	}
}

func Example() {
	var g Guess
	for _, word := range []string{"the", "price", "of", "rice", "in", "jakarta", "has", "gone", "up"} {
		g.Add([]byte(word))
	}
	fmt.Println(g.Foreign(Indonesian))
	// Output: en true
}

// article is a text of ours, of a hundred words, some of them in no table.
const article = `pemerintah daerah akan membangun jembatan gantung baru di atas sungai yang selama ini
memisahkan dua desa karena warga harus memutar belasan kilometer untuk sampai ke pasar kata kepala dinas
pekerjaan umum kemarin anggaran proyek itu berasal dari dana alokasi khusus dan pengerjaannya ditargetkan
rampung sebelum musim hujan tiba sukarmin seorang petani kelapa mengaku gembira mendengar kabar tersebut ia
berharap anak sekolah tidak lagi menyeberang dengan rakit bambu yang sudah lapuk ketua adat setempat
mangkualam meminta kontraktor memakai tenaga kerja lokal agar manfaatnya langsung dirasakan dan jembatannya
dirawat bersama camat menambahkan bahwa jalan penghubung menuju dermaga ikut diperbaiki tahun depan`

func BenchmarkArticle(b *testing.B) {
	var words [][]byte
	for word := range strings.FieldsSeq(article) {
		words = append(words, []byte(word))
	}
	words = words[:min(len(words), 100)]
	var g Guess
	b.ReportAllocs()
	for b.Loop() {
		g.Reset()
		for _, word := range words {
			g.Add(word)
		}
		if _, foreign := g.Foreign(Indonesian); foreign {
			b.Fatal("foreign")
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.SetBytes(int64(len(embedded)))
	for b.Loop() {
		if _, err := Parse(embedded); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAddAllocatesNothing: neither for words of the table nor for others.
func TestAddAllocatesNothing(t *testing.T) {
	var g Guess
	words := [][]byte{[]byte("pemerintah"), []byte("xqzzy"), []byte("désa"), []byte("мир")}
	if n := testing.AllocsPerRun(100, func() {
		for _, w := range words {
			g.Add(w)
		}
		g.Foreign(Indonesian)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
