package indonesian

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/internal/sharedtest"
)

// shared returns a file of the shared test data, or skips the test.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	return sharedtest.Read(t, filepath.FromSlash(name))
}

// TestParity compares every word with the output of Snowball itself.
func TestParity(t *testing.T) {
	for _, c := range []struct {
		file  string
		least int
	}{{"snowball_indonesian.tsv", 58000}, {"snowball_fuzz.tsv", 20000}} {
		t.Run(c.file, func(t *testing.T) {
			words, wrong := 0, 0
			for line := range bytes.Lines(shared(t, "data/stem/"+c.file)) {
				word, want, ok := strings.Cut(strings.TrimSuffix(string(line), "\n"), "\t")
				if !ok {
					t.Fatalf("no tab in line %q", line)
				}
				words++
				if got := string(StemBytes([]byte(word))); got != want {
					if wrong++; wrong <= 20 {
						t.Errorf("%q: got %q, want %q", word, got, want)
					}
				}
			}
			if words < c.least || wrong > 0 {
				t.Errorf("%d differences in %d words, want none in %d or more", wrong, words, c.least)
			}
		})
	}
}

// pieces are what made-up words are made of: every affix, the borders of every
// condition, and letters beyond ASCII.
var pieces = strings.Fields(`a e i o u b k l n r s t y ng ny me mem men meng meny pe pem pen
	peng peny per pel di ter ke ber bel be belajar pelajar ajar eer er an kan i kah lah pun tah
	ku mu nya si ai ia é ü 日 tulis sapu`)

// TestAgainstStemwords compares made-up words with the C library where its
// program, stemwords, is installed.
func TestAgainstStemwords(t *testing.T) {
	tool, err := exec.LookPath("stemwords")
	if err != nil {
		t.Skipf("stemwords not found: %v", err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	var words []string
	for len(words) < 300_000 {
		var word strings.Builder
		for range 1 + rnd.IntN(7) {
			word.WriteString(pieces[rnd.IntN(len(pieces))])
		}
		words = append(words, word.String())
	}
	in, out := filepath.Join(t.TempDir(), "in"), filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(in, []byte(strings.Join(words, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if msg, err := exec.Command(tool, "-l", "id", "-i", in, "-o", out).CombinedOutput(); err != nil {
		t.Skipf("stemwords does not know Indonesian: %v: %s", err, msg)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	stems := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(stems) != len(words) {
		t.Fatalf("stemwords gave %d stems for %d words", len(stems), len(words))
	}
	wrong := 0
	for i, word := range words {
		if got := string(StemBytes([]byte(word))); got != stems[i] {
			if wrong++; wrong <= 20 {
				t.Errorf("%q: got %q, stemwords gives %q", word, got, stems[i])
			}
		}
	}
}
