package classifier

import (
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"
)

// Near-copies: agency stories are reprinted nearly word for word, follow-ups repeat what was
// written the day before, replies quote. A copy in training would make a held-out article look
// easier than a new one is.
const (
	nearCopy    = 0.6 // least share of common surface forms (Jaccard) of two near-copies
	lookAlike   = 0.4 // of two articles that are kept together while their group is small
	sketchBands = 16
	sketchRows  = 2 // two articles of similarity s meet in a band with chance 1-(1-s²)¹⁶: 0.94 at 0.4
)

// NearCopy is two documents that say nearly the same, by their numbers in order of adding.
type NearCopy struct {
	First, Second int     // First is the lower
	Similarity    float64 // share of common surface forms: 1 for the same words, in whatever order
}

// CopyFinder finds near-copies as training does to keep them together. It holds the words of the
// documents by number, so that many fit into memory. Not safe for concurrent use.
type CopyFinder struct {
	forms  numbering
	hashes []uint64 // by form
	bags   [][]uint32
}

// NewCopyFinder returns a CopyFinder of no documents.
func NewCopyFinder() *CopyFinder { return &CopyFinder{forms: newNumbering()} }

// Add adds a document, which is not kept.
func (f *CopyFinder) Add(b *Bag) {
	bag := make([]uint32, len(b.Forms))
	for i, form := range b.Forms {
		number, ok := f.forms.number[form.Form]
		if !ok {
			number = f.forms.add(strings.Clone(form.Form))
			f.hashes = append(f.hashes, xxh3.HashString(form.Form))
		}
		bag[i] = number
	}
	slices.Sort(bag)
	f.bags = append(f.bags, bag)
}

// Pairs yields near-copies, each pair once, by Second. A document without words is no copy. Where very many are alike,
// each is paired with some of the first of them.
func (f *CopyFinder) Pairs() iter.Seq[NearCopy] {
	return func(yield func(NearCopy) bool) {
		var seen []int // the documents that the current one was compared with
		current, stopped := -1, false
		candidates(minHashes(f.hashes, f.bags, 0), func(i, j int) {
			if i != current {
				current, seen = i, seen[:0]
			}
			if stopped || len(f.bags[i]) == 0 || slices.Contains(seen, j) {
				return
			}
			seen = append(seen, j)
			if s := f.nearness(i, j); s >= nearCopy {
				stopped = !yield(NearCopy{j, i, s})
			}
		})
	}
}

// nearness is the similarity of two documents, or 0 where their lengths show that they are no near-copies.
func (f *CopyFinder) nearness(i, j int) float64 {
	a, b := f.bags[i], f.bags[j]
	if float64(min(len(a), len(b))) < nearCopy*float64(max(len(a), len(b))) {
		return 0
	}
	return similarity(a, b)
}

// nearCopies gives each bag the number of its group: bags that are near-copies of one another, by
// way of others too, have the same, and so have look-alikes, unless their group would hold more
// than a twentieth of all: where every article is like every other, as reports from one
// template, folds must still be made. Groups are numbered in order of their first bag. A bag is
// given as the numbers of its forms, ascending.
// Candidates are found by MinHash in bands (Broder 1997; Leskovec, Rajaraman & Ullman
// 2014, section 3.4) and compared in full.
func nearCopies(forms []string, bags [][]uint32, w workers) []int {
	parent, size := make([]int, len(bags)), make([]int, len(bags))
	for i := range bags {
		parent[i], size[i] = i, 1
	}
	candidates(minHashes(formHashes(forms, w), bags, w), func(i, j int) {
		i0, j0 := root(parent, i), root(parent, j)
		if i0 == j0 {
			return
		}
		s, both := similarity(bags[i], bags[j]), size[i0]+size[j0]
		if s >= nearCopy || s >= lookAlike && 20*both <= len(bags) {
			parent[max(i0, j0)], size[min(i0, j0)] = min(i0, j0), both
		}
	})
	return consecutive(parent)
}

// candidates calls compare for each bag i and those j before it that it may be alike, for some of them
// repeatedly.
func candidates(sketches []sketch, compare func(i, j int)) {
	first := make(map[[sketchRows + 1]uint64][]int)
	for i := range sketches {
		for band := range sketchBands {
			key := [sketchRows + 1]uint64{uint64(band)}
			copy(key[1:], sketches[i][band*sketchRows:])
			for _, j := range first[key] {
				compare(i, j)
			}
			if len(first[key]) < maxCandidates {
				first[key] = append(first[key], i)
			}
		}
	}
}

// maxCandidates bounds the comparisons where many short articles fall into one bucket.
const maxCandidates = 20

func root(parent []int, i int) int {
	for parent[i] != i {
		i = parent[i]
	}
	return i
}

// consecutive replaces roots by consecutive numbers; a root is the first of its group.
func consecutive(parent []int) []int {
	group, next := make([]int, len(parent)), 0
	for i := range parent {
		if r := root(parent, i); r != i {
			group[i] = group[r]
			continue
		}
		group[i] = next
		next++
	}
	return group
}

// sketch is the least hash of a bag's forms under each of some permutations.
type sketch [sketchBands * sketchRows]uint64

func formHashes(forms []string, w workers) []uint64 {
	hashes := make([]uint64, len(forms))
	w.each(len(forms), func(i int) { hashes[i] = xxh3.HashString(forms[i]) })
	return hashes
}

func minHashes(hashes []uint64, bags [][]uint32, w workers) []sketch {
	out := make([]sketch, len(bags))
	w.each(len(bags), func(i int) {
		for p := range out[i] {
			least := uint64(math.MaxUint64)
			for _, f := range bags[i] {
				// One strong hash is remixed for each of the permutations.
				x := (hashes[f] ^ uint64(p)*0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
				least = min(least, x^x>>31)
			}
			out[i][p] = least
		}
	})
	return out
}

// similarity is the Jaccard index of the surface forms.
func similarity(a, b []uint32) float64 {
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch x, y := a[i], b[j]; {
		case x == y:
			common++
			i++
			j++
		case x < y:
			i++
		default:
			j++
		}
	}
	return float64(common) / float64(max(len(a)+len(b)-common, 1))
}
