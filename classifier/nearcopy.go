package classifier

import (
	"math"
	"slices"

	"github.com/zeebo/xxh3"
)

// Near-copies: agency stories are reprinted nearly word for word, and a copy in training would
// make a held-out article look easier than a new one is.
const (
	nearCopy    = 0.6 // least share of common surface forms (Jaccard) of two near-copies
	sketchBands = 8
	sketchRows  = 3 // two articles of similarity s meet in a band with chance 1-(1-s³)⁸: 0.86 at 0.6
)

// nearCopies gives each bag the number of its group: bags that are near-copies of one another, by
// way of others too, have the same. Groups are numbered in order of their first bag.
// Candidates are found by MinHash in bands (Broder 1997; Leskovec, Rajaraman & Ullman
// 2014, section 3.4) and compared in full.
func nearCopies(bags []*Bag) []int {
	parent := make([]int, len(bags))
	first := make(map[[sketchRows + 1]uint64][]int)
	for i, b := range bags {
		parent[i] = i
		sketch := minHashes(b)
		for band := range sketchBands {
			key := [sketchRows + 1]uint64{uint64(band)}
			copy(key[1:], sketch[band*sketchRows:])
			i0 := root(parent, i)
			for _, j := range first[key] {
				if j0 := root(parent, j); i0 != j0 && similarity(b, bags[j]) >= nearCopy {
					parent[max(i0, j0)] = min(i0, j0)
					i0 = min(i0, j0)
				}
			}
			if len(first[key]) < maxCandidates {
				first[key] = append(first[key], i)
			}
		}
	}
	return consecutive(parent)
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

func minHashes(b *Bag) []uint64 {
	sketch := slices.Repeat([]uint64{math.MaxUint64}, sketchBands*sketchRows)
	for _, f := range b.Forms {
		h := xxh3.HashString(f.Form)
		for i := range sketch {
			// One strong hash is remixed for each of the permutations.
			x := (h ^ uint64(i)*0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
			sketch[i] = min(sketch[i], x^x>>31)
		}
	}
	return sketch
}

// similarity is the Jaccard index of the surface forms.
func similarity(a, b *Bag) float64 {
	common, i, j := 0, 0, 0
	for i < len(a.Forms) && j < len(b.Forms) {
		switch x, y := a.Forms[i].Form, b.Forms[j].Form; {
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
	all := len(a.Forms) + len(b.Forms) - common
	return float64(common) / float64(max(all, 1))
}
