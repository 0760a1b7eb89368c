package classifier

import (
	"math"
	"slices"
	"testing"
)

// matrixProblem is the matrix of weights_test.go, damped and of length 1, times ratio if there is one.
func matrixProblem(ratio []float64) *problem {
	counts := [][]uint32{{2, 1, 0, 0}, {3, 0, 1, 0}, {0, 1, 2, 0}, {0, 0, 1, 4}, {1, 0, 0, 2}}
	var examples []example
	for _, row := range counts {
		var v vector
		for term, n := range row {
			if n > 0 {
				v.terms, v.counts = append(v.terms, uint32(term)), append(v.counts, n)
			}
		}
		examples = append(examples, example{vector: v})
	}
	p := newProblem(examples, newScorer(Settings{Damp: true, Normalise: true}, nil, nil, nil, nil, nil), 4)
	for i, term := range p.term {
		if ratio != nil {
			p.value[i] *= float32(ratio[term])
		}
	}
	for i := range p.square {
		p.square[i] = 0
		_, values := p.row(int32(i))
		for _, x := range values {
			p.square[i] += float64(x) * float64(x)
		}
	}
	return p
}

var matrixRows = []int32{0, 1, 2, 3, 4}

// isTopic says which rows of the matrix are of a topic.
func isTopic(k int) func(row int32) bool {
	return func(row int32) bool { return []int{0, 0, 1, 2, 2}[row] == k }
}

func matrixTask(topic int, ratio []float64, c float64) task {
	return task{rows: matrixRows, positive: isTopic(topic), ratio: ratio, c: c}
}

// converge carries the descent on to the end, without putting rows aside.
func (s *solver) converge() {
	for range 2000 {
		s.highest = math.Inf(1)
		s.round()
	}
}

// linearCase is a solution of LIBLINEAR, which solves the same problem, in scikit-learn 1.9.1:
//
//	X = np.log1p(X); X /= np.linalg.norm(X, axis=1, keepdims=True)
//	m = LinearSVC(C=C, tol=1e-12, max_iter=1000000).fit(X, y == k); m.coef_, m.intercept_
type linearCase struct {
	c       float64
	topic   int
	weights []float64
	bias    float64
}

func linearCases() []linearCase {
	return []linearCase{
		{1, 0, []float64{0.98643635, -0.05666658, -0.34727363, -0.91365692}, -0.21349521},
		{1, 1, []float64{-0.7849651, 0.41835663, 0.58095681, -0.61307034}, -0.33297314},
		{1, 2, []float64{-0.43901654, -0.48841649, -0.43251083, 1.15113099}, -0.14200878},
		{0.5, 0, []float64{0.71065819, -0.01713968, -0.26818701, -0.6650896}, -0.1619009},
		{0.5, 1, []float64{-0.59409947, 0.26761587, 0.38025004, -0.42966494}, -0.30313407},
		{0.5, 2, []float64{-0.35844895, -0.39441295, -0.32825668, 0.88861456}, -0.12957796},
	}
}

// TestSolverReference: carried on to the end, the descent finds the reference's optimum.
func TestSolverReference(t *testing.T) {
	for _, test := range linearCases() {
		s := newSolver(matrixProblem(nil), matrixTask(test.topic, nil, test.c))
		s.converge()
		if !close6(append(slices.Clone(s.weights), s.bias), append(test.weights, test.bias)) {
			t.Errorf("C %v, topic %d: %v, %v; want %v, %v", test.c, test.topic, s.weights, s.bias, test.weights, test.bias)
		}
	}
}

// TestSolveNearOptimum: where solve stops, the objective is within a hundredth of the reference's.
func TestSolveNearOptimum(t *testing.T) {
	for _, test := range linearCases() {
		p := matrixProblem(nil)
		s := p.solve(matrixTask(test.topic, nil, test.c))
		got, least := p.objective(test, s.weights, s.bias), p.objective(test, test.weights, test.bias)
		if got < least-1e-6 || got > 1.01*least {
			t.Errorf("C %v, topic %d: objective %v, the optimum is %v", test.c, test.topic, got, least)
		}
	}
}

// objective is ½(|w|² + b²) + C Σ max(0, 1 - y(w·x + b))².
func (p *problem) objective(test linearCase, weights []float64, bias float64) float64 {
	sum := bias * bias / 2
	for _, w := range weights {
		sum += w * w / 2
	}
	for _, row := range matrixRows {
		margin, sign := bias, -1.0
		if isTopic(test.topic)(row) {
			sign = 1
		}
		terms, values := p.row(row)
		for j, t := range terms {
			margin += weights[t] * float64(values[j])
		}
		sum += test.c * math.Pow(max(0, 1-sign*margin), 2)
	}
	return sum
}

// TestSolveRatio: scaling the features by the ratio is the same as giving scaled features, and
// the weights come back for the features as they were.
func TestSolveRatio(t *testing.T) {
	ratio := []float64{2, 0.5, 1, 0.25}
	for topic := range 3 {
		got := newSolver(matrixProblem(nil), matrixTask(topic, ratio, 1))
		want := newSolver(matrixProblem(ratio), matrixTask(topic, nil, 1))
		got.converge()
		want.converge()
		for i := range ratio {
			want.weights[i] *= ratio[i]
		}
		if !close6(append(got.weights, got.bias), append(want.weights, want.bias)) {
			t.Errorf("topic %d: %v, %v; want %v, %v", topic, got.weights, got.bias, want.weights, want.bias)
		}
	}
}

// close6 compares to the precision of stored features.
func close6(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Abs(x-y) < 1e-6 })
}

// TestRatio has mean square 1, and is largest where the topic and the rest differ most.
func TestRatio(t *testing.T) {
	set := Settings{Mu: 1, Shrink: 8, Ratio: 1}
	r, square := ratio(matrixSums().contrast(2), set), 0.0
	for _, x := range r {
		square += x * x / float64(len(r))
	}
	if math.Abs(square-1) > 1e-12 || slices.Index(r, slices.Max(r)) != 3 || slices.Min(r) <= 0 {
		t.Errorf("ratios %v, mean square %v", r, square)
	}
	set.Ratio = 0
	if r := ratio(matrixSums().contrast(2), set); r != nil {
		t.Errorf("ratios %v where none are wanted", r)
	}
}
