package rows

import (
	"strconv"
	"strings"

	"github.com/tajuk/tajuk/classifier"
)

// csvEncoder writes one row a topic. Cells are quoted as in RFC 4180; rows end in a line feed.
type csvEncoder struct {
	topics  []string // ids
	version string
	options Options
}

// NewCSV returns an encoder of rows with a comma between cells.
func NewCSV(c *classifier.Classifier, o Options) Encoder {
	r := &csvEncoder{version: c.Version(), options: o}
	for _, t := range c.Model().Manifest.Topics {
		r.topics = append(r.topics, t.ID)
	}
	return r
}

func (r *csvEncoder) Header() []byte {
	columns := "id,outcome,topic,confidence,threshold,assigned,notices,model_version"
	if r.options.Explain {
		columns += ",evidence"
	}
	if r.options.Input {
		columns += ",title,text,date,source,url,labels,extra"
	}
	return []byte(columns + "\n")
}

func (r *csvEncoder) Append(dst []byte, a *Answer) []byte {
	var codes []string
	for _, n := range a.Notices {
		codes = append(codes, n.Code.String())
	}
	notices := strings.Join(codes, " ")
	for i := range max(1, len(a.Topics)) {
		dst = append(appendCell(dst, a.ID), ',')
		dst = append(append(dst, a.Outcome.String()...), ',')
		dst = r.appendTopic(dst, a, i)
		dst = append(append(dst, notices...), ',')
		dst = appendCell(dst, r.version)
		if r.options.Explain {
			dst = appendCell(append(dst, ','), evidenceCell(a, i))
		}
		if r.options.Input {
			dst = appendInputCells(dst, a.Document)
		}
		dst = append(dst, '\n')
	}
	return dst
}

// appendTopic appends four cells, empty where there is no such topic.
func (r *csvEncoder) appendTopic(dst []byte, a *Answer, i int) []byte {
	if i >= len(a.Topics) {
		return append(dst, ",,,,"...)
	}
	t := &a.Topics[i]
	dst = append(appendCell(dst, r.topics[t.Topic]), ',')
	dst = append(AppendNumber(dst, t.Confidence), ',')
	dst = append(AppendNumber(dst, t.Threshold), ',')
	return append(strconv.AppendBool(dst, t.Assigned), ',')
}

// evidenceCell lists terms, which hold no blank, as "term:value term:value".
func evidenceCell(a *Answer, i int) string {
	if i >= len(a.Evidence) {
		return ""
	}
	var cell []byte
	for _, t := range a.Evidence[i].Terms {
		if len(cell) > 0 {
			cell = append(cell, ' ')
		}
		cell = AppendNumber(append(append(cell, t.Term...), ':'), t.Value)
	}
	return string(cell)
}

// appendInputCells appends the fields of the record, each after a comma. Labels are written as
// corpus reads them.
func appendInputCells(dst []byte, d *classifier.Document) []byte {
	for _, s := range []string{d.Title, d.Text, d.Date, d.Source, d.URL, strings.Join(d.Labels, ";"), string(d.Extra)} {
		dst = appendCell(append(dst, ','), s)
	}
	return dst
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
