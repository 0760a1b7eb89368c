package text_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/text"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGoldenArticle shows every rule at work on an article of our own.
func TestGoldenArticle(t *testing.T) {
	article, err := os.ReadFile(filepath.Join("testdata", "article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	got := termTable(t, string(article))
	golden := filepath.Join("testdata", "article.golden")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v (run the test with -update)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("terms differ from %s (-want +got):\n%s", golden, diff)
	}
}

func termTable(t *testing.T, article string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for _, term := range newAnalyzer(t, text.DefaultConfig()).Terms(article) {
		stem := term.Stem
		if term.Stop {
			stem = "-"
		}
		fmt.Fprintf(w, "%d:%d\t%s\t%s\t%s\t%s\t%s\n",
			term.Start, term.End, term.Kind, term.Token, term.Form, stem, term.Reason)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func newAnalyzer(t testing.TB, c text.Config) *text.Analyzer {
	t.Helper()
	a, err := text.NewAnalyzer(c)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
