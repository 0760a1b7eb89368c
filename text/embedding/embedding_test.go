package embedding

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func sample(t testing.TB) *Table {
	t.Helper()
	table, err := New([]string{"banjir", "hujan", "saham"}, 2, []int8{127, 0, 100, 100, 0, -127})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestTable(t *testing.T) {
	table := sample(t)
	if table.Len() != 3 || table.Dimensions() != 2 || table.Stems()[2] != "saham" {
		t.Errorf("%d stems %v of %d dimensions", table.Len(), table.Stems(), table.Dimensions())
	}
	if i, ok := table.Find("hujan"); !ok || i != 1 {
		t.Errorf("hujan is %d, %v", i, ok)
	}
	if _, ok := table.Find("huja"); ok {
		t.Error("found a stem that is not there")
	}
	half := float32(math.Sqrt(0.5))
	if v := table.Vector(1); math.Abs(float64(v[0]-half)) > 1e-6 || v[0] != v[1] {
		t.Errorf("vector %v, want %v twice", v, half)
	}
}

func TestZeroVector(t *testing.T) {
	table, err := New([]string{"x"}, 2, []int8{0, 0})
	if err != nil {
		t.Fatal(err)
	}
	if v := table.Vector(0); !slices.Equal(v, []float32{0, 0}) {
		t.Errorf("vector %v", v)
	}
}

func TestRoundTrip(t *testing.T) {
	file := string(sample(t).Encode())
	table, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if again := string(table.Encode()); again != file {
		t.Errorf("%q became %q", file, again)
	}
}

func TestNewRefuses(t *testing.T) {
	tests := []struct {
		name       string
		stems      []string
		dimensions int
		values     []int8
	}{
		{"no dimensions", []string{"a"}, 0, nil},
		{"too few values", []string{"a"}, 2, []int8{1}},
		{"out of order", []string{"b", "a"}, 1, []int8{1, 1}},
		{"twice", []string{"a", "a"}, 1, []int8{1, 1}},
		{"an empty stem", []string{""}, 1, []int8{1}},
		{"a line end", []string{"a\nb"}, 1, []int8{1}},
	}
	for _, test := range tests {
		if _, err := New(test.stems, test.dimensions, test.values); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: error %v", test.name, err)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	file := string(sample(t).Encode())
	for _, bad := range []string{"", "tajuk", strings.Replace(file, magic, "tajukmdl", 1), file[:len(file)-1], file + "x", magic + strings.Repeat("\xff", 12)} {
		if _, err := Decode(bad); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%.20q: error %v", bad, err)
		}
	}
}

// FuzzDecode: whatever is accepted is written back as it was.
func FuzzDecode(f *testing.F) {
	f.Add(string(sample(f).Encode()))
	f.Add("")
	f.Add(magic + strings.Repeat("\xff", 12))
	f.Fuzz(func(t *testing.T, file string) {
		table, err := Decode(file)
		if err != nil {
			return
		}
		if again := string(table.Encode()); again != file {
			t.Errorf("%q became %q", file, again)
		}
		for i := range table.Len() {
			table.Vector(i)
		}
	})
}

// TestIndonesian: words of one matter are nearer to each other than to those of another.
func TestIndonesian(t *testing.T) {
	table, err := Indonesian()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ word, near, far string }{
		{"banjir", "longsor", "saham"},
		{"saham", "bursa", "gol"},
		{"gol", "kiper", "vaksin"},
		{"vaksin", "pandem", "pajak"},
		{"hakim", "sidang", "gempa"},
	}
	for _, test := range tests {
		near, far := cosine(t, table, test.word, test.near), cosine(t, table, test.word, test.far)
		if near < far+0.2 {
			t.Errorf("%s: %s is %.2f near, %s %.2f", test.word, test.near, near, test.far, far)
		}
	}
}

func cosine(t *testing.T, table *Table, a, b string) (sum float64) {
	t.Helper()
	i, ok := table.Find(a)
	j, found := table.Find(b)
	if !ok || !found {
		t.Fatalf("%s or %s is not in the table", a, b)
	}
	v, w := table.Vector(i), table.Vector(j)
	for k := range v {
		sum += float64(v[k]) * float64(w[k])
	}
	return sum
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		if _, err := Decode(indonesian); err != nil {
			b.Fatal(err)
		}
	}
}
