package classifier

import (
	"math"
	"testing"
)

// TestSolveReference compares with LIBLINEAR, which solves the same problem, in scikit-learn 1.9.1. X is
// the matrix of weights_test.go:
//
//	X = np.log1p(X); X /= np.linalg.norm(X, axis=1, keepdims=True)
//	m = LinearSVC(C=C, tol=1e-12, max_iter=1000000).fit(X, y == k); m.coef_, m.intercept_
func TestSolveReference(t *testing.T) {
	counts := [][]uint32{{2, 1, 0, 0}, {3, 0, 1, 0}, {0, 1, 2, 0}, {0, 0, 1, 4}, {1, 0, 0, 2}}
	topic := []int{0, 0, 1, 2, 2}
	var examples []example
	var rows []int32
	for i, row := range counts {
		var v vector
		for term, n := range row {
			if n > 0 {
				v.terms, v.counts = append(v.terms, uint32(term)), append(v.counts, n)
			}
		}
		examples, rows = append(examples, example{vector: v}), append(rows, int32(i))
	}
	p := newProblem(examples, newScorer(Settings{Damp: true, Normalise: true}, nil, nil, nil, nil, nil), 4)
	tests := []struct {
		c       float64
		topic   int
		weights [4]float64
		bias    float64
	}{
		{1, 0, [4]float64{0.98643635, -0.05666658, -0.34727363, -0.91365692}, -0.21349521},
		{1, 1, [4]float64{-0.7849651, 0.41835663, 0.58095681, -0.61307034}, -0.33297314},
		{1, 2, [4]float64{-0.43901654, -0.48841649, -0.43251083, 1.15113099}, -0.14200878},
		{0.5, 0, [4]float64{0.71065819, -0.01713968, -0.26818701, -0.6650896}, -0.1619009},
		{0.5, 1, [4]float64{-0.59409947, 0.26761587, 0.38025004, -0.42966494}, -0.30313407},
		{0.5, 2, [4]float64{-0.35844895, -0.39441295, -0.32825668, 0.88861456}, -0.12957796},
	}
	for _, test := range tests {
		weights, bias := p.solve(rows, func(row int32) bool { return topic[row] == test.topic }, nil, test.c)
		if math.Abs(bias-test.bias) > 10*solverTolerance {
			t.Errorf("C %v, topic %d: bias %v, want %v", test.c, test.topic, bias, test.bias)
		}
		for i, want := range test.weights {
			if math.Abs(weights[i]-want) > 10*solverTolerance {
				t.Errorf("C %v, topic %d: weights %v, want %v", test.c, test.topic, weights, test.weights)
			}
		}
	}
}
