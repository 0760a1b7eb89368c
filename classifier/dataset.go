package classifier

import (
	"crypto/sha256"
	"math"
	"slices"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/embedding"
)

// example is a bag in feature space.
type example struct {
	vector vector
	labels []int // topic indexes, ascending
	bag    *Bag
	digest [sha256.Size]byte
}

// dataset is the training data in the feature space of some settings.
type dataset struct {
	vocabulary *vocabulary
	examples   []example // in the collection's order
	sums       *sums     // of all examples
	scale      []float32 // nil unless the settings ask for IDF
	meanings   *meanings // nil unless the settings ask for Semantic
	group      []int     // of near-copies, which share a fold
}

func newDataset(c *collection, topics []model.Topic, set Settings, a *text.Analyzer) (d *dataset, err error) {
	d = &dataset{group: c.group}
	table := new(embedding.Table) // of no stems
	if set.Semantic > 0 {
		if table, err = embedding.Indonesian(); err != nil {
			return nil, err
		}
	}
	d.vocabulary = newVocabulary(c.forms, c.formDocs, a, set, table.Stems(), c.workers)
	if table.Len() > 0 {
		if d.meanings, err = newMeanings(d.vocabulary.terms, table); err != nil {
			return nil, err
		}
	}
	index := make(map[string]int, len(topics))
	for k, t := range topics {
		index[t.ID] = k
	}
	d.examples = make([]example, len(c.bags))
	c.workers.each(len(c.bags), func(i int) {
		b := c.bags[i]
		e := example{vector: d.vocabulary.vector(b, c.bagForms[i], set), bag: b, digest: c.digests[i]}
		for _, l := range b.Labels {
			e.labels = append(e.labels, index[l])
		}
		slices.Sort(e.labels)
		d.examples[i] = e
	})
	d.sums = newSums(len(topics), d.vocabulary.features())
	for i := range d.examples {
		d.sums.add(d.examples[i].vector, d.examples[i].labels)
	}
	if set.IDF {
		d.scale = inverseDocumentFrequency(d.examples, d.sums.terms)
		d.vocabulary.weigh(d.scale)
	}
	return d, nil
}

// inverseDocumentFrequency is 1 + log((1+N)/n) of N documents, n of which hold the feature
// (Spärck Jones 1972; the 1 keeps words of every document, which tell one newsroom's desk from
// another's by their number).
func inverseDocumentFrequency(examples []example, features int) []float32 {
	docs := make([]int, features)
	for i := range examples {
		for _, t := range examples[i].vector.terms {
			docs[t]++
		}
	}
	scale := make([]float32, features)
	for t, n := range docs {
		scale[t] = float32(1 + math.Log(float64(1+len(examples))/float64(max(n, 1))))
	}
	return scale
}

// fold returns the indexes of the examples in one of n folds. The order by digest is as good as
// random, so every n-th group of near-copies makes a fold.
func (d *dataset) fold(fold, n int) (in []int) {
	for i, g := range d.group {
		if g%n == fold {
			in = append(in, i)
		}
	}
	return in
}

// part is the examples that weights are fitted to, and what their sums have in common for
// all topics.
type part struct {
	rows, out []int32 // fitted to, held out; ascending
	all       []int64 // words by feature
	docs      int64
	words     int64 // of all topics together
}

// whole is the part that holds nothing out.
func (d *dataset) whole() *part { return d.without(nil) }

// without is the part that leaves some examples, in ascending order, out.
func (d *dataset) without(out []int) *part {
	p := &part{all: slices.Clone(d.sums.all), docs: d.sums.allDocs - int64(len(out)), words: d.sums.allWords}
	for i := range d.examples {
		if len(out) == 0 || out[0] != i {
			p.rows = append(p.rows, int32(i))
			continue
		}
		out, p.out = out[1:], append(p.out, int32(i))
		e := &d.examples[i]
		for j, t := range e.vector.terms {
			n := int64(e.vector.counts[j])
			p.all[t] -= n
			p.words -= n * int64(len(e.labels))
		}
	}
	return p
}

// contrast is topic k against the rest of the part.
func (d *dataset) contrast(p *part, k int) *contrast {
	c := d.sums.contrast(k)
	c.all, c.allDocs = p.all, p.docs
	c.topicWords = float64(p.words) / float64(d.sums.topics)
	if len(p.out) == 0 {
		return c
	}
	c.words = slices.Clone(c.words)
	for _, i := range p.out {
		e := &d.examples[i]
		if !slices.Contains(e.labels, k) {
			continue
		}
		c.docs--
		for j, t := range e.vector.terms {
			c.words[t] -= int64(e.vector.counts[j])
		}
	}
	return c
}
