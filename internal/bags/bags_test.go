package bags

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/tajuk/tajuk/classifier"
)

func sample() []classifier.Bag {
	return []classifier.Bag{
		classifier.NewBag("b2", []classifier.FormCount{{Form: "gol", Title: 1, Lead: 2, Body: 3}, {Form: "<angka>", Body: 2}, {Form: "jum'at", Title: 2}}, []string{"sport", "law"}),
		classifier.NewBag("a1", []classifier.FormCount{{Form: "buku-buku", Body: 1}, {Form: "naïve", Body: 4294967295}}, nil),
		classifier.NewBag("c3", nil, []string{"dua kata", `"`}),
	}
}

func write(t testing.TB, list []classifier.Bag) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := Write(&buf, list); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// packed is a file of the given lines.
func packed(t testing.TB, lines string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z, err := zstd.NewWriter(&buf)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(z, lines); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func unpacked(t testing.TB, file []byte) string {
	t.Helper()
	z, err := zstd.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	lines, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(lines)
}

// same compares what a file keeps; an empty list is as good as none.
func same(a, b classifier.Bag) bool {
	return a.ID == b.ID && slices.Equal(a.Forms, b.Forms) && slices.Equal(a.Labels, b.Labels)
}

func TestRoundTrip(t *testing.T) {
	want := sample()
	got, err := Read(bytes.NewReader(write(t, want)))
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(want, func(a, b classifier.Bag) int { return strings.Compare(a.ID, b.ID) })
	if !slices.EqualFunc(got, want, same) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if none, err := Read(bytes.NewReader(write(t, nil))); err != nil || len(none) != 0 {
		t.Errorf("of no bags: %v, %v", none, err)
	}
}

// TestFormat pins the lines down: other programs may read them.
func TestFormat(t *testing.T) {
	want := `{"id":"a1","labels":[],"body":"buku-buku naïve:4294967295"}
{"id":"b2","labels":["law","sport"],"title":"gol jum'at:2","lead":"gol:2","body":"<angka>:2 gol:3"}
{"id":"c3","labels":["\"","dua kata"],"body":""}
`
	if got := unpacked(t, write(t, sample())); got != want {
		t.Errorf("written\n%s, want\n%s", got, want)
	}
}

// TestDeterminism: the order of the bags does not show in the file, nor does writing twice.
func TestDeterminism(t *testing.T) {
	var many []classifier.Bag
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 300 {
		var forms []classifier.FormCount
		for range 50 {
			forms = append(forms, classifier.FormCount{Form: fmt.Sprintf("kata%d", r.IntN(500)), Body: 1 + r.Uint32N(3), Lead: r.Uint32N(2), Title: r.Uint32N(2)})
		}
		many = append(many, classifier.NewBag(fmt.Sprintf("id%03d", i), forms, []string{"a"}))
	}
	want, before := write(t, many), slices.Clone(many)
	if !bytes.Equal(write(t, many), want) {
		t.Error("written again, other bytes")
	}
	if !reflect.DeepEqual(many, before) {
		t.Error("writing changed the caller's bags")
	}
	r.Shuffle(len(many), func(i, j int) { many[i], many[j] = many[j], many[i] })
	if !bytes.Equal(write(t, many), want) {
		t.Error("shuffled, other bytes")
	}
}

func TestReadRefuses(t *testing.T) {
	const ok = `{"id":"a1","labels":["a"],"title":"gol","body":"gol:2 tim"}` + "\n"
	if _, err := Read(bytes.NewReader(packed(t, ok))); err != nil {
		t.Fatalf("the valid file is refused: %v", err)
	}
	line := func(old, replacement string) string { return ok + strings.Replace(ok, old, replacement, 1) }
	tests := []struct{ name, lines, want string }{
		{"no JSON", ok + "x\n", "line 2: "},
		{"blank line", ok + "\n" + ok, "line 2: "},
		{"unknown key", line(`"labels"`, `"date":"","labels"`), "line 2: "},
		{"key twice", line(`"id":"a1"`, `"id":"a1","id":"a2"`), "line 2: "},
		{"key in capitals", line(`"id"`, `"ID"`), "line 2: "},
		{"label no string", line(`["a"]`, `[1]`), "line 2: "},
		{"not UTF-8", line("tim", "tim\xff"), "line 2: "},
		{"two objects", ok + strings.TrimSpace(ok) + ok, "line 2: "},
		{"cut", ok + `{"id":"a1"`, "line 2: "},
		{"count of one", line("gol:2", "gol:1"), `line 2: bag "a1": "gol:1" has no count of 2 or more`},
		{"count of none", line("gol:2", "gol:0"), `"gol:0"`},
		{"empty count", line("gol:2", "gol:"), `"gol:"`},
		{"negative count", line("gol:2", "gol:-2"), `"gol:-2"`},
		{"count with a leading zero", line("gol:2", "gol:02"), "line 2: "},
		{"count too large", line("gol:2", "gol:4294967296"), `"gol:4294967296"`},
		{"two counts", line("gol:2", "gol:2:2"), `"gol:2:2"`},
		{"form twice", line("gol:2 tim", "gol:2 gol"), `"gol" does not sort after "gol"`},
		{"forms out of order", line("gol:2 tim", "tim gol:2"), `"gol" does not sort after "tim"`},
		{"no form", line("gol:2", ":2"), `"" does not sort after ""`},
		{"two blanks", line("gol:2 tim", "gol:2  tim"), "line 2: "},
		{"blank at the end", line("gol:2 tim", "gol:2 tim "), "line 2: "},
		{"labels out of order", line(`["a"]`, `["b","a"]`), "line 2: "},
		{"label twice", line(`["a"]`, `["a","a"]`), "line 2: "},
		{"labels missing", line(`"labels":["a"],`, ""), "line 2: "},
		{"blanks between", line(`,"body"`, `, "body"`), "line 2: "},
		{"line ends of Windows", strings.ReplaceAll(ok, "\n", "\r\n"), "line 1: "},
		{"last line without its end", ok + strings.TrimSuffix(ok, "\n"), "line 2: "},
		{"too long", ok + strings.Repeat("x", maxLine+1), "line 2: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			list, err := Read(bytes.NewReader(packed(t, test.lines)))
			if err == nil || list != nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%d bags, error %v, want one with %q", len(list), err, test.want)
			}
		})
	}
}

