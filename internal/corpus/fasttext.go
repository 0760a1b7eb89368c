package corpus

import (
	"errors"
	"strings"
	"unicode"
)

const labelPrefix = "__label__"

var errNoLabelName = errors.New(labelPrefix + " without a name: write " + labelPrefix + "topic")

// fastText reads lines like "__label__a __label__b text".
type fastText struct {
	lineReader
}

func (f *fastText) reached() position { return position{line: f.line} }

func (f *fastText) next(rec *Record) error {
	line, err := f.nextFilled()
	if err == errTooLong {
		return f.bad(err)
	}
	if err != nil {
		return err
	}
	if err := checkText(line); err != nil {
		return f.bad(err)
	}
	rec.Line = f.line
	rec.Labels, rec.Text, err = splitLabels(string(line))
	if err != nil {
		return f.bad(err)
	}
	return nil
}

// splitLabels takes the labels out of a line. Like fastText it takes them
// anywhere: one left in the text would give the answer away.
func splitLabels(line string) (labels []string, text string, err error) {
	rest := strings.TrimSpace(line)
	for strings.HasPrefix(rest, labelPrefix) {
		word, tail := cutWord(rest)
		labels, rest = append(labels, word[len(labelPrefix):]), strings.TrimLeftFunc(tail, unicode.IsSpace)
	}
	if strings.Contains(rest, labelPrefix) {
		labels, rest = inner(labels, rest)
	}
	for _, label := range labels {
		if label == "" {
			return nil, "", errNoLabelName
		}
	}
	return labels, rest, nil
}

// inner takes out the labels that stand among the words of text.
func inner(labels []string, text string) ([]string, string) {
	var words []string
	for _, word := range strings.Fields(text) {
		if label, ok := strings.CutPrefix(word, labelPrefix); ok {
			labels = append(labels, label)
		} else {
			words = append(words, word)
		}
	}
	return labels, strings.Join(words, " ")
}

func cutWord(s string) (word, tail string) {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i], s[i:]
	}
	return s, ""
}
