package classifier

// sums are the integers that weights are made of: words per topic and term.
// They add up over documents in any order, and subtract again exactly.
type sums struct {
	topics, terms int
	docs          []int64 // per topic: documents
	allDocs       int64
	words         []int64 // per topic and term: [topic*terms+term]
	all           []int64 // per term, over all documents
}

func newSums(topics, terms int) *sums {
	return &sums{
		topics: topics, terms: terms, docs: make([]int64, topics),
		words: make([]int64, topics*terms), all: make([]int64, terms),
	}
}

// add counts one document sign times: 1 to add it, -1 to take it out.
func (s *sums) add(v vector, labels []int, sign int64) {
	s.allDocs += sign
	for i, t := range v.terms {
		s.all[t] += sign * int64(v.counts[i])
	}
	for _, k := range labels {
		s.docs[k] += sign
		row := s.words[k*s.terms : (k+1)*s.terms]
		for i, t := range v.terms {
			row[t] += sign * int64(v.counts[i])
		}
	}
}

// clone returns a copy.
func (s *sums) clone() *sums {
	out := newSums(s.topics, s.terms)
	out.allDocs = s.allDocs
	copy(out.docs, s.docs)
	copy(out.words, s.words)
	copy(out.all, s.all)
	return out
}

// topic returns the words of one topic by term.
func (s *sums) topic(k int) []int64 { return s.words[k*s.terms : (k+1)*s.terms] }

func total(counts []int64) (n int64) {
	for _, c := range counts {
		n += c
	}
	return n
}

// meanTopicWords is the mean number of words of a topic.
func (s *sums) meanTopicWords() float64 { return float64(total(s.words)) / float64(s.topics) }

// complement returns the words of all documents without topic k, by term.
func (s *sums) complement(k int) []int64 {
	out := make([]int64, s.terms)
	for t, n := range s.topic(k) {
		out[t] = s.all[t] - n
	}
	return out
}
