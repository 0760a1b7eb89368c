package classifier

// sums are the integers that weights are made of: words per topic and term.
// They add up over documents in any order, exactly.
type sums struct {
	topics, terms int
	docs          []int64 // per topic: documents
	allDocs       int64
	words         []int64 // per topic and term: [topic*terms+term]
	all           []int64 // per term, over all documents
	allWords      int64   // of all topics together
}

func newSums(topics, terms int) *sums {
	return &sums{
		topics: topics, terms: terms, docs: make([]int64, topics),
		words: make([]int64, topics*terms), all: make([]int64, terms),
	}
}

// add counts one document.
func (s *sums) add(v vector, labels []int) {
	s.allDocs++
	for i, t := range v.terms {
		s.all[t] += int64(v.counts[i])
	}
	for _, k := range labels {
		s.docs[k]++
		row := s.words[k*s.terms : (k+1)*s.terms]
		for i, t := range v.terms {
			row[t] += int64(v.counts[i])
			s.allWords += int64(v.counts[i])
		}
	}
}

// topic returns the words of one topic by term.
func (s *sums) topic(k int) []int64 { return s.words[k*s.terms : (k+1)*s.terms] }

func total(counts []int64) (n int64) {
	for _, c := range counts {
		n += c
	}
	return n
}

// contrast is what the weights of one topic are made of: its words beside everybody's.
type contrast struct {
	words, all    []int64 // by term: in the topic's documents, in all
	docs, allDocs int64
	topicWords    float64 // words of the mean topic
}

// contrast returns topic k against the rest, its slices backed by s.
func (s *sums) contrast(k int) *contrast {
	return &contrast{s.topic(k), s.all, s.docs[k], s.allDocs, float64(s.allWords) / float64(s.topics)}
}

// rest returns the words of all documents without the topic, by term.
func (c *contrast) rest() []int64 {
	out := make([]int64, len(c.all))
	for t, n := range c.words {
		out[t] = c.all[t] - n
	}
	return out
}
