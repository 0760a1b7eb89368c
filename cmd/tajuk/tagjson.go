package main

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/tajuk/tajuk/classifier"
)

// jsonRenderer writes one JSON object a line. It appends by hand: with a JSON
// library the writing would cost as much as the tagging.
type jsonRenderer struct {
	topics  [][]byte // by topic: an object up to the confidence
	version []byte   // end of the line
	explain bool
}

func newJSONRenderer(c *classifier.Classifier, explain bool) *jsonRenderer {
	r := &jsonRenderer{explain: explain}
	for _, t := range c.Model().Manifest.Topics {
		r.topics = append(r.topics, append(appendString([]byte(`{"topic":`), t.ID), `,"confidence":`...))
	}
	r.version = append(appendString([]byte(`],"model_version":`), c.Version()), "}\n"...)
	return r
}

func (r *jsonRenderer) header() []byte { return nil }

func (r *jsonRenderer) append(dst []byte, a *answer) []byte {
	dst = appendString(append(dst, `{"id":`...), answerID(a.record))
	dst = append(dst, `,"outcome":"`...)
	dst = append(dst, a.Outcome.String()...)
	dst = append(dst, `","topics":[`...)
	for i := range a.Topics {
		dst = r.appendTopic(separate(dst, i), a, i)
	}
	dst = append(dst, `],"notices":[`...)
	for i, n := range a.Notices {
		dst = append(separate(dst, i), `{"code":"`...)
		dst = append(dst, n.Code.String()...)
		dst = append(dst, `","message":`...)
		dst = append(appendString(dst, n.Message), '}')
	}
	return append(dst, r.version...)
}

func (r *jsonRenderer) appendTopic(dst []byte, a *answer, i int) []byte {
	t := &a.Topics[i]
	dst = append(dst, r.topics[t.Topic]...)
	dst = appendNumber(dst, t.Confidence)
	dst = append(dst, `,"threshold":`...)
	dst = appendNumber(dst, t.Threshold)
	dst = append(dst, `,"assigned":`...)
	dst = strconv.AppendBool(dst, t.Assigned)
	if r.explain {
		dst = append(dst, `,"evidence":[`...)
		for j := range a.evidence[i].Terms {
			dst = appendTerm(separate(dst, j), &a.evidence[i].Terms[j])
		}
		dst = append(dst, ']')
	}
	return append(dst, '}')
}

func appendTerm(dst []byte, c *classifier.Contribution) []byte {
	dst = appendString(append(dst, `{"term":`...), c.Term)
	dst = appendNumber(append(dst, `,"value":`...), c.Value)
	dst = append(dst, `,"spans":[`...)
	for i, s := range c.Spans {
		dst = append(separate(dst, i), `{"field":"`...)
		dst = append(dst, fieldName(s.Field)...)
		dst = strconv.AppendInt(append(dst, `","start":`...), int64(s.Start), 10)
		dst = strconv.AppendInt(append(dst, `,"end":`...), int64(s.End), 10)
		dst = append(dst, '}')
	}
	return append(dst, "]}"...)
}

func fieldName(f classifier.Field) string {
	if f == classifier.Title {
		return "title"
	}
	return "text"
}

// separate puts a comma before every element but the first.
func separate(dst []byte, i int) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	return dst
}

// appendNumber appends the shortest decimal that reads back to the same number.
func appendNumber(dst []byte, x float64) []byte {
	format := byte('f')
	if x != 0 && x < 1e-6 && x > -1e-6 {
		format = 'e'
	}
	return strconv.AppendFloat(dst, x, format, -1, 64)
}

// appendString appends a JSON string. Input is valid UTF-8, as corpus and model see to;
// were it not, the broken bytes would become replacement characters.
func appendString(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, s)
	return dst
}
