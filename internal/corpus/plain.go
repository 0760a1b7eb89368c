package corpus

import (
	"bytes"
	"fmt"
	"io"
)

// plain reads a whole file as the text of one article.
type plain struct {
	in   *input
	id   string
	max  int
	done bool
}

func newPlain(in *input, max int) *plain { return &plain{in: in, id: in.id, max: max} }

func (p *plain) reached() position { return position{} }

func (p *plain) next(rec *Record) error {
	if p.done {
		return io.EOF
	}
	text, err := p.whole()
	if err != nil {
		return err
	}
	if err := checkText(text); err != nil {
		return badLine(1, err)
	}
	rec.Line, rec.ID, rec.Text = 1, p.id, string(text)
	return nil
}

// whole returns the text, if it is not too long.
func (p *plain) whole() ([]byte, error) {
	p.done = true
	if p.in.size > int64(p.max) {
		return nil, badLine(1, fmt.Errorf("the article has %d bytes, more than the limit of %d", p.in.size, p.max))
	}
	text, err := p.read()
	if err != nil {
		return nil, err
	}
	if len(text) > p.max {
		return nil, badLine(1, tooLong(p.max))
	}
	return text, nil
}

// read returns the text, or one byte more than is allowed of it.
func (p *plain) read() ([]byte, error) {
	var text bytes.Buffer
	if p.in.file != nil {
		text.Grow(int(p.in.size) + bytes.MinRead) // no growing steps where the size is known, and no lie of an archive
	}
	_, err := text.ReadFrom(io.LimitReader(p.in, int64(p.max)+1))
	return text.Bytes(), err
}
