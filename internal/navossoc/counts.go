package navossoc

import (
	"fmt"
	"maps"
	"math"
)

// ClassCounts is what one class has learned.
type ClassCounts struct {
	Class string
	Words map[string]float64 // occurrences of each word
	Total int                // occurrences of all words
	Exact bool               // Words are true counts, whole numbers; else estimates
}

// Counts returns the word counts of each class, in the order of Classes.
//
// A classifier without tf-idf, or saved before the conversion, holds them as they
// are. The conversion overwrites each count with the sum of log1p(f) * idf over the
// documents of the class that have the word, f being the word's share of the
// document's words; but it keeps the terms of that sum, and so the shares come back.
// Where every share, in lowest terms, has the true count for its numerator, those
// numerators add up to the total, and only then: then the counts are exact. Else
// (a word twice in ten reads like once in five) Words are estimates that take all
// documents of a class to be of one length: the sum of the shares times Total over
// the number of documents. They add up to Total.
//
// It fails where the file contradicts itself.
func (c *Classifier) Counts() ([]ClassCounts, error) {
	list := make([]ClassCounts, len(c.classes))
	for i := range c.classes {
		k := &c.classes[i]
		var err error
		if c.tfidf && c.converted {
			list[i], err = k.invert(c.learned)
		} else {
			list[i], err = k.counted()
		}
		if err != nil {
			return nil, fmt.Errorf("class %q: %w", k.name, err)
		}
	}
	return list, nil
}

// counted returns the counts as saved, after checking that they are counts.
func (k *class) counted() (ClassCounts, error) {
	sum := 0.0
	for word, n := range k.freqs {
		if n != math.Trunc(n) {
			return ClassCounts{}, fmt.Errorf("the count of %q is %v, not a whole number; "+
				"is this a tf-idf classifier saved without its mark?", word, n)
		}
		sum += n
	}
	if sum != float64(k.total) {
		return ClassCounts{}, fmt.Errorf("the counts add up to %v, the total says %d", sum, k.total)
	}
	return ClassCounts{Class: k.name, Words: maps.Clone(k.freqs), Total: k.total, Exact: true}, nil
}

// idf is the library's one factor for all words of the class.
func (k *class) idf(learned int) float64 {
	return math.Log1p(float64(learned) / float64(k.total))
}

// weigh returns the weights that the library's conversion puts in place of counts.
func (k *class) weigh(learned int) map[string]float64 {
	weights, idf := maps.Clone(k.freqs), k.idf(learned)
	for word, shares := range k.samples {
		sum := 0.0
		for _, f := range shares {
			sum += math.Log1p(f) * idf
		}
		weights[word] = sum
	}
	return weights
}

// invert undoes weigh as far as it can be undone.
func (k *class) invert(learned int) (ClassCounts, error) {
	counts := ClassCounts{Class: k.name, Words: map[string]float64{}, Total: k.total}
	idf := k.idf(learned)
	if len(k.freqs) > 0 && (learned == 0 || k.total == 0) {
		return counts, fmt.Errorf("tf-idf weights of %d documents and %d words cannot be undone", learned, k.total)
	}
	shares := map[string]float64{}
	documents, sum, exact := 0.0, 0, true
	for word := range k.freqs {
		if len(k.samples[word]) == 0 {
			return counts, fmt.Errorf("no documents are kept for %q, so its count cannot be worked out", word)
		}
		for _, v := range k.samples[word] {
			f := math.Expm1(v / idf)
			n, ok := numerator(f)
			exact = exact && ok
			counts.Words[word] += float64(n)
			shares[word] += f
			sum += n
			documents += f // the shares of one document add up to 1
		}
	}
	if counts.Exact = exact && sum == k.total; counts.Exact {
		return counts, nil
	}
	if !(documents > 0) || math.IsInf(documents, 0) {
		return counts, fmt.Errorf("the tf-idf weights stand for %v documents, so there are no counts", documents)
	}
	for word, f := range shares {
		counts.Words[word] = f * float64(k.total) / documents
	}
	return counts, nil
}

// Bounds for telling a share from its neighbours: fractions with denominators up to
// longest are at least 1/longest² = 1e-10 apart.
const (
	longest   = 100_000 // words of a document
	tolerance = 1e-12
)

// numerator returns that of the simplest fraction n/d that f is, by its continued
// fraction, and whether there is one with n in 1..d and d up to longest.
func numerator(f float64) (n int, ok bool) {
	if !(f > tolerance) || f > 1+tolerance {
		return 0, false
	}
	n0, d0, n1, d1 := 0.0, 1.0, 1.0, 0.0
	for x := f; ; {
		whole := math.Floor(x)
		n0, d0, n1, d1 = n1, d1, whole*n1+n0, whole*d1+d0
		if d1 > longest {
			return 0, false
		}
		if math.Abs(f-n1/d1) <= tolerance {
			return int(n1), true
		}
		x = 1 / (x - whole)
	}
}
