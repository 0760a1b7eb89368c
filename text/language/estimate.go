package language

import (
	"fmt"
	"maps"
	"math"
	"slices"
)

// Corpus is what a table is estimated from.
type Corpus struct {
	// Sentences by code, then by number, hold the surface forms of one sentence. The same number
	// must mean the same sentence in all languages: a name that is held out of one is
	// held out of all.
	Sentences map[string][][]string
	// News holds Indonesian articles, each as its surface forms in reading order.
	News [][]string
}

// Parts of P(word|language), mixed by weights of the language (deleted interpolation: Jelinek &
// Mercer 1980). News counts for every language: neighbours share words with Indonesian, and all
// share names. How much, the weights say.
const (
	own    = iota // share of the word in the language's own sentences
	others        // mean share in the sentences of the other languages
	press         // share in Indonesian news
	letter        // probability of its letters in the language
	parts
)

const (
	folds  = 5  // of sentences, each held out once to learn the weights
	rounds = 15 // of expectation and maximisation (Dempster, Laird & Rubin 1977)

	// leastNews and leastArticles are how often, and in how many articles, a word must stand in
	// the news to be listed for that alone.
	leastNews, leastArticles = 5, 2
	// spellingTrust is the power to which the probability of letters is raised: letters of a word
	// depend on each other more than a model of three of them says.
	spellingTrust = 0.2
	// Random draws half its words evenly from a list of wordList words, and spells the others,
	// half their letters evenly, half as the languages do on the mean.
	wordList = 12000
	half     = 0.5
)

// Estimate makes a table. Equal corpora give equal tables.
func Estimate(c *Corpus) (*Table, error) {
	n := len(c.Sentences[Indonesian])
	for _, code := range Codes() {
		if len(c.Sentences[code]) != n || n < folds {
			return nil, fmt.Errorf("%d sentences of language %q and %d of %q: equally many are needed, and %d or more",
				len(c.Sentences[code]), code, n, Indonesian, folds)
		}
	}
	e := &estimator{corpus: c}
	e.countNews()
	e.shares = e.sharesWithout(none)
	e.learnWeights()
	forms := e.forms()
	t := &Table{lexicon: newLexicon(len(forms))}
	for _, form := range forms {
		t.add(form, e.wordRow(form))
	}
	e.addSpelling(t)
	e.addOrder(t)
	return t, nil
}

type estimator struct {
	corpus         *Corpus
	news, articles map[string]int // how often a form stands in the news, and in how many articles
	*shares
	weights [languages][parts]float64
}

func (e *estimator) countNews() {
	e.news, e.articles = make(map[string]int), make(map[string]int)
	last := make(map[string]int) // article that a form was last seen in, from 1
	for i, article := range e.corpus.News {
		for _, form := range article {
			if e.news[form]++; last[form] != i+1 {
				last[form] = i + 1
				e.articles[form]++
			}
		}
	}
}

// shares are relative frequencies.
type shares struct {
	own   [languages]map[string]float64
	all   map[string]float64 // mean over the languages
	press map[string]float64
	spell [languages]*speller
}

const none = -1 // no fold

// sharesWithout counts all sentences but those of a fold.
func (e *estimator) sharesWithout(fold int) *shares {
	s := &shares{all: make(map[string]float64), press: make(map[string]float64, len(e.news))}
	total := 0
	for _, n := range e.news {
		total += n
	}
	for form, n := range e.news {
		s.press[form] = float64(n) / float64(total)
	}
	for l := range languages {
		s.own[l] = e.corpus.ownShares(l, fold)
		for form, x := range s.own[l] {
			s.all[form] += x / languages
		}
		s.spell[l] = newSpeller()
		known := maps.Clone(s.own[l])
		if l == 0 {
			maps.Copy(known, s.press)
		}
		for form := range known {
			if isLatin([]byte(form)) {
				s.spell[l].add(form)
			}
		}
	}
	return s
}

func (c *Corpus) ownShares(l, fold int) map[string]float64 {
	counts, words := make(map[string]float64), 0.0
	for i, sentence := range c.Sentences[codes[l]] {
		if i%folds == fold {
			continue
		}
		for _, form := range sentence {
			counts[form]++
			words++
		}
	}
	for form := range counts {
		counts[form] /= words
	}
	return counts
}

func (s *shares) of(l int, form string) (p [parts]float64) {
	p[own] = s.own[l][form]
	p[others] = max(0, s.all[form]*languages-p[own]) / (languages - 1)
	p[press] = s.press[form]
	p[letter] = s.spell[l].wordProbability(form)
	return p
}

// learnWeights finds the mixture of each language that makes held-out sentences likeliest.
func (e *estimator) learnWeights() {
	var held [languages][][parts]float64
	for fold := range folds {
		s := e.sharesWithout(fold)
		for l := range languages {
			for i, sentence := range e.corpus.Sentences[codes[l]] {
				if i%folds != fold {
					continue
				}
				for _, form := range sentence {
					held[l] = append(held[l], s.of(l, form))
				}
			}
		}
	}
	for l := range held {
		e.weights[l] = maximise(held[l])
	}
}

// maximise finds the weights by expectation and maximisation.
func maximise(words [][parts]float64) (w [parts]float64) {
	for k := range w {
		w[k] = 1. / parts
	}
	for range rounds {
		var sum [parts]float64
		for _, p := range words {
			whole := mix(w, p)
			for k := range sum {
				sum[k] += w[k] * p[k] / whole
			}
		}
		for k := range w {
			w[k] = sum[k] / float64(len(words))
		}
	}
	return w
}

func mix(w, p [parts]float64) (sum float64) {
	for k := range w {
		sum += w[k] * p[k]
	}
	return sum
}

// forms lists what words the table is to have, in order.
func (e *estimator) forms() []string {
	listed := maps.Clone(e.all)
	for form, n := range e.news {
		if n >= leastNews && e.articles[form] >= leastArticles {
			listed[form] = 0
		}
	}
	maps.DeleteFunc(listed, func(form string, _ float64) bool { return !isLatin([]byte(form)) })
	return slices.Sorted(maps.Keys(listed))
}

func (e *estimator) wordRow(form string) row {
	var log [classes]float64
	for l := range languages {
		log[l] = math.Log(mix(e.weights[l], e.of(l, form)))
	}
	log[languages] = math.Log(half / wordList)
	r := oddsOf(log, 1)
	r[0] = affixClass(form)
	return r
}

func (e *estimator) addSpelling(t *Table) {
	var log [classes]float64
	for l := range languages {
		log[l] = math.Log(e.weights[l][letter])
	}
	log[languages] = math.Log(half)
	t.unseen = oddsOf(log, 1)
	for context := range symbols * symbols {
		for last := range symbols {
			gram, mean := gramOf(context, last), 0.0
			for l := range languages {
				p := e.spell[l].probability(gram)
				log[l] = math.Log(p)
				mean += p / languages
			}
			log[languages] = math.Log(half*mean + half/symbols)
			t.grams[gram] = oddsOf(log, spellingTrust)
		}
	}
}

// oddsOf rounds log-odds against Indonesian to steps.
func oddsOf(log [classes]float64, trust float64) (r row) {
	for i := range r {
		r[i] = inSteps(trust * (log[i] - log[0]))
	}
	return r
}

func inSteps(nats float64) int8 {
	return int8(max(-largest, min(largest, math.Round(nats/step))))
}
