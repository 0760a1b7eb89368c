package corpus

import (
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
)

// AppendJSON appends doc to dst as one line of JSON Lines, which Read reads
// back to the same document. Empty fields are left out, but for the text
// where there is no title. It fails if a string is
// not valid UTF-8 or Extra is not a JSON object.
func AppendJSON(dst []byte, doc *classifier.Document) ([]byte, error) {
	w := objectWriter{dst: append(dst, '{'), start: len(dst) + 1}
	w.text("id", doc.ID)
	w.text("title", doc.Title)
	if doc.Title == "" && doc.Text == "" {
		w.key("text") // or it would not be an article
		w.quote("")
	}
	w.text("text", doc.Text)
	w.list("labels", doc.Labels)
	w.list("not_labels", doc.NotLabels)
	w.list("disputed", doc.Disputed)
	if doc.Partial {
		w.key("partial")
		w.dst = append(w.dst, "true"...)
	}
	w.text("date", doc.Date)
	w.text("source", doc.Source)
	w.text("url", doc.URL)
	w.extra(doc.Extra)
	return append(w.dst, '}', '\n'), w.err
}

// objectWriter writes members of an object and remembers its first error.
type objectWriter struct {
	dst   []byte
	start int // where the first member begins
	err   error
}

func (w *objectWriter) key(name string) {
	if len(w.dst) > w.start {
		w.dst = append(w.dst, ',')
	}
	w.quote(name)
	w.dst = append(w.dst, ':')
}

func (w *objectWriter) quote(s string) {
	var err error
	if w.dst, err = jsontext.AppendQuote(w.dst, s); err != nil && w.err == nil {
		w.err = err
	}
}

func (w *objectWriter) text(name, value string) {
	if value != "" {
		w.key(name)
		w.quote(value)
	}
}

func (w *objectWriter) list(name string, values []string) {
	if len(values) == 0 {
		return
	}
	w.key(name)
	for i, v := range values {
		w.dst = append(w.dst, "[,"[min(i, 1)])
		w.quote(v)
	}
	w.dst = append(w.dst, ']')
}

// extra adds the members of an object.
func (w *objectWriter) extra(object []byte) {
	value := jsontext.Value(object).Clone()
	if len(value) == 0 {
		return
	}
	if err := value.Compact(); err != nil || value.Kind() != '{' {
		w.err = errors.Join(w.err, errors.New("extra keys are not a JSON object"))
		return
	}
	if len(value) > len("{}") {
		if len(w.dst) > w.start {
			w.dst = append(w.dst, ',')
		}
		w.dst = append(w.dst, value[1:len(value)-1]...)
	}
}
