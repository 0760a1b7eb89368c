package warc

import (
	"bytes"
	"io"
	"strings"
)

// readFields calls found for each field of a header block up to the empty line that ends it, or
// the end of the block. Lines that start with space go on with the field before; lines that
// are no fields, as sloppy servers send, are left out.
func readFields(found func(name, value string), next func() ([]byte, error)) error {
	var field []byte
	for {
		line, err := next()
		if err != nil && err != io.EOF {
			return err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
			field = append(append(field, ' '), bytes.TrimSpace(line)...)
			continue
		}
		if name, value, ok := strings.Cut(string(field), ":"); ok {
			found(strings.TrimSpace(name), strings.TrimSpace(value))
		}
		if field = append(field[:0], line...); len(line) == 0 {
			return nil
		}
	}
}
