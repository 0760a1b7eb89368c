package classifier

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// vocabulary maps surface forms to features. Features are numbered: first the terms (stems and
// pairs of stems), then, where the settings weigh them, the surface forms.
type vocabulary struct {
	terms    []string // sorted
	forms    []string // sorted; without pairs
	formTerm []uint32 // per form: index into terms, or model.Stop
	surface  bool
	entries  []entry  // per form of the data, pairs too
	alone    []uint32 // terms that have a single form
}

// entry is what a surface form counts for: its term and itself, or noFeature.
type entry struct{ term, form uint32 }

const noFeature = model.Stop

// newVocabulary keeps the terms whose surface forms stand in set.MinDocs documents
// or more. A document that holds two forms of a term counts twice, so that the
// answer is the same from counts as from articles. Forms must be sorted; docs counts the
// documents of each. The terms of extra are kept in any case.
func newVocabulary(forms []string, docs []int64, a *text.Analyzer, set Settings, extra []string, w workers) *vocabulary {
	stems, stop := stemForms(forms, a, set.Pairs, w)
	termDocs := make(map[string]int64)
	for i, stem := range stems {
		termDocs[stem] += docs[i]
	}
	alone := make([]bool, len(forms))
	for i, stem := range stems {
		alone[i] = docs[i] == termDocs[stem]
	}
	for _, stem := range extra {
		termDocs[stem] += int64(set.MinDocs)
	}
	maps.DeleteFunc(termDocs, func(stem string, n int64) bool { return stem == "" || n < int64(set.MinDocs) })
	v := &vocabulary{terms: slices.Sorted(maps.Keys(termDocs)), surface: set.Surface, entries: make([]entry, len(forms))}
	ids := make(map[string]uint32, len(v.terms))
	for i, t := range v.terms {
		ids[t] = uint32(i)
	}
	for i, form := range forms {
		v.entries[i] = entry{noFeature, noFeature}
		id, known := ids[stems[i]]
		if known {
			v.entries[i].term = id
		}
		if isPair(form) || !known && !stop[i] {
			continue
		}
		switch {
		case !v.surface || docs[i] < int64(set.MinDocs):
		case known && alone[i]:
			v.alone = append(v.alone, id)
		default:
			v.entries[i].form = uint32(len(v.terms) + len(v.forms))
		}
		v.forms = append(v.forms, form)
		v.formTerm = append(v.formTerm, v.entries[i].term)
	}
	return v
}

// features is how many numbers the vocabulary gives out.
func (v *vocabulary) features() int {
	if v.surface {
		return len(v.terms) + len(v.forms)
	}
	return len(v.terms)
}

// stemForms gives each form its term, stop words the empty one. The term of a pair is
// that of its words; without pairs they have none.
func stemForms(forms []string, a *text.Analyzer, pairs bool, w workers) (stems []string, stop []bool) {
	stems, stop = make([]string, len(forms)), make([]bool, len(forms))
	w.each(len(forms), func(i int) {
		first, second, pair := strings.Cut(forms[i], " ")
		var stem []byte
		switch {
		case pair && !pairs:
		case pair:
			stem = append(a.AppendStem(nil, []byte(first)), ' ')
			stem = a.AppendStem(stem, []byte(second))
		case a.IsStopWord([]byte(first)):
			stop[i] = true
		default:
			stem = a.AppendStem(nil, []byte(first))
		}
		stems[i] = string(stem)
	})
	return stems, stop
}

// isPair reports whether the form or term is one of two words.
func isPair(s string) bool { return strings.IndexByte(s, ' ') >= 0 }

// vector is a document in feature space: parallel slices, features ascending where
// training made it.
type vector struct {
	terms  []uint32
	counts []uint32
}

// vector maps a bag to features, its words weighed by their place. forms are the bag's, as indexes
// into the data's.
func (v *vocabulary) vector(b *Bag, forms []uint32, set Settings) vector {
	type count struct{ feature, n uint32 }
	counts := make([]count, 0, 2*len(forms))
	for j, f := range b.Forms {
		n := set.weigh(f)
		if n == 0 {
			continue
		}
		e := v.entries[forms[j]]
		if e.term != noFeature {
			counts = append(counts, count{e.term, n})
		}
		if e.form != noFeature {
			counts = append(counts, count{e.form, n})
		}
	}
	slices.SortFunc(counts, func(a, b count) int { return int(a.feature) - int(b.feature) })
	out := vector{make([]uint32, 0, len(counts)), make([]uint32, 0, len(counts))}
	for _, c := range counts {
		if last := len(out.terms) - 1; last >= 0 && out.terms[last] == c.feature {
			out.counts[last] += c.n
			continue
		}
		out.terms, out.counts = append(out.terms, c.feature), append(out.counts, c.n)
	}
	return out
}

// weigh gives the scale 0 to the surface forms that are no feature: tagging numbers them like the
// others. Rare ones are none; nor is a term's only form, which would be the same feature twice. In
// its place the term weighs as much as both: twice the square.
func (v *vocabulary) weigh(scale []float32) {
	if !v.surface {
		return
	}
	for _, t := range v.alone {
		scale[t] *= math.Sqrt2
	}
	weighed := make([]bool, len(scale))
	for _, e := range v.entries {
		if e.form != noFeature {
			weighed[e.form] = true
		}
	}
	for f := len(v.terms); f < len(scale); f++ {
		if !weighed[f] {
			scale[f] = 0
		}
	}
}
