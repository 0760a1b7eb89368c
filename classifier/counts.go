package classifier

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

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
	All    Tally
	Topics []TopicTally // sorted by topic, each once, none of them zero
}

// TopicTally is how often a surface form stands in the documents of a topic.
type TopicTally struct {
	Topic string
	Tally
}

// Topic returns the counts in one topic, zero if the form does not stand there.
func (t FormTally) Topic(topic string) Tally {
	if i, ok := t.find(topic); ok {
		return t.Topics[i].Tally
	}
	return Tally{}
}

func (t FormTally) find(topic string) (int, bool) {
	return slices.BinarySearchFunc(t.Topics, topic, func(t TopicTally, topic string) int { return strings.Compare(t.Topic, topic) })
}

// combine adds o sign times, into slices of its own, and leaves out what becomes zero.
func (t FormTally) combine(o FormTally, sign int64) FormTally {
	sum := FormTally{All: t.All.plus(o.All, sign)}
	if len(t.Topics)+len(o.Topics) > 0 {
		sum.Topics = make([]TopicTally, 0, max(len(t.Topics), len(o.Topics)))
	}
	a, b := t.Topics, o.Topics
	for len(a)+len(b) > 0 {
		var next TopicTally
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].Topic < b[0].Topic:
			next, a = a[0], a[1:]
		case len(a) == 0 || b[0].Topic < a[0].Topic:
			next, b = TopicTally{b[0].Topic, Tally{}.plus(b[0].Tally, sign)}, b[1:]
		default:
			next, a, b = TopicTally{a[0].Topic, a[0].plus(b[0].Tally, sign)}, a[1:], b[1:]
		}
		if next.Tally != (Tally{}) {
			sum.Topics = append(sum.Topics, next)
		}
	}
	if len(sum.Topics) == 0 {
		sum.Topics = nil
	}
	return sum
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
func (t Tally) String() string { return string(t.append(nil)) }

func (t Tally) append(dst []byte) []byte {
	dst = append(strconv.AppendInt(dst, t.Docs, 10), ':')
	dst = append(strconv.AppendInt(dst, t.Title, 10), ':')
	return strconv.AppendInt(dst, t.Body, 10)
}

func (t Tally) negative() bool { return t.Docs < 0 || t.Title < 0 || t.Body < 0 }

// possible reports whether documents can have these counts: each that holds the form has a word of
// it. Sums too large for an int64 are impossible, too.
func (t Tally) possible() bool {
	words := t.Title + t.Body
	return !t.negative() && words >= t.Docs && (words == 0) == (t.Docs == 0)
}

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
	for _, l := range labels {
		i, ok := sums.find(l)
		if !ok {
			sums.Topics = slices.Insert(sums.Topics, i, TopicTally{Topic: l})
		}
		sums.Topics[i].Tally = sums.Topics[i].plus(t, 1)
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
	if err := sameText(c.Text, o.Text); err != nil {
		return err
	}
	c.combine(o, 1)
	return nil
}

// Subtract takes all of o out. It fails, changing nothing, if o is not contained in c.
func (c *Counts) Subtract(o *Counts) error {
	if err := sameText(c.Text, o.Text); err != nil {
		return err
	}
	left, err := c.header().less(o.header())
	if err != nil {
		return err
	}
	for _, form := range slices.Sorted(maps.Keys(o.Forms)) {
		if _, err := left.lessForm(form, c.Forms[form], o.Forms[form]); err != nil {
			return err
		}
	}
	c.combine(o, -1)
	return nil
}

// ErrOtherText says that counts were made with other text settings, so that they do not add up.
var ErrOtherText = errors.New("counts were made with other text settings")

func sameText(a, b text.Config) error {
	if a == b {
		return nil
	}
	return fmt.Errorf("%w: %s, not %s", ErrOtherText, settings(b), settings(a))
}

// combine adds o sign times and drops what became zero, so that equal counts are equal values.
func (c *Counts) combine(o *Counts, sign int64) {
	c.Documents += sign * o.Documents
	for topic, n := range o.Topics {
		if c.Topics[topic] += sign * n; c.Topics[topic] == 0 {
			delete(c.Topics, topic)
		}
	}
	for form, t := range o.Forms {
		if sum := c.Forms[form].combine(t, sign); sum.All != (Tally{}) {
			c.Forms[form] = sum
		} else {
			delete(c.Forms, form)
		}
	}
}
