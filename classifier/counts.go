package classifier

import (
	"fmt"
	"maps"
	"slices"

	"github.com/tajuk/tajuk/text"
)

// Counts are the integers that training starts from: documents and words per
// topic and surface form. They merge by addition and an article leaves by subtraction,
// exactly, in any order. Not safe for concurrent use.
type Counts struct {
	Text      text.Config      // how the documents were read
	Documents int64            // all documents
	Topics    map[string]int64 // documents with the topic
	Forms     map[string]FormTally
}

// FormTally is how often one surface form stands in all documents, and in those of each topic.
type FormTally struct {
	All   Tally
	Topic map[string]Tally // never holds a zero Tally
}

// Tally counts one surface form.
type Tally struct {
	Docs  int64 // documents that hold it
	Title int64 // words in titles
	Body  int64 // words in bodies
}

func (t Tally) plus(o Tally, sign int64) Tally {
	return Tally{t.Docs + sign*o.Docs, t.Title + sign*o.Title, t.Body + sign*o.Body}
}

// String gives the form of a counts file.
func (t Tally) String() string { return fmt.Sprintf("%d:%d:%d", t.Docs, t.Title, t.Body) }

func (t Tally) negative() bool { return t.Docs < 0 || t.Title < 0 || t.Body < 0 }

// NewCounts returns counts of no documents.
func NewCounts(c text.Config) *Counts {
	return &Counts{Text: c, Topics: make(map[string]int64), Forms: make(map[string]FormTally)}
}

// Add counts one document.
func (c *Counts) Add(b *Bag) {
	c.Documents++
	for _, l := range b.Labels {
		c.Topics[l]++
	}
	for _, f := range b.Forms {
		c.addForm(f.Form, Tally{1, int64(f.Title), int64(f.Lead + f.Body)}, b.Labels)
	}
}

func (c *Counts) addForm(form string, t Tally, labels []string) {
	sums := c.Forms[form]
	sums.All = sums.All.plus(t, 1)
	if sums.Topic == nil && len(labels) > 0 {
		sums.Topic = make(map[string]Tally, len(labels))
	}
	for _, l := range labels {
		sums.Topic[l] = sums.Topic[l].plus(t, 1)
	}
	c.Forms[form] = sums
}

// Remove takes one document out again. It changes nothing and fails if the
// document cannot have been counted.
func (c *Counts) Remove(b *Bag) error {
	one := NewCounts(c.Text)
	one.Add(b)
	return c.Subtract(one)
}

// Merge adds all of o. It fails, changing nothing, if o's documents were read differently.
func (c *Counts) Merge(o *Counts) error {
	if c.Text != o.Text {
		return fmt.Errorf("counts were made with other text settings (%+v and %+v): count one of them again", c.Text, o.Text)
	}
	c.combine(o, 1)
	return nil
}

// Subtract takes all of o out. It fails, changing nothing, if o is not contained in c.
func (c *Counts) Subtract(o *Counts) error {
	if c.Text != o.Text {
		return fmt.Errorf("counts were made with other text settings (%+v and %+v): count one of them again", c.Text, o.Text)
	}
	if err := c.contains(o); err != nil {
		return err
	}
	c.combine(o, -1)
	return nil
}

func (c *Counts) contains(o *Counts) error {
	if o.Documents > c.Documents {
		return fmt.Errorf("cannot subtract %d documents from %d", o.Documents, c.Documents)
	}
	left := Counts{Documents: c.Documents - o.Documents, Topics: maps.Clone(c.Topics)}
	for _, topic := range slices.Sorted(maps.Keys(o.Topics)) {
		if left.Topics[topic] -= o.Topics[topic]; left.Topics[topic] < 0 {
			return fmt.Errorf("cannot subtract %d documents of topic %q from %d: they were never counted", o.Topics[topic], topic, c.Topics[topic])
		}
	}
	for _, form := range slices.Sorted(maps.Keys(o.Forms)) {
		if err := left.allows(c.Forms[form].minus(o.Forms[form])); err != nil {
			return fmt.Errorf("cannot subtract the counts of %q, they were never counted: would leave %w", form, err)
		}
	}
	return nil
}

// minus returns the difference, in maps of its own and with what became zero.
func (t FormTally) minus(o FormTally) FormTally {
	left := FormTally{t.All.plus(o.All, -1), maps.Clone(t.Topic)}
	if left.Topic == nil {
		left.Topic = make(map[string]Tally, len(o.Topic))
	}
	for topic, n := range o.Topic {
		left.Topic[topic] = left.Topic[topic].plus(n, -1)
	}
	return left
}

// allows refuses counts of one form that no documents can have: more than all
// documents of the kind, or in a topic more than in all.
func (c *Counts) allows(t FormTally) error {
	if t.All.negative() || t.All.Docs > c.Documents {
		return fmt.Errorf("%v in %d documents", t.All, c.Documents)
	}
	for _, topic := range slices.Sorted(maps.Keys(t.Topic)) {
		n := t.Topic[topic]
		if n.negative() || n.Docs > c.Topics[topic] {
			return fmt.Errorf("topic %q: %v in %d documents", topic, n, c.Topics[topic])
		}
		if t.All.plus(n, -1).negative() {
			return fmt.Errorf("topic %q: %v of %v in all", topic, n, t.All)
		}
	}
	return nil
}

// combine adds o sign times and drops what became zero, so that equal counts are equal values.
func (c *Counts) combine(o *Counts, sign int64) {
	c.Documents += sign * o.Documents
	for topic, n := range o.Topics {
		if c.Topics[topic] += sign * n; c.Topics[topic] == 0 {
			delete(c.Topics, topic)
		}
	}
	for form, less := range o.Forms {
		sums := c.Forms[form]
		sums.All = sums.All.plus(less.All, sign)
		if sums.Topic == nil && len(less.Topic) > 0 {
			sums.Topic = make(map[string]Tally, len(less.Topic))
		}
		for topic, t := range less.Topic {
			if sums.Topic[topic] = sums.Topic[topic].plus(t, sign); sums.Topic[topic] == (Tally{}) {
				delete(sums.Topic, topic)
			}
		}
		if len(sums.Topic) == 0 {
			sums.Topic = nil
		}
		if c.Forms[form] = sums; sums.All == (Tally{}) {
			delete(c.Forms, form)
		}
	}
}
