package classifier

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tajuk/tajuk/text"
)

// A counts file is text, so that it can be looked at, compared and merged with
// ordinary tools. Line 1 is countsMagic; line 2 a JSON object with the text
// settings, the documents and the documents per topic; then a line a surface
// form, sorted bytewise, fields parted by tabs:
//
//	form  docs:title:body  [topic=docs:title:body]...   (topics sorted)
//
// Nothing follows the last line feed.
const countsMagic = "tajuk counts 1"

// ErrCountsFile says that a file is not a counts file or is damaged.
var ErrCountsFile = errors.New("bad counts file")

type countsHeader struct {
	Text      text.Config      `json:"text"`
	Documents int64            `json:"documents"`
	Topics    map[string]int64 `json:"topics"`
	Forms     int              `json:"forms"` // lines that follow, so that a cut file is noticed
}

// Write writes the counts; equal counts give equal bytes.
func (c *Counts) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	header, err := json.Marshal(countsHeader{c.Text, c.Documents, c.Topics, len(c.Forms)})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s\n%s\n", countsMagic, header)
	for _, form := range slices.Sorted(maps.Keys(c.Forms)) {
		if strings.ContainsAny(form, "\t\n") || form == "" {
			return fmt.Errorf("surface form %q cannot be written: it is empty or holds a tab or line feed", form)
		}
		sums := c.Forms[form]
		out.WriteString(form)
		writeTally(out, "\t", sums.All)
		for _, topic := range slices.Sorted(maps.Keys(sums.Topic)) {
			writeTally(out, "\t"+topic+"=", sums.Topic[topic])
		}
		out.WriteByte('\n')
	}
	return out.Flush()
}

func writeTally(w *bufio.Writer, prefix string, t Tally) {
	fmt.Fprintf(w, "%s%d:%d:%d", prefix, t.Docs, t.Title, t.Body)
}

// ReadCounts reads what Write wrote. Its errors wrap ErrCountsFile or the
// reader's own error and name the line.
func ReadCounts(r io.Reader) (*Counts, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	number := 0
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: line %d: %s", ErrCountsFile, number, fmt.Sprintf(format, args...))
	}
	read := func() (string, bool) { number++; ok := lines.Scan(); return lines.Text(), ok }

	if line, ok := read(); !ok || line != countsMagic {
		return nil, bad("starts with %.40q, not %q: was it written by tajuk count?", line, countsMagic)
	}
	line, _ := read()
	c, forms, err := readCountsHeader(line)
	if err != nil {
		return nil, bad("%v", err)
	}
	last := ""
	for {
		line, ok := read()
		if !ok {
			break
		}
		form, tally, err := parseCountsLine(line)
		if err != nil {
			return nil, bad("%v", err)
		}
		if form <= last {
			return nil, bad("%q does not sort after %q", form, last)
		}
		c.Forms[form], last = tally, form
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("counts file: line %d: %w", number, err)
	}
	if len(c.Forms) != forms {
		return nil, bad("%d surface forms, the header promises %d: the file is cut", len(c.Forms), forms)
	}
	return c, nil
}

func readCountsHeader(line string) (*Counts, int, error) {
	var h countsHeader
	d := json.NewDecoder(strings.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&h); err != nil {
		return nil, 0, fmt.Errorf("header: %w", err)
	}
	c := NewCounts(h.Text)
	c.Documents = h.Documents
	for topic, n := range h.Topics {
		if n <= 0 || n > h.Documents {
			return nil, 0, fmt.Errorf("header: topic %q has %d of %d documents", topic, n, h.Documents)
		}
		c.Topics[topic] = n
	}
	return c, h.Forms, h.Text.Validate()
}

func parseCountsLine(line string) (form string, t FormTally, err error) {
	fields := strings.Split(line, "\t")
	if len(fields) < 2 || fields[0] == "" {
		return "", t, fmt.Errorf("%.60q has no count", line)
	}
	if t.All, err = parseTally(fields[1]); err != nil {
		return "", t, err
	}
	last := ""
	for _, f := range fields[2:] {
		topic, value, _ := strings.Cut(f, "=")
		if topic <= last {
			return "", t, fmt.Errorf("topic %q does not sort after %q", topic, last)
		}
		if t.Topic == nil {
			t.Topic = make(map[string]Tally, len(fields)-2)
		}
		if t.Topic[topic], err = parseTally(value); err != nil {
			return "", t, fmt.Errorf("topic %q: %w", topic, err)
		}
		last = topic
	}
	return fields[0], t, nil
}

func parseTally(s string) (Tally, error) {
	parts := strings.Split(s, ":")
	if len(parts) != 3 {
		return Tally{}, fmt.Errorf("%.40q is not docs:title:body", s)
	}
	var n [3]int64
	for i, p := range parts {
		v, err := strconv.ParseInt(p, 10, 64)
		if err != nil || v < 0 || strconv.FormatInt(v, 10) != p {
			return Tally{}, fmt.Errorf("%.40q is not a count", p)
		}
		n[i] = v
	}
	if n[0] == 0 || n[1]+n[2] < n[0] {
		return Tally{}, fmt.Errorf("%.40q is impossible: fewer words than documents", s)
	}
	return Tally{n[0], n[1], n[2]}, nil
}
