package language

import "math"

// A gram is three symbols of a word, five bits each.
const (
	grams   = 1 << 15
	symbols = 29 // the end of a word, a to z, digits and marks, Latin letters with an accent
	length  = 3  // of a gram
)

// gramOf joins the number of a context of two symbols, in reading order, and the symbol behind them.
func gramOf(context, last int) int { return (context/symbols)<<10 | (context%symbols)<<5 | last }

func symbol(b byte) int {
	switch {
	case 'a' <= b && b <= 'z':
		return int(b-'a') + 1
	case b < 0x80:
		return 27
	}
	return 28
}

// appendGrams appends the gram that ends at each letter, and that at the end of the word.
func appendGrams(dst []uint16, form []byte) []uint16 {
	gram := 0
	for _, b := range form {
		if b&0xC0 == 0x80 {
			continue // not the first byte of a letter
		}
		gram = (gram<<5 | symbol(b)) % grams
		dst = append(dst, uint16(gram))
	}
	return append(dst, uint16(gram<<5%grams))
}

// isLatin reports whether every letter is in the Latin script, going by the first byte of its UTF-8.
func isLatin(form []byte) bool {
	for _, b := range form {
		if b > 0xC9 && b != 0xE1 { // U+0250 and above, but for U+1Exx of Vietnamese
			return false
		}
	}
	return true
}

// speller is a model of spelling: each letter given the two before it, smoothed by the method
// of Witten & Bell (1991, method C).
type speller struct {
	seen  [length][]float64 // by the last letters of a gram: one, two, three of them
	total [length][]float64 // of those that begin with the same letters
	kinds [length][]float64 // distinct ones of those
}

func newSpeller() *speller {
	s := &speller{}
	for i := range length {
		s.seen[i] = make([]float64, 32<<(5*i))
		s.total[i], s.kinds[i] = make([]float64, 1<<(5*i)), make([]float64, 1<<(5*i))
	}
	return s
}

func (s *speller) add(form string) {
	for _, gram := range appendGrams(nil, []byte(form)) {
		for i := range length {
			g := int(gram) % (32 << (5 * i))
			if s.seen[i][g] == 0 {
				s.kinds[i][g>>5]++
			}
			s.seen[i][g]++
			s.total[i][g>>5]++
		}
	}
}

// probability is that of the last letter of the gram, given the others.
func (s *speller) probability(gram int) float64 {
	p := 1.0 / symbols
	for i := range length {
		g := gram % (32 << (5 * i))
		if n, t := s.total[i][g>>5], s.kinds[i][g>>5]; t > 0 {
			p = (s.seen[i][g] + t*p) / (n + t)
		}
	}
	return p
}

// wordProbability is that of the word among all strings of letters.
func (s *speller) wordProbability(form string) float64 {
	sum := 0.0
	for _, gram := range appendGrams(nil, []byte(form)) {
		sum += math.Log(s.probability(int(gram)))
	}
	return math.Exp(sum)
}
