package navossoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/internal/sharedtest"
)

// fixture is what the library itself answered about a classifier it saved.
type fixture struct {
	Classes   []string
	Learned   int
	WordCount []int `json:"word_count"`
	Training  map[string][]string
	Rows      []struct {
		Document  []string
		LogScores []float64 `json:"log_scores"`
		Best      int
		Strict    bool
		Probs     []any `json:"prob_scores"` // numbers, or "NaN"
		Underflow bool  `json:"safe_prob_underflow"`
	}
}

// shared returns a file of the fixtures, or skips the test.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	return sharedtest.Read(t, "fixtures", "navossoc", name)
}

func load(t *testing.T, name string) (*Classifier, fixture) {
	t.Helper()
	c, err := Read(bytes.NewReader(shared(t, name+".gob")))
	if err != nil {
		t.Fatal(err)
	}
	var f fixture
	if err := json.Unmarshal(shared(t, name+".json"), &f); err != nil {
		t.Fatal(err)
	}
	if len(f.Rows) == 0 || strings.Join(c.Classes(), " ") != strings.Join(f.Classes, " ") || c.Learned() != f.Learned {
		t.Fatalf("got classes %q, %d learned; want %q, %d", c.Classes(), c.Learned(), f.Classes, f.Learned)
	}
	return c, f
}

func TestScoresOfTheLibrary(t *testing.T) {
	for _, name := range []string{"counts", "tfidf"} {
		t.Run(name, func(t *testing.T) {
			c, f := load(t, name)
			for i, row := range f.Rows {
				logs, best, strict := c.LogScores(row.Document)
				if best != row.Best || strict != row.Strict {
					t.Errorf("row %d: best %d, strict %v; want %d, %v", i, best, strict, row.Best, row.Strict)
				}
				probs, _, _, err := c.SafeProbScores(row.Document)
				if errors.Is(err, ErrUnderflow) != row.Underflow {
					t.Errorf("row %d: error %v, want underflow %v", i, err, row.Underflow)
				}
				for j := range f.Classes {
					if d := math.Abs(logs[j] - row.LogScores[j]); !(d <= 1e-9) {
						t.Errorf("row %d, class %d: log score %v, want %v", i, j, logs[j], row.LogScores[j])
					}
					want, ok := row.Probs[j].(float64)
					if !ok {
						want = math.NaN()
					}
					if !near(probs[j], want) {
						t.Errorf("row %d, class %d: probability %v, want %v", i, j, probs[j], want)
					}
				}
			}
		})
	}
}

// near allows for one part in 1e12, and wants NaN for NaN.
func near(got, want float64) bool {
	if math.IsNaN(want) {
		return math.IsNaN(got)
	}
	return math.Abs(got-want) <= 1e-12*math.Abs(want)
}

// TestCountsOfTheTraining counts the training texts of the fixtures and wants just
// these counts, from the plain file and out of the converted one.
func TestCountsOfTheTraining(t *testing.T) {
	for _, name := range []string{"counts", "tfidf"} {
		t.Run(name, func(t *testing.T) {
			c, f := load(t, name)
			list, err := c.Counts()
			if err != nil {
				t.Fatal(err)
			}
			for i, got := range list {
				want := map[string]float64{}
				for _, text := range f.Training[got.Class] {
					for _, w := range strings.Fields(text) {
						want[w]++
					}
				}
				if got.Class != f.Classes[i] || got.Total != f.WordCount[i] || !got.Exact || len(got.Words) != len(want) {
					t.Errorf("got %q, %d words, %d different, exact %v", got.Class, got.Total, len(got.Words), got.Exact)
				}
				for w, n := range want {
					if got.Words[w] != n {
						t.Errorf("%s, %q: %v, want %v", got.Class, w, got.Words[w], n)
					}
				}
			}
		})
	}
}

func TestTies(t *testing.T) {
	c := read(t, trained(false, map[string][]string{"a": {"satu dua"}, "b": {"satu dua"}}))
	if _, best, strict := c.LogScores([]string{"satu"}); best != 0 || strict {
		t.Errorf("two equal classes: best %d, strict %v", best, strict)
	}
	if probs, best, strict := c.ProbScores(nil); probs[0] != 0.5 || best != 0 || strict {
		t.Errorf("two equal classes: %v, best %d, strict %v", probs, best, strict)
	}
	c = read(t, trained(false, map[string][]string{"a": nil, "b": nil}))
	logs, _, strict := c.LogScores([]string{"satu"})
	if !math.IsInf(logs[0], -1) || strict {
		t.Errorf("nothing learned: %v, strict %v", logs, strict)
	}
	if probs, _, _ := c.ProbScores(nil); !math.IsNaN(probs[0]) || !math.IsNaN(probs[1]) {
		t.Errorf("nothing learned: %v, want NaN", probs)
	}
}

// TestUnconverted: a tf-idf classifier saved before its conversion scores like the
// same one saved after it, and has its counts still.
func TestUnconverted(t *testing.T) {
	texts := map[string][]string{
		"bola":  {"gol gol menit akhir", "kiper gagal"},
		"pasar": {"rupiah dan saham", "bank dan rupiah dan saham turun"},
	}
	before, after := trained(true, texts), trained(true, texts)
	after.convert()
	x, y := read(t, before), read(t, after)
	for _, doc := range []string{"", "gol rupiah", "dan dan gol asing"} {
		a, _, _ := x.LogScores(strings.Fields(doc))
		b, _, _ := y.LogScores(strings.Fields(doc))
		for i := range a {
			if !near(a[i], b[i]) {
				t.Errorf("%q, class %d: %v before, %v after the conversion", doc, i, a[i], b[i])
			}
		}
	}
	counts, err := x.Counts()
	if err != nil || counts[1].Words["dan"] != 3 || !counts[1].Exact {
		t.Errorf("got %+v, %v; want dan 3 times", counts, err)
	}
}

// TestEstimates: "gol" twice in four words reads like once in two, so the counts of
// a converted classifier can only be estimated; the totals stay.
func TestEstimates(t *testing.T) {
	s := trained(true, map[string][]string{"bola": {"gol gol menit akhir", "kiper gagal"}, "pasar": {"saham"}})
	s.convert()
	counts, err := read(t, s).Counts()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, n := range counts[0].Words {
		sum += n
	}
	if counts[0].Exact || math.Abs(sum-6) > 1e-9 || !near(counts[0].Words["gol"], 1.5) {
		t.Errorf("got %+v adding up to %v; want estimates adding up to 6, gol 1.5", counts[0], sum)
	}
	if !counts[1].Exact || counts[1].Words["saham"] != 1 {
		t.Errorf("got %+v, want saham once, exact", counts[1])
	}
}

func TestNumerator(t *testing.T) {
	for d := 1; d <= 300; d++ {
		for n := 1; n <= d; n++ {
			f := math.Expm1(math.Log1p(float64(n) / float64(d)))
			g := gcd(n, d)
			if got, ok := numerator(f); !ok || got != n/g {
				t.Fatalf("numerator(%d/%d) = %d, %v", n, d, got, ok)
			}
		}
	}
	for _, f := range []float64{0, -1, 1.5, math.Pi - 3, math.NaN(), math.Inf(1), 1e-13} {
		if n, ok := numerator(f); ok {
			t.Errorf("numerator(%v) = %d", f, n)
		}
	}
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
