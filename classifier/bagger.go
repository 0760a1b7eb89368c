package classifier

import "github.com/tajuk/tajuk/text"

// Bagger turns documents into bags. Use one per goroutine. It remembers the surface forms that it has
// met, so that all its bags share their text.
type Bagger struct {
	reader   reader
	analyzer *text.Analyzer // nil if no pairs are wanted
	previous []byte         // the content word before this one, for pairs
	pair     []byte

	forms   numbering
	here    []FormCount // by form: in the document being read
	touched []uint32    // the forms that it has
}

// NewBagger returns a Bagger that reads documents as the configuration says and
// counts single words.
func NewBagger(c text.Config) *Bagger { return &Bagger{reader: newReader(c), forms: newNumbering()} }

// NewPairBagger returns a Bagger that counts words and pairs of words: two words of one
// paragraph with nothing but stop words between them. The form of a pair is that of its words
// with a blank between. Learners that have no use for pairs ignore them.
func NewPairBagger(a *text.Analyzer) *Bagger {
	return &Bagger{reader: newReader(a.Config()), analyzer: a, forms: newNumbering()}
}

// Bag counts the document's surface forms.
func (b *Bagger) Bag(doc *Document) Bag {
	b.reader.reset(doc)
	for b.reader.scan() {
		form := b.reader.form()
		b.add(form)
		if b.analyzer != nil && !b.analyzer.IsStopWord(form) {
			b.addPair(form)
		}
	}
	forms := make([]FormCount, len(b.touched))
	for i, number := range b.touched {
		here := &b.here[number]
		forms[i] = *here
		*here = FormCount{Form: here.Form}
	}
	b.touched = b.touched[:0]
	return newLabelledBag(doc, forms)
}

// add counts a form where the reader stands.
func (b *Bagger) add(form []byte) {
	number, ok := b.forms.number[string(form)]
	if !ok {
		name := string(form)
		number = b.forms.add(name)
		b.here = append(b.here, FormCount{Form: name})
	}
	here := &b.here[number]
	if here.Total() == 0 {
		b.touched = append(b.touched, number)
	}
	switch b.reader.place() {
	case headline:
		here.Title++
	case lead:
		here.Lead++
	default:
		here.Body++
	}
}

func (b *Bagger) addPair(form []byte) {
	if b.reader.fresh {
		b.reader.fresh = false
		b.previous = b.previous[:0]
	}
	if len(b.previous) > 0 {
		b.pair = appendPair(b.pair[:0], b.previous, form)
		b.add(b.pair)
	}
	b.previous = append(b.previous[:0], form...)
}

// appendPair appends the form or term of a pair.
func appendPair(dst, first, second []byte) []byte {
	dst = append(append(dst, first...), ' ')
	return append(dst, second...)
}
