package corpus

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/tajuk/tajuk/classifier"
)

// appendFastText appends a line such as "__label__a __label__b title text". Title and text are not
// told apart any more, blanks and line breaks become one blank each, byte order marks before words are left
// out, and the format has no place for anything else. It refuses labels with blanks, words that would be read as labels, and articles without words.
func appendFastText(dst []byte, doc *classifier.Document, lost func(string)) ([]byte, error) {
	for _, l := range doc.Labels {
		if strings.ContainsFunc(l, unicode.IsSpace) {
			return dst, fmt.Errorf("label %.60q has a blank, which fasttext takes for the end of the label", l)
		}
		if err := checkWritable("labels", l); err != nil {
			return dst, err
		}
		dst = append(append(append(dst, labelPrefix...), l...), ' ')
	}
	words := 0
	for _, part := range []struct{ name, value string }{{"title", doc.Title}, {"text", doc.Text}} {
		if err := checkWritable(part.name, part.value); err != nil {
			return dst, err
		}
		for word := range strings.FieldsSeq(part.value) {
			if word = strings.TrimLeft(word, bom); word == "" {
				continue
			}
			if strings.HasPrefix(word, labelPrefix) {
				return dst, fmt.Errorf("%s: fasttext would take the word %.60q for a label", part.name, word)
			}
			dst = append(append(dst, word...), ' ')
			words++
		}
	}
	if words == 0 {
		return dst, errNoWords
	}
	dst[len(dst)-1] = '\n'
	fastTextLosses(doc, lost)
	return dst, nil
}

func fastTextLosses(doc *classifier.Document, lost func(string)) {
	for _, f := range []struct {
		name  string
		given bool
	}{
		{"id", doc.ID != ""},
		{"not_labels", len(doc.NotLabels) > 0},
		{"disputed", len(doc.Disputed) > 0},
		{"partial", doc.Partial},
		{"date", doc.Date != ""},
		{"source", doc.Source != ""},
		{"url", doc.URL != ""},
		{"other keys", len(doc.Extra) > 0},
	} {
		if f.given {
			lost("fasttext has no place for " + f.name)
		}
	}
	if doc.Title != "" {
		lost("fasttext has no place for a title: it stands before the text")
	}
	if strings.ContainsAny(strings.TrimSpace(doc.Text), "\r\n") {
		lost("fasttext has no line breaks within an article: they become blanks")
	}
}
