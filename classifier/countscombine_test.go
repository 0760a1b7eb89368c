package classifier

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tajuk/tajuk/text"
)

// combineBytes combines counts by way of their files.
func combineBytes(t testing.TB, add, subtract []*Counts) ([]byte, *CountsHeader, error) {
	t.Helper()
	scratch, err := os.Create(filepath.Join(t.TempDir(), "scratch"))
	if err != nil {
		t.Fatal(err)
	}
	defer scratch.Close()
	files := func(kind string, list []*Counts) (out []CountsFile) {
		for i, c := range list {
			out = append(out, CountsFile{fmt.Sprint(kind, i), bytes.NewReader(countsBytes(t, c))})
		}
		return out
	}
	var out bytes.Buffer
	head, err := CombineCounts(&out, scratch, files("add", add), files("subtract", subtract))
	return out.Bytes(), head, err
}

// TestCombineCounts: combining files gives the bytes of counts of the articles themselves,
// in any order.
func TestCombineCounts(t *testing.T) {
	for seed := range uint64(8) {
		bags, r := randomBags(seed+30, 40), rand.New(rand.NewPCG(seed, 2))
		var parts []*Counts
		for rest := bags; len(rest) > 0; {
			n := 1 + r.IntN(len(rest))
			parts = append(parts, countsOf(rest[:n]...))
			rest = rest[n:]
		}
		r.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		whole := countsOf(bags...)
		got, head, err := combineBytes(t, parts, nil)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, countsBytes(t, whole)) || head.Documents != 40 || head.Forms != len(whole.Forms) {
			t.Errorf("%d parts: other bytes, header %+v", len(parts), head)
		}
		k := r.IntN(len(parts) + 1)
		got, _, err = combineBytes(t, []*Counts{whole}, parts[:k])
		if err != nil {
			t.Fatal(err)
		}
		left := countsOf()
		for _, p := range parts[k:] {
			if err := left.Merge(p); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(got, countsBytes(t, left)) {
			t.Errorf("%d of %d parts subtracted: other bytes", k, len(parts))
		}
	}
}

func TestCombineCountsRefuses(t *testing.T) {
	gol := func(title, body uint32, labels ...string) *Counts {
		return countsOf(NewBag("", []FormCount{{"gol", title, 0, body}}, labels))
	}
	light := NewCounts(text.Config{Version: text.AnalysisVersion, Language: "id", Stemmer: "light"})
	huge := gol(1, 1)
	huge.Forms["gol"] = FormTally{All: Tally{1, math.MaxInt64 - 5, 1}}
	tests := []struct {
		name          string
		add, subtract []*Counts
		want          string
	}{
		{"nothing", nil, nil, "no counts to add"},
		{"other settings", []*Counts{gol(1, 0), light}, nil, "add1: " + ErrOtherText.Error() + ": language id, stemmer light"},
		{"more documents", []*Counts{gol(1, 0)}, []*Counts{gol(1, 0), gol(1, 0)}, "subtract1: cannot subtract 1 documents from 0"},
		{"a topic never added", []*Counts{gol(1, 0, "a")}, []*Counts{gol(1, 0, "b")}, `subtract0: cannot subtract 1 documents of topic "b" from 0: they were never added`},
		{"more words", []*Counts{gol(1, 2, "a"), gol(1, 0, "b")}, []*Counts{gol(2, 0, "b")}, `word "gol" in topic "b" 1:2:0 from 1:1:0: it was never added`},
		{"a word never added", []*Counts{gol(1, 2, "a")}, []*Counts{countsOf(NewBag("", []FormCount{{"hujan", 1, 0, 0}}, []string{"a"}))}, `word "gol", which was never added so`},
		{"too large a sum", []*Counts{huge, gol(9, 1)}, nil, `word "gol": more than can be counted`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, _, err := combineBytes(t, test.add, test.subtract); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

// TestCombineCountsFaults: damage names the file and line; reading and writing pass their errors on.
func TestCombineCountsFaults(t *testing.T) {
	good := countsBytes(t, countsOf(randomBags(1, 5)...))
	scratch, err := os.Create(filepath.Join(t.TempDir(), "scratch"))
	if err != nil {
		t.Fatal(err)
	}
	defer scratch.Close()
	combine := func(w io.Writer, file io.Reader) error {
		_, err := CombineCounts(w, scratch, []CountsFile{{"a", bytes.NewReader(good)}, {"b", file}}, nil)
		return err
	}
	if err := combine(io.Discard, bytes.NewReader(good[:len(good)/2])); !errors.Is(err, ErrCountsFile) || !strings.HasPrefix(err.Error(), "b: "+ErrCountsFile.Error()+": line ") {
		t.Errorf("a cut file: %v", err)
	}
	if err := combine(io.Discard, strings.NewReader("id,title\n")); !errors.Is(err, ErrCountsFile) {
		t.Errorf("another file: %v", err)
	}
	if err := combine(io.Discard, iotest.ErrReader(iotest.ErrTimeout)); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("a reader that fails: %v", err)
	}
	if err := combine(failingWriter{}, bytes.NewReader(good)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("a writer that fails: %v", err)
	}
	scratch.Close()
	if err := combine(io.Discard, bytes.NewReader(good)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("scratch that fails: %v", err)
	}
}
