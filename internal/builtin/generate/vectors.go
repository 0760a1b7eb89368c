package main

import (
	"cmp"
	"math"
	"math/rand/v2"
	"os"
	"slices"

	"gonum.org/v1/gonum/mat"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/embedding"
)

// Sizes of the table of vectors, chosen by cross-validation on the training halves of
// small sets: fewer dimensions lose accuracy there, more gain none.
const (
	dimensions = 100
	minDocs    = 5 // articles that a stem must stand in
)

// makeVectors finds which stems are used alike in bags of news.
func makeVectors(bagsFile, out string) error {
	all, err := readBags(bagsFile)
	if err != nil {
		return err
	}
	c, err := newCooccurrence(all)
	if err != nil {
		return err
	}
	vectors := c.leading(dimensions)
	t, err := embedding.New(c.stems, dimensions, quantised(vectors))
	if err != nil {
		return err
	}
	return create(out, func(f *os.File) error {
		_, err := f.Write(t.Encode())
		return err
	})
}

// cooccurrence is the sparse matrix of stems by articles: damped counts times the stem's inverse
// document frequency, each article of length 1.
type cooccurrence struct {
	stems    []string
	rarity   []float32
	articles [][]cell
}

type cell struct {
	stem  int
	value float64
}

func newCooccurrence(all []classifier.Bag) (*cooccurrence, error) {
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		return nil, err
	}
	counts := make([]map[string]uint32, len(all))
	docs := make(map[string]int)
	for i := range all {
		counts[i] = stemCounts(a, &all[i])
		for stem := range counts[i] {
			docs[stem]++
		}
	}
	c := &cooccurrence{articles: make([][]cell, len(all))}
	index := make(map[string]int)
	for stem, n := range docs {
		if n >= minDocs {
			c.stems = append(c.stems, stem)
		}
	}
	slices.Sort(c.stems)
	for i, stem := range c.stems {
		index[stem] = i
		c.rarity = append(c.rarity, float32(1+math.Log(float64(1+len(all))/float64(docs[stem]))))
	}
	for i := range counts {
		c.articles[i] = c.row(counts[i], index)
	}
	return c, nil
}

func stemCounts(a *text.Analyzer, b *classifier.Bag) map[string]uint32 {
	counts := make(map[string]uint32)
	for _, f := range b.Forms {
		if !a.IsStopWord([]byte(f.Form)) {
			counts[string(a.AppendStem(nil, []byte(f.Form)))] += f.Total()
		}
	}
	return counts
}

func (c *cooccurrence) row(counts map[string]uint32, index map[string]int) (row []cell) {
	square := 0.0
	for stem, n := range counts {
		if i, ok := index[stem]; ok {
			row = append(row, cell{i, math.Log1p(float64(n)) * float64(c.rarity[i])})
		}
	}
	slices.SortFunc(row, func(a, b cell) int { return cmp.Compare(a.stem, b.stem) })
	for _, x := range row {
		square += x.value * x.value
	}
	for j := range row {
		row[j].value /= math.Sqrt(square)
	}
	return row
}

// leading returns the leading left singular vectors, one a column, each times the square root of
// its singular value, by randomised subspace iteration (Halko, Martinsson & Tropp 2011, "Finding
// Structure with Randomness", algorithms 4.4 and 5.1).
func (c *cooccurrence) leading(n int) *mat.Dense {
	const oversample, iterations = 20, 8
	random := rand.New(rand.NewPCG(1, 2))
	q := mat.NewDense(len(c.stems), n+oversample, nil)
	q.Apply(func(_, _ int, _ float64) float64 { return random.NormFloat64() }, q)
	for range iterations {
		var factors mat.SVD // for an orthonormal base alone: mat.QR makes a square one
		factors.Factorize(c.times(c.transposedTimes(q)), mat.SVDThinU)
		q = new(mat.Dense)
		factors.UTo(q)
	}
	var small mat.SVD
	small.Factorize(c.transposedTimes(q), mat.SVDThin) // articles × (n+oversample): Xᵀ·q
	var rotation, out mat.Dense
	small.VTo(&rotation)
	out.Mul(q, rotation.Slice(0, n+oversample, 0, n))
	values := small.Values(nil)
	out.Apply(func(_, j int, x float64) float64 { return x * math.Sqrt(values[j]) }, &out)
	return &out
}

// transposedTimes returns Xᵀ·m, a row an article.
func (c *cooccurrence) transposedTimes(m *mat.Dense) *mat.Dense {
	_, columns := m.Dims()
	out := mat.NewDense(len(c.articles), columns, nil)
	for i, row := range c.articles {
		to := out.RawRowView(i)
		for _, x := range row {
			for j, v := range m.RawRowView(x.stem) {
				to[j] += x.value * v
			}
		}
	}
	return out
}

// times returns X·m, a row a stem.
func (c *cooccurrence) times(m *mat.Dense) *mat.Dense {
	_, columns := m.Dims()
	out := mat.NewDense(len(c.stems), columns, nil)
	for i, row := range c.articles {
		from := m.RawRowView(i)
		for _, x := range row {
			to := out.RawRowView(x.stem)
			for j, v := range from {
				to[j] += x.value * v
			}
		}
	}
	return out
}

// quantised scales each row so that its largest value is 127: the table keeps directions alone.
func quantised(m *mat.Dense) (out []int8) {
	rows, _ := m.Dims()
	for i := range rows {
		row := m.RawRowView(i)
		largest := 0.0
		for _, v := range row {
			largest = math.Max(largest, math.Abs(v))
		}
		for _, v := range row {
			out = append(out, int8(math.Round(127*v/math.Max(largest, 1e-12))))
		}
	}
	return out
}
