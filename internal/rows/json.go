package rows

import (
	"strconv"

	"github.com/tajuk/tajuk/classifier"
)

// jsonEncoder appends by hand: with a JSON
// library the writing would cost as much as the tagging.
type jsonEncoder struct {
	topics  [][]byte // by topic: an object up to the confidence
	version []byte   // from the end of the notices on
	options Options
}

// NewJSON returns an encoder of one JSON object a line.
func NewJSON(c *classifier.Classifier, o Options) Encoder {
	r := &jsonEncoder{options: o}
	for _, t := range c.Model().Manifest.Topics {
		r.topics = append(r.topics, append(AppendString([]byte(`{"topic":`), t.ID), `,"confidence":`...))
	}
	r.version = AppendString([]byte(`],"model_version":`), c.Version())
	return r
}

func (r *jsonEncoder) Header() []byte { return nil }

func (r *jsonEncoder) Append(dst []byte, a *Answer) []byte {
	dst = AppendString(append(dst, `{"id":`...), a.ID)
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
		dst = append(AppendString(dst, n.Message), '}')
	}
	dst = append(dst, r.version...)
	if r.options.Input {
		dst = appendInput(dst, a.Document)
	}
	return append(dst, "}\n"...)
}

func (r *jsonEncoder) appendTopic(dst []byte, a *Answer, i int) []byte {
	t := &a.Topics[i]
	dst = append(dst, r.topics[t.Topic]...)
	dst = AppendNumber(dst, t.Confidence)
	dst = append(dst, `,"threshold":`...)
	dst = AppendNumber(dst, t.Threshold)
	dst = append(dst, `,"assigned":`...)
	dst = strconv.AppendBool(dst, t.Assigned)
	if r.options.Explain {
		dst = append(dst, `,"evidence":[`...)
		for j := range a.Evidence[i].Terms {
			dst = appendTerm(separate(dst, j), &a.Evidence[i].Terms[j])
		}
		dst = append(dst, ']')
	}
	return append(dst, '}')
}

func appendTerm(dst []byte, c *classifier.Contribution) []byte {
	dst = AppendString(append(dst, `{"term":`...), c.Term)
	dst = AppendNumber(append(dst, `,"value":`...), c.Value)
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
