package corpus

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/tajuk/tajuk/extract/page"
)

// Format is a way of writing articles down.
type Format string

// The formats that are read.
const (
	Auto     Format = ""         // by name, then by content
	JSONL    Format = "jsonl"    // one JSON object a line
	CSV      Format = "csv"      // header row; comma, semicolon or tab
	TSV      Format = "tsv"      // header row; tab
	FastText Format = "fasttext" // __label__a __label__b text
	Text     Format = "text"     // the whole file is one article
	HTML     Format = "html"     // the whole file is one page of a site
)

const known = "jsonl, csv, tsv, fasttext, text or html, also as .gz or .zst"

// sniffLen is how much of a file is looked at; the mark of tar ends at byte 262.
const sniffLen = 512

func (f Format) validate() error {
	switch f {
	case Auto, JSONL, CSV, TSV, FastText, Text, HTML:
		return nil
	}
	return fmt.Errorf("unknown format %q: give one of jsonl, csv, tsv, fasttext, text, html", string(f))
}

// formatOf decides on the format of a file by its name and its first bytes.
func formatOf(name string, head []byte) (Format, error) {
	byName, later := byExtension(name)
	if kind := binaryKind(head); kind != "" && (byName != HTML || kind != utf16) {
		later = kind
	} else if byName == Text || byName == Auto {
		byName, later = byContent(head, later)
	}
	if later != "" {
		return Auto, fmt.Errorf("%s is not read yet: give %s", later, known)
	}
	return byName, nil
}

// byExtension returns the format that a name tells, or the name of a format
// that is known but not read; neither for an unknown name.
func byExtension(name string) (f Format, later string) {
	switch ext := strings.ToLower(filepath.Ext(trimCompression(name))); ext {
	case ".jsonl", ".ndjson", ".json":
		return JSONL, ""
	case ".csv":
		return CSV, ""
	case ".tsv", ".tab":
		return TSV, ""
	case ".ft", ".fasttext":
		return FastText, ""
	case ".txt", ".text", ".md", ".markdown":
		return Text, ""
	case ".html", ".htm", ".xhtml":
		return HTML, ""
	case ".xml", ".zip", ".tar", ".tgz", ".parquet", ".warc", ".arrow",
		".bz2", ".xz", ".7z", ".rar", ".pdf", ".doc", ".docx", ".xls", ".xlsx", ".rtf":
		return Auto, ext[1:]
	}
	return Auto, ""
}

// byContent tells fastText, JSON and HTML from plain text.
func byContent(head []byte, later string) (Format, string) {
	head = bytes.TrimSpace(head)
	if bytes.HasPrefix(head, []byte(labelPrefix)) {
		return FastText, later
	}
	if bytes.HasPrefix(head, []byte("{")) || isJSONArray(head) {
		return JSONL, later
	}
	if page.IsHTML(head) {
		return HTML, later
	}
	return Text, later
}

// isJSONArray is there to refuse an array of objects with a hint, where it
// would else be taken for an article that starts with a bracket.
func isJSONArray(head []byte) bool {
	return len(head) > 0 && head[0] == '[' && bytes.HasPrefix(bytes.TrimSpace(head[1:]), []byte("{"))
}

// utf16 is no binary format, but read only where the format has a way to say so.
const utf16 = "utf-16 text (convert it to UTF-8)"

// binaryKind names the binary format that head starts like; "" if none.
func binaryKind(head []byte) string {
	for _, m := range [...]struct {
		at         int
		mark, kind string
	}{
		{0, "PK\x03\x04", "zip"},
		{0, "PAR1", "parquet"},
		{0, "WARC/1.", "warc"},
		{0, "%PDF-", "pdf"},
		{0, "BZh", "bz2"},
		{0, "\xfd7zXZ\x00", "xz"},
		{0, gzipMark, "a file compressed twice"},
		{0, zstdMark, "a file compressed twice"},
		{0, "\xff\xfe", utf16},
		{0, "\xfe\xff", utf16},
		{257, "ustar", "tar"},
	} {
		if len(head) >= m.at && bytes.HasPrefix(head[m.at:], []byte(m.mark)) {
			return m.kind
		}
	}
	return ""
}

// trimCompression takes the ending of a compressed file off its name.
func trimCompression(name string) string {
	switch ext := filepath.Ext(name); strings.ToLower(ext) {
	case ".gz", ".zst":
		return strings.TrimSuffix(name, ext)
	}
	return name
}
