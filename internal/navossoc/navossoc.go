// Package navossoc reads classifiers saved by github.com/navossoc/bayesian, so that
// someone who used that library can compare its answers with ours and train anew
// from what it had counted:
//
//  1. [Read] a file written by that library's WriteToFile.
//  2. [Classifier.LogScores], [Classifier.ProbScores] and
//     [Classifier.SafeProbScores] give the scores that the library gives.
//  3. [Classifier.Counts] gives the words of each class, to train a model from.
//
// A Classifier does not change once read and is safe for concurrent use.
//
// Read refuses what the library cannot have written: other fields or types, a class
// without data, negative or infinite numbers, bytes after the end, and more than
// [MaxBytes]. It has its own reader of the gob format, because encoding/gob sets
// memory aside for as many map entries as the file claims to have.
//
// # Why our own engine stands in place of that library
//
// The library, a fork of 2017 of github.com/jbrukh/bayesian, does not smooth: a word
// that a class has not seen gets the probability 1e-11 whatever the class, so one
// unseen word outweighs a good deal of evidence. Its probabilities are products in
// ordinary floating point: a long text, or one of eighty words that mixes two
// classes, underflows in every class, and 0/0 makes all of them NaN. The prior of a
// class is its share of the words, not of the documents, so that classes with long
// articles win. Its "idf" is one number for each class, log1p(documents / words of
// the class), and so tells no common word from a rare one. And the file is a gob of
// Go maps: two saves of one classifier differ. Here these are kept, since the aim is
// to reproduce; our own engine does none of them.
//
// Later versions of jbrukh/bayesian write the same file but smooth when they score;
// for such a file the counts are right and the scores are those of the fork.
package navossoc

import (
	"errors"
	"math"
)

// unseen is the probability of a word that a class has not seen.
const unseen = 1e-11

// ErrUnderflow is returned by SafeProbScores where the products underflowed so far
// that they put another class first than the logarithms do.
var ErrUnderflow = errors.New("possible underflow: probabilities and log scores disagree; use the log scores")

// Classifier is a saved classifier.
type Classifier struct {
	classes   []class
	learned   int  // documents learned
	words     int  // sum of the totals
	tfidf     bool // the library was told to weight by tf-idf
	converted bool // and had replaced its counts by the weights before saving
}

// class is what was learned about one class.
type class struct {
	name    string
	freqs   map[string]float64   // by word, as saved: counts or, converted, weights
	samples map[string][]float64 // tf-idf only: one for each document with the word
	weights map[string]float64   // what the scores are made of; freqs unless tf-idf
	total   int                  // words learned
}

// Classes returns the names of the classes in the order of all scores.
func (c *Classifier) Classes() []string {
	names := make([]string, len(c.classes))
	for i := range c.classes {
		names[i] = c.classes[i].name
	}
	return names
}

// Learned returns the number of documents that were learned.
func (c *Classifier) Learned() int { return c.learned }

// LogScores returns the natural logarithm of prior times likelihood for each class,
// not normalised; the index of the first of the best; and whether no other class
// equals it. A tf-idf classifier saved before its conversion, which the library
// refuses to score, gets the scores it has after the conversion.
func (c *Classifier) LogScores(words []string) (scores []float64, best int, strict bool) {
	scores = make([]float64, len(c.classes))
	for i := range c.classes {
		scores[i] = math.Log(c.prior(i))
		for _, w := range words {
			scores[i] += math.Log(c.classes[i].prob(w))
		}
	}
	best, strict = findBest(scores)
	return scores, best, strict
}

// ProbScores returns the probability of each class. All are NaN where the product
// underflows to zero in every class; best is then 0.
func (c *Classifier) ProbScores(words []string) (scores []float64, best int, strict bool) {
	scores = make([]float64, len(c.classes))
	sum := 0.0
	for i := range c.classes {
		likelihood := 1.0
		for _, w := range words {
			likelihood *= c.classes[i].prob(w)
		}
		scores[i] = c.prior(i) * likelihood
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
	best, strict = findBest(scores)
	return scores, best, strict
}

// SafeProbScores is ProbScores with [ErrUnderflow] where LogScores has another best
// class, or another opinion on whether it is strict. The scores are returned then too.
func (c *Classifier) SafeProbScores(words []string) (scores []float64, best int, strict bool, err error) {
	scores, best, strict = c.ProbScores(words)
	if _, b, s := c.LogScores(words); b != best || s != strict {
		err = ErrUnderflow
	}
	return scores, best, strict, err
}

// prior is the share of class i in the words learned.
func (c *Classifier) prior(i int) float64 {
	if c.words == 0 {
		return 0
	}
	return float64(c.classes[i].total) / float64(c.words)
}

// prob is the probability of a word in the class.
func (k *class) prob(word string) float64 {
	if v, ok := k.weights[word]; ok {
		return v / float64(k.total)
	}
	return unseen
}

// findBest returns the index of the first greatest score, and whether it is the only
// one. No NaN is greater than or equal to anything, so of NaNs the first is best.
func findBest(scores []float64) (best int, strict bool) {
	strict = true
	for i := 1; i < len(scores); i++ {
		switch {
		case scores[i] > scores[best]:
			best, strict = i, true
		case scores[i] == scores[best]:
			strict = false
		}
	}
	return best, strict
}
