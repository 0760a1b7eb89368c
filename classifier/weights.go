package classifier

import "math"

// logOdds turns counts into the weights and the bias of one topic, as the learner has them.
// For Multi the topic is weighed against all documents without it; for Single against the
// other topics.
func logOdds(c *contrast, task string, set Settings) (row []float64, bias float64) {
	row = make([]float64, len(c.all))
	switch {
	case set.Learner == CNB:
		complementWeights(row, c, set.Alpha)
	case set.Learner == NBS:
		shrunkenLogOdds(row, c, set.Mu*c.topicWords, set.Shrink)
	case task == Single:
		logRates(row, c.words, set.Alpha)
		bias = math.Log(smoothRatio(c.docs, c.allDocs))
	default:
		logOddsRates(row, c, set.Alpha)
		bias = math.Log(smoothRatio(c.docs, c.allDocs-c.docs))
	}
	return row, bias
}

// smoothRatio is a/b with half a document added to each, so that its logarithm is finite.
func smoothRatio(a, b int64) float64 { return (float64(a) + 0.5) / (float64(b) + 0.5) }

// logRates is log P(term|topic) with additive smoothing (McCallum & Nigam 1998, eq. 6).
func logRates(row []float64, words []int64, alpha float64) {
	norm := math.Log(float64(total(words)) + alpha*float64(len(words)))
	for t, n := range words {
		row[t] = math.Log(float64(n)+alpha) - norm
	}
}

// logOddsRates is log P(term|topic) - log P(term|not topic): the two-class form
// of multinomial naive Bayes.
func logOddsRates(row []float64, c *contrast, alpha float64) {
	logRates(row, c.words, alpha)
	rest := make([]float64, len(row))
	logRates(rest, c.rest(), alpha)
	for t := range row {
		row[t] -= rest[t]
	}
}

// complementWeights is -log P(term|not topic) (Rennie et al. 2003, eq. 6), taken
// relative to the term's rate in the whole collection. That shifts all topics'
// scores of a document alike, so their order is the published one, and it
// makes a topic's score comparable between documents, as Multi needs.
func complementWeights(row []float64, c *contrast, alpha float64) {
	logRates(row, c.all, alpha)
	rest := make([]float64, len(row))
	logRates(rest, c.rest(), alpha)
	for t := range row {
		row[t] -= rest[t]
	}
}

// shrunkenLogOdds is log P(term|topic) - log P(term|not topic) with two cures for
// naive Bayes' trust in rare words.
//
// The rates of both sides are smoothed towards the term's rate q in the whole
// collection by pseudo-words with those rates (Dirichlet smoothing: MacKay &
// Peto 1995; Zhai & Lafferty 2004, eq. 6), m of them:
//
//	w = log (n_k + m q)/(N_k + m) - log (n_r + m q)/(N_r + m)
//
// Its variance is near 1/(n_k + m q) + 1/(n_r + m q) (Monroe, Colaresi & Quinn 2008,
// "Fightin' Words", eq. 20 and 22). With z² = w²/variance, w is multiplied by
// z²/(z² + shrink), so that chance differences vanish and certain ones stay.
func shrunkenLogOdds(row []float64, c *contrast, m, shrink float64) {
	in, rest := c.words, c.rest()
	n, nr := float64(total(in)), float64(total(rest))
	collection := float64(total(c.all)) + float64(len(row))/2
	for t := range row {
		prior := m * (float64(c.all[t]) + 0.5) / collection
		a, b := float64(in[t])+prior, float64(rest[t])+prior
		w := math.Log(a/(n+m)) - math.Log(b/(nr+m))
		z2 := w * w / (1/a + 1/b)
		row[t] = w * z2 / (z2 + shrink)
		if z2 == 0 {
			row[t] = 0
		}
	}
}
