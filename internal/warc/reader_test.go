package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// record writes one as crawlers do.
func record(version, fields, block string) string {
	fields = strings.ReplaceAll(fields, "\n", "\r\n")
	return fmt.Sprintf("WARC/%s\r\n%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", version, fields, len(block), block)
}

// walk lists what Next gives: the record's block, or the error.
func walk(r *Reader) []string {
	var got []string
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return got
		}
		if _, ok := errors.AsType[*SyntaxError](err); ok {
			got = append(got, err.Error())
			continue
		}
		if err != nil {
			return append(got, fmt.Sprintf("end %d at %d: %v", r.Number(), r.Offset(), err))
		}
		block, err := io.ReadAll(rec.Block)
		got = append(got, fmt.Sprintf("%d at %d: %s %q", rec.Number, rec.Offset, rec.Type, block))
		if err != nil {
			got = append(got, err.Error())
		}
	}
}

func newTestReader(s string) *Reader {
	return NewReader(bufio.NewReaderSize(strings.NewReader(s), 128))
}

func TestNext(t *testing.T) {
	info := record("1.1", "WARC-Type: warcinfo", "x: y\r\n")
	other := record("1.0", "WARC-Type: resource", "WARC/1.0\r\n")
	tests := []struct {
		name, content string
		want          []string
	}{
		{"empty", "", nil},
		{"blank", "\r\n\r\n", nil},
		{"two", info + other, []string{`1 at 0: warcinfo "x: y\r\n"`, fmt.Sprintf(`2 at %d: resource "WARC/1.0\r\n"`, len(info))}},
		{"line breaks of Unix", strings.ReplaceAll(record("1.0", "WARC-Type: resource", "a"), "\r", ""), []string{`1 at 0: resource "a"`}},
		{"no break after the last", strings.TrimRight(info, "\r\n") + "\r\n", []string{`1 at 0: warcinfo "x: y\r\n"`}},
		{"empty block", record("1.0", "warc-TYPE: Resource", "") + other, []string{`1 at 0: resource ""`, `2 at 56: resource "WARC/1.0\r\n"`}},
		{"continued field", record("1.0", "WARC-Type:\n  resource", "a"), []string{`1 at 0: resource "a"`}},
		{
			"rubbish between", info + "rubbish\r\nmore WARC/1.0\r\n" + other,
			[]string{
				`1 at 0: warcinfo "x: y\r\n"`,
				fmt.Sprintf(`record 2 at byte %d: a record starts with WARC/1.0 or WARC/1.1, not with "rubbish\r\n": is the length of the one before it right?`, len(info)),
				fmt.Sprintf(`3 at %d: resource "WARC/1.0\r\n"`, len(info)+len("rubbish\r\nmore WARC/1.0\r\n")),
			},
		},
		{
			"long line of rubbish", strings.Repeat("x", 1000) + "WARC/1.0\r\n" + info,
			[]string{`record 1 at byte 0: a record starts with WARC/1.0 or WARC/1.1, not with "xxxxxxxxxxxxxxxxxxxx": is the length of the one before it right?`, `2 at 1010: warcinfo "x: y\r\n"`},
		},
		{"long rubbish to the end", "WARC/1.0\r\n\r\n" + strings.Repeat("x", 1000), []string{"record 1 at byte 0: no WARC-Type"}},
		{"old version", record("0.18", "WARC-Type: resource", "a") + info, []string{`record 1 at byte 0: version "0.18" is not read: give 1.0 or 1.1`, `2 at 58: warcinfo "x: y\r\n"`}},
		{"length is no number", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: -1\r\n\r\na\r\n\r\n" + info, []string{`record 1 at byte 0: length "-1": Content-Length must be a number of bytes`, `2 at 58: warcinfo "x: y\r\n"`}},
		{"no length", "WARC/1.0\r\nWARC-Type: resource\r\n\r\n", []string{`record 1 at byte 0: length "": Content-Length must be a number of bytes`}},
		{"long field", record("1.0", "X: "+strings.Repeat("x", 200), "a") + info, []string{"record 1 at byte 0: a header of more than 1048576 bytes, or with a longer line than is read", `2 at 241: warcinfo "x: y\r\n"`}},
		{"cut off in a header", info + "WARC/1.0\r\nWARC-", []string{`1 at 0: warcinfo "x: y\r\n"`, fmt.Sprintf("end 2 at %d: the WARC file is cut off in the header of a record", len(info))}},
		{"cut off in a block", other[:len(other)-8], []string{`1 at 0: resource "WARC/1"`, "the WARC file is cut off 4 bytes before the end of a record", "end 1 at 0: the WARC file is cut off 4 bytes before the end of a record"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, walk(newTestReader(test.content))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeaderFields(t *testing.T) {
	r := newTestReader(record("1.0", "WARC-Type: response\nWARC-Target-URI: <http://a/b>\nWARC-Date: 2020-12-30T01:02:03Z\nContent-Type: application/http; msgtype=response\nWARC-Truncated: length", ""))
	got, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	got.Block = nil
	want := &Record{
		Number: 1, Type: Response, URI: "http://a/b", Date: "2020-12-30T01:02:03Z",
		ContentType: "application/http; msgtype=response", Truncated: true,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHeaderIsBounded(t *testing.T) {
	endless := strings.Repeat("Name: value\r\n", maxHeader/13+1)
	got := walk(newTestReader("WARC/1.0\r\n" + endless + "\r\n"))
	if len(got) != 1 || !strings.HasPrefix(got[0], "record 1 at byte 0: a header of more than") {
		t.Errorf("%.200q", got)
	}
}

func TestSkippedBlocksAreNotHeld(t *testing.T) {
	const size = 1 << 30
	head := fmt.Sprintf("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n", size)
	in := io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, size), strings.NewReader("\r\n\r\n"+record("1.0", "WARC-Type: resource", "a")))
	r := NewReader(bufio.NewReader(in))
	n := 0
	for {
		rec, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 2 && rec.Offset != int64(len(head)+size+4) {
			t.Errorf("second record at %d", rec.Offset)
		}
	}
	if n != 2 {
		t.Errorf("%d records", n)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// FuzzNext: any bytes give records within the stream, in order, and an end.
func FuzzNext(f *testing.F) {
	f.Add([]byte(record("1.0", "WARC-Type: response\nContent-Type: application/http", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, br\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n")))
	f.Add([]byte(record("1.1", "WARC-Type: resource", "a") + "x\n" + record("1.0", "WARC-Type: conversion", "b")))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := NewReader(bufio.NewReaderSize(strings.NewReader(string(data)), 64))
		last := int64(-1)
		for n := 1; ; n++ {
			rec, err := r.Next()
			if _, ok := errors.AsType[*SyntaxError](err); ok {
				continue
			}
			if err != nil {
				return
			}
			if rec.Offset <= last || rec.Offset >= int64(len(data)) || rec.Number != n {
				t.Fatalf("record %d is number %d, at %d after %d", n, rec.Number, rec.Offset, last)
			}
			last = rec.Offset
			p, err := rec.Payload()
			if err != nil {
				continue
			}
			if got, err := p.ReadAll(1000); err == nil && len(got) > 1000 {
				t.Errorf("a payload of %d bytes", len(got))
			}
		}
	})
}

func ExampleReader() {
	file := "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://contoh.id/a\r\n" +
		"Content-Type: application/http\r\nContent-Length: 49\r\n\r\n" +
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ha\r\n\r\n"
	r := NewReader(bufio.NewReader(strings.NewReader(file)))
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		p, err := rec.Payload()
		if err != nil {
			fmt.Println(err)
			return
		}
		page, err := p.ReadAll(1 << 20)
		fmt.Println(rec.URI, p.Status, p.ContentType, string(page), err)
	}
	// Output: http://contoh.id/a 200 text/html <p>Ha <nil>
}
