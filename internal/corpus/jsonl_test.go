package corpus

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

func TestJSONL(t *testing.T) {
	tests := []struct {
		name, line string
		want       classifier.Document
	}{
		{
			"all keys", `{"id":"7","title":"T","text":"Baris\nbaru \"é\" \ud83d\ude00","labels":["a","b"],"not_labels":["c"],` +
				`"disputed":["d"],"partial":true,"date":"2020-12-30","source":"S","url":"U"}`,
			classifier.Document{
				ID: "7", Title: "T", Text: "Baris\nbaru \"é\" 😀", Labels: []string{"a", "b"}, NotLabels: []string{"c"},
				Disputed: []string{"d"}, Partial: true, Date: "2020-12-30", Source: "S", URL: "U",
			},
		},
		{"number as id", `{"id":12345678901234567890,"text":"a"}`, classifier.Document{ID: "12345678901234567890", Text: "a"}},
		{"null is absent", `{"id":null,"title":null,"text":"a","labels":null,"partial":null,"date":null}`, classifier.Document{Text: "a"}},
		{"title alone", `{"title":"T"}`, classifier.Document{Title: "T"}},
		{"empty text", `{"id":"1","text":""}`, classifier.Document{ID: "1"}},
		{"blank title and text", `{"title":" ","text":"\n\t\u00a0"}`, classifier.Document{Title: " ", Text: "\n\t\u00a0"}},
		{"escaped key", `{"te\u0078t":"a"}`, classifier.Document{Text: "a"}},
		{
			"other keys", `{"n": 1.50, "text":"a", "o": {"x": [1, null]}, "q\"": "\u00e9"}`,
			classifier.Document{Text: "a", Extra: []byte(`{"n":1.50,"o":{"x": [1, null]},"q\"":"\u00e9"}`)},
		},
		{"keys are case-sensitive", `{"text":"a","Title":"T"}`, classifier.Document{Text: "a", Extra: []byte(`{"Title":"T"}`)}},
		{"carriage return", "{\"text\":\"a\"}\r", classifier.Document{Text: "a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, errs := readString(test.line+"\n", Options{Format: JSONL})
			if len(errs) > 0 || len(got) != 1 {
				t.Fatalf("%d records, errors %v", len(got), errs)
			}
			if diff := cmp.Diff(test.want, got[0].Document); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestJSONLFaults(t *testing.T) {
	tests := []struct{ name, line, want string }{
		{"broken", `{"text":"a",}`, "broken JSON at byte 12: invalid character ','"},
		{"no quotes", `{text:"a"}`, "broken JSON at byte 3: invalid character 'e'"},
		{"cut off", `{"text":"a`, "the JSON object does not end on its line: give one object a line"},
		{"start of an indented object", `{`, "the JSON object does not end on its line: give one object a line"},
		{"two objects", `{"text":"a"} {"text":"b"}`, "something follows the JSON object: give one object a line"},
		{"rubbish after", `{"text":"a"}x`, "something follows the JSON object: give one object a line"},
		{"array", `[{"text":"a"}]`, "the line holds an array: give one JSON object a line"},
		{"string", `"text"`, "the line holds a string: give one JSON object a line"},
		{"key twice", `{"text":"a","text":"b"}`, `key "text" is given twice`},
		{"key twice, escaped", `{"text":"a","te\u0078t":"b"}`, `key "text" is given twice`},
		{"key twice, nested", `{"text":"a","x":{"y":1,"y":2}}`, `key "y" is given twice`},
		{"text of wrong type", `{"text":7}`, "text: give a string, not a number"},
		{"title of wrong type", `{"title":["a"]}`, "title: give a string, not an array"},
		{"date of wrong type", `{"text":"a","date":20201230}`, "date: give a string, not a number"},
		{"id of wrong type", `{"id":true,"text":"a"}`, "id: give a string or a number, not true or false"},
		{"labels as string", `{"text":"a","labels":"x"}`, `labels: give an array of strings, as in ["sport"], not a string`},
		{"labels as numbers", `{"text":"a","labels":["x",1]}`, `labels: give an array of strings, as in ["sport"], not a number`},
		{"partial as string", `{"text":"a","partial":"yes"}`, "partial: give true or false, not a string"},
		{"invalid UTF-8", "{\"text\":\"a\xff\"}", "invalid UTF-8 at byte 11: convert the text to UTF-8"},
		{"invalid UTF-8 in another key", "{\"text\":\"a\",\"x\":\"\xc3\"}", "invalid UTF-8 at byte 18: convert the text to UTF-8"},
		{"half a surrogate pair", `{"text":"\ud83d"}`, "broken JSON at byte 10: invalid surrogate pair"},
		{"NUL", "{\"text\":\"a\x00\"}", `broken JSON at byte 11: invalid character '\x00' in string`},
		{"no text", `{"id":"1"}`, "neither title nor text: give one"},
		{"null as text", `{"title":null,"text":null}`, "neither title nor text: give one"},
		{"blank and labelled", `{"title":" ","text":"\n\t\u00a0","labels":["a"]}`, "title and text are both empty: a labelled article needs one"},
		{"blank and labelled negatively", `{"text":"","not_labels":["a"]}`, "title and text are both empty: a labelled article needs one"},
		{"too deep", `{"text":"a","x":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`, "broken JSON at byte 100"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			good := `{"text":"a"}` + "\n"
			got, errs := readString(good+"\n"+strings.Repeat(good, 4)+test.line+"\n"+good, Options{Format: JSONL})
			if len(got) != 6 || len(errs) != 1 {
				t.Fatalf("%d records, errors %v", len(got), errs)
			}
			if !strings.HasPrefix(errs[0].Error(), "stdin:7: "+test.want) {
				t.Errorf("%v\nwant %s", errs[0], test.want)
			}
			if got[5].Line != 8 {
				t.Errorf("the record after the fault is on line %d, want 8", got[5].Line)
			}
		})
	}
}

// TestJSONLRecordsOutlive makes sure that nothing in a record is overwritten by the next.
func TestJSONLRecordsOutlive(t *testing.T) {
	line := `{"text":"satu\ndua","title":"tiga","labels":["x\ty","z"],"other":[1]}` + "\n"
	got, errs := readString(line+strings.ToUpper(strings.ReplaceAll(line, `\n`, `\t`))+strings.Repeat(line, 9), Options{})
	if len(errs) != 1 { // the upper-case keys are unknown: no text
		t.Fatal(errs)
	}
	for _, r := range got {
		if diff := cmp.Diff(got[0].Document, r.Document); diff != "" {
			t.Error(diff)
		}
	}
}

func TestLongLine(t *testing.T) {
	tests := []struct {
		name   string
		length int
		max    int
		bad    bool
	}{
		{"at the limit", 100, 100, false},
		{"over the limit", 101, 100, true},
		{"larger than the buffer", 3 * bufferSize, 3 * bufferSize, false},
		{"over the limit by many buffers", 9 * bufferSize, 2 * bufferSize, true},
		{"over the limit by one, larger than the buffer", 2*bufferSize + 1, 2 * bufferSize, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			frame := `{"text":""}`
			long := `{"text":"` + strings.Repeat("x", test.length-len(frame)) + `"}`
			got, errs := readString("{\"text\":\"a\"}\n"+long+"\r\n{\"text\":\"b\"}", Options{MaxRecord: test.max})
			if test.bad != (len(errs) == 1) || len(got)+len(errs) != 3 {
				t.Fatalf("%d records, errors %v", len(got), errs)
			}
			if test.bad && !strings.HasPrefix(errs[0].Error(), "stdin:2: the record is longer than the limit of ") {
				t.Error(errs[0])
			}
			if last := got[len(got)-1]; last.Text != "b" || last.Line != 3 {
				t.Errorf("last record %q on line %d", last.Text, last.Line)
			}
		})
	}
}

// TestLongLineIsNotHeld reads a line of 64 MiB of which 1 MiB is allowed.
func TestLongLineIsNotHeld(t *testing.T) {
	in := newOpener(nil).raw
	in.Reset(io.MultiReader(io.LimitReader(endless('x'), 64<<20), strings.NewReader("\nnext")))
	l := lineReader{in: in, max: 1 << 20}
	if _, err := l.next(); err != errTooLong {
		t.Errorf("error %v", err)
	}
	if cap(l.long) > 4<<20 {
		t.Errorf("%d bytes held", cap(l.long))
	}
	if line, err := l.next(); string(line) != "next" || err != nil || l.line != 2 {
		t.Errorf("%q, %v on line %d", line, err, l.line)
	}
}

// endless is a reader of one byte for ever.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestAppendJSON(t *testing.T) {
	docs := []classifier.Document{
		{Text: "a"},
		{},
		{ID: "2", Title: " "},
		{
			ID: "1", Title: "\"T\"", Text: "é\n\u2028", Labels: []string{"x", "y"}, NotLabels: []string{"z"}, Disputed: []string{"w"},
			Partial: true, Date: "2020", Source: "s", URL: "u", Extra: []byte(`{"a":[1,2],"b":null}`),
		},
	}
	var out []byte
	for i := range docs {
		var err error
		if out, err = AppendJSON(out, &docs[i]); err != nil {
			t.Fatal(err)
		}
	}
	got, errs := readString(string(out), Options{})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	if diff := cmp.Diff(docs, documents(got)); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []classifier.Document{{Text: "\xff"}, {Text: "a", Extra: []byte("[1]")}, {Text: "a", Extra: []byte("{")}} {
		if _, err := AppendJSON(nil, &bad); err == nil {
			t.Errorf("%+v was written", bad)
		}
	}
}
