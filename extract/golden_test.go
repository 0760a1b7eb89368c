package extract

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

// TestGolden checks the whole answer for a page in the manner of a daily's site and
// for one in the manner of a news agency's.
func TestGolden(t *testing.T) {
	for _, page := range []string{"harian", "kantor"} {
		t.Run(page, func(t *testing.T) {
			text := readGolden(t, page+".txt")
			got := render(text, AppendPlain(nil, text))
			file := page + ".golden"
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

func render(text string, spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString("== " + s.Kind.String() + "\n" + text[s.Start:s.End] + "\n")
	}
	return b.String()
}
