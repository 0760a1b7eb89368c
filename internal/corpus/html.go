package corpus

import (
	"io"

	"github.com/tajuk/tajuk/extract/page"
)

// htmlPage reads a whole file as an HTML page and finds the article in it.
type htmlPage struct{ plain }

func (h *htmlPage) next(rec *Record) error {
	if h.done {
		return io.EOF
	}
	data, err := h.whole()
	if err != nil {
		return err
	}
	rec.Line, rec.ID, rec.page = 1, h.id, data
	return nil
}

// extract finds the article in the page of a record. What the record was read with, its day of
// capture, counts less.
func (r *Record) extract() error {
	if r.page == nil {
		return nil
	}
	a, err := page.HTMLAs(r.page, r.kind)
	r.page = nil
	if err != nil {
		return err
	}
	r.Title, r.Text, r.Page = a.Title, a.Text, true
	if a.Date != "" {
		r.Date = a.Date
	}
	return nil
}
