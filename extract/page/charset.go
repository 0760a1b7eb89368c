package page

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// toUTF8 converts a page to UTF-8. A byte order mark counts most, then what the bytes are:
// pages that call UTF-8 by another name are common, and other encodings hardly look like it by
// chance. Only then what the server says, or else the page of itself; windows-1252 if neither does.
func toUTF8(data []byte, contentType string) []byte {
	if data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")); utf8.Valid(data) {
		return data
	}
	e, name, _ := charset.DetermineEncoding(data, contentType)
	if name != "utf-8" && !mostlyUTF8(data) {
		if out, err := e.NewDecoder().Bytes(data); err == nil {
			return out
		}
	}
	return bytes.ToValidUTF8(data, []byte("\ufffd"))
}

// mostlyUTF8 reports whether four in five of what is not ASCII are characters of UTF-8: a page
// put together from several sources, or cut off inside a character.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good >= 4*bad
}
