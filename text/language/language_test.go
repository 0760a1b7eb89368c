package language

import (
	"fmt"
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
	tests := []struct {
		text    string
		code    string
		foreign bool
	}{
		{"pemerintah akan membangun jalan baru di desa itu karena warga sudah lama menunggu", "id", false},
		{"the government will build a new road in the village because people have waited for years", "en", true},
		{"kerajaan akan membina jalan baharu di kampung itu kerana penduduk telah lama menunggu wang tersebut", "ms", true},
		{"pamarentah arep mbangun dalan anyar ing desa iku amarga wong wis suwe ngenteni", "jv", true},
		{"pamaréntah bakal ngawangun jalan anyar di désa éta sabab jalma geus lila ngadagoan", "su", true},
	}
	for _, test := range tests {
		g := guess(test.text)
		if code, foreign := g.Foreign(); code != test.code || foreign != test.foreign {
			t.Errorf("%q looks like %q, foreign %v, want %q, %v", test.text, code, foreign, test.code, test.foreign)
		}
	}
}

func TestNothingIsIndonesian(t *testing.T) {
	for _, text := range []string{"", "xqzzy wvuuk"} {
		g := guess(text)
		if code, odds := g.Best(); code != Indonesian || odds != 0 || g.Known != 0 {
			t.Errorf("%q: %q with odds %v, %d words known", text, code, odds, g.Known)
		}
	}
}

func TestTableIsSorted(t *testing.T) {
	var words []string
	for line := range strings.Lines(table) {
		word, _, _ := strings.Cut(line, "\t")
		words = append(words, word)
	}
	if len(words) < 5000 || words[0] != "sentences" || !slices.IsSorted(words[1:]) {
		t.Errorf("%d lines, the first %q: make languages writes them sorted", len(words), words[0])
	}
	if len(load().words) != len(words)-1 {
		t.Errorf("%d words of %d lines", len(load().words), len(words)-1)
	}
}

func TestParseRefuses(t *testing.T) {
	const header = "sentences\t9\t9\t9\t9\t9\t9\t9\n"
	for _, test := range []struct{ name, table, want string }{
		{"no header", "dan\t1\t1\t1\t1\t1\t1\t1\n", "not a word"},
		{"empty", "", "not a word"},
		{"too few counts", header + "dan\t1\t2\n", "line 2"},
		{"not a count", header + "dan\t1\t1\t1\t1\t1\t1\tx\n", `line 2: word "dan"`},
		{"no word", header + "\t1\t1\t1\t1\t1\t1\t1\n", "line 2"},
	} {
		if _, err := parse(test.table); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one with %q", test.name, err, test.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("sentences\t9\t9\t9\t9\t9\t9\t9\ndan\t1\t2\t3\t4\t5\t6\t7\n")
	f.Fuzz(func(t *testing.T, table string) {
		if p, err := parse(table); (p == nil) == (err == nil) {
			t.Errorf("profile %v and error %v", p, err)
		}
	})
}

func Example() {
	var g Guess
	for _, word := range []string{"the", "price", "of", "rice", "in", "jakarta", "has", "gone", "up"} {
		g.Add([]byte(word))
	}
	code, foreign := g.Foreign()
	fmt.Println(code, foreign)
	// Output: en true
}

func BenchmarkAdd(b *testing.B) {
	words := [][]byte{[]byte("pemerintah"), []byte("dan"), []byte("tidakadakatanya")}
	var g Guess
	i := 0
	b.ReportAllocs()
	for b.Loop() {
		g.Add(words[i%len(words)])
		i++
	}
}
