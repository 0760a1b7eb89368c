package classifier

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/tajuk/tajuk/text"
)

// CountsHeader is what a counts file says at its beginning.
type CountsHeader struct {
	Text      text.Config      `json:"text"`      // how the documents were read
	Documents int64            `json:"documents"` // all documents
	Topics    map[string]int64 `json:"topics"`    // documents with the topic
	Forms     int              `json:"forms"`     // surface forms that follow, so that a cut file is noticed
}

func (c *Counts) header() *CountsHeader {
	return &CountsHeader{c.Text, c.Documents, c.Topics, len(c.Forms)}
}

// append adds the header's lines to dst.
func (h *CountsHeader) append(dst []byte) ([]byte, error) {
	for _, topic := range slices.Sorted(maps.Keys(h.Topics)) {
		if err := checkName("topic", topic); err != nil {
			return dst, err
		}
	}
	header, err := json.Marshal(h)
	return fmt.Appendf(dst, "%s\n%s\n", CountsMagic, header), err
}

// parseCountsHeader takes nothing but what append gives.
func parseCountsHeader(line string) (*CountsHeader, error) {
	var h CountsHeader
	if err := json.Unmarshal([]byte(line), &h); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if err := h.Text.Validate(); err != nil {
		return nil, err
	}
	if h.Documents < 0 {
		return nil, fmt.Errorf("header: %d documents", h.Documents)
	}
	for _, topic := range slices.Sorted(maps.Keys(h.Topics)) {
		if n := h.Topics[topic]; n <= 0 || n > h.Documents {
			return nil, fmt.Errorf("header: topic %q has %d of %d documents", topic, n, h.Documents)
		}
		if err := checkName("topic", topic); err != nil {
			return nil, fmt.Errorf("header: %w", err)
		}
	}
	if h.Topics == nil {
		h.Topics = make(map[string]int64)
	}
	again, err := json.Marshal(&h)
	if err == nil && string(again) != line {
		err = fmt.Errorf("header: it should read %s", again)
	}
	return &h, err
}

// plus adds the documents of o.
func (h *CountsHeader) plus(o *CountsHeader) error {
	if h.Documents += o.Documents; h.Documents < 0 {
		return fmt.Errorf("more documents than can be counted")
	}
	for topic, n := range o.Topics {
		h.Topics[topic] += n
	}
	return nil
}

// less returns h without the documents of o, and fails if they were never added.
func (h *CountsHeader) less(o *CountsHeader) (*CountsHeader, error) {
	if o.Documents > h.Documents {
		return nil, fmt.Errorf("cannot subtract %d documents from %d: they were never added", o.Documents, h.Documents)
	}
	left := &CountsHeader{Text: h.Text, Documents: h.Documents - o.Documents, Topics: maps.Clone(h.Topics)}
	for _, topic := range slices.Sorted(maps.Keys(o.Topics)) {
		n := left.Topics[topic] - o.Topics[topic]
		switch {
		case n < 0:
			return nil, fmt.Errorf("cannot subtract %d documents of topic %q from %d: they were never added", o.Topics[topic], topic, h.Topics[topic])
		case n == 0:
			delete(left.Topics, topic)
		default:
			left.Topics[topic] = n
		}
	}
	return left, nil
}

// lessForm returns the counts of a form without those taken off, and fails if they were never
// added. h is what is left of the documents.
func (h *CountsHeader) lessForm(form string, have, take FormTally) (FormTally, error) {
	left := have.combine(take, -1)
	for _, t := range left.Topics {
		if t.negative() {
			return left, fmt.Errorf("cannot subtract word %q in topic %q %v from %v: it was never added (%s)",
				form, t.Topic, take.Topic(t.Topic), have.Topic(t.Topic), tallyParts)
		}
	}
	if left.All.negative() {
		return left, fmt.Errorf("cannot subtract word %q %v from %v: it was never added (%s)", form, take.All, have.All, tallyParts)
	}
	if err := h.allows(left); err != nil {
		return left, fmt.Errorf("cannot subtract word %q, which was never added so: would leave %w (%s)", form, err, tallyParts)
	}
	return left, nil
}

const tallyParts = "figures are documents:words in titles:words in texts"

// allows refuses counts of one form that no documents can have: more than all
// documents of the kind, or in a topic more than in all.
func (h *CountsHeader) allows(t FormTally) error {
	if !t.All.possible() || t.All.Docs > h.Documents {
		return fmt.Errorf("%v in %d documents", t.All, h.Documents)
	}
	for _, n := range t.Topics {
		if !n.possible() || n.Docs > h.Topics[n.Topic] {
			return fmt.Errorf("topic %q: %v in %d documents", n.Topic, n.Tally, h.Topics[n.Topic])
		}
		if t.All.plus(n.Tally, -1).negative() {
			return fmt.Errorf("topic %q: %v of %v in all", n.Topic, n.Tally, t.All)
		}
	}
	return nil
}

// settings words how texts were read.
func settings(c text.Config) string {
	return fmt.Sprintf("language %s, stemmer %s, stop words out %t, page out %t, analysis %d", c.Language, c.Stemmer, c.StopWords, c.Page, c.Version)
}
