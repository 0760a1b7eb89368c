package classifier

import (
	"math"

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

// nearCopies gives each bag the number of its group: bags that are near-copies of one another, by
// way of others too, have the same, and so have look-alikes, unless their group would hold more
// than a twentieth of all: where every article is like every other, as reports from one
// template, folds must still be made. Groups are numbered in order of their first bag. A bag is
// given as the numbers of its forms, ascending.
// Candidates are found by MinHash in bands (Broder 1997; Leskovec, Rajaraman & Ullman
// 2014, section 3.4) and compared in full.
func nearCopies(forms []string, bags [][]uint32, w workers) []int {
	sketches := minHashes(forms, bags, w)
	parent, size := make([]int, len(bags)), make([]int, len(bags))
	first := make(map[[sketchRows + 1]uint64][]int)
	for i, b := range bags {
		parent[i], size[i] = i, 1
		for band := range sketchBands {
			key := [sketchRows + 1]uint64{uint64(band)}
			copy(key[1:], sketches[i][band*sketchRows:])
			for _, j := range first[key] {
				i0, j0 := root(parent, i), root(parent, j)
				if i0 == j0 {
					continue
				}
				s, both := similarity(b, bags[j]), size[i0]+size[j0]
				if s >= nearCopy || s >= lookAlike && 20*both <= len(bags) {
					parent[max(i0, j0)], size[min(i0, j0)] = min(i0, j0), both
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

// sketch is the least hash of a bag's forms under each of some permutations.
type sketch [sketchBands * sketchRows]uint64

func minHashes(forms []string, bags [][]uint32, w workers) []sketch {
	hashes := make([]uint64, len(forms))
	w.each(len(forms), func(i int) { hashes[i] = xxh3.HashString(forms[i]) })
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
