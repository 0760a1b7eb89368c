package classifier

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
	for _, topic := range slices.Sorted(maps.Keys(c.Topics)) {
		if err := checkName("topic", topic); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%s\n%s\n", countsMagic, header)
	for _, form := range slices.Sorted(maps.Keys(c.Forms)) {
		if err := checkName("surface form", form); err != nil {
			return err
		}
		sums := c.Forms[form]
		fmt.Fprintf(out, "%s\t%v", form, sums.All)
		for _, topic := range slices.Sorted(maps.Keys(sums.Topic)) {
			fmt.Fprintf(out, "\t%s=%v", topic, sums.Topic[topic])
		}
		out.WriteByte('\n')
	}
	return out.Flush()
}

// checkName refuses what would not be read back as it was.
func checkName(what, name string) error {
	if name == "" || strings.ContainsAny(name, "\t\n") || !utf8.ValidString(name) {
		return fmt.Errorf("%s %q cannot be written: it is empty, not UTF-8, or holds a tab or line feed", what, name)
	}
	return nil
}

// ReadCounts reads what Write wrote and refuses all else. Its errors wrap
// ErrCountsFile or the reader's own error and name the line.
func ReadCounts(r io.Reader) (*Counts, error) {
	in := newCountsReader(r)
	if !in.next() || in.line != countsMagic {
		return nil, in.fault("starts with %.40q, not %q: was it written by tajuk count?", in.line, countsMagic)
	}
	in.next()
	c, forms, err := readCountsHeader(in.line)
	if err != nil {
		return nil, in.fault("%w", err)
	}
	last := ""
	for in.next() {
		form, tally, err := parseCountsLine(in.line)
		if err == nil {
			err = c.allows(tally)
		}
		if err != nil {
			return nil, in.fault("%w", err)
		}
		if form <= last {
			return nil, in.fault("%q does not sort after %q", form, last)
		}
		c.Forms[form], last = tally, form
	}
	if in.lines.Err() != nil || len(c.Forms) != forms {
		return nil, in.fault("%d surface forms, the header promises %d: the file is cut", len(c.Forms), forms)
	}
	return c, nil
}

// countsReader reads lines and knows their numbers.
type countsReader struct {
	lines  *bufio.Scanner
	number int
	line   string
}

func newCountsReader(r io.Reader) *countsReader {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	lines.Split(wholeLines)
	return &countsReader{lines: lines}
}

// next reports whether there is another line.
func (r *countsReader) next() bool {
	r.number++
	ok := r.lines.Scan()
	r.line = r.lines.Text()
	return ok
}

// fault is the given error at the current line, or what kept the line from being read.
func (r *countsReader) fault(format string, args ...any) error {
	err := r.lines.Err()
	switch {
	case err == nil:
		err = fmt.Errorf(format, args...)
	case !errors.Is(err, errCutLine) && !errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("counts file: line %d: %w", r.number, err)
	}
	return fmt.Errorf("%w: line %d: %w", ErrCountsFile, r.number, err)
}

var errCutLine = errors.New("does not end with a line feed: the file is cut")

// wholeLines splits at line feeds and nothing else, and refuses a last line without one.
func wholeLines(data []byte, atEOF bool) (advance int, line []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, errCutLine
	}
	return 0, nil, nil
}

func readCountsHeader(line string) (*Counts, int, error) {
	var h countsHeader
	if err := json.Unmarshal([]byte(line), &h); err != nil {
		return nil, 0, fmt.Errorf("header: %w", err)
	}
	if err := h.Text.Validate(); err != nil {
		return nil, 0, err
	}
	c := NewCounts(h.Text)
	if c.Documents = h.Documents; h.Documents < 0 {
		return nil, 0, fmt.Errorf("header: %d documents", h.Documents)
	}
	for _, topic := range slices.Sorted(maps.Keys(h.Topics)) {
		n := h.Topics[topic]
		if n <= 0 || n > h.Documents {
			return nil, 0, fmt.Errorf("header: topic %q has %d of %d documents", topic, n, h.Documents)
		}
		if err := checkName("topic", topic); err != nil {
			return nil, 0, fmt.Errorf("header: %w", err)
		}
		c.Topics[topic] = n
	}
	again, err := json.Marshal(countsHeader{c.Text, c.Documents, c.Topics, h.Forms})
	if err == nil && string(again) != line {
		err = fmt.Errorf("header: it should read %s", again)
	}
	return c, h.Forms, err
}

func parseCountsLine(line string) (form string, t FormTally, err error) {
	fields := strings.Split(line, "\t")
	if len(fields) < 2 || fields[0] == "" {
		return "", t, fmt.Errorf("%.60q has no count", line)
	}
	if err := checkName("surface form", fields[0]); err != nil {
		return "", t, err
	}
	if t.All, err = parseTally(fields[1]); err != nil {
		return "", t, err
	}
	last := ""
	for _, f := range fields[2:] {
		topic, value := f, ""
		if i := strings.LastIndexByte(f, '='); i >= 0 {
			topic, value = f[:i], f[i+1:]
		}
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
