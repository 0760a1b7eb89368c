package classifier

import (
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/embedding"
	"github.com/tajuk/tajuk/text/language"
)

// meanings are the vectors of terms: words of like meaning have vectors of like direction. A
// linear model of a document's features x and of their meaning, the sum z of x_t·v_t, is
// linear in x alone: what it learns of the meaning is folded into the terms' weights, and
// reaches terms that no training article holds (a semantic kernel: Cristianini, Shawe-Taylor &
// Lodhi 2002, "Latent Semantic Kernels").
type meanings struct {
	dimensions int
	row        []int32   // per term: its row of vectors, or -1
	vectors    []float32 // row by row
}

// hasMeanings reports whether there are vectors for the language.
func hasMeanings(c text.Config) bool { return c.Language == language.Indonesian }

// newMeanings finds the vectors of terms. A term under another stemmer has the vector of its own
// stem in the table's sense.
func newMeanings(terms []string, table *embedding.Table) (*meanings, error) {
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		return nil, err
	}
	m := &meanings{dimensions: table.Dimensions(), row: make([]int32, len(terms))}
	for t, term := range terms {
		m.row[t] = -1
		i, ok := table.Find(term)
		if !ok && !isPair(term) {
			i, ok = table.Find(string(a.AppendStem(nil, []byte(term))))
		}
		if ok {
			m.row[t] = int32(len(m.vectors) / m.dimensions)
			m.vectors = append(m.vectors, table.Vector(i)...)
		}
	}
	return m, nil
}

// vector returns the vector of a feature, nil if it has none.
func (m *meanings) vector(feature uint32) []float32 {
	if int(feature) >= len(m.row) || m.row[feature] < 0 {
		return nil
	}
	at := int(m.row[feature]) * m.dimensions
	return m.vectors[at : at+m.dimensions]
}

// addTo gives each row of the problem its meaning.
func (m *meanings) addTo(p *problem, w workers) {
	rows := len(p.start) - 1
	p.dimensions, p.meaning, p.meaningSquare = m.dimensions, make([]float32, rows*m.dimensions), make([]float64, rows)
	w.each(rows, func(i int) {
		z := p.rowMeaning(int32(i))
		features, values := p.row(int32(i))
		for j, f := range features {
			for d, v := range m.vector(f) {
				z[d] += values[j] * v
			}
		}
		for _, x := range z {
			p.meaningSquare[i] += float64(x) * float64(x)
		}
	})
}

// fold adds to the weights what the meaning of each term is worth.
func (m *meanings) fold(weights, worth []float64) {
	for t := range m.row {
		sum := 0.0
		for d, v := range m.vector(uint32(t)) {
			sum += float64(v) * worth[d]
		}
		weights[t] += sum
	}
}
