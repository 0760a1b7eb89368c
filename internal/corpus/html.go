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
	a, err := page.HTML(data)
	if err != nil {
		return badLine(1, err)
	}
	rec.Line, rec.ID, rec.Title, rec.Date, rec.Text, rec.Page = 1, h.id, a.Title, a.Date, a.Text, true
	return nil
}
