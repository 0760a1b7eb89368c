package page

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// toUTF8 converts a page to UTF-8. A byte order mark counts most, then what the bytes are:
// pages that call valid UTF-8 by another name are common, the reverse hardly happens by
// chance. Only then what the page says of itself; windows-1252 if it says nothing.
func toUTF8(data []byte) []byte {
	if data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")); utf8.Valid(data) {
		return data
	}
	e, name, _ := charset.DetermineEncoding(data, "")
	if name == "utf-8" {
		return bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	return out
}
