package classifier

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// CountsFile is a counts file to read, with its name for messages.
type CountsFile struct {
	Name string
	io.Reader
}

// CombineCounts writes to w the sum of the counts in add less those in subtract: what
// [Counts.Merge] and [Counts.Subtract] give, but reading all files side by side, a word at a time,
// so that memory does not grow with them. Equal sums give equal bytes, in whatever order the files
// are given. The header counts the words, so that they are collected in scratch first, an
// empty file that the caller removes. It returns the header of what was written. Errors wrap those
// of [ReadCounts] or [ErrOtherText].
func CombineCounts(w io.Writer, scratch io.ReadWriteSeeker, add, subtract []CountsFile) (*CountsHeader, error) {
	c, err := newCombination(add, subtract)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewWriterSize(scratch, combineBuffer)
	if err := c.forms(lines); err != nil {
		return nil, err
	}
	if err := lines.Flush(); err != nil {
		return nil, err
	}
	if _, err := scratch.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	header, err := c.head.append(nil)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(header); err != nil {
		return nil, err
	}
	_, err = io.Copy(w, scratch)
	return c.head, err
}

const combineBuffer = 256 << 10

// combination is several counts files read side by side.
type combination struct {
	head  *CountsHeader // of the result
	files []*combined
}

// combined is one of the files of a combination.
type combined struct {
	*CountsScanner
	name     string
	subtract bool
	left     bool // the scanner stands at a word
}

// newCombination opens the files and combines their headers.
func newCombination(add, subtract []CountsFile) (*combination, error) {
	if len(add) == 0 {
		return nil, errors.New("no counts to add")
	}
	c := &combination{}
	for i, file := range append(add[:len(add):len(add)], subtract...) {
		s, err := ScanCounts(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
		c.files = append(c.files, &combined{CountsScanner: s, name: file.Name, subtract: i >= len(add)})
		if err := c.addHeader(s.Header()); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name, err)
		}
	}
	return c, nil
}

// addHeader combines the header of the last file with those before.
func (c *combination) addHeader(h *CountsHeader) (err error) {
	if c.head == nil {
		c.head = &CountsHeader{Text: h.Text, Topics: make(map[string]int64)}
	}
	if err := sameText(c.head.Text, h.Text); err != nil {
		return err
	}
	if c.files[len(c.files)-1].subtract {
		c.head, err = c.head.less(h)
		return err
	}
	return c.head.plus(h)
}

// forms writes the lines of all words that are left, and counts them.
func (c *combination) forms(out *bufio.Writer) error {
	for _, f := range c.files {
		if err := f.advance(); err != nil {
			return err
		}
	}
	for {
		form, ok := c.least()
		if !ok {
			return nil
		}
		sum, err := c.form(form)
		if err != nil {
			return err
		}
		if sum.All == (Tally{}) {
			continue
		}
		c.head.Forms++
		if err := writeForm(out, form, sum); err != nil {
			return err
		}
	}
}

func (f *combined) advance() error {
	if f.left = f.Scan(); !f.left && f.Err() != nil {
		return fmt.Errorf("%s: %w", f.name, f.Err())
	}
	return nil
}

// least returns the first word that any file stands at. The files are few enough to look at each.
func (c *combination) least() (form string, ok bool) {
	for _, f := range c.files {
		if f.left && (!ok || f.Form() < form) {
			form, ok = f.Form(), true
		}
	}
	return form, ok
}

// form combines the counts of one word and goes on to the next. What is added comes first among the files.
func (c *combination) form(form string) (sum FormTally, err error) {
	var take FormTally
	for _, f := range c.files {
		if !f.left || f.Form() != form {
			continue
		}
		if f.subtract {
			take = take.combine(f.Tally(), 1)
		} else {
			sum = sum.combine(f.Tally(), 1)
		}
		if err := f.advance(); err != nil {
			return sum, err
		}
	}
	if !sum.countable() || !take.countable() {
		return sum, fmt.Errorf("word %q: more than can be counted", form)
	}
	return c.head.lessForm(form, sum, take)
}

// countable reports that no sum was too large.
func (t FormTally) countable() bool {
	// A topic's counts are no more than those of all, so that those would be too large first.
	return t.All.possible()
}
