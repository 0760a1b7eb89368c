package rows

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestAppendNumber(t *testing.T) {
	for _, test := range []struct {
		x    float64
		want string
	}{{0, "0"}, {1, "1"}, {0.1, "0.1"}, {1e-6, "0.000001"}, {1e-7, "1e-07"}, {-2.5, "-2.5"}, {0.30000000000000004, "0.30000000000000004"}, {5e-324, "5e-324"}} {
		if got := string(AppendNumber(nil, test.x)); got != test.want {
			t.Errorf("%v is written %s, want %s", test.x, got, test.want)
		}
	}
}

func FuzzAppendNumber(f *testing.F) {
	f.Add(0.1)
	f.Add(-1e-300)
	f.Fuzz(func(t *testing.T, x float64) {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			t.Skip("never written")
		}
		var back float64
		if err := json.Unmarshal(AppendNumber(nil, x), &back); err != nil || math.Float64bits(back) != math.Float64bits(x) {
			t.Errorf("%v came back as %v: %v", x, back, err)
		}
	})
}

// FuzzAppendCell: a CSV reader gets every cell back.
func FuzzAppendCell(f *testing.F) {
	for _, s := range []string{"a", "a,b", "\"", "a\nb", " ", "a\tb", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.Contains(s, "\r") {
			t.Skip("the csv package reads \\r\\n within quotes as \\n")
		}
		row := append(appendCell(append(appendCell(nil, "first"), ','), s), '\n')
		got, err := csv.NewReader(bytes.NewReader(row)).Read()
		if err != nil || !reflect.DeepEqual(got, []string{"first", s}) {
			t.Errorf("%q came back as %q: %v", s, got, err)
		}
	})
}
