package corpus

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func gzipped(t testing.TB, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstandard(t testing.TB, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true))
	if err != nil {
		t.Fatal(err)
	}
	return string(w.EncodeAll([]byte(s), nil))
}

// lines returns n records that compress badly enough to fill several blocks.
func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"id\":%d,\"text\":\"berita %x\"}\n", i, i*2654435761)
	}
	return b.String()
}

func flip(s string, at int) string {
	b := []byte(s)
	b[at] ^= 0x40
	return string(b)
}

func TestCompressed(t *testing.T) {
	const n = 10_000
	plain := lines(n)
	packed, zst := gzipped(t, plain), zstandard(t, plain)
	tests := []struct {
		name, file, content string
		records             int    // -1: some, but not all
		want                string // in the one error; "" for none
	}{
		{"gzip", "a.jsonl.gz", packed, n, ""},
		{"zstd", "a.jsonl.zst", zst, n, ""},
		{"name says nothing", "a", packed, n, ""},
		{"name says the other", "a.jsonl.zst", packed, n, ""},
		{"name says gzip, content plain", "a.jsonl.gz", plain, n, ""},
		{"two gzip members", "a.jsonl.gz", packed + packed, 2 * n, ""},
		{"two zstd frames", "a.jsonl.zst", zst + zst, 2 * n, ""},
		{"gzip of nothing", "a.jsonl.gz", gzipped(t, ""), 0, ""},
		{"gzip of text with BOM", "a.jsonl.gz", gzipped(t, bom+plain), n, ""},
		{"gzip cut off", "a.jsonl.gz", packed[:len(packed)/2], -1, "the gzip file is cut off"},
		{"gzip cut off in the trailer", "a.jsonl.gz", packed[:len(packed)-4], n, "the gzip file is cut off"},
		{"gzip cut off in the header", "a.jsonl.gz", packed[:6], 0, "the gzip file is cut off"},
		{"gzip checksum", "a.jsonl.gz", flip(packed, len(packed)-6), n, "broken gzip file: invalid checksum"},
		{"gzip with rubbish after it", "a.jsonl.gz", packed + "rubbish rubbish", n, "broken gzip file: invalid header"},
		{"zstd cut off", "a.jsonl.zst", zst[:len(zst)/2], -1, "the zstd file is cut off"},
		{"zstd checksum", "a.jsonl.zst", flip(zst, len(zst)-1), -1, "broken zstd file: "},
		{"zstd corrupt", "a.jsonl.zst", zst[:len(zst)/2] + strings.Repeat("\xff", 4096), -1, "zstd file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := writeFile(t, filepath.Join(t.TempDir(), test.file), test.content)
			records, errs := ReadAll(context.Background(), []string{path}, Options{})
			if len(records) != test.records && (test.records >= 0 || len(records) == 0) {
				t.Errorf("%d records, want %d", len(records), test.records)
			}
			if test.want == "" {
				if len(errs) > 0 {
					t.Error(errs)
				}
				return
			}
			if len(errs) != 1 || !strings.Contains(errs[0].Error(), test.want) {
				t.Fatalf("%v\nwant %s", errs, test.want)
			}
			source, ok := errors.AsType[*SourceError](errs[0])
			if wantLine := len(records) + 1; !ok || len(records) > 0 && source.Line != wantLine {
				t.Errorf("%v: line %d, want %d", errs[0], source.Line, wantLine)
			}
		})
	}
}

func TestZstdWindowIsBounded(t *testing.T) {
	// A frame header that asks for a window of 2 GiB (window byte: exponent 21 over 10), then an empty last block.
	frame := zstdMark + "\x00" + string([]byte{21 << 3}) + "\x01\x00\x00"
	_, errs := readString(frame, Options{Format: JSONL})
	if len(errs) != 1 || !strings.Contains(errs[0].Error(), "window") {
		t.Errorf("errors %v", errs)
	}
}
