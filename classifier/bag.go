package classifier

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strings"
)

// Bag is a document as training sees it: which surface forms, how often, and
// the labels. It has no order, so the text cannot be read back from it.
type Bag struct {
	ID        string
	Forms     []FormCount // sorted by Form, each once
	Labels    []string    // sorted
	NotLabels []string
	Disputed  []string
	Partial   bool

	// Auxiliary marks an article that weights are learnt from, and nothing else: confidences,
	// thresholds and quality are those of the others. For articles unlike those to be tagged, as
	// written for training, which are easier than real ones.
	Auxiliary bool
}

// FormCount is how often a surface form stands in a document.
type FormCount struct {
	Form  string
	Title uint32
	Lead  uint32 // in the first LeadLength bytes of the article
	Body  uint32 // in the rest
}

// Total is how often the form stands anywhere.
func (f FormCount) Total() uint32 { return f.Title + f.Lead + f.Body }

// NewBag sorts forms and labels into canonical order and merges repeated forms.
func NewBag(id string, forms []FormCount, labels []string) Bag {
	slices.SortFunc(forms, func(a, b FormCount) int { return strings.Compare(a.Form, b.Form) })
	merged := forms[:0]
	for _, f := range forms {
		if n := len(merged); n > 0 && merged[n-1].Form == f.Form {
			merged[n-1].Title += f.Title
			merged[n-1].Lead += f.Lead
			merged[n-1].Body += f.Body
			continue
		}
		merged = append(merged, f)
	}
	return Bag{ID: id, Forms: merged, Labels: sortedUnique(labels)}
}

// newLabelledBag is NewBag with all that a document says of its topics.
func newLabelledBag(doc *Document, forms []FormCount) Bag {
	b := NewBag(doc.ID, forms, doc.Labels)
	b.NotLabels, b.Disputed, b.Partial = doc.NotLabels, doc.Disputed, doc.Partial
	return b
}

func sortedUnique(labels []string) []string {
	out := slices.Clone(labels)
	slices.Sort(out)
	return slices.Compact(out)
}

// has reports whether the topic is among the bag's labels.
func (b *Bag) has(topic string) bool {
	_, ok := slices.BinarySearch(b.Labels, topic)
	return ok
}

// unknown reports that nothing may be concluded from the topic's absence or presence.
func (b *Bag) unknown(topic string) bool {
	if slices.Contains(b.Disputed, topic) {
		return true
	}
	return b.Partial && !b.has(topic) && !slices.Contains(b.NotLabels, topic)
}

// digest identifies the bag by its content, so that neither the order of the
// input nor the ids in it can change a fold or a model.
func (b *Bag) digest() [sha256.Size]byte {
	h := sha256.New()
	var buf []byte
	for _, f := range b.Forms {
		buf = append(buf[:0], f.Form...)
		buf = append(buf, 0)
		buf = binary.LittleEndian.AppendUint32(buf, f.Title)
		buf = binary.LittleEndian.AppendUint32(buf, f.Lead)
		buf = binary.LittleEndian.AppendUint32(buf, f.Body)
		h.Write(buf)
	}
	for _, list := range [][]string{b.Labels, sortedUnique(b.NotLabels), sortedUnique(b.Disputed)} {
		h.Write([]byte{1})
		for _, l := range list {
			h.Write(append([]byte(l), 0))
		}
	}
	if b.Partial {
		h.Write([]byte{2})
	}
	if b.Auxiliary {
		h.Write([]byte{3})
	}
	return [sha256.Size]byte(h.Sum(nil))
}
