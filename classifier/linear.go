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

	square []float64 // per row: its product with itself

	dimensions    int       // of what the words mean together; 0 for none
	meaning       []float32 // per row so many numbers
	meaningSquare []float64 // per row: their product with themselves
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
		factor, square := 1/math.Sqrt(norm), 0.0
		for j, t := range v.terms {
			x := float32(factor * s.value(t, v.counts[j]))
			p.term, p.value = append(p.term, t), append(p.value, x)
			square += float64(x) * float64(x)
		}
		p.square = append(p.square, square)
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

// task is one topic to be fitted to some rows of a problem:
//
//	½(|w|² + |u|² + b²) + C Σ max(0, 1 - y(w·(r∘x) + λu·z + b))²
//
// is least for weights w of the features x, u of the rows' meaning z, and the bias b,
// where r scales the features (Wang & Manning 2012, "Baselines and Bigrams", section 2.4)
// and λ the meaning.
type task struct {
	rows     []int32
	positive func(row int32) bool
	ratio    []float64 // r, or nil for all 1
	c        float64
	semantic float64   // λ
	start    []float64 // dual variables to start from, by row of the problem; nil for all 0
}

// solve solves the task by dual coordinate descent with shrinking (Hsieh, Chang, Lin, Keerthi &
// Sundararajan 2008, "A Dual Coordinate Descent Method for Large-scale Linear SVM",
// algorithms 1 and 3, L2 loss). Starting near the solution, as from that of other folds
// (DeCoste & Wagstaff 2000, "Alpha seeding"), it ends sooner at the same place. The order of
// visits is random with a fixed seed, so that the answer is always the same.
func (p *problem) solve(t task) *solver {
	s := newSolver(p, t)
	random := rand.New(rand.NewPCG(1, 2))
	for range solverRounds {
		active := s.order[:s.active]
		random.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
		if violation := s.round(); violation >= solverTolerance {
			continue
		}
		if s.active == len(s.order) {
			break
		}
		s.active, s.highest = len(s.order), math.Inf(1) // look at all rows again
	}
	return s
}

// solver is the state of one topic's descent. weights is r∘w, so that a row's
// features need no scaling.
type solver struct {
	p        *problem
	task     task
	order    []int32 // indexes into rows; the first active ones are still visited
	active   int
	highest  float64 // violation of the last round, above which an idle row is put aside
	sign     []float64
	alpha    []float64
	curve    []float64 // second derivative of the dual along each row
	square   []float64 // r², or nil for all 1
	weights  []float64
	meaning  []float64 // λu
	bias     float64
	diagonal float64
}

func newSolver(p *problem, t task) *solver {
	n := len(t.rows)
	s := &solver{
		p: p, task: t, order: make([]int32, n), active: n, highest: math.Inf(1),
		sign: make([]float64, n), alpha: make([]float64, n), curve: make([]float64, n),
		weights: make([]float64, p.terms), diagonal: 0.5 / t.c,
	}
	if t.semantic > 0 {
		s.meaning = make([]float64, p.dimensions)
	}
	if t.ratio != nil {
		s.square = make([]float64, len(t.ratio))
		for i, r := range t.ratio {
			s.square[i] = r * r
		}
	}
	for i, row := range t.rows {
		s.order[i], s.sign[i] = int32(i), -1
		if t.positive(row) {
			s.sign[i] = 1
		}
		s.curve[i] = s.diagonal + s.squareLength(row)
		if t.start != nil && t.start[row] > 0 {
			s.alpha[i] = t.start[row]
			s.update(row, s.alpha[i]*s.sign[i])
		}
	}
	return s
}

// squareLength is the row's product with itself, the bias counted as a feature of 1.
func (s *solver) squareLength(row int32) float64 {
	sum := 1 + s.p.square[row]
	if s.square != nil {
		sum = 1
		terms, values := s.p.row(row)
		for j, t := range terms {
			sum += float64(values[j]) * float64(values[j]) * s.square[t]
		}
	}
	if s.meaning != nil {
		sum += s.task.semantic * s.task.semantic * s.p.meaningSquare[row]
	}
	return sum
}

func (p *problem) row(i int32) ([]uint32, []float32) {
	lo, hi := p.start[i], p.start[i+1]
	return p.term[lo:hi], p.value[lo:hi]
}

func (p *problem) rowMeaning(i int32) []float32 {
	return p.meaning[int(i)*p.dimensions : (int(i)+1)*p.dimensions]
}

// round visits every active row once and returns the largest violation of optimality met. A row
// that is far from mattering is put aside.
func (s *solver) round() (violation float64) {
	for at := 0; at < s.active; at++ {
		i := s.order[at]
		row := s.task.rows[i]
		gradient := s.sign[i]*s.margin(row) - 1 + s.diagonal*s.alpha[i]
		projected := gradient
		if s.alpha[i] == 0 {
			if gradient > s.highest {
				s.active--
				s.order[at], s.order[s.active] = s.order[s.active], i
				at--
				continue
			}
			projected = math.Min(gradient, 0)
		}
		if projected == 0 {
			continue
		}
		violation = math.Max(violation, math.Abs(projected))
		next := math.Max(s.alpha[i]-gradient/s.curve[i], 0)
		s.update(row, (next-s.alpha[i])*s.sign[i])
		s.alpha[i] = next
	}
	s.highest = math.Inf(1)
	if violation > 0 {
		s.highest = violation
	}
	return violation
}

// margin is the score of a row.
func (s *solver) margin(row int32) float64 {
	margin := s.bias
	terms, values := s.p.row(row)
	for j, t := range terms {
		margin += float64(values[j]) * s.weights[t]
	}
	if s.meaning != nil {
		for j, z := range s.p.rowMeaning(row) {
			margin += float64(z) * s.meaning[j]
		}
	}
	return margin
}

func (s *solver) update(row int32, step float64) {
	s.bias += step
	terms, values := s.p.row(row)
	if s.square == nil {
		for j, t := range terms {
			s.weights[t] += step * float64(values[j])
		}
	} else {
		for j, t := range terms {
			s.weights[t] += step * float64(values[j]) * s.square[t]
		}
	}
	if s.meaning != nil {
		step *= s.task.semantic * s.task.semantic
		for j, z := range s.p.rowMeaning(row) {
			s.meaning[j] += step * float64(z)
		}
	}
}

// duals returns the dual variables by row of the problem, 0 for rows that were left out.
func (s *solver) duals() []float64 {
	out := make([]float64, len(s.p.start)-1)
	for i, row := range s.task.rows {
		out[row] = s.alpha[i]
	}
	return out
}
