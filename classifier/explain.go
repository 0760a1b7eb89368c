package classifier

import (
	"cmp"
	"math"
	"slices"
)

// Explain takes apart the score of one topic, an index into the model's topics.
// The ranges lie in doc's own Title and Text. Slower than Tag; it allocates.
func (t *Tagger) Explain(doc *Document, topic int) Explanation {
	t.read(doc)
	factor := t.c.scorer.score(t.vector, &t.scores)
	e := Explanation{Topic: topic, Score: t.scores.out[topic], Bias: t.c.scorer.bias[topic]}
	position := make(map[uint32]int) // of a feature among the terms
	for i, place := range t.vector.terms {
		feature := t.c.layout.feature[place]
		value := t.scores.values[i] * t.weight(feature, topic) * factor
		if value == 0 {
			continue
		}
		named := t.namedBy(feature)
		at, ok := position[named]
		if !ok {
			at = len(e.Terms)
			position[named] = at
			e.Terms = append(e.Terms, Contribution{Term: string(t.c.model.Feature(named))})
		}
		e.Terms[at].Value += value
	}
	t.locate(doc, e.Terms, position)
	slices.SortStableFunc(e.Terms, func(a, b Contribution) int {
		return cmp.Compare(math.Abs(b.Value), math.Abs(a.Value))
	})
	return e
}

// namedBy is the feature under whose name a feature is explained: a surface form's term, if it
// has one.
func (t *Tagger) namedBy(feature uint32) uint32 {
	m := t.c.model
	if terms := uint32(m.Terms.Len()); feature >= terms && m.FormTerm[feature-terms] != stopWord {
		return m.FormTerm[feature-terms]
	}
	return feature
}

// weight is the weight of a feature for a topic, 0 if the row does not hold it.
func (t *Tagger) weight(feature uint32, topic int) float64 {
	topics, weights := t.c.model.Row(feature)
	if i, ok := slices.BinarySearch(topics, uint16(topic)); ok {
		return float64(weights[i])
	}
	return 0
}

// locate reads the document again, whose words have been looked up, and notes where the terms stand.
func (t *Tagger) locate(doc *Document, terms []Contribution, position map[uint32]int) {
	note := func(place uint32, s Span) {
		if place >= noPlace {
			return
		}
		if i, moves := position[t.c.layout.feature[place]]; moves {
			terms[i].Spans = append(terms[i].Spans, s)
		}
	}
	t.reader.reset(doc)
	first, previous := uint32(unknownWord), Span{}
	for i := 0; t.reader.scan(); i++ {
		m, here := t.meanings[i], t.reader.span()
		if t.reader.current.headline && t.c.settings.TitleWeight == 0 {
			continue
		}
		if note(m.term(), here); m.bit(tokenTrait) == 0 {
			note(m.surface(), here)
		}
		if m.bit(knownTrait) == 0 {
			continue
		}
		if t.reader.fresh {
			t.reader.fresh, first = false, unknownWord
		}
		if t.c.settings.Pairs {
			note(t.c.pairs.find(pairOf(first, m.term())), Span{here.Field, previous.Start, here.End})
		}
		first, previous = m.term(), here
	}
}
