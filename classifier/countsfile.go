package classifier

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CountsMagic is the first line of a counts file, without its line feed.
//
// A counts file is text, so that it can be looked at, compared and merged with
// ordinary tools. Line 2 is a JSON object with the text settings, the documents, the documents per
// topic and the number of lines that follow; then comes a line a surface form, sorted bytewise,
// fields parted by tabs:
//
//	form  docs:title:body  [topic=docs:title:body]...   (topics sorted)
//
// Nothing follows the last line feed.
const CountsMagic = "tajuk counts 1"

// ErrCountsFile says that a file is not a counts file or is damaged.
var ErrCountsFile = errors.New("bad counts file")

// Write writes the counts; equal counts give equal bytes.
func (c *Counts) Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	header, err := c.header().append(nil)
	if err != nil {
		return err
	}
	if _, err := out.Write(header); err != nil {
		return err
	}
	for _, form := range slices.Sorted(maps.Keys(c.Forms)) {
		if err := writeForm(out, form, c.Forms[form]); err != nil {
			return err
		}
	}
	return out.Flush()
}

// writeForm writes the line of one surface form.
func writeForm(out *bufio.Writer, form string, t FormTally) error {
	if err := checkName("surface form", form); err != nil {
		return err
	}
	line := append(append(out.AvailableBuffer(), form...), '\t')
	line = t.All.append(line)
	for _, n := range t.Topics {
		line = append(append(append(line, '\t'), n.Topic...), '=')
		line = n.append(line)
	}
	_, err := out.Write(append(line, '\n'))
	return err
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
	s, err := ScanCounts(r)
	if err != nil {
		return nil, err
	}
	c := NewCounts(s.header.Text)
	c.Documents, c.Topics = s.header.Documents, s.header.Topics
	for s.Scan() {
		c.Forms[s.Form()] = s.Tally()
	}
	if s.Err() != nil {
		return nil, s.Err()
	}
	return c, nil
}

// CountsScanner reads a counts file a surface form at a time, so that one of any size takes
// little memory. Not safe for concurrent use.
type CountsScanner struct {
	in     *countsReader
	header *CountsHeader
	forms  int // read so far
	form   string
	tally  FormTally
	err    error
}

// ScanCounts begins to read what Write wrote. Its errors and those of the scanner are those of ReadCounts.
func ScanCounts(r io.Reader) (*CountsScanner, error) {
	in := newCountsReader(r)
	if !in.next() || in.line != CountsMagic {
		return nil, in.fault("starts with %.40q, not %q: was it written by tajuk count?", in.line, CountsMagic)
	}
	in.next()
	header, err := parseCountsHeader(in.line)
	if err != nil {
		return nil, in.fault("%w", err)
	}
	return &CountsScanner{in: in, header: header}, nil
}

// Header returns what stands at the beginning.
func (s *CountsScanner) Header() *CountsHeader { return s.header }

// Form returns the surface form that Scan came to.
func (s *CountsScanner) Form() string { return s.form }

// Tally returns its counts, which the caller may keep.
func (s *CountsScanner) Tally() FormTally { return s.tally }

// Err returns why Scan stopped, nil at the end of the file.
func (s *CountsScanner) Err() error { return s.err }

// Scan goes to the next surface form and reports whether there is one.
func (s *CountsScanner) Scan() bool {
	if s.err != nil {
		return false
	}
	if !s.in.next() {
		if s.in.lines.Err() != nil || s.forms != s.header.Forms {
			s.err = s.in.fault("%d surface forms, the header promises %d: the file is cut", s.forms, s.header.Forms)
		}
		return false
	}
	form, tally, err := parseCountsLine(s.in.line)
	if err == nil {
		err = s.header.allows(tally)
	}
	if err == nil && form <= s.form {
		err = fmt.Errorf("%q does not sort after %q", form, s.form)
	}
	if err != nil {
		s.err = s.in.fault("%w", err)
		return false
	}
	s.form, s.tally = form, tally
	s.forms++
	return true
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
		n, err := parseTally(value)
		if err != nil {
			return "", t, fmt.Errorf("topic %q: %w", topic, err)
		}
		if t.Topics == nil {
			t.Topics = make([]TopicTally, 0, len(fields)-2)
		}
		t.Topics = append(t.Topics, TopicTally{topic, n})
		last = topic
	}
	return fields[0], t, nil
}

func parseTally(s string) (Tally, error) {
	var n [3]int64
	rest, more := s, true
	for i := range n {
		if !more {
			return Tally{}, fmt.Errorf("%.40q is not docs:title:body", s)
		}
		var part string
		part, rest, more = strings.Cut(rest, ":")
		v, err := strconv.ParseInt(part, 10, 64)
		if err != nil || v < 0 || len(part) > 1 && part[0] <= '0' {
			return Tally{}, fmt.Errorf("%.40q is not a count", part)
		}
		n[i] = v
	}
	if more {
		return Tally{}, fmt.Errorf("%.40q is not docs:title:body", s)
	}
	if n[0] == 0 || n[1]+n[2] < n[0] {
		return Tally{}, fmt.Errorf("%.40q is impossible: fewer words than documents", s)
	}
	return Tally{n[0], n[1], n[2]}, nil
}
