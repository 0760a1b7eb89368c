package classifier

import "math"

// scorer computes scores b_k + Σ x_t w_kt from sparse rows of weights. It is
// immutable; the one place where a score is computed.
type scorer struct {
	damp, normalise bool
	scale           []float32 // per term multiplier of its damped count; empty = 1
	bias            []float64
	rowStart        []uint32 // terms+1; row t is rowTopic and rowWeight[rowStart[t]:rowStart[t+1]]
	rowTopic        []uint16
	rowWeight       []float32
	log1p           [64]float64 // log(1+c) of small counts
}

func newScorer(set Settings, scale []float32, bias []float64, start []uint32, topic []uint16, weight []float32) *scorer {
	s := &scorer{damp: set.Damp, normalise: set.Normalise, scale: scale, bias: bias, rowStart: start, rowTopic: topic, rowWeight: weight}
	for c := range s.log1p {
		s.log1p[c] = math.Log1p(float64(c))
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

// score fills out, one score a topic, and returns the factor by which the damped
// counts were multiplied. Terms must be distinct.
func (s *scorer) score(v vector, out []float64) (factor float64) {
	clear(out)
	norm := 0.0
	for i, t := range v.terms {
		x := s.value(t, v.counts[i])
		norm += x * x
		lo, hi := s.rowStart[t], s.rowStart[t+1]
		topics := s.rowTopic[lo:hi]
		for j, w := range s.rowWeight[lo:hi] {
			out[topics[j]] += x * float64(w)
		}
	}
	factor = 1
	if s.normalise && norm > 0 {
		factor = 1 / math.Sqrt(norm)
	}
	for k, b := range s.bias {
		out[k] = b + out[k]*factor
	}
	return factor
}

// value is the damped and scaled count of a term.
func (s *scorer) value(term, count uint32) float64 {
	x := float64(count)
	switch {
	case !s.damp:
	case int(count) < len(s.log1p):
		x = s.log1p[count]
	default:
		x = math.Log1p(x)
	}
	if len(s.scale) > 0 {
		x *= float64(s.scale[term])
	}
	return x
}
