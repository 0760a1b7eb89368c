package rows

import (
	"bytes"
	"iter"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
)

// appendInput appends the fields of a record as members of the object that dst ends in. Those that are
// empty are left out.
func appendInput(dst []byte, d *classifier.Document) []byte {
	dst = appendField(dst, "title", d.Title)
	dst = appendField(dst, "text", d.Text)
	dst = appendField(dst, "date", d.Date)
	dst = appendField(dst, "source", d.Source)
	dst = appendField(dst, "url", d.URL)
	if len(d.Labels) > 0 {
		dst = append(dst, `,"labels":[`...)
		for i, l := range d.Labels {
			dst = AppendString(separate(dst, i), l)
		}
		dst = append(dst, ']')
	}
	return appendExtra(dst, d.Extra)
}

func appendField(dst []byte, key, value string) []byte {
	if value == "" {
		return dst
	}
	return AppendString(append(append(append(dst, `,"`...), key...), `":`...), value)
}

// appendExtra appends the record's other keys. Those that an answer has as well go into an object of
// their own, under "input", so that no key stands twice.
func appendExtra(dst, extra []byte) []byte {
	var taken []byte
	for name, value := range members(extra) {
		if answerKey(name) {
			taken = append(append(append(append(taken, ','), name...), ':'), value...)
		} else {
			dst = append(append(append(append(dst, ','), name...), ':'), value...)
		}
	}
	if taken == nil {
		return dst
	}
	taken[0] = '{'
	return append(append(append(dst, `,"input":`...), taken...), '}')
}

// answerKey tells whether a quoted name is one that rows use themselves.
func answerKey(name jsontext.Value) bool {
	plain, _ := jsontext.AppendUnquote(nil, name) // valid: members has read it
	switch string(plain) {
	case "id", "outcome", "topics", "notices", "model_version", "title", "text", "date", "source", "url", "labels", "input":
		return true
	}
	return false
}

// members yields the members of an object without white space; none of what is no object.
func members(object []byte) iter.Seq2[jsontext.Value, jsontext.Value] {
	return func(yield func(name, value jsontext.Value) bool) {
		compact := jsontext.Value(object).Clone()
		if len(compact) == 0 || compact.Compact() != nil || compact.Kind() != '{' {
			return
		}
		d := jsontext.NewDecoder(bytes.NewBuffer(compact))
		_, _ = d.ReadToken() // the brace; the object is valid, so are its parts
		for d.PeekKind() == '"' {
			name, err := d.ReadValue()
			if err != nil {
				return
			}
			name = name.Clone() // the next read may move it
			value, err := d.ReadValue()
			if err != nil || !yield(name, value) {
				return
			}
		}
	}
}
