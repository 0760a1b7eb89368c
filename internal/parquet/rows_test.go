package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	lib "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding"
)

// write makes a file of rows in groups of groupRows.
func write[T any](t testing.TB, rows []T, groupRows int, options ...lib.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := lib.NewGenericWriter[T](&b, options...)
	for len(rows) > 0 {
		n := min(groupRows, len(rows))
		if _, err := w.Write(rows[:n]); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		rows = rows[n:]
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const testPage = 1 << 20

// read lists the rows of all columns as text, and errors.
func read(data []byte, maxRow int) (got []string, err error) {
	f, err := Open(bytes.NewReader(data), int64(len(data)), testPage)
	if err != nil {
		return nil, err
	}
	rows := f.Rows(f.Columns(), maxRow)
	for {
		cells, err := rows.Next()
		if err == io.EOF {
			return got, nil
		}
		if bad, ok := errors.AsType[*RowError](err); ok {
			got = append(got, fmt.Sprintf("row %d: %v", bad.Row, bad))
			continue
		}
		if err != nil {
			return got, err
		}
		var line []string
		for _, cell := range cells {
			line = append(line, strings.Join(cell, ";"))
		}
		got = append(got, strings.Join(line, "|"))
	}
}

// everything has a column of each kind.
type everything struct {
	Text     string    `parquet:"text"`
	Maybe    *string   `parquet:"maybe,optional"`
	Labels   []string  `parquet:"labels,list"`
	Words    []string  `parquet:"words"` // written as before there were lists
	Kind     string    `parquet:"kind,enum,dict"`
	Raw      []byte    `parquet:"raw"`
	Small    int32     `parquet:"small"`
	Large    int64     `parquet:"large"`
	Unsigned uint32    `parquet:"unsigned"`
	Huge     uint64    `parquet:"huge"`
	Ratio    float64   `parquet:"ratio"`
	Share    float32   `parquet:"share"`
	Yes      bool      `parquet:"yes"`
	Numbers  []int64   `parquet:"numbers,list"`
	Day      int32     `parquet:"day,date"`
	Milli    time.Time `parquet:"milli,timestamp(millisecond)"`
	Micro    time.Time `parquet:"micro,timestamp(microsecond)"`
	Nano     time.Time `parquet:"nano,timestamp(nanosecond)"`
	Key      [16]byte  `parquet:"key,uuid"`
}

// example makes the i-th of different rows, and what is to be read of it.
func example(i int) (everything, string) {
	at := time.Date(2020, 12, 30, 1, 2, 3, 4_005_006, time.UTC).Add(time.Duration(i) * time.Hour)
	e := everything{
		Text: fmt.Sprintf("Berita %d, hujan deras di hulu", i*7919%1000), Kind: []string{"a", "b", "c"}[i%3], Raw: []byte{byte('a' + i%26)},
		Small: int32(i*i - 50), Large: int64(i) << 33, Unsigned: uint32(i) + 1<<31, Huge: uint64(i) + 1<<63,
		Ratio: float64(i) / 4, Share: float32(i) / 8, Yes: i%3 == 0, Day: int32(18_000 + i),
		Milli: at.Truncate(time.Millisecond), Micro: at.Truncate(time.Microsecond), Nano: at, Key: [16]byte{0xab, 15: byte(i)},
	}
	maybe := ""
	if i%2 == 0 {
		maybe = fmt.Sprint("m", i)
		e.Maybe = &maybe
	}
	for j := range i % 4 {
		e.Labels, e.Words, e.Numbers = append(e.Labels, fmt.Sprint("l", j)), append(e.Words, fmt.Sprint("w", i)), append(e.Numbers, int64(i*j))
	}
	want := []string{
		e.Text, maybe, strings.Join(e.Labels, ";"), strings.Join(e.Words, ";"), e.Kind, string(e.Raw),
		fmt.Sprint(e.Small), fmt.Sprint(e.Large), fmt.Sprint(e.Unsigned), fmt.Sprint(e.Huge), fmt.Sprint(e.Ratio), fmt.Sprint(e.Share), fmt.Sprint(e.Yes),
		strings.ReplaceAll(strings.Trim(fmt.Sprint(e.Numbers), "[]"), " ", ";"), time.Unix(int64(e.Day)*86400, 0).UTC().Format(time.DateOnly),
		e.Milli.Format(time.RFC3339Nano), e.Micro.Format(time.RFC3339Nano), e.Nano.Format(time.RFC3339Nano),
		fmt.Sprintf("ab000000-0000-0000-0000-0000000000%02x", i%256),
	}
	return e, strings.Join(want, "|")
}

func examples(n int) (rows []everything, want []string) {
	for i := range n {
		e, w := example(i)
		rows, want = append(rows, e), append(want, w)
	}
	return rows, want
}

func TestKindsAndCodecs(t *testing.T) {
	rows, want := examples(1000)
	for _, codec := range []compress.Codec{&lib.Uncompressed, &lib.Snappy, &lib.Gzip, &lib.Zstd, &lib.Brotli} {
		for version := 1; version <= 2; version++ {
			t.Run(fmt.Sprint(codec, version), func(t *testing.T) {
				data := write(t, rows, 300, lib.Compression(codec), lib.DataPageVersion(version), lib.PageBufferSize(2000))
				got, err := read(data, 10_000)
				if diff := cmp.Diff(want, got); diff != "" || err != nil {
					t.Error(err, diff)
				}
			})
		}
	}
}

func TestEncodings(t *testing.T) {
	type row struct {
		Text  string   `parquet:"text"`
		Words []string `parquet:"words,list"`
		Small int32    `parquet:"small,delta"`
		Large int64    `parquet:"large,delta"`
		Split float64  `parquet:"split,split"`
		Dict  string   `parquet:"dict,dict"`
		Maybe *int64   `parquet:"maybe,optional,dict"`
		Yes   *bool    `parquet:"yes,optional"`
	}
	var rows []row
	var want []string
	for i := range 2000 {
		r := row{
			Text: strings.Repeat("ab", i%40) + fmt.Sprint(i), Small: int32(i*i) * 7919, Large: math.MinInt64 + int64(i)<<40, Split: float64(i) / 8,
			Dict: fmt.Sprint("d", i%300),
		}
		maybe, yes := "", ""
		if i%5 > 0 {
			n, b := int64(i%7), i%2 == 0
			r.Maybe, r.Yes = &n, &b
			maybe, yes = fmt.Sprint(n), fmt.Sprint(b)
		}
		for j := range i % 3 {
			r.Words = append(r.Words, fmt.Sprint("kata", i+j))
		}
		rows = append(rows, r)
		want = append(want, fmt.Sprintf("%s|%s|%d|%d|%s|%s|%s|%s", r.Text, strings.Join(r.Words, ";"), r.Small, r.Large, fmt.Sprint(r.Split), r.Dict, maybe, yes))
	}
	for _, strings := range []encoding.Encoding{&lib.Plain, &lib.DeltaLengthByteArray, &lib.DeltaByteArray, &lib.RLEDictionary} {
		data := write(t, rows, 1500, lib.DefaultEncodingFor(lib.ByteArray, strings), lib.PageBufferSize(5000))
		got, err := read(data, 10_000)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(strings, err, diff)
		}
	}
}

func TestOldTimes(t *testing.T) {
	type row struct {
		At deprecated.Int96 `parquet:"at"`
	}
	// 1 h and 5 ns into the day after 1970-01-01
	at := row{deprecated.Int96{2: 2440589}}
	nanos := uint64(3600)*1e9 + 5
	at.At[0], at.At[1] = uint32(nanos), uint32(nanos>>32)
	got, err := read(write(t, []row{at}, 1), 100)
	if diff := cmp.Diff([]string{"1970-01-02T01:00:00.000000005"}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestNumbersJSONCannotWrite(t *testing.T) {
	type row struct {
		Ratio float64 `parquet:"ratio"`
	}
	got, err := read(write(t, []row{{math.NaN()}, {math.Inf(1)}, {1e300}, {-1e-9}, {0}}, 5), 100)
	if diff := cmp.Diff([]string{"", "", "1e+300", "-1e-09", "0"}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestColumns(t *testing.T) {
	type inner struct {
		A string `parquet:"a"`
		B string `parquet:"b"`
	}
	type row struct {
		Text   string             `parquet:"text"`
		Inner  inner              `parquet:"inner"`
		Inners []inner            `parquet:"inners,list"`
		Single struct{ A string } `parquet:"single"`
		Map    map[string]string  `parquet:"map"`
		Lists  []struct {
			L []string `parquet:"l,list"`
		} `parquet:"lists,list"`
		Money  int64    `parquet:"money,decimal(2:18)"`
		Labels []string `parquet:"labels,list"`
		Raw    []byte   `parquet:"raw"`
	}
	data := write(t, []row{{Text: "a", Inner: inner{"x", "y"}, Labels: []string{"l"}, Map: map[string]string{"k": "v"}}}, 1)
	f, err := Open(bytes.NewReader(data), int64(len(data)), testPage)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range f.Columns() {
		got = append(got, fmt.Sprintf("%s: %v %v", c.Name, c.Kind, c.List))
	}
	if diff := cmp.Diff([]string{"text: text false", "labels: text true", "raw: bytes false"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"inner", "inners", "single", "map", "lists", "money"}, f.Left()); diff != "" {
		t.Error(diff)
	}
	if rows, err := read(data, 100); err != nil || rows[0] != "a|l|" {
		t.Errorf("%q %v", rows, err)
	}
}

func TestChosenColumns(t *testing.T) {
	rows, _ := examples(10)
	data := write(t, rows, 4)
	f, err := Open(bytes.NewReader(data), int64(len(data)), testPage)
	if err != nil {
		t.Fatal(err)
	}
	columns := f.Columns()
	r := f.Rows([]Column{columns[6], columns[0]}, 1000)
	for i := range rows {
		cells, err := r.Next()
		if err != nil || cells[0][0] != fmt.Sprint(rows[i].Small) || cells[1][0] != rows[i].Text || r.Row() != int64(i+1) {
			t.Fatalf("row %d: %q %v", i+1, cells, err)
		}
	}
	if _, err := r.Next(); err != io.EOF {
		t.Error(err)
	}
}

func TestLongRows(t *testing.T) {
	type row struct {
		Text   string   `parquet:"text"`
		Labels []string `parquet:"labels,list"`
	}
	rows := []row{
		{Text: strings.Repeat("a", 68), Labels: []string{"0123456789abcdef"}},
		{Text: strings.Repeat("a", 1000)},
		{Text: "b", Labels: make([]string, 100)},
		{Text: "c"},
	}
	got, err := read(write(t, rows, 10), 100)
	want := []string{rows[0].Text + "|0123456789abcdef", "row 2: the row is longer than the limit", "row 3: the row is longer than the limit", "c|"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func ExampleFile_Rows() {
	type article struct {
		Text   string   `parquet:"text"`
		Labels []string `parquet:"labels,list"`
	}
	var b bytes.Buffer
	if err := lib.Write(&b, []article{{"Air surut.", []string{"disaster", "weather"}}, {"Gempa.", nil}}); err != nil {
		fmt.Println(err)
		return
	}
	f, err := Open(bytes.NewReader(b.Bytes()), int64(b.Len()), 1<<20)
	if err != nil {
		fmt.Println(err)
		return
	}
	rows := f.Rows(f.Columns(), 1<<20)
	for {
		cells, err := rows.Next()
		if err == io.EOF {
			return
		}
		fmt.Println(rows.Row(), cells[0], cells[1], err)
	}
	// Output:
	// 1 [Air surut.] [disaster weather] <nil>
	// 2 [Gempa.] [] <nil>
}
