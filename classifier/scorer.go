package classifier

import (
	"math"

	"github.com/tajuk/tajuk/model"
)

// scorer computes scores b_k + Σ x_t w_kt from sparse rows of weights. It is
// immutable; the one place where a score is computed.
type scorer struct {
	damp, normalise bool
	scale           []float32 // per term multiplier of its damped count; empty = 1
	bias            []float64
	rowStart        []uint32 // terms+1; row t is rowTopic and rowWeight[rowStart[t]:rowStart[t+1]]
	rowTopic        []uint16
	rowWeight       []float32
	dense           []float32   // the rows with their zeros, each of stride weights; nil if that would be mostly zeros
	small           [64]float64 // damped small counts
}

func newScorer(set Settings, scale []float32, bias []float64, start []uint32, topic []uint16, weight []float32) *scorer {
	s := &scorer{damp: set.Damp, normalise: set.Normalise, scale: scale, bias: bias, rowStart: start, rowTopic: topic, rowWeight: weight}
	for c := range s.small {
		s.small[c] = s.dampedMany(uint32(c))
	}
	return s
}

// newSparseScorer keeps the weights of all topics, a row a feature, without the zeros.
func newSparseScorer(set Settings, scale []float32, topics []topicRow) *scorer {
	features := len(topics[0].weights)
	start := make([]uint32, 1, features+1)
	var topic []uint16
	var weight []float32
	var bias []float64
	for _, r := range topics {
		bias = append(bias, r.bias)
	}
	for t := range features {
		for k := range topics {
			if w := topics[k].weights[t]; w != 0 {
				topic = append(topic, uint16(k))
				weight = append(weight, w)
			}
		}
		start = append(start, uint32(len(topic)))
	}
	return newScorer(set, scale, bias, start, topic, weight)
}

// newPlacedScorer is the scorer of a model, over places. It keeps the rows with their zeros too, if they are dense: zeros are
// added faster than the topics of a sparse row are looked up.
func newPlacedScorer(m *model.Model, set Settings, places *layout) *scorer {
	s := newScorer(set, m.Scale, m.Bias, m.RowStart, m.RowTopic, m.RowWeight)
	if !isDense(m.Features(), len(m.Bias), len(m.RowWeight)) {
		return s
	}
	if len(m.Scale) > 0 {
		s.scale = make([]float32, len(m.Scale))
	}
	stride := stride(len(m.Bias))
	s.dense = make([]float32, m.Features()*stride)
	for f, place := range places.place {
		if len(m.Scale) > 0 {
			s.scale[place] = m.Scale[f]
		}
		row := s.dense[int(place)*stride:][:stride]
		topics, weights := m.Row(uint32(f))
		for j, topic := range topics {
			row[topic] = weights[j]
		}
	}
	s.rowStart, s.rowTopic, s.rowWeight = nil, nil, nil // by the model's numbers
	return s
}

// isDense reports whether the rows of a model take at most twice the memory with their zeros.
func isDense(features, topics, weights int) bool { return features*stride(topics) <= 3*weights }

// score fills sums.out, one score a topic, and returns the factor by which the damped
// counts were multiplied. Terms must be distinct.
func (s *scorer) score(v vector, sums *scores) (factor float64) {
	norm := sums.evaluate(s, v)
	if s.dense != nil {
		addRows(sums.wide, s.dense, v.terms, sums.values)
	} else {
		s.addSparse(v.terms, sums)
	}
	factor = 1
	if s.normalise && norm > 0 {
		factor = 1 / math.Sqrt(norm)
	}
	for k, b := range s.bias {
		sums.out[k] = b + sums.out[k]*factor
	}
	return factor
}

func (s *scorer) addSparse(features []uint32, sums *scores) {
	for i, t := range features {
		lo, hi := s.rowStart[t], s.rowStart[t+1]
		topics := s.rowTopic[lo:hi]
		for j, w := range s.rowWeight[lo:hi] {
			sums.out[topics[j]] += sums.values[i] * float64(w)
		}
	}
}

// value is the damped and scaled count of a term.
func (s *scorer) value(term, count uint32) float64 {
	x := s.damped(count)
	if len(s.scale) > 0 {
		x *= float64(s.scale[term])
	}
	return x
}

func (s *scorer) damped(count uint32) float64 {
	if int(count) < len(s.small) {
		return s.small[count]
	}
	return s.dampedMany(count)
}

// dampedMany is damped without the table. Inlined, it would keep damped from being so.
//
//go:noinline
func (s *scorer) dampedMany(count uint32) float64 {
	if s.damp {
		return math.Log1p(float64(count))
	}
	return float64(count)
}

// scores is the scratch space for one document's scores, and what comes out of it.
type scores struct {
	wide   []float64 // sums in rows' width
	out    []float64 // of wide, one a topic
	values []float64 // of the features
}

func newScores(topics int) scores {
	wide := make([]float64, stride(topics))
	return scores{wide: wide, out: wide[:topics:topics]}
}

// evaluate clears the sums, values the features and returns the sum of the values' squares.
func (sums *scores) evaluate(s *scorer, v vector) (norm float64) {
	clear(sums.wide)
	sums.values = resize(sums.values, len(v.terms))
	values, counts := sums.values, v.counts[:len(v.terms)]
	scale := s.scale
	for i, t := range v.terms {
		x := s.damped(counts[i])
		if len(scale) > 0 {
			x *= float64(scale[t])
		}
		norm += x * x
		values[i] = x
	}
	return norm
}