// TestReadDamaged: the packing is checked, too.
func TestReadDamaged(t *testing.T) {
	file := write(t, sample())
	flipped := slices.Clone(file)
	flipped[len(flipped)/2] ^= 4
	for name, data := range map[string][]byte{
		"nothing": nil, "not packed": []byte(`{"id":"a"}`), "cut": file[:len(file)-6], "half": file[:len(file)/2],
		"a flipped bit": flipped, "something behind": append(slices.Clone(file), "x\n"...),
	} {
		if list, err := Read(bytes.NewReader(data)); err == nil || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%s: %d bags, error %v", name, len(list), err)
		}
	}
}

// TestWriteRefuses what could not be read back as it was.
func TestWriteRefuses(t *testing.T) {
	form := func(s string) []classifier.FormCount { return []classifier.FormCount{{Form: s, Body: 1}} }
	for name, bag := range map[string]classifier.Bag{
		"empty form":           classifier.NewBag("x", form(""), nil),
		"blank in a form":      classifier.NewBag("x", form("a b"), nil),
		"odd blank":            classifier.NewBag("x", form("a\u00a0b"), nil),
		"colon in a form":      classifier.NewBag("x", form("a:2"), nil),
		"form not UTF-8":       classifier.NewBag("x", form("a\xff"), nil),
		"label not UTF-8":      classifier.NewBag("x", nil, []string{"a\xff"}),
		"form without a count": classifier.NewBag("x", []classifier.FormCount{{Form: "a"}}, nil),
		"forms out of order":   {ID: "x", Forms: []classifier.FormCount{{Form: "b", Body: 1}, {Form: "a", Body: 1}}},
		"labels given twice":   {ID: "x", Labels: []string{"a", "a"}},
	} {
		if err := Write(io.Discard, []classifier.Bag{bag}); err == nil || !strings.Contains(err.Error(), `bag "x"`) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestPrune(t *testing.T) {
	list := sample()
	list[1].Forms = append(list[1].Forms, classifier.FormCount{Form: "gol", Body: 1})
	Prune(list, 2)
	for i, want := range []int{1, 1, 0} {
		if n := len(list[i].Forms); n != want || n > 0 && list[i].Forms[0].Form != "gol" {
			t.Errorf("bag %d: %v, want gol alone where it stands", i, list[i].Forms)
		}
	}
}

// FuzzRead: lines are refused, or are just what Write writes of them; bags in another order
// are the one freedom.
func FuzzRead(f *testing.F) {
	f.Add(unpacked(f, write(f, sample())))
	f.Add(`{"id":"","labels":[],"body":""}` + "\n")
	f.Fuzz(func(t *testing.T, lines string) {
		list, err := Read(bytes.NewReader(packed(t, lines)))
		if err != nil {
			if !strings.Contains(err.Error(), "line ") {
				t.Errorf("error %v names no line", err)
			}
			return
		}
		again := unpacked(t, write(t, list))
		in, out := strings.Split(lines, "\n"), strings.Split(again, "\n")
		slices.Sort(in)
		slices.Sort(out)
		if !slices.Equal(in, out) {
			t.Errorf("read from\n%q\nwritten as\n%q", lines, again)
		}
	})
}
