package main

import (
	"strconv"
	"strings"

	"github.com/tajuk/tajuk/classifier"
)

// csvRenderer writes one row a topic; a record without topics has one row all the
// same, so that none is lost. Cells are quoted as in RFC 4180; rows end in a line feed.
type csvRenderer struct {
	topics  []string // ids
	version string
	explain bool
}

func newCSVRenderer(c *classifier.Classifier, explain bool) *csvRenderer {
	r := &csvRenderer{version: c.Version(), explain: explain}
	for _, t := range c.Model().Manifest.Topics {
		r.topics = append(r.topics, t.ID)
	}
	return r
}

func (r *csvRenderer) header() []byte {
	const columns = "id,outcome,topic,confidence,threshold,assigned,notices,model_version"
	if r.explain {
		return []byte(columns + ",evidence\n")
	}
	return []byte(columns + "\n")
}

func (r *csvRenderer) append(dst []byte, a *answer) []byte {
	id := answerID(a.record)
	var codes []string
	for _, n := range a.Notices {
		codes = append(codes, n.Code.String())
	}
	notices := strings.Join(codes, " ")
	for i := range max(1, len(a.Topics)) {
		dst = append(appendCell(dst, id), ',')
		dst = append(append(dst, a.Outcome.String()...), ',')
		dst = r.appendTopic(dst, a, i)
		dst = append(append(dst, notices...), ',')
		dst = appendCell(dst, r.version)
		if r.explain {
			dst = appendCell(append(dst, ','), evidenceCell(a, i))
		}
		dst = append(dst, '\n')
	}
	return dst
}

// appendTopic appends four cells, empty where there is no such topic.
func (r *csvRenderer) appendTopic(dst []byte, a *answer, i int) []byte {
	if i >= len(a.Topics) {
		return append(dst, ",,,,"...)
	}
	t := &a.Topics[i]
	dst = append(appendCell(dst, r.topics[t.Topic]), ',')
	dst = append(appendNumber(dst, t.Confidence), ',')
	dst = append(appendNumber(dst, t.Threshold), ',')
	return append(strconv.AppendBool(dst, t.Assigned), ',')
}

// evidenceCell lists terms, which hold no blank, as "term:value term:value".
func evidenceCell(a *answer, i int) string {
	if i >= len(a.evidence) {
		return ""
	}
	var cell []byte
	for _, t := range a.evidence[i].Terms {
		if len(cell) > 0 {
			cell = append(cell, ' ')
		}
		cell = appendNumber(append(append(cell, t.Term...), ':'), t.Value)
	}
	return string(cell)
}

// appendCell quotes s where it needs it.
func appendCell(dst []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	dst = append(dst, strings.ReplaceAll(s, `"`, `""`)...)
	return append(dst, '"')
}
