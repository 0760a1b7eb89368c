package corpus

import (
	"bytes"
	"errors"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/tajuk/tajuk/internal/warc"
)

// warcPages reads the pages and texts of a WARC file and passes over its other records.
type warcPages struct {
	in  *warc.Reader
	max int
}

func newWARC(in *input, max int) *warcPages { return &warcPages{warc.NewReader(in.Reader), max} }

func (w *warcPages) reached() position {
	return position{w.in.Number(), WARCRecord, w.in.Offset()}
}

func (w *warcPages) next(rec *Record) error {
	for {
		r, err := w.in.Next()
		if bad, ok := errors.AsType[*warc.SyntaxError](err); ok {
			return &badRecord{position{bad.Number, WARCRecord, bad.Offset}, bad.Err}
		}
		if err != nil {
			return err
		}
		rec.Line, rec.Unit, rec.Offset = r.Number, WARCRecord, r.Offset
		found, err := w.article(r, rec)
		switch {
		case w.in.Err() != nil:
			return w.in.Err()
		case errors.Is(err, warc.ErrTooLong):
			return &badRecord{rec.position(), tooLong(w.max)}
		case err != nil:
			return &badRecord{rec.position(), err}
		case found:
			return nil
		}
	}
}

// article fills rec from r, if that holds a page or a text.
func (w *warcPages) article(r *warc.Record, rec *Record) (found bool, err error) {
	switch r.Type {
	case warc.Response, warc.Resource, warc.Conversion:
	default:
		return false, nil
	}
	if r.Type == warc.Response && !r.IsHTTP() {
		return false, nil // of a name server, say
	}
	p, err := r.Payload()
	if err != nil || p.Status != 0 && p.Status/100 != 2 {
		return false, err // the text of an error is no article
	}
	kind, _, _ := strings.Cut(strings.ToLower(p.ContentType), ";")
	switch strings.TrimSpace(kind) {
	case "text/html", "application/xhtml+xml":
	case "text/plain":
		if r.Type == warc.Response {
			return false, nil // robots.txt and the like
		}
		return true, w.text(p, r, rec)
	default:
		return false, nil
	}
	return true, w.page(p, r, rec)
}

func (w *warcPages) page(p *warc.Payload, r *warc.Record, rec *Record) error {
	data, err := p.ReadAll(w.max)
	if err != nil {
		return err
	}
	rec.ID, rec.URL, rec.Date, rec.page, rec.kind = r.URI, r.URI, r.Date, data, p.ContentType
	return checkUTF8([]byte(r.URI))
}

func (w *warcPages) text(p *warc.Payload, r *warc.Record, rec *Record) error {
	data, err := p.ReadAll(w.max)
	if err != nil {
		return err
	}
	data = bytes.TrimPrefix(inUTF8(data, p.ContentType), []byte(bom))
	if err := checkText(data); err != nil {
		return err
	}
	rec.ID, rec.URL, rec.Date, rec.Text = r.URI, r.URI, r.Date, string(data)
	return checkUTF8([]byte(r.URI))
}

// inUTF8 converts text from the charset of its content type, unless it is UTF-8 already.
func inUTF8(data []byte, contentType string) []byte {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil || utf8.Valid(data) {
		return data
	}
	if e, _ := charset.Lookup(parameters["charset"]); e != nil {
		if out, err := e.NewDecoder().Bytes(data); err == nil {
			return out
		}
	}
	return data
}
