package indonesian

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"
)

// listed reads the stop words out of the source, since a switch cannot be ranged
// over. The compiler already refuses a word that is listed twice.
func listed(t *testing.T) []string {
	file, err := parser.ParseFile(token.NewFileSet(), "stopwords.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	ast.Inspect(file, func(n ast.Node) bool {
		if clause, ok := n.(*ast.CaseClause); ok {
			for _, e := range clause.List {
				word, err := strconv.Unquote(e.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				words = append(words, word)
			}
		}
		return true
	})
	return words
}

func TestStopWordList(t *testing.T) {
	words := listed(t)
	if len(words) < 150 || len(words) > 300 {
		t.Errorf("%d stop words, want 150 to 300", len(words))
	}
	for _, w := range words {
		if !IsStopWord(w) || !IsStopWordBytes([]byte(w)) {
			t.Errorf("%q is listed but not found", w)
		}
		if strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not one lower-case word", w)
		}
	}
}

func TestNoTopicWords(t *testing.T) {
	topics := `kasus masalah naik tinggi besar tahun hari awal keluar negara rumah sakit harga
		warga hukum laut udara perang dagang politik banjir vaksin gol juara film sekolah baru
		pemerintah presiden menteri persen juta tengah timur`
	for _, w := range strings.Fields(topics) {
		if IsStopWord(w) {
			t.Errorf("%q tells topics apart and is no stop word", w)
		}
	}
	for _, w := range []string{"", "Yang", "yangg", "mengungkapkannya"} {
		if IsStopWord(w) || IsStopWordBytes([]byte(w)) {
			t.Errorf("%q is not listed", w)
		}
	}
}
