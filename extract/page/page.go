package page

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/tajuk/tajuk/extract"
)

// MaxBytes is the longest page that is read: 8 MiB. Pages of news sites have 0.03 to 1.6 MB.
const MaxBytes = 8 << 20

// ErrNoText is returned for a page without any text that a reader could see.
var ErrNoText = errors.New("no text in the page: is it made by scripts only?")

// Article is what a page is about.
type Article struct {
	// Title is the headline, without the name of the site.
	Title string
	// Date is when the article was published, in RFC 3339; the time of day and the zone are
	// left out where the page does not tell them.
	Date string
	// Text is the main text, UTF-8, a paragraph a line.
	Text string
}

// HTML returns the article of an HTML page, in whatever encoding the page says or shows. It
// returns [ErrNoText] if there is no text, and another error if the page is too long.
func HTML(data []byte) (Article, error) { return HTMLAs(data, "") }

// HTMLAs is HTML for a page that was sent with the header Content-Type, which may name its
// encoding, as in "text/html; charset=windows-1252".
func HTMLAs(data []byte, contentType string) (Article, error) {
	if len(data) > MaxBytes {
		return Article{}, tooLong(data)
	}
	data = toUTF8(data, contentType)
	s := newScores(scan(data, false))
	if s.of(0).prose == 0 {
		if all := newScores(scan(data, true)); all.of(0).prose > 0 || s.of(0).text == 0 {
			s = all
		}
	}
	title, at := s.titleOf()
	if title == "" && s.of(0).text == 0 {
		return Article{}, ErrNoText
	}
	top := s.top()
	return Article{Title: title, Date: s.dateOf(at, s.nodes[top].first), Text: s.article(top, title, at)}, nil
}

// Read returns the article of data that is an HTML page or text pasted from one, as [IsHTML] tells,
// in whatever encoding. Its errors are those of [HTML].
func Read(data []byte) (Article, error) {
	if len(data) > MaxBytes {
		return Article{}, tooLong(data)
	}
	data = toUTF8(data, "")
	if IsHTML(data) {
		return HTML(data)
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Article{}, ErrNoText
	}
	return Text(string(data)), nil
}

func tooLong(data []byte) error {
	return fmt.Errorf("the page has %d bytes, more than the limit of %d", len(data), MaxBytes)
}

// Text returns the article of text that was pasted from a page. Text without furniture is an
// article as it is.
func Text(text string) Article {
	var a Article
	var body strings.Builder
	start := len(text)
	for _, s := range extract.AppendPlain(nil, text) {
		part := text[s.Start:s.End]
		if s.Kind == extract.Title {
			a.Title = part
			continue
		}
		start = min(start, s.Start)
		appendLines(&body, part)
	}
	a.Text = body.String()
	a.Date = dateInHeader(text[:start], a.Title)
	return a
}

// appendLines appends the lines of part that are not blank.
func appendLines(b *strings.Builder, part string) {
	for line := range strings.SplitSeq(part, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
}

// IsHTML reports whether a text starts like an HTML page: with a doctype, or with an element
// that pages or their heads start with, after white space and comments.
func IsHTML(head []byte) bool {
	for {
		head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\f")
		if !bytes.HasPrefix(head, []byte("<!--")) && !bytes.HasPrefix(head, []byte("<?xml")) {
			break
		}
		i := bytes.IndexByte(head, '>')
		if head[1] == '!' {
			if i = bytes.Index(head, []byte("-->")); i >= 0 {
				i += 2
			}
		}
		if i < 0 {
			return false
		}
		head = head[i+1:]
	}
	for _, start := range [...]string{"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<main", "<article"} {
		if len(head) >= len(start) && strings.EqualFold(string(head[:len(start)]), start) {
			return true
		}
	}
	return false
}
