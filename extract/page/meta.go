package page

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// metadata is what a page says about itself in its head, as found.
type metadata struct {
	title    string // <title>
	og       string // og:title
	headline string // schema.org
	dates    [dateKinds]string
	times    []timed // <time datetime>
	url      string
}

// Where a date of publication was found, the most trustworthy first.
const (
	metaPublished = iota // article:published_time
	itemPublished        // itemprop="datePublished"
	jsonPublished        // "datePublished" of JSON-LD
	metaNamed            // a meta element named like a date
	dateKinds
)

// timed is a time element before a line.
type timed struct {
	value string
	line  int32
}

// maxTimes bounds how many time elements are kept.
const maxTimes = 64

// longestMeta bounds each piece of metadata, in bytes.
const longestMeta = 1024

func (m *metadata) readMeta(z *html.Tokenizer, more bool) {
	var name, value string
	for more {
		var key, val []byte
		key, val, more = z.TagAttr()
		val = val[:min(len(val), longestMeta)]
		switch string(key) {
		case "name", "property", "itemprop":
			name = strings.ToLower(string(val))
		case "content":
			value = clean(string(val))
		}
	}
	if value != "" {
		m.set(name, value)
	}
}

func (m *metadata) set(name, value string) {
	switch name {
	case "og:title":
		m.og = first(m.og, value)
	case "headline":
		m.headline = first(m.headline, value)
	case "og:url":
		m.url = first(m.url, value)
	case "article:published_time":
		m.date(metaPublished, value)
	case "datepublished", "datecreated":
		m.date(itemPublished, value)
	case "publishdate", "publish_date", "publish-date", "pubdate", "date", "dc.date", "dc.date.issued", "dcterms.created",
		"content_publisheddate", "content_publishdate", "originalpublicationdate", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "og:published_time", "published_time", "published-date":
		m.date(metaNamed, value)
	}
}

func (m *metadata) date(kind int, value string) {
	m.dates[kind] = first(m.dates[kind], value)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func (m *metadata) addTime(a attributes, line int) {
	if a.itemprop == "datePublished" {
		m.date(itemPublished, a.datetime)
	}
	if len(m.times) < maxTimes {
		m.times = append(m.times, timed{a.datetime, int32(line)})
	}
}

// readTitle reads the title element, whose text is the next token.
func (s *scanner) readTitle() {
	if s.z.Next() == html.TextToken && s.meta.title == "" {
		t := s.z.Text()
		s.meta.title = clean(string(t[:min(len(t), longestMeta)]))
	}
}

// readScript passes over a script; of JSON-LD it takes headline and date.
func (s *scanner) readScript(more bool) {
	isData := false
	for more {
		var key, val []byte
		key, val, more = s.z.TagAttr()
		isData = isData || string(key) == "type" && bytes.EqualFold(bytes.TrimSpace(val), []byte("application/ld+json"))
	}
	if s.z.Next() == html.TextToken && isData {
		raw := s.z.Raw()
		s.meta.date(jsonPublished, jsonValue(raw, "datePublished"))
		s.meta.headline = first(s.meta.headline, clean(jsonValue(raw, "headline")))
	}
}

// jsonValue returns the first string given for a key. Scripts of real pages are often not
// quite JSON, so the rest of it is not parsed.
func jsonValue(raw []byte, key string) string {
	i := bytes.Index(raw, []byte(`"`+key+`"`))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(raw[i+len(key)+2:], " \t\r\n:")
	if len(rest) == 0 || rest[0] != '"' {
		return ""
	}
	rest = rest[:min(len(rest), longestMeta)]
	for end := 1; end < len(rest); end++ {
		switch rest[end] {
		case '\\':
			end++
		case '"':
			value, err := strconv.Unquote(strings.ReplaceAll(string(rest[:end+1]), `\/`, "/"))
			if err != nil {
				return ""
			}
			return value
		}
	}
	return ""
}

// clean collapses white space and takes out what cannot be seen.
func clean(s string) string {
	s = html.UnescapeString(strings.ToValidUTF8(s, "")) // cut off, or escaped twice
	return strings.Join(strings.FieldsFunc(s, isSpace), " ")
}

func isSpace(r rune) bool {
	return r <= ' ' || r == 0x7f || r == 0xa0 || r == 0x200b || r == 0xfeff || r == 0xad
}
