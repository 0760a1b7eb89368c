package warc

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// packed returns s through a compressor.
func packed(t testing.TB, s string, compressor func(io.Writer) (io.WriteCloser, error)) string {
	t.Helper()
	var b bytes.Buffer
	w, err := compressor(&b)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, s)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipper(w io.Writer) (io.WriteCloser, error)    { return gzip.NewWriter(w), nil }
func zlibber(w io.Writer) (io.WriteCloser, error)    { return zlib.NewWriter(w), nil }
func deflater(w io.Writer) (io.WriteCloser, error)   { return flate.NewWriter(w, 6) }
func brotlier(w io.Writer) (io.WriteCloser, error)   { return brotli.NewWriter(w), nil }
func zstdPacker(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) }

// payload reads the payload of a record with the given block.
func payload(fields, block string, max int) (*Payload, string, error) {
	rec, err := newTestReader(record("1.0", fields, block)).Next()
	if err != nil {
		return nil, "", err
	}
	p, err := rec.Payload()
	if err != nil {
		return nil, "", err
	}
	data, err := p.ReadAll(max)
	return p, string(data), err
}

const response = "WARC-Type: response\nContent-Type: application/http; msgtype=response"

func TestPayload(t *testing.T) {
	page := "<p>" + strings.Repeat("Hujan deras. ", 50)
	chunks := "a;x=y\r\n" + page[:10] + "\r\n" + "280\r\n" + page[10:650] + "\r\n3\r\n" + page[650:] + "\r\n0\r\n\r\n"
	packs := packed(t, page, gzipper)
	tests := []struct{ name, header, body, want, fault string }{
		{"as it is", "", page, page, ""},
		{"empty", "Content-Encoding: gzip\r\n", "", "", ""},
		{"chunked", "Transfer-Encoding: chunked\r\n", chunks, page, ""},
		{"chunked, it says", "Transfer-Encoding: chunked\r\n", page, page, ""},
		{"chunks cut off", "Transfer-Encoding: chunked\r\n", chunks[:300], "", "unexpected EOF"},
		{"gzip", "content-encoding:gzip\r\n", packs, page, ""},
		{"gzip, it says", "Content-Encoding: gzip\r\n", page, page, ""},
		{"gzip cut off", "Content-Encoding: gzip\r\n", packs[:40], "", "unexpected EOF"},
		{"gzip in chunks", "Transfer-Encoding: chunked\r\nContent-Encoding: GZIP\r\n", "5\r\n" + packs[:5] + "\r\n" + hex(len(packs)-5) + "\r\n" + packs[5:] + "\r\n0\r\n\r\n", page, ""},
		{"deflate of zlib", "Content-Encoding: deflate\r\n", packed(t, page, zlibber), page, ""},
		{"bare deflate", "Content-Encoding: deflate\r\n", packed(t, page, deflater), page, ""},
		{"brotli", "Content-Encoding: br\r\n", packed(t, page, brotlier), page, ""},
		{"brotli, it says", "Content-Encoding: br\r\n", "\r\n" + page, "\r\n" + page, ""},
		{"zstd", "Content-Encoding: zstd\r\n", packed(t, page, zstdPacker), page, ""},
		{"one in the other", "Content-Encoding: deflate\r\nContent-Encoding: gzip\r\n", packed(t, packed(t, page, zlibber), gzipper), page, ""},
		{"too many", "Content-Encoding: gzip,gzip,gzip,gzip\r\n", page, "", "4 content encodings"},
		{"unknown", "Content-Encoding: compress\r\n", page, "", "content encoding compress: it is not read"},
		{"too long", "", page + "....", "", ErrTooLong.Error()},
		{"bomb", "Content-Encoding: gzip\r\n", packed(t, strings.Repeat("x", 1<<20), gzipper), "", ErrTooLong.Error()},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			block := "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=x\r\nsloppy line\r\n" + test.header + "\r\n" + test.body
			p, got, err := payload(response, block, len(page)+2)
			if test.fault != "" {
				if err == nil || !strings.Contains(err.Error(), test.fault) {
					t.Fatalf("%v\nwant %s", err, test.fault)
				}
				return
			}
			if err != nil || got != test.want {
				t.Fatalf("%q %v\nwant %q", got, err, test.want)
			}
			if p.Status != 200 || p.ContentType != "text/html; charset=x" {
				t.Errorf("status %d, content type %q", p.Status, p.ContentType)
			}
		})
	}
}

func hex(n int) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[n>>8&15], digits[n>>4&15], digits[n&15]})
}

func TestPayloadCutByTheCrawler(t *testing.T) {
	page := strings.Repeat("Hujan deras. ", 5000)
	packs := packed(t, page, gzipper)
	block := "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + packs[:len(packs)-20]
	_, got, err := payload(response+"\nWARC-Truncated: length", block, 1<<20)
	if err != nil || !strings.HasPrefix(page, got) || got == "" {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestPayloadWithoutHTTP(t *testing.T) {
	p, got, err := payload("WARC-Type: conversion\nContent-Type: text/plain", "HTTP/1.1 is old", 100)
	if err != nil || got != "HTTP/1.1 is old" || p.Status != 0 || p.ContentType != "text/plain" {
		t.Errorf("%+v %q %v", p, got, err)
	}
}

func TestHTTPHeaders(t *testing.T) {
	tests := []struct{ name, block, want string }{
		{"none", "<html>", `an HTTP answer starts like HTTP/1.1 200, not with "<html>"`},
		{"empty", "", "HTTP header: EOF"},
		{"status", "HTTP/1.1 OK\r\n\r\n", `HTTP status "OK"`},
		{"low status", "HTTP/1.1 9\r\n\r\n", `HTTP status "9"`},
		{"endless line", "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", maxHeader+10), "a header of more than"},
		{"endless header", "HTTP/1.1 200 OK\r\n" + strings.Repeat("X: y\r\n", maxHeader/6+1), "a header of more than"},
		{"no end", "HTTP/1.1 200 OK\r\nX: y", ""},
		{"long line", "HTTP/2 200\r\nSet-Cookie: " + strings.Repeat("x", 10_000) + "\r\n\r\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, err := payload(response, test.block, 100)
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v\nwant %s", err, test.want)
			}
		})
	}
}

func TestPayloadErrorOfTheStream(t *testing.T) {
	whole := record("1.0", response, "HTTP/1.1 200 OK\r\n\r\n<p>Hujan")
	r := newTestReader(whole[:len(whole)-8])
	rec, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	p, err := rec.Payload()
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.ReadAll(100)
	if !errors.Is(err, io.ErrUnexpectedEOF) || !errors.Is(r.Err(), io.ErrUnexpectedEOF) {
		t.Errorf("%v, of the stream %v", err, r.Err())
	}
}
