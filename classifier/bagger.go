package classifier

import "github.com/tajuk/tajuk/text"

// Bagger turns documents into bags. Use one per goroutine.
type Bagger struct {
	reader reader
}

// NewBagger returns a Bagger that reads documents as the configuration says.
func NewBagger(c text.Config) *Bagger { return &Bagger{reader: newReader(c)} }

// Bag counts the document's surface forms.
func (b *Bagger) Bag(doc *Document) Bag {
	counts := make(map[string]FormCount)
	b.reader.reset(doc)
	for b.reader.scan() {
		form := b.reader.form()
		c := counts[string(form)]
		if b.reader.current.headline {
			c.Title++
		} else {
			c.Body++
		}
		counts[string(form)] = c
	}
	forms := make([]FormCount, 0, len(counts))
	for form, c := range counts {
		forms = append(forms, FormCount{form, c.Title, c.Body})
	}
	bag := NewBag(doc.ID, forms, doc.Labels)
	bag.NotLabels, bag.Disputed, bag.Partial = doc.NotLabels, doc.Disputed, doc.Partial
	return bag
}
