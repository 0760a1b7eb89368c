package corpus

import "fmt"

// Unit is what the places of a file are counted in.
type Unit string

// The units. Every place counts from 1.
const (
	Line       Unit = ""       // lines, after decompression
	Row        Unit = "row"    // rows of a Parquet file
	WARCRecord Unit = "record" // records of a WARC file, those that hold no article too
)

// position is a place within a file; its zero value is none.
type position struct {
	line   int
	unit   Unit
	offset int64 // of a WARCRecord: its first byte, after decompression
}

// place names a position in a file, as in "a.jsonl:12".
func place(path string, p position) string {
	switch {
	case p.line == 0:
		return path
	case p.unit == WARCRecord:
		return fmt.Sprintf("%s:record %d at byte %d", path, p.line, p.offset)
	case p.unit == Row:
		return fmt.Sprintf("%s:row %d", path, p.line)
	}
	return fmt.Sprintf("%s:%d", path, p.line)
}

// memberPath names a file in an archive.
func memberPath(archive, name string) string { return archive + "!" + name }
