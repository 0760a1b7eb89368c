package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	lib "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/format"
)

func TestRefusedFiles(t *testing.T) {
	rows, _ := examples(10)
	good := write(t, rows, 10)
	footer := func(length uint32, magic string) []byte {
		return append(binary.LittleEndian.AppendUint32(bytes.Clone(good[:len(good)-8]), length), magic...)
	}
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"LZ4", write(t, smalls(), 2, lib.Compression(&lib.Lz4Raw)), "compressed by LZ4_RAW, which is not read: write it anew"},
		{"empty", nil, "too short"},
		{"cut off", good[:len(good)-1], "no footer: was it cut off?"},
		{"encrypted", footer(10, "PARE"), "encrypted"},
		{"length beyond the file", footer(uint32(len(good)), "PAR1"), "broken Parquet footer: it claims"},
		{"huge length", footer(1<<32-1, "PAR1"), "broken Parquet footer: it claims 4294967295"},
		{"wrong length", footer(20, "PAR1"), "broken Parquet footer"},
		{"no schema", append(append([]byte("PAR1"), 0), footer(1, "PAR1")[len(good)-8:]...), "broken Parquet footer"},
		{"list of two thousand million", append([]byte("PAR1\x29\xfc\xff\xff\xff\xff\x07"), footer(7, "PAR1")[len(good)-8:]...), "broken Parquet footer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(test.data, 1000)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
}

// TestBrokenPage: the rows of the other row groups are read.
func TestBrokenPage(t *testing.T) {
	type row struct {
		Text string `parquet:"text"`
	}
	var rows []row
	for i := range 300 {
		rows = append(rows, row{fmt.Sprintf("berita nomor %d", i)})
	}
	data := write(t, rows, 100, lib.Compression(&lib.Uncompressed))
	at := bytes.Index(data, []byte("berita nomor 150"))
	if at < 0 {
		t.Fatal("the text is not in the file as it is")
	}
	data[at] ^= 1
	got, err := read(data, 1000)
	if err != nil || len(got) != 201 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	if !strings.HasPrefix(got[100], `row 101: column "text": crc32 checksum mismatch`) || !strings.HasSuffix(got[100], ": rows 101 to 200 are left out") {
		t.Error(got[100])
	}
	if got[99] != "berita nomor 99" || got[101] != "berita nomor 200" {
		t.Errorf("around it %q and %q", got[99], got[101])
	}
}

func TestLongPages(t *testing.T) {
	type row struct {
		Text string `parquet:"text"`
	}
	for _, codec := range []compress.Codec{&lib.Snappy, &lib.Gzip, &lib.Zstd, &lib.Brotli, &lib.Uncompressed} {
		data := write(t, []row{{strings.Repeat("a", 3*testPage)}, {"b"}}, 1, lib.Compression(codec))
		got, err := read(data, 10*testPage)
		if err != nil || len(got) != 2 || !strings.Contains(got[0], "longer than the limit of 1048576") || got[1] != "b" {
			t.Errorf("%v: %.200q %v", codec, got, err)
		}
	}
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// small has a column of each shape, in few bytes.
type small struct {
	Text   string   `parquet:"text"`
	Labels []string `parquet:"labels,list"`
	Kind   string   `parquet:"kind,dict"`
	Count  *int64   `parquet:"count,optional"`
}

func smalls() []small {
	n := int64(1 << 40)
	return []small{{"Air surut.", []string{"a", "b"}, "x", &n}, {"Gempa.", nil, "y", nil}, {"Hujan.", []string{"a"}, "x", &n}}
}

// TestEveryByte changes each byte of small files and cuts them off everywhere: rows or an error, and
// little memory. Few of the changes get past the checksums, so each is made without them.
func TestEveryByte(t *testing.T) {
	for _, options := range [][]lib.WriterOption{
		{lib.Compression(&lib.Snappy), lib.DataPageVersion(1)},
		{lib.Compression(&lib.Snappy), lib.DataPageVersion(2), lib.DefaultEncodingFor(lib.ByteArray, &lib.Plain)},
		{lib.Compression(&lib.Zstd), lib.DataPageVersion(2)},
	} {
		data := write(t, smalls(), 2, options...)
		changeEach(t, data, 3)
		changeEach(t, unchecked(t, data), 1)
	}
	rows, _ := examples(4)
	changeEach(t, write(t, rows, 2), 11)
}

func changeEach(t *testing.T, data []byte, step int) {
	t.Helper()
	for i := 0; i < len(data); i += step {
		broken := bytes.Clone(data)
		broken[i] ^= []byte{1, 0xff, 0x40}[i%3]
		took := allocated(func() { checkBounds(t, broken) })
		if took += allocated(func() { checkBounds(t, data[:i]) }); took > 16<<20 {
			t.Errorf("byte %d of %d: %d bytes allocated", i, len(data), took)
		}
	}
}

// TestSnappyClaims: the length that Snappy's data begin with takes no memory before it is checked.
func TestSnappyClaims(t *testing.T) {
	type row struct {
		Text string `parquet:"text,plain"`
	}
	data := write(t, []row{{strings.Repeat("air surut ", 1000)}}, 1, lib.Compression(&lib.Snappy), lib.DataPageVersion(1))
	f, err := lib.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	at := int(f.Metadata().RowGroups[0].Columns[0].MetaData.DataPageOffset)
	var h format.PageHeader
	n, err := decode(data[at:], &h)
	if err != nil {
		t.Fatal(err)
	}
	data = unchecked(t, data)
	copy(data[at+n:], "\xff\xff\xff\xff\x0f")
	took := allocated(func() {
		got, err := read(data, 1<<20)
		if want := "a page of 10004 bytes claims to unpack to 4294967295"; err != nil || len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%q %v\nwant %s", got, err, want)
		}
	})
	if took > 16<<20 {
		t.Errorf("%d bytes allocated", took)
	}
}

