package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
)

// jsonParser reads one JSON object a line.
type jsonParser struct {
	lineReader
	scan      jsonScanner
	object    jsonDecoder // of what the scanner gives up at
	key, item jsonCursor  // there; item also in a list
	often     sharedStrings
}

// jsonDecoder decodes one value in memory and is used again for the next.
type jsonDecoder struct {
	jsontext.Decoder
	buffer bytes.Buffer // the one kind of reader that the decoder does not copy from
}

func (d *jsonDecoder) load(data []byte) {
	d.buffer = *bytes.NewBuffer(data)
	d.Reset(&d.buffer)
}

func (p *jsonParser) reached() position { return position{line: p.line} }

func (p *jsonParser) next(rec *Record) error {
	line, err := p.nextFilled()
	if err == errTooLong {
		return p.bad(err)
	}
	if err != nil {
		return err
	}
	rec.Line = p.line
	if p.decodePlain(line, &rec.Document) {
		return nil
	}
	rec.Document = classifier.Document{}
	if err := p.decode(line, &rec.Document); err != nil {
		return p.bad(explain(err, line))
	}
	return nil
}

// decodePlain is decode for the lines that the scanner knows. Of others it returns false, with anything in doc.
func (p *jsonParser) decodePlain(line []byte, doc *classifier.Document) bool {
	s := &p.scan
	s.load(line)
	given := false
	for more := s.skip('{'); more; more = s.skip(',') {
		key, value, ok := s.member()
		if !ok {
			return false
		}
		readable, err := p.member(doc, key, value)
		if err != nil {
			return false
		}
		given = given || readable
	}
	if doc.Extra != nil {
		doc.Extra = append(doc.Extra, '}')
	}
	return given && s.skip('}') && s.done()
}

// decode reads the one object that a line holds.
func (p *jsonParser) decode(line []byte, doc *classifier.Document) error {
	d := &p.object
	d.load(line)
	if kind := d.PeekKind(); kind != '{' && kind != 0 {
		return fmt.Errorf("the line holds %s: give one JSON object a line", kindName(kind))
	}
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	given := false
	for d.PeekKind() != '}' {
		name, err := d.ReadValue()
		if err != nil {
			return err
		}
		key := p.key.whole(name)
		value, err := d.ReadValue()
		if err != nil {
			return err
		}
		readable, err := p.member(doc, key, p.item.whole(value))
		if err != nil {
			return err
		}
		given = given || readable
	}
	if doc.Extra != nil {
		doc.Extra = append(doc.Extra, '}')
	}
	if err := d.end(); err != nil || given {
		return err
	}
	return errAbsent
}

// end reads the closing brace and makes sure that nothing follows it.
func (d *jsonDecoder) end() error {
	if _, err := d.ReadToken(); err != nil {
		return err
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return errors.New("something follows the JSON object: give one object a line")
	}
	return nil
}

// member stores one key and its value in doc. It reports whether it was a title or a text, if only
// an empty one.
func (p *jsonParser) member(doc *classifier.Document, key, value jsonValue) (readable bool, err error) {
	switch string(key.text) {
	case "id":
		if value.kind() == '0' {
			doc.ID = string(value.raw)
		} else {
			doc.ID, err = textOf(value, "a string or a number")
		}
	case "title":
		doc.Title, err = textOf(value, "a string")
		readable = value.kind() == '"'
	case "text":
		doc.Text, err = textOf(value, "a string")
		readable = value.kind() == '"'
	case "date":
		doc.Date, err = p.common(value)
	case "source":
		doc.Source, err = p.common(value)
	case "url":
		doc.URL, err = textOf(value, "a string")
	case "labels":
		doc.Labels, err = p.list(value)
	case "not_labels":
		doc.NotLabels, err = p.list(value)
	case "disputed":
		doc.Disputed, err = p.list(value)
	case "partial":
		doc.Partial, err = truth(value)
	default:
		doc.Extra = appendMember(doc.Extra, key.raw, value.raw)
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", key.text, err)
	}
	return readable, nil
}

// textOf returns the string that a JSON string stands for; "" for null.
func textOf(value jsonValue, want string) (string, error) {
	switch value.kind() {
	case 'n':
		return "", nil
	case '"':
		return string(value.text), nil
	}
	return "", wrongKind(value, want)
}

// common is textOf for what many articles have in common.
func (p *jsonParser) common(value jsonValue) (string, error) {
	if value.kind() == '"' {
		return p.often.of(value.text), nil
	}
	return textOf(value, "a string")
}

// list returns the strings of a JSON array; nil for null.
func (p *jsonParser) list(value jsonValue) ([]string, error) {
	const want = `an array of strings, as in ["sport"]`
	switch value.kind() {
	case 'n':
		return nil, nil
	case '[':
	default:
		return nil, wrongKind(value, want)
	}
	var list []string
	c := &p.item
	c.load(value.raw)
	c.skip('[') // there it is: the value is valid
	for !c.skip(']') {
		item, ok := c.text()
		if !ok {
			return nil, wrongKind(jsonValue{raw: value.raw[c.at:]}, want)
		}
		list = append(list, p.often.of(item.text))
		c.skip(',')
	}
	return list, nil
}

func truth(value jsonValue) (bool, error) {
	switch value.kind() {
	case 't', 'f':
		return value.kind() == 't', nil
	case 'n':
		return false, nil
	}
	return false, wrongKind(value, "true or false")
}

// appendMember adds a key and its value to an object that is not closed yet.
func appendMember(object []byte, name, value []byte) []byte {
	if object == nil {
		object = append(object, '{')
	} else {
		object = append(object, ',')
	}
	object = append(append(object, name...), ':')
	return append(object, value...)
}

func wrongKind(value jsonValue, want string) error {
	return fmt.Errorf("give %s, not %s", want, kindName(value.kind()))
}

func kindName(k jsontext.Kind) string {
	switch k {
	case 'n':
		return "null"
	case 't', 'f':
		return "true or false"
	case '"':
		return "a string"
	case '0':
		return "a number"
	case '[':
		return "an array"
	case '{':
		return "an object"
	}
	return "something else"
}

// explain says in words of this package what the decoder found wrong.
func explain(err error, line []byte) error {
	syntax, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return err
	}
	if err := checkUTF8(line); err != nil {
		return err
	}
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return fmt.Errorf("key %.60q is given twice", syntax.JSONPointer.LastToken())
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the JSON object does not end on its line: give one object a line")
	}
	return fmt.Errorf("broken JSON at byte %d: %w", syntax.ByteOffset+1, syntax.Err)
}
