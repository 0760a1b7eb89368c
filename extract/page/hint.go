package page

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hint is what an element's name, classes and id say about the text in it. A hint lowers or
// raises a score, it never decides alone.
type hint uint8

const (
	body      hint = 1 << iota // marked as the article's text by schema.org
	content                    // named like the article
	furniture                  // named like something around articles
	caption                    // belongs to a picture or a video
	talk                       // readers' comments
)

func hintOfTag(a atom.Atom) hint {
	switch a {
	case atom.Article, atom.Main:
		return content
	case atom.Nav, atom.Aside, atom.Footer, atom.Menu, atom.Dialog, atom.Search, atom.Fieldset:
		return furniture
	case atom.Figcaption, atom.Caption, atom.Figure:
		return caption
	}
	return 0
}

// attributes are what is read of an element's attributes.
type attributes struct {
	hint     hint
	hidden   bool
	link     bool
	datetime string
	itemprop string
}

// longestNames bounds the classes that are looked at, in bytes.
const longestNames = 256

func (a *attributes) read(z *html.Tokenizer) {
	for more := true; more; {
		var key, val []byte
		key, val, more = z.TagAttr()
		switch string(key) {
		case "class", "id":
			a.hint |= hintOfNames(val[:min(len(val), longestNames)])
		case "itemprop":
			a.itemprop = string(val[:min(len(val), longestNames)])
			if a.itemprop == "articleBody" {
				a.hint |= body
			}
		case "role":
			a.hint |= hintOfRole(string(val))
		case "datetime":
			a.datetime = string(val[:min(len(val), longestNames)])
		case "href":
			a.link = true
		case "hidden":
			a.hidden = true
		case "style":
			a.hidden = a.hidden || isHidden(val)
		}
	}
}

func hintOfRole(role string) hint {
	switch role {
	case "main", "article":
		return content
	case "navigation", "complementary", "contentinfo", "banner", "search", "dialog", "alertdialog", "menu", "menubar":
		return furniture
	}
	return 0
}

// isHidden reports whether an inline style hides the element.
func isHidden(style []byte) bool {
	i := bytes.Index(style, []byte("display"))
	if i < 0 || i > 0 && style[i-1] == '-' {
		return false
	}
	rest := bytes.TrimLeft(style[i+len("display"):], ": \t")
	return bytes.HasPrefix(rest, []byte("none"))
}

// hintOfNames looks up the words of a class or id attribute.
func hintOfNames(names []byte) (h hint) {
	var buf [32]byte
	word := buf[:0]
	for i := 0; i <= len(names); i++ {
		var c byte
		if i < len(names) {
			c = names[i]
		}
		upper := 'A' <= c && c <= 'Z'
		if isLower := 'a' <= c && c <= 'z'; isLower || upper && (i == 0 || !isLowerByte(names[i-1])) {
			if len(word) < cap(buf) {
				word = append(word, c|0x20)
			}
			continue
		}
		h |= hintOfWord(string(word))
		word = word[:0]
		if upper {
			word = append(word, c|0x20)
		}
	}
	return h
}

func isLowerByte(c byte) bool { return 'a' <= c && c <= 'z' }

// hintOfWord knows the words of which templates make their names, in English and Indonesian.
func hintOfWord(w string) hint {
	switch w {
	case "article", "artikel", "content", "konten", "isi", "post", "entry", "story", "detail", "read", "text", "berita", "articlebody":
		return content
	case "caption", "captions", "photo", "foto", "image", "gambar", "figure", "gallery", "galeri", "slideshow", "carousel", "video", "credit", "credits", "wp":
		return captionWord(w)
	case "comment", "comments", "komentar", "disqus", "respond", "reply", "replies":
		return talk
	case "related", "terkait", "rekomendasi", "recommended", "recommendation", "recommendations", "recommend", "recirculation",
		"sidebar", "share", "sharing", "sharer", "social", "sosmed", "socials", "tags", "tagcloud", "nav", "navbar", "navigation", "navigasi", "menu", "submenu",
		"breadcrumb", "breadcrumbs", "footer", "widget", "widgets", "promo", "promotion", "ad", "ads", "adv", "advert", "advertisement", "iklan", "banner", "sponsor", "sponsored",
		"newsletter", "subscribe", "subscription", "langganan", "cookie", "cookies", "consent", "gdpr", "popup", "modal", "overlay", "toolbar", "pagination", "paging", "pager",
		"populer", "terpopuler", "popular", "trending", "terkini", "terbaru", "latest", "lainnya", "bacajuga", "linksisip", "teaser", "outbrain", "taboola", "mgid",
		"byline", "author", "authors", "penulis", "login", "register", "masthead", "skip", "rating", "ratings", "poll", "polling", "disclaimer", "copyright", "meta", "date", "timestamp":
		return furniture
	}
	return 0
}

// captionWord leaves out names of pictures' frames that articles stand in, too.
func captionWord(w string) hint {
	switch w {
	case "caption", "captions", "credit", "credits", "figure":
		return caption
	}
	return 0
}
