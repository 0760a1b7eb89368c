package classifier

import (
	"maps"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// vocabulary maps surface forms to terms. The map is a cache of the analyzer's
// work: a form that is not in it is stemmed and gives the same term.
type vocabulary struct {
	terms    []string // sorted
	forms    []string // sorted; without pairs
	formTerm []uint32 // per form: index into terms, or model.Stop
	lookup   map[string]uint32
}

// newVocabulary keeps the terms whose surface forms stand in minDocs documents
// or more. A document that holds two forms of a term counts twice, so that the
// answer is the same from counts as from articles.
func newVocabulary(formDocs map[string]int64, a *text.Analyzer, minDocs int, pairs bool) *vocabulary {
	stems := stemForms(formDocs, a, pairs)
	docs := make(map[string]int64)
	for form, stem := range stems {
		docs[stem] += formDocs[form]
	}
	maps.DeleteFunc(docs, func(stem string, n int64) bool { return stem == "" || n < int64(minDocs) })
	v := &vocabulary{terms: slices.Sorted(maps.Keys(docs)), lookup: make(map[string]uint32, len(stems))}
	ids := make(map[string]uint32, len(v.terms))
	for i, t := range v.terms {
		ids[t] = uint32(i)
	}
	for _, form := range slices.Sorted(maps.Keys(stems)) {
		id, known := ids[stems[form]]
		if stems[form] == "" {
			id, known = model.Stop, true
		}
		if !known {
			continue
		}
		v.lookup[form] = id
		if !isPair(form) {
			v.forms = append(v.forms, form)
			v.formTerm = append(v.formTerm, id)
		}
	}
	return v
}

// stemForms gives each form its term, stop words the empty one. The term of a pair is
// that of its words; without pairs they are left out.
func stemForms(formDocs map[string]int64, a *text.Analyzer, pairs bool) map[string]string {
	stems := make(map[string]string, len(formDocs))
	var stem []byte
	for f := range formDocs {
		first, second, pair := strings.Cut(f, " ")
		switch {
		case pair && !pairs:
			continue
		case pair:
			stem = append(a.AppendStem(stem[:0], []byte(first)), ' ')
			stem = a.AppendStem(stem, []byte(second))
		case a.IsStopWord([]byte(f)):
			stem = stem[:0]
		default:
			stem = a.AppendStem(stem[:0], []byte(f))
		}
		stems[f] = string(stem)
	}
	return stems
}

// isPair reports whether the form or term is one of two words.
func isPair(s string) bool { return strings.Contains(s, " ") }

// formDocs counts the bags that hold each surface form.
func formDocs(bags []Bag) map[string]int64 {
	docs := make(map[string]int64)
	for i := range bags {
		for _, f := range bags[i].Forms {
			docs[f.Form]++
		}
	}
	return docs
}

// vector is a document in term space: parallel slices, terms ascending.
type vector struct {
	terms  []uint32
	counts []uint32
}

// vector maps a bag to terms; words of the title count titleWeight times.
func (v *vocabulary) vector(b *Bag, titleWeight int) vector {
	counts := make(map[uint32]uint32, len(b.Forms))
	for _, f := range b.Forms {
		id, ok := v.lookup[f.Form]
		if n := f.Body + uint32(titleWeight)*f.Title; ok && id != model.Stop && n > 0 {
			counts[id] += n
		}
	}
	out := vector{terms: slices.Sorted(maps.Keys(counts))}
	for _, t := range out.terms {
		out.counts = append(out.counts, counts[t])
	}
	return out
}
