package classifier

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/model"
)

// TestAddRows: every way of adding rows gives the same bits.
func TestAddRows(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const features = 50
	for topics := 1; topics <= 101; topics++ {
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

// TestPlacedScorer: a score is the same from rows with and without their zeros, wherever they are placed, and
// mostly empty rows stay sparse.
func TestPlacedScorer(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, filled := range []float64{0, 0.05, 0.5, 1} {
		const features, topics = 40, 9
		set := Settings{Damp: true, Normalise: true, IDF: true}
		rows, scale := make([]topicRow, topics), make([]float32, features)
		for f := range scale {
			scale[f] = 1 + 10*rng.Float32()
		}
		for k := range rows {
			rows[k] = topicRow{rng.Float64(), make([]float32, features)}
			for f := range features {
				if rng.Float64() < filled {
					rows[k].weights[f] = rng.Float32() - 0.5
				}
			}
		}
		s := newSparseScorer(set, scale, rows)
		m := &model.Model{Scale: scale, Bias: s.bias, RowStart: s.rowStart, RowTopic: s.rowTopic, RowWeight: s.rowWeight}
		places := newLayout(m, &set)
		placed := newPlacedScorer(m, set, &places)

		v := vector{[]uint32{3, 1, 20, 39, 8, 30, 7, 25}, []uint32{1, 5, 2, 1, 1, 90, 3, 1}}
		want, got := newScores(topics), newScores(topics)
		s.score(v, &want)
		for i, f := range v.terms {
			v.terms[i] = places.of(f)
		}
		if placed.score(v, &got); !slices.Equal(got.out, want.out) {
			t.Errorf("%.0f %% filled: %v, want %v", 100*filled, got.out, want.out)
		}
		if got, want := placed.dense != nil, filled >= 0.5; got != want {
			t.Errorf("%.0f %% filled: with zeros %v, want %v", 100*filled, got, want)
		}
		if slices.IsSorted(places.place) == (placed.dense != nil) {
			t.Errorf("%.0f %% filled: places %v", 100*filled, places.place)
		}
	}
}
