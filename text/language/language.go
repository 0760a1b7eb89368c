// Package language tells Indonesian from its neighbours and from English by the words of a text.
//
//  1. Make a Guess for a text; the zero value is ready.
//  2. Add the surface forms of its words, as text.Scanner gives them; a hundred are plenty.
//  3. Foreign says whether it is another language than Indonesian, and Best which is likeliest.
//
// It is naive Bayes over words (McCallum & Nigam 1998, the multi-variate view: a word counts
// once), with counts from 701 parallel sentences a language (SIB-200, Adelani et al. 2024).
// The languages are those an Indonesian newsroom meets: Malay, Javanese, Sundanese, Minangkabau,
// Balinese, English. A text in another language has few words that any of them knows;
// Known says how many, and the caller draws the line.
//
// The tables are read once, on first use, and never change: any number of goroutines may
// guess, each with a Guess of its own.
package language

import (
	_ "embed" // for the table of words
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// Indonesian is the code that other languages are measured against.
const Indonesian = "id"

// Codes lists the languages: ISO 639-1 codes where there is one, else 639-3.
func Codes() []string { return []string{Indonesian, "en", "ms", "jv", "su", "min", "ban"} }

const languages = 7

// smoothing is added to every count; chosen by cross-validation on the sentences.
const smoothing = 0.1

//go:embed words.tsv
var table string

// profile holds log P(word|language), and that of a word never seen.
type profile struct {
	words  map[string][languages]float32
	unseen [languages]float32
}

var load = sync.OnceValue(func() *profile {
	p, err := parse(table)
	if err != nil {
		panic("language: embedded table: " + err.Error()) // cannot happen: a test reads it
	}
	return p
})

// parse reads the table: a header line with the sentences per language, then a word and its number of
// sentences per language a line, parted by tabs.
func parse(table string) (*profile, error) {
	header, rest, _ := strings.Cut(table, "\n")
	sentences, err := counts(header, "sentences")
	if err != nil {
		return nil, err
	}
	p := &profile{words: make(map[string][languages]float32, strings.Count(rest, "\n"))}
	var norm [languages]float64
	for i, n := range sentences {
		norm[i] = math.Log(n + 2*smoothing)
		p.unseen[i] = float32(math.Log(smoothing) - norm[i])
	}
	number := 1
	for line := range strings.Lines(rest) {
		number++
		word, _, _ := strings.Cut(line, "\t")
		n, err := counts(strings.TrimSuffix(line, "\n"), word)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		var logs [languages]float32
		for i := range logs {
			logs[i] = float32(math.Log(n[i]+smoothing) - norm[i])
		}
		p.words[word] = logs
	}
	return p, nil
}

func counts(line, word string) (n [languages]float64, err error) {
	fields := strings.Split(line, "\t")
	if len(fields) != languages+1 || fields[0] != word || word == "" {
		return n, fmt.Errorf("%.60q is not a word and %d counts", line, languages)
	}
	for i := range n {
		v, err := strconv.ParseUint(fields[i+1], 10, 32)
		if err != nil {
			return n, fmt.Errorf("word %q: %w", word, err)
		}
		n[i] = float64(v)
	}
	return n, nil
}

// Guess gathers the evidence of one text. Use one per goroutine.
type Guess struct {
	Words int // words added
	Known int // of those, words of any of the languages
	sum   [languages]float64
}

// Add takes one word into account by its surface form: lower case, without affixes removed.
// The caller adds a word of a text once, or as often as it stands there: the difference is small.
func (g *Guess) Add(form []byte) {
	g.Words++
	p := load()
	logs, known := p.words[string(form)]
	if !known {
		return // unseen in all languages: it tells nothing of them
	}
	g.Known++
	for i, x := range logs {
		g.sum[i] += float64(x)
	}
}

// Least log-odds against Indonesian for a text to count as foreign. Malay, the nearest
// language, is seldom further off; the others are, and in headlines names and loan words
// look like them. Chosen by cross-validation: on single sentences held out it finds 0.82 of the
// Malay ones, 0.95 or more of each other language, and takes 0.009 of the Indonesian for foreign.
const (
	malayMargin = 2
	otherMargin = 4
)

// Foreign reports whether the text is clearly not Indonesian, and what it looks like.
func (g *Guess) Foreign() (code string, foreign bool) {
	code, odds := g.Best()
	if code == "ms" {
		return code, odds > malayMargin
	}
	return code, odds > otherMargin
}

// Best returns the likeliest language and its log-odds against Indonesian, 0 for Indonesian
// itself. Without a known word it is Indonesian.
func (g *Guess) Best() (code string, odds float64) {
	best := 0
	for i, x := range g.sum {
		if x > g.sum[best] {
			best = i
		}
	}
	return Codes()[best], g.sum[best] - g.sum[0]
}
