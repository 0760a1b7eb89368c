package classifier

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strings"
)

// collection is the training data before any settings: what every dataset of them shares.
type collection struct {
	bags    []*Bag // ordered by digest, so that the order of the input does not matter
	digests [][sha256.Size]byte
	group   []int // of near-copies, which share a fold

	// The surface forms by name, and each bag's as indexes into them, so that words are
	// looked up once and not for every setting tried.
	forms    []string
	formDocs []int64
	bagForms [][]uint32 // parallel to each bag's Forms

	workers workers
}

func collect(bags []Bag, w workers) *collection {
	digests := make([][sha256.Size]byte, len(bags))
	w.each(len(bags), func(i int) { digests[i] = bags[i].digest() })
	order := make([]int, len(bags))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return bytes.Compare(digests[a][:], digests[b][:]) })
	c := &collection{workers: w}
	for _, i := range order {
		c.bags = append(c.bags, &bags[i])
		c.digests = append(c.digests, digests[i])
	}
	c.internForms()
	c.group = nearCopies(c.forms, c.bagForms, w)
	return c
}

// internForms numbers the surface forms by name.
func (c *collection) internForms() {
	seen := make(map[string]uint32)
	var names []string
	c.bagForms = make([][]uint32, len(c.bags))
	for i, b := range c.bags {
		c.bagForms[i] = make([]uint32, len(b.Forms))
		for j, f := range b.Forms {
			id, ok := seen[f.Form]
			if !ok {
				id = uint32(len(names))
				seen[f.Form] = id
				names = append(names, f.Form)
			}
			c.bagForms[i][j] = id
		}
	}
	order := make([]uint32, len(names))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(names[a], names[b]) })
	rank := make([]uint32, len(names))
	for at, id := range order {
		rank[id] = uint32(at)
		c.forms = append(c.forms, names[id])
	}
	c.formDocs = make([]int64, len(names))
	for i := range c.bagForms {
		for j, id := range c.bagForms[i] {
			c.bagForms[i][j] = rank[id]
			c.formDocs[rank[id]]++
		}
	}
}
