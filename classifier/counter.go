package classifier

import (
	"slices"
	"strings"

	"github.com/tajuk/tajuk/text"
)

// Counter counts documents without making a bag of each: many times as fast as [Counts.Add], with
// the same sums. Use one per goroutine and merge what they give.
type Counter struct {
	reader reader
	config text.Config

	documents int64
	forms     numbering
	all       []Tally // by form
	topics    numbering
	docs      []int64        // by topic
	cells     map[uint64]int // of a form in a topic: where its tally is
	owners    []uint64       // the cells in order of their tallies
	tallies   []Tally

	words   []wordsHere // by form: in the document being counted
	touched []uint32    // the forms that it has
	labels  []uint32    // the topics that it has
}

// wordsHere is how often a form stands in one document.
type wordsHere struct{ title, body uint32 }

// numbering gives names numbers, from 0.
type numbering struct {
	number map[string]uint32
	names  []string
}

func newNumbering() numbering { return numbering{number: make(map[string]uint32)} }

// add numbers a name that has no number yet.
func (n *numbering) add(name string) uint32 {
	i := uint32(len(n.names))
	n.number[name] = i
	n.names = append(n.names, name)
	return i
}

// NewCounter returns a Counter of no documents.
func NewCounter(c text.Config) *Counter {
	return &Counter{reader: newReader(c), config: c, forms: newNumbering(), topics: newNumbering(), cells: make(map[uint64]int)}
}

// Add counts one document.
func (c *Counter) Add(doc *Document) {
	c.documents++
	c.addLabels(doc.Labels)
	c.reader.reset(doc)
	for c.reader.scan() {
		form := c.number(c.reader.form())
		here := &c.words[form]
		if *here == (wordsHere{}) {
			c.touched = append(c.touched, form)
		}
		if c.reader.place() == headline {
			here.title++
		} else {
			here.body++
		}
	}
	for _, form := range c.touched {
		c.addForm(form)
	}
	c.touched = c.touched[:0]
}

// number returns the number of a form. Its text is copied when it is new alone.
func (c *Counter) number(form []byte) uint32 {
	i, ok := c.forms.number[string(form)]
	if !ok {
		i = c.forms.add(string(form))
		c.all, c.words = append(c.all, Tally{}), append(c.words, wordsHere{})
	}
	return i
}

func (c *Counter) addLabels(labels []string) {
	c.labels = c.labels[:0]
	for _, l := range labels {
		i, ok := c.topics.number[l]
		if !ok {
			i = c.topics.add(l)
			c.docs = append(c.docs, 0)
		}
		if !slices.Contains(c.labels, i) {
			c.labels = append(c.labels, i)
			c.docs[i]++
		}
	}
}

func (c *Counter) addForm(form uint32) {
	here := c.words[form]
	c.words[form] = wordsHere{}
	t := Tally{1, int64(here.title), int64(here.body)}
	c.all[form] = c.all[form].plus(t, 1)
	for _, topic := range c.labels {
		cell := uint64(form)<<32 | uint64(topic)
		i, ok := c.cells[cell]
		if !ok {
			i = len(c.tallies)
			c.cells[cell] = i
			c.owners, c.tallies = append(c.owners, cell), append(c.tallies, Tally{})
		}
		c.tallies[i] = c.tallies[i].plus(t, 1)
	}
}

// Counts returns the sums so far.
func (c *Counter) Counts() *Counts {
	out := &Counts{Text: c.config, Documents: c.documents, Topics: make(map[string]int64, len(c.docs)), Forms: make(map[string]FormTally, len(c.all))}
	for i, name := range c.topics.names {
		out.Topics[name] = c.docs[i]
	}
	end := make([]int, len(c.all)+1) // of each form's topics, in one slice for all
	for _, cell := range c.owners {
		end[cell>>32+1]++
	}
	for i := range c.all {
		end[i+1] += end[i]
	}
	topics := make([]TopicTally, len(c.owners))
	for i, cell := range c.owners {
		at := &end[cell>>32]
		topics[*at] = TopicTally{c.topics.names[uint32(cell)], c.tallies[i]}
		*at++
	}
	start := 0
	for form, all := range c.all {
		t := FormTally{All: all}
		if n := end[form]; n > start {
			t.Topics = topics[start:n:n]
			slices.SortFunc(t.Topics, func(a, b TopicTally) int { return strings.Compare(a.Topic, b.Topic) })
			start = n
		}
		out.Forms[c.forms.names[form]] = t
	}
	return out
}
