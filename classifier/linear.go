package classifier

import (
	"math"
	"math/rand/v2"
)

// problem is a training set in the form that the solver reads: documents as rows of
// damped, scaled, length-normalised counts.
type problem struct {
	terms int
	start []int32 // documents+1; row i is term and value[start[i]:start[i+1]]
	term  []uint32
	value []float32
}

// newProblem turns examples into rows by the same arithmetic as the scorer.
func newProblem(examples []example, s *scorer, terms int) *problem {
	p := &problem{terms: terms, start: []int32{0}}
	for i := range examples {
		v := examples[i].vector
		norm := 0.0
		for j, t := range v.terms {
			x := s.value(t, v.counts[j])
			norm += x * x
		}
		if !s.normalise || norm == 0 {
			norm = 1
		}
		factor := 1 / math.Sqrt(norm)
		for j, t := range v.terms {
			p.term = append(p.term, t)
			p.value = append(p.value, float32(factor*s.value(t, v.counts[j])))
		}
		p.start = append(p.start, int32(len(p.term)))
	}
	return p
}

// Limits of the solver. A looser tolerance changes no decision on the sets tried; the
// rounds bound the time on data that do not converge.
const (
	solverTolerance = 0.02
	solverRounds    = 100
)

// solve fits one topic: the weights w and bias b that minimise
//
//	½(|w|² + b²) + C Σ max(0, 1 - y(w·(r∘x) + b))²
//
// by dual coordinate descent (Hsieh, Chang, Lin, Keerthi & Sundararajan 2008, "A Dual
// Coordinate Descent Method for Large-scale Linear SVM", algorithm 1, L2 loss), where r
// scales the features (Wang & Manning 2012, "Baselines and Bigrams", section 2.4). It
// returns the weights of x itself, r∘w. Rows outside the training part are left out by rows.
// The order of visits is random with a fixed seed, so that the answer is always the same.
func (p *problem) solve(rows []int32, positive func(row int32) bool, ratio []float64, c float64) (weights []float64, bias float64) {
	s := newSolver(p, rows, positive, ratio, c)
	random := rand.New(rand.NewPCG(1, 2))
	for range solverRounds {
		random.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
		if s.round() < solverTolerance {
			break
		}
	}
	return s.weights, s.bias
}

// solver is the state of one topic's descent. weights is r∘w, so that a row's
// features need no scaling.
type solver struct {
	p        *problem
	rows     []int32
	order    []int32 // indexes into rows that are still visited
	sign     []float64
	alpha    []float64
	curve    []float64 // second derivative of the dual along each row
	square   []float64 // r², or nil for all 1
	weights  []float64
	bias     float64
	diagonal float64
}

func newSolver(p *problem, rows []int32, positive func(int32) bool, ratio []float64, c float64) *solver {
	s := &solver{
		p: p, rows: rows, order: make([]int32, len(rows)), sign: make([]float64, len(rows)),
		alpha: make([]float64, len(rows)), curve: make([]float64, len(rows)),
		weights: make([]float64, p.terms), diagonal: 0.5 / c,
	}
	if ratio != nil {
		s.square = make([]float64, len(ratio))
		for t, r := range ratio {
			s.square[t] = r * r
		}
	}
	for i, row := range rows {
		s.order[i], s.sign[i] = int32(i), -1
		if positive(row) {
			s.sign[i] = 1
		}
		s.curve[i] = s.diagonal + 1
		terms, values := p.row(row)
		for j, t := range terms {
			x := float64(values[j])
			s.curve[i] += x * x * s.scale(t)
		}
	}
	return s
}

func (s *solver) scale(t uint32) float64 {
	if s.square == nil {
		return 1
	}
	return s.square[t]
}

func (p *problem) row(i int32) ([]uint32, []float32) {
	lo, hi := p.start[i], p.start[i+1]
	return p.term[lo:hi], p.value[lo:hi]
}

// round visits every row once and returns the largest violation of optimality met.
func (s *solver) round() (violation float64) {
	for _, i := range s.order {
		terms, values := s.p.row(s.rows[i])
		margin := s.bias
		for j, t := range terms {
			margin += float64(values[j]) * s.weights[t]
		}
		gradient := s.sign[i]*margin - 1 + s.diagonal*s.alpha[i]
		projected := gradient
		if s.alpha[i] == 0 {
			projected = math.Min(gradient, 0)
		}
		if projected == 0 {
			continue
		}
		violation = math.Max(violation, math.Abs(projected))
		next := math.Max(s.alpha[i]-gradient/s.curve[i], 0)
		s.update(terms, values, (next-s.alpha[i])*s.sign[i])
		s.alpha[i] = next
	}
	return violation
}

func (s *solver) update(terms []uint32, values []float32, step float64) {
	s.bias += step
	if s.square == nil {
		for j, t := range terms {
			s.weights[t] += step * float64(values[j])
		}
		return
	}
	for j, t := range terms {
		s.weights[t] += step * float64(values[j]) * s.square[t]
	}
}