// TestRunsClaim: one changed byte makes a run of a page of places in a dictionary very long.
func TestRunsClaim(t *testing.T) {
	tests := []struct {
		name  string
		data  []byte
		count uint64
		ok    bool
	}{
		{"repeated", []byte{200 | 0x80, 1, 7}, 100, true},
		{"packed and filled up", []byte{3, 0xaa, 0xaa}, 3, true},
		{"too many repeated", []byte{0xff, 0xff, 0xff, 0xff, 0x0e, 7}, 100, false},
		{"too many packed", []byte{0xff, 0xff, 0xff, 0xff, 0x0f, 7}, 100, false},
		{"no head", []byte{0x80}, 100, false},
	}
	for _, test := range tests {
		if err := countRuns(test.data, 2, test.count); (err == nil) != test.ok {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	for version := 1; version <= 2; version++ {
		rows, _ := examples(40)
		changeEach(t, unchecked(t, write(t, rows, 40, lib.DataPageVersion(version), lib.DefaultEncodingFor(lib.ByteArray, &lib.RLEDictionary))), 29)
	}
}

func TestRandomBytes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	good := write(t, smalls(), 2)
	for range 2000 {
		data := make([]byte, 4+random.IntN(300))
		for i := range data {
			data[i] = byte(random.Uint32())
		}
		copy(data, magic)
		checkBounds(t, append(data, good[len(good)-8-random.IntN(2)*200:]...)) // at times with the end of a footer
	}
}

// unchecked takes the checksums of pages, which find most changes before the decoders see them, out of a file.
func unchecked(t testing.TB, data []byte) []byte {
	t.Helper()
	f, err := lib.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	data = bytes.Clone(data)
	for _, g := range f.Metadata().RowGroups {
		for _, c := range g.Columns {
			m := c.MetaData
			at := m.DataPageOffset
			if m.DictionaryPageOffset > 0 {
				at = m.DictionaryPageOffset
			}
			for end := at + m.TotalCompressedSize; at < end; {
				var h format.PageHeader
				n, err := decode(data[at:end], &h)
				if err != nil {
					t.Fatal(err)
				}
				sum := binary.AppendVarint(nil, int64(h.CRC))
				if i := bytes.Index(data[at:at+int64(n)], sum); h.CRC != 0 && i >= 0 {
					none := bytes.Repeat([]byte{0x80}, len(sum)) // a nought that is as long
					none[len(sum)-1] = 0
					copy(data[at+int64(i):], none)
				}
				at += int64(n) + int64(h.CompressedPageSize)
			}
		}
	}
	return data
}

// checkBounds reads data of any kind.
func checkBounds(t *testing.T, data []byte) {
	t.Helper()
	f, err := Open(bytes.NewReader(data), int64(len(data)), testPage)
	if err != nil {
		return
	}
	rows := f.Rows(f.Columns(), 1000)
	if len(f.Columns()) == 0 {
		return
	}
	last := int64(0)
	for range 10_000 { // a page of nulls may claim millions
		cells, err := rows.Next()
		if err == io.EOF {
			return
		}
		if bad, ok := errors.AsType[*RowError](err); ok && bad.Row <= last {
			t.Fatalf("row %d after row %d", bad.Row, last)
		}
		if rows.Row() <= last {
			t.Fatalf("row %d after row %d", rows.Row(), last)
		}
		last = rows.Row()
		size := 0
		for _, c := range cells {
			size += len(strings.Join(c, ""))
		}
		if size > 1000 {
			t.Fatalf("a row of %d bytes", size)
		}
	}
}

func FuzzRows(f *testing.F) {
	rows, _ := examples(3)
	for version := 1; version <= 2; version++ {
		f.Add(write(f, rows, 2, lib.DataPageVersion(version), lib.Compression(&lib.Snappy)))
		f.Add(unchecked(f, write(f, smalls(), 2, lib.DataPageVersion(version), lib.DefaultEncodingFor(lib.ByteArray, &lib.Plain))))
	}
	f.Add([]byte("PAR1\x00\x01\x00\x00\x00PAR1"))
	f.Fuzz(func(t *testing.T, data []byte) { checkBounds(t, data) })
}
