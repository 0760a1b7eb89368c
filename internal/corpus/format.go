package corpus

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
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
	Parquet  Format = "parquet"  // columns
	FastText Format = "fasttext" // __label__a __label__b text
	Text     Format = "text"     // the whole file is one article
	HTML     Format = "html"     // the whole file is one page of a site
	WARC     Format = "warc"     // pages that a crawler kept
	Zip      Format = "zip"      // files in any of the others
	Tar      Format = "tar"      // files in any of the others
)

// Formats are what Options.Format may be beside Auto.
func Formats() []Format {
	return []Format{JSONL, CSV, TSV, Parquet, FastText, Text, HTML, WARC, Zip, Tar}
}

const known = "jsonl, csv, tsv, parquet, fasttext, text, html or warc, also as .gz or .zst, in a folder, zip or tar"

// sniffLen is how much of a file is looked at: the header of the first member of a tar.
const sniffLen = 512

func (f Format) isArchive() bool { return f == Zip || f == Tar }

func (f Format) validate() error {
	if f == Auto || slices.Contains(Formats(), f) {
		return nil
	}
	return fmt.Errorf("unknown format %q: give one of %s", string(f), strings.Trim(fmt.Sprint(Formats()), "[]"))
}

// formatOf decides on the format of a file by its name and its first bytes.
func formatOf(name string, head []byte) (Format, error) {
	byName, later := byExtension(name)
	kind, refused := binaryKind(head)
	switch {
	case later != "" && kind == Zip: // an office document is a zip of its own kind
	case kind != Auto:
		return kind, nil
	case refused != "" && (byName != HTML || refused != utf16Text):
		later = refused
	case byName == Text || byName == Auto:
		byName, later = byContent(head, later)
	}
	if later != "" {
		return Auto, fmt.Errorf("%s is not read: give %s", later, known)
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
	case ".parquet", ".parq":
		return Parquet, ""
	case ".ft", ".fasttext":
		return FastText, ""
	case ".txt", ".text", ".md", ".markdown":
		return Text, ""
	case ".html", ".htm", ".xhtml":
		return HTML, ""
	case ".warc", ".wet":
		return WARC, ""
	case ".zip":
		return Zip, ""
	case ".tar", ".tgz", ".tzst":
		return Tar, ""
	case ".xml", ".arrow", ".feather", ".orc", ".avro", ".arc", ".wacz",
		".bz2", ".xz", ".7z", ".rar", ".pdf", ".doc", ".docx", ".odt", ".epub", ".xls", ".xlsx", ".rtf":
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

// utf16Text is no binary format, but read only where the format has a way to say so.
const utf16Text = "utf-16 text (convert it to UTF-8)"

// binaryKind returns the format that head starts like where no text starts so, or the name of
// one that is not read; neither if head may be text.
func binaryKind(head []byte) (f Format, refused string) {
	switch {
	case isZip(head):
		return Zip, ""
	case isTar(head):
		return Tar, ""
	}
	for _, m := range [...]struct {
		mark    string
		kind    Format
		refused string
	}{
		{"PAR1", Parquet, ""},
		{"WARC/", WARC, ""},
		{"PARE", Auto, "encrypted parquet"},
		{"%PDF-", Auto, "pdf"},
		{"BZh", Auto, "bz2"},
		{"\xfd7zXZ\x00", Auto, "xz"},
		{"7z\xbc\xaf\x27\x1c", Auto, "7z"},
		{"Rar!\x1a\x07", Auto, "rar"},
		{gzipMark, Auto, "a file compressed twice"},
		{zstdMark, Auto, "a file compressed twice"},
		{"\xff\xfe", Auto, utf16Text},
		{"\xfe\xff", Auto, utf16Text},
	} {
		if bytes.HasPrefix(head, []byte(m.mark)) {
			return m.kind, m.refused
		}
	}
	return Auto, ""
}

const zipMark = "PK\x03\x04"

// isZip tells a zip, be it empty, by its first bytes.
func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte(zipMark)) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// trimCompression takes the ending of a compressed file off its name.
func trimCompression(name string) string {
	switch ext := filepath.Ext(name); strings.ToLower(ext) {
	case ".gz", ".zst":
		return strings.TrimSuffix(name, ext)
	}
	return name
}
