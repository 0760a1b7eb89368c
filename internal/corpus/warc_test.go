package corpus

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

// warcRecord writes a record as a crawler does.
func warcRecord(kind, uri, contentType, block string) string {
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-02-03T04:05:06Z\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, contentType, len(block), block)
}

func answered(uri, header, body string) string {
	return warcRecord("response", uri, "application/http;msgtype=response", "HTTP/1.1 "+strings.ReplaceAll(header, "\n", "\r\n")+"\r\n\r\n"+body)
}

// newsPage is a page in which an article is found.
func newsPage(title, text string) string {
	return "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1><p>" + text + "</p></body></html>"
}

const htmlAnswer = "200 OK\nContent-Type: text/html"

// crawl is a small WARC file and what is to be read of it.
func crawl() (parts []string, want []classifier.Document) {
	long := "Hujan deras membuat air sungai meluap ke jalan pada hari Senin, kata warga di sana."
	parts = []string{
		warcRecord("warcinfo", "", "application/warc-fields", "software: x\r\n"),
		warcRecord("request", "http://a.id/1", "application/http;msgtype=request", "GET /1 HTTP/1.1\r\n\r\n"),
		answered("http://a.id/1", htmlAnswer, newsPage("Banjir", long)),
		answered("http://a.id/gone", "404 Not Found\nContent-Type: text/html", newsPage("Tidak ada", long)),
		answered("http://a.id/a.jpg", "200 OK\nContent-Type: image/jpeg", "\xff\xd8"),
		answered("http://a.id/robots.txt", "200 OK\nContent-Type: text/plain", "User-agent: *"),
		answered("http://a.id/2", htmlAnswer+"; charset=windows-1252", newsPage("Caf\xe9", long)),
		warcRecord("response", "dns:a.id", "text/dns", "a.id. 1 IN A 1.2.3.4"),
		warcRecord("revisit", "http://a.id/1", "application/http;msgtype=response", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
		warcRecord("resource", "file:///a.html", "text/html", newsPage("Berkas", long)),
		warcRecord("conversion", "<http://a.id/3>", "text/plain; charset=iso-8859-1", "Kafe caf\xe9\n"),
		warcRecord("metadata", "http://a.id/1", "application/warc-fields", "a: b\r\n"),
	}
	const date = "2021-02-03T04:05:06Z"
	want = []classifier.Document{
		{ID: "http://a.id/1", URL: "http://a.id/1", Title: "Banjir", Date: date, Text: long},
		{ID: "http://a.id/2", URL: "http://a.id/2", Title: "Café", Date: date, Text: long},
		{ID: "file:///a.html", URL: "file:///a.html", Title: "Berkas", Date: date, Text: long},
		{ID: "http://a.id/3", URL: "http://a.id/3", Date: date, Text: "Kafe café\n"},
	}
	return parts, want
}

func TestWARC(t *testing.T) {
	parts, want := crawl()
	whole := strings.Join(parts, "")
	var each strings.Builder
	for _, p := range parts {
		each.WriteString(gzipped(t, p))
	}
	files := map[string]string{
		"a.warc": whole, "a.warc.gz": gzipped(t, whole), "b.warc.gz": each.String(), "c.warc.zst": zstandard(t, whole), "noname": whole,
	}
	for file, content := range files {
		t.Run(file, func(t *testing.T) {
			path := writeFile(t, filepath.Join(t.TempDir(), file), content)
			got, errs := ReadAll(t.Context(), []string{path}, Options{})
			if diff := cmp.Diff(want, documents(got)); diff != "" || len(errs) > 0 {
				t.Fatal(errs, diff)
			}
			offset := len(strings.Join(parts[:2], ""))
			if want := fmt.Sprintf("%s:record 3 at byte %d", path, offset); got[0].Place() != want || !got[0].Page {
				t.Errorf("place %s, want %s; a page: %v", got[0].Place(), want, got[0].Page)
			}
			if got[3].Page {
				t.Error("a text is no page")
			}
		})
	}
}

func TestWARCFaults(t *testing.T) {
	good := answered("http://a.id/good", htmlAnswer, newsPage("Banjir", "Air meluap ke jalan."))
	tests := []struct{ name, part, want string }{
		{"no page", answered("u", htmlAnswer, "<script>1</script>"), "no text in the page"},
		{"no HTTP", warcRecord("response", "u", "application/http", "<p>a"), "an HTTP answer starts like HTTP/1.1 200"},
		{"broken gzip", answered("u", htmlAnswer+"\nContent-Encoding: gzip", gzipped(t, newsPage("a", "b"))[:30]), "the payload is cut off or broken: unexpected EOF"},
		{"too long", answered("u", htmlAnswer, newsPage("a", strings.Repeat("kata ", 2000))), "the record is longer than the limit of 5000 bytes"},
		{"bomb", answered("u", htmlAnswer+"\nContent-Encoding: gzip", gzipped(t, strings.Repeat("a", 1<<20))), "the record is longer than the limit of 5000 bytes"},
		{"latin text", warcRecord("resource", "u", "text/plain", "caf\xe9"), "invalid UTF-8 at byte 4"},
		{"rubbish", "WARC/9\r\n\r\n", `version "9" is not read`},
		{"wrong length", strings.Replace(warcRecord("metadata", "u", "text/plain", "a: b"), "Content-Length: 4", "Content-Length: 0", 1), "is the length of the one before it right?"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, errs := readString(good+test.part+good, Options{MaxRecord: 5000})
			if len(got) != 2 || len(errs) != 1 {
				t.Fatalf("%d records, errors %v", len(got), errs)
			}
			bad, ok := errors.AsType[*RecordError](errs[0])
			if !ok || !strings.Contains(bad.Error(), test.want) || !strings.HasPrefix(bad.Error(), "stdin:record ") {
				t.Errorf("%T %v\nwant %s", errs[0], errs[0], test.want)
			}
		})
	}
}

func TestWARCCutOff(t *testing.T) {
	good := answered("http://a.id/good", htmlAnswer, newsPage("Banjir", "Air meluap ke jalan."))
	tests := []struct{ name, content, want string }{
		{"in a page", good + good[:len(good)-30], fmt.Sprintf("stdin:record 2 at byte %d: the WARC file is cut off 26 bytes before the end of a record", len(good))},
		{"in a header", good + good[:30], fmt.Sprintf("stdin:record 2 at byte %d: the WARC file is cut off in the header of a record", len(good))},
		{"in a member", gzipped(t, good) + gzipped(t, good)[:100], fmt.Sprintf("stdin:record %d at byte %d: the gzip file is cut off", 2, len(good))},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, errs := readString(test.content, Options{})
			if diff := cmp.Diff([]string{test.want}, texts(errs)); diff != "" || len(got) != 1 {
				t.Errorf("%d records %s", len(got), diff)
			}
			if _, ok := errors.AsType[*SourceError](errs[0]); !ok {
				t.Errorf("%T", errs[0])
			}
		})
	}
}
