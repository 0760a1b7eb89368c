package classifier

import (
	"bytes"
	"crypto/sha256"
	"math"
	"slices"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// example is a bag in term space.
type example struct {
	vector vector
	labels []int // topic indexes, ascending
	bag    *Bag
	digest [sha256.Size]byte
}

// dataset is the training data in the term space of some settings.
type dataset struct {
	vocabulary *vocabulary
	examples   []example // in the collection's order
	sums       *sums     // of all examples
	scale      []float32 // nil unless the settings ask for IDF
	group      []int     // of near-copies, which share a fold
}

// collection is the training data before any settings: what every dataset of them shares.
type collection struct {
	bags     []*Bag // ordered by digest, so that the order of the input does not matter
	digests  [][sha256.Size]byte
	group    []int // of near-copies, which share a fold
	formDocs map[string]int64
}

func collect(bags []Bag) *collection {
	c := &collection{formDocs: formDocs(bags), digests: make([][sha256.Size]byte, len(bags))}
	of := make(map[*Bag][sha256.Size]byte, len(bags))
	for i := range bags {
		c.bags = append(c.bags, &bags[i])
		of[&bags[i]] = bags[i].digest()
	}
	slices.SortStableFunc(c.bags, func(a, b *Bag) int {
		x, y := of[a], of[b]
		return bytes.Compare(x[:], y[:])
	})
	for i, b := range c.bags {
		c.digests[i] = of[b]
	}
	c.group = nearCopies(c.bags)
	return c
}

func newDataset(c *collection, topics []model.Topic, set Settings, a *text.Analyzer) *dataset {
	d := &dataset{vocabulary: newVocabulary(c.formDocs, a, set.MinDocs, set.Pairs), group: c.group}
	index := make(map[string]int, len(topics))
	for k, t := range topics {
		index[t.ID] = k
	}
	d.examples = make([]example, len(c.bags))
	d.sums = newSums(len(topics), len(d.vocabulary.terms))
	for i, b := range c.bags {
		e := example{vector: d.vocabulary.vector(b, set.TitleWeight), bag: b, digest: c.digests[i]}
		for _, l := range b.Labels {
			e.labels = append(e.labels, index[l])
		}
		slices.Sort(e.labels)
		d.examples[i] = e
		d.sums.add(e.vector, e.labels, 1)
	}
	if set.IDF {
		d.scale = inverseDocumentFrequency(d.examples, d.sums.terms)
	}
	return d
}

// inverseDocumentFrequency is log((1+N)/n) of N documents, n of which hold the term
// (Spärck Jones 1972).
func inverseDocumentFrequency(examples []example, terms int) []float32 {
	docs := make([]int, terms)
	for i := range examples {
		for _, t := range examples[i].vector.terms {
			docs[t]++
		}
	}
	scale := make([]float32, terms)
	for t, n := range docs {
		scale[t] = float32(math.Log(float64(1+len(examples)) / float64(max(n, 1))))
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

// without returns the sums of all examples but those.
func (d *dataset) without(out []int) *sums {
	s := d.sums.clone()
	for _, i := range out {
		s.add(d.examples[i].vector, d.examples[i].labels, -1)
	}
	return s
}
