package page

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

func readGolden(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// goldens are pages in the manner of several kinds of sites: a daily's, one made of tables in
// windows-1252, one with links set into running text and more talk than article, one that cuts
// the article into sections, one with more teasers than article, a small weblog's.
var goldens = []string{"harian", "tabel", "sisipan", "bagian", "pendek", "kampung"}

// TestGolden checks the whole answer for each page.
func TestGolden(t *testing.T) {
	for _, name := range goldens {
		t.Run(name, func(t *testing.T) {
			a, err := HTML([]byte(readGolden(t, name+".html")))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join([]string{a.Title, a.Date, a.Text, ""}, "\n")
			file := name + ".golden"
			if *update {
				if err := os.WriteFile(filepath.Join("testdata", file), []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := readGolden(t, file); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
