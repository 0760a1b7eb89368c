package classifier

import "github.com/tajuk/tajuk/text"

// Bagger turns documents into bags. Use one per goroutine.
type Bagger struct {
	reader   reader
	analyzer *text.Analyzer // nil if no pairs are wanted
	previous []byte         // the content word before this one, for pairs
	pair     []byte
}

// NewBagger returns a Bagger that reads documents as the configuration says and
// counts single words.
func NewBagger(c text.Config) *Bagger { return &Bagger{reader: newReader(c)} }

// NewPairBagger returns a Bagger that counts words and pairs of words: two words of one
// paragraph with nothing but stop words between them. The form of a pair is that of its words
// with a blank between. Learners that have no use for pairs ignore them.
func NewPairBagger(a *text.Analyzer) *Bagger {
	return &Bagger{reader: newReader(a.Config()), analyzer: a}
}

// Bag counts the document's surface forms.
func (b *Bagger) Bag(doc *Document) Bag {
	counts := make(map[string]*FormCount)
	add := func(form []byte) {
		c := counts[string(form)]
		if c == nil {
			c = &FormCount{Form: string(form)}
			counts[c.Form] = c
		}
		switch b.reader.place() {
		case headline:
			c.Title++
		case lead:
			c.Lead++
		default:
			c.Body++
		}
	}
	b.reader.reset(doc)
	for b.reader.scan() {
		form := b.reader.form()
		add(form)
		if b.analyzer != nil && !b.analyzer.IsStopWord(form) {
			b.addPair(form, add)
		}
	}
	forms := make([]FormCount, 0, len(counts))
	for _, c := range counts {
		forms = append(forms, *c)
	}
	return newLabelledBag(doc, forms)
}

func (b *Bagger) addPair(form []byte, add func([]byte)) {
	if b.reader.fresh {
		b.reader.fresh = false
		b.previous = b.previous[:0]
	}
	if len(b.previous) > 0 {
		b.pair = appendPair(b.pair[:0], b.previous, form)
		add(b.pair)
	}
	b.previous = append(b.previous[:0], form...)
}

// appendPair appends the form or term of a pair.
func appendPair(dst, first, second []byte) []byte {
	dst = append(append(dst, first...), ' ')
	return append(dst, second...)
}
