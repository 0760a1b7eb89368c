package classifier

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestAddRows: every way of adding rows gives the same bits.
func TestAddRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const features = 50
	for topics := 1; topics <= 41; topics++ {
		width := stride(topics)
		rows := make([]float32, features*width)
		for i := range rows {
			rows[i] = rng.Float32() - 0.5
		}
		for _, n := range []int{0, 1, 5, 6, 7, 49} {
			var some []uint32
			var values []float64
			for range n {
				some, values = append(some, rng.Uint32N(features)), append(values, rng.ExpFloat64())
			}
			got, want := make([]float64, width), make([]float64, width)
			addRows(got, rows, some, values)
			addRowsInGo(want, rows, some, values)
			if !slices.Equal(got, want) {
				t.Errorf("%d features of %d topics: %v, want %v", n, topics, got, want)
			}
		}
	}
}

// TestWiden: a score is the same from rows with and without their zeros, and mostly empty rows stay
// sparse.
func TestWiden(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, filled := range []float64{0, 0.05, 0.5, 1} {
		const features, topics = 40, 9
		rows := make([]topicRow, topics)
		for k := range rows {
			rows[k] = topicRow{rng.Float64(), make([]float32, features)}
			for f := range features {
				if rng.Float64() < filled {
					rows[k].weights[f] = rng.Float32() - 0.5
				}
			}
		}
		s := newSparseScorer(Settings{Damp: true, Normalise: true}, nil, rows)
		v := vector{[]uint32{3, 1, 20, 39, 8, 30, 7, 25}, []uint32{1, 5, 2, 1, 1, 90, 3, 1}}
		sparse, wide := newScores(topics), newScores(topics)
		s.score(v, &sparse)
		s.widen()
		if s.score(v, &wide); !slices.Equal(sparse.out, wide.out) {
			t.Errorf("%.0f %% filled: %v, want %v", 100*filled, wide.out, sparse.out)
		}
		if got, want := s.dense != nil, filled >= 0.5; got != want {
			t.Errorf("%.0f %% filled: with zeros %v, want %v", 100*filled, got, want)
		}
	}
}
