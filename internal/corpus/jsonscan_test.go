package corpus

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

// comparePaths makes sure that a line that the scanner takes is the same document to the library. It reports whether
// the scanner took it.
func comparePaths(t *testing.T, line []byte) bool {
	t.Helper()
	var quick, slow classifier.Document
	var p jsonParser
	if !p.decodePlain(line, &quick) {
		return false
	}
	if err := p.decode(line, &slow); err != nil {
		t.Fatalf("%q: taken by the scanner, refused by the library: %v", line, err)
	}
	if diff := cmp.Diff(slow, quick); diff != "" {
		t.Fatalf("%q: %s", line, diff)
	}
	return true
}

// TestPlainLines: the scanner takes what nearly all articles look like, and leaves the rest to the library.
func TestPlainLines(t *testing.T) {
	tests := []struct {
		name, line string
		taken      bool
	}{
		{"strings", `{"id":"1","title":"T","text":"a","date":"2020","source":"s","url":"u"}`, true},
		{"blanks", " \t{ \"id\" :\r\"1\" , \"text\":\n\"a\" } ", true},
		{"lists", `{"text":"a","labels":["x", "y"],"not_labels":[ "z" ],"disputed":[]}`, true},
		{"other kinds", `{"id":1.5e3,"text":"a","partial":true,"title":null,"n":-0.1,"o":{"x":[1,{}]}}`, true},
		{"every escape", `{"text":"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\uDe00\u0000"}`, true},
		{"escapes side by side", `{"text":"\\\"\\\\\"","title":"\\"}`, true},
		{"beyond ASCII", `{"text":"“é” 😀 ` + "\x7f\u2028\ufffd" + `","kunci é":"x"}`, true},
		{"no members", `{}`, false},
		{"no text", `{"id":"1"}`, false},
		{"escaped key", `{"te\u0078t":"a"}`, false},
		{"key twice", `{"text":"a","text":"a"}`, false},
		{"other key twice", `{"text":"a","x":1,"y":2,"x":3}`, false},
		{"nested key twice", `{"text":"a","x":{"y":1,"y":2}}`, false},
		{"comma at the end", `{"text":"a",}`, false},
		{"no comma", `{"text":"a" "id":"b"}`, false},
		{"no colon", `{"text" "a"}`, false},
		{"not closed", `{"text":"a"`, false},
		{"quote not closed", `{"text":"a\"}`, false},
		{"more", `{"text":"a"}}`, false},
		{"wrong kind", `{"text":["a"]}`, false},
		{"list of another kind", `{"text":"a","labels":["x",1]}`, false},
		{"list not closed", `{"text":"a","labels":["x"`, false},
		{"unknown escape", `{"text":"\x41"}`, false},
		{"short escape", `{"text":"\u004"}`, false},
		{"signed escape", `{"text":"\u+041"}`, false},
		{"half a pair", `{"text":"\ud83d"}`, false},
		{"half a pair, then another character", `{"text":"\ud83d\u0041"}`, false},
		{"other half of a pair", `{"text":"\ude00"}`, false},
		{"control character", "{\"text\":\"a long text with a tab\tin it\"}", false},
		{"control character at the end", "{\"text\":\"\x1f\"}", false},
		{"control character beside others", "{\"text\":\"é é é é é é é é\x01\"}", false},
		{"invalid UTF-8", "{\"text\":\"a\xff\"}", false},
		{"surrogate in UTF-8", "{\"text\":\"\xed\xa0\x80 is no character\"}", false},
		{"broken number", `{"text":"a","n":01}`, false},
		{"number and more", `{"text":"a","n":1x}`, false},
		{"as deep as the library goes", `{"text":"a","x":` + strings.Repeat("[", 9999) + strings.Repeat("]", 9999) + `}`, false},
		{"deeper by one", `{"text":"a","x":` + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + `}`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if taken := comparePaths(t, []byte(test.line)); taken != test.taken {
				t.Errorf("taken %v, want %v", taken, test.taken)
			}
		})
	}
}

// TestEveryByte puts each byte in each place of a string of every length up to that of some steps of the scanner.
func TestEveryByte(t *testing.T) {
	for length := range 36 {
		for at := range length {
			for b := range 256 {
				text := bytes.Repeat([]byte("x"), length)
				text[at] = byte(b)
				line := append(append([]byte(`{"text":"`), text...), `"}`...)
				want := b >= ' ' && b < 0x80 && b != '"' && b != '\\'
				if comparePaths(t, line) != want {
					t.Fatalf("%q: want %v", line, want)
				}
			}
		}
	}
}

// FuzzPlainLine holds the scanner against the library: what it takes is the same document, and what the
// library takes as a string is so to it.
func FuzzPlainLine(f *testing.F) {
	f.Add([]byte(`{"id": 7, "text": "a \"b\" \u20ac\ud83d\ude00\n", "labels": ["x", "y"], "n": {"y": [1, null]}}`))
	f.Add([]byte("{\"text\":\"\\ud83d\\u0041\xff\x01\",\"text\":01}"))
	f.Add([]byte(`"“a”\/\\"`))
	f.Fuzz(func(t *testing.T, line []byte) {
		comparePaths(t, line)
		c := jsonCursor{line: line}
		got, ok := c.text()
		want, err := jsontext.AppendUnquote(nil, line)
		if whole := ok && len(got.raw) == len(line); whole != (err == nil) {
			t.Fatalf("%q: %v, the library %v", line, whole, err)
		}
		if err == nil && !bytes.Equal(got.text, want) {
			t.Errorf("%q: %q, the library %q", line, got.text, want)
		}
	})
}
