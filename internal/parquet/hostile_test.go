package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	lib "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
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
		{"empty", nil, "too short"},
		{"cut off", good[:len(good)-1], "no footer: was it cut off?"},
		{"encrypted", footer(10, "PARE"), "encrypted"},
		{"length beyond the file", footer(uint32(len(good)), "PAR1"), "broken Parquet footer: it claims"},
		{"huge length", footer(1<<32-1, "PAR1"), "broken Parquet footer: it claims 4294967295"},
		{"wrong length", footer(20, "PAR1"), "broken Parquet footer"},
		{"no schema", append(append([]byte("PAR1"), 0), footer(1, "PAR1")[len(good)-8:]...), "the schema is no tree"},
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
	if want := `row 101: column "text": the checksum of a page is wrong: rows 101 to 200 are left out`; got[100] != want {
		t.Errorf("%s\nwant %s", got[100], want)
	}
	if got[99] != "berita nomor 99" || got[101] != "berita nomor 200" {
		t.Errorf("around it %q and %q", got[99], got[101])
	}
}

func TestLongPages(t *testing.T) {
	type row struct {
		Text string `parquet:"text"`
	}
	for _, codec := range []compress.Codec{&lib.Snappy, &lib.Gzip, &lib.Zstd, &lib.Brotli, &lib.Lz4Raw, &lib.Uncompressed} {
		data := write(t, []row{{strings.Repeat("a", 3*testPage)}, {"b"}}, 1, lib.Compression(codec))
		got, err := read(data, 10*testPage)
		if err != nil || len(got) != 2 || !strings.Contains(got[0], "longer than the limit of 1048576") || got[1] != "b" {
			t.Errorf("%v: %.200q %v", codec, got, err)
		}
	}
}

// TestLyingSizes: a page that unpacks to more than its header says takes no more memory.
func TestLyingSizes(t *testing.T) {
	long := []byte(strings.Repeat("a", 100*testPage))
	u := unpacker{limit: testPage}
	for _, codec := range []compress.Codec{&lib.Snappy, &lib.Gzip, &lib.Zstd, &lib.Brotli, &lib.Lz4Raw} {
		packed, err := codec.Encode(nil, long)
		if err != nil {
			t.Fatal(err)
		}
		took := allocated(func() { _, err = u.unpack(int(codec.CompressionCodec()), packed, 1000) })
		if err == nil || took > 32*testPage {
			t.Errorf("%v: %v, %d bytes allocated", codec, err, took)
		}
		// Nor does a small one that claims to become large.
		took = allocated(func() { _, err = u.unpack(int(codec.CompressionCodec()), packed[:20], testPage) })
		if err == nil || took > 32*testPage {
			t.Errorf("%v cut off: %v, %d bytes allocated", codec, err, took)
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

// TestEveryByte changes each byte of a small file and cuts it off at many: rows or an error.
func TestEveryByte(t *testing.T) {
	rows, _ := examples(4)
	data := write(t, rows, 2)
	for i := range data {
		broken := bytes.Clone(data)
		broken[i] ^= []byte{1, 0xff}[i%2]
		checkBounds(t, broken)
		if i%5 == 0 {
			checkBounds(t, data[:i])
		}
	}
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
		f.Add(write(f, rows, 2, lib.DataPageVersion(version), lib.DefaultEncodingFor(lib.ByteArray, &lib.DeltaByteArray)))
	}
	f.Add([]byte("PAR1\x00\x01\x00\x00\x00PAR1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if took := allocated(func() { checkBounds(t, data) }); took > 1<<30 {
			t.Errorf("%d bytes allocated for %d", took, len(data))
		}
	})
}

// FuzzValues feeds the decoders of values directly.
func FuzzValues(f *testing.F) {
	f.Add(encDelta, physInt64, []byte{128, 1, 4, 3, 2, 2, 0, 0, 0, 0})
	f.Add(encRunsDictionary, physBytes, []byte{1, 3, 0xaa})
	f.Add(encDeltaStrings, physBytes, []byte{128, 1, 4, 1, 0, 128, 1, 4, 1, 2, 'a'})
	f.Fuzz(func(t *testing.T, encoding, physical int, data []byte) {
		d, err := newDecoder(encoding, element{physical: physical, length: 3}, data, []value{{bytes: []byte("x")}})
		for n := 0; err == nil && n < 10_000; n++ {
			var v value
			if v, err = d.next(); len(v.bytes) > max(len(data), 16) {
				t.Errorf("a value of %d bytes out of %d", len(v.bytes), len(data))
			}
		}
	})
}
