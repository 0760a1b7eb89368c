// Package language tells Indonesian, or English, from other languages and from words at random.
//
//  1. Make a Guess for a text; the zero value is ready and uses the table of the package.
//  2. Add the surface forms of its words, as text.Scanner gives them; a hundred are plenty.
//  3. Foreign says whether it is another language than the one asked about, and which it looks like.
//
// It is multinomial naive Bayes over words (McCallum & Nigam 1998, eq. 5). The languages are those
// an Indonesian newsroom meets: Malay, Javanese, Sundanese, Minangkabau, Balinese, English.
// Random stands for everything else: words drawn evenly from a word list, words of unknown
// spelling. A word's probability is a mixture of its shares in sentences and in news
// and of the probability of its letters; see Estimate. Random is measured against the order of
// words, too: in Indonesian, common words follow each other as they do in the news.
//
// Words of other scripts than the Latin are passed over, as articles quote them. A text of nothing
// else has no Words: refuse it for that.
//
// The table is read once, on first use, and never changes: any number of goroutines may
// guess, each with a Guess of its own. Parse refuses a table that is not spelt as Append spells it.
package language

import (
	"math"
	"slices"
)

// Codes of what a text may look like.
const (
	Indonesian = "id"
	English    = "en"
	Malay      = "ms"
	Random     = "und" // ISO 639-2: undetermined
)

// Codes lists the languages: ISO 639-1 codes where there is one, else 639-3.
func Codes() []string { return codes[:languages] }

var codes = [...]string{Indonesian, English, Malay, "jv", "su", "min", "ban", Random}

const (
	languages = 7
	classes   = languages + 1
)

// The least log-odds, in nats, for a text to count as foreign: a margin, and a slope for each word
// that the text has fewer than enough. Chosen on held-out sentences and on headlines, in which
// names, loan words and rare words look foreign: docs/languages.md has the figures.
const (
	languageMargin, languageSlope = 3, 0.2
	randomMargin, randomSlope     = 8, 0.4
	orderMargin                   = 4.5 // of a random order against that of the text
	enough                        = 16
)

// Guess gathers the evidence of one text. Use one per goroutine.
type Guess struct {
	Table *Table // nil means the table of the package
	Words int    // words added
	Known int    // of those, words of the table
	sum   row32  // log-odds against Indonesian, in steps, but for the words in part
	part  sums
	rows  uint64 // in part
	order int32  // how much likelier the order of the words is than a random one, in steps

	previous uint8     // class of the word before in the order of words
	follows  bool      // there is a word before
	seen     [256]word // by the first byte of the hash
}

type row32 [classes]int32

// Reset makes the Guess ready for another text; the table stays.
func (g *Guess) Reset() { *g = Guess{Table: g.Table} }

// Add takes the next word of a text into account by its surface form: lower case, without affixes
// removed. Words count once each, as a name that is repeated says no more of the language; their
// order counts throughout. Add allocates nothing.
func (g *Guess) Add(form []byte) {
	if g.Table == nil {
		g.Table = load()
	}
	h := hash(form)
	if seen := &g.seen[h>>24]; seen.hash == h {
		g.follow(seen)
		return
	}
	w := g.Table.word(form, h)
	g.AddWord(&w)
}

// AddWord is Add for a word that the Guess's Table has been asked about before.
func (g *Guess) AddWord(w *Word) {
	if !w.latin {
		return
	}
	if g.Table == nil {
		g.Table = load()
	}
	seen := &g.seen[w.hash>>24]
	fresh := differ(seen.hash, w.hash)
	g.part.addTimes(w.row, fresh) // without a branch: there is no foreseeing which words come again
	*seen = word{w.hash, w.class, w.known}
	g.follow(seen)
	if g.rows += fresh; g.rows == mostRows {
		g.sum, g.part, g.rows = g.total(), sums{}, 0
	}
}

// differ is 1 if two numbers differ, else 0.
func differ(a, b uint32) uint64 { return (uint64(a^b) + 1<<32 - 1) >> 32 }

// total is the log-odds of all words; that of Indonesian, in whose place is something else, is 0.
func (g *Guess) total() row32 {
	sum, part := g.sum, g.part.row()
	for i := 1; i < classes; i++ {
		sum[i] += part[i]
	}
	return sum
}

// follow counts a word, and what the word before says of it.
func (g *Guess) follow(w *word) {
	g.Words++
	g.Known += int(w.known)
	if g.follows {
		g.order += int32(g.Table.order[g.previous][w.class])
	}
	g.previous, g.follows = w.class, true
}

// word is one that a Guess has seen. Of very many, some are forgotten.
type word struct {
	hash  uint32
	class uint8
	known uint8
}

// Break says that the next word does not follow the one before in the text.
func (g *Guess) Break() { g.follows = false }

// Foreign reports whether the text is clearly not in the language of the code native, which
// must be one of Codes, and what it looks like: the likeliest of Codes and Random, or native
// itself. A text without a word is native. Random is told from Indonesian alone: of the
// other languages too few words are known.
func (g *Guess) Foreign(native string) (code string, foreign bool) {
	code, excess := g.Excess(native)
	return code, excess > 0
}

// Excess is Foreign with a measure: the log-odds in nats against native beyond what Foreign
// demands; 0 if the text counts as native.
func (g *Guess) Excess(native string) (code string, excess float64) {
	if code, excess = g.strongest(native); excess <= 0 {
		return native, 0
	}
	return code, excess
}

// settled is by how many nats all else must fall short of Foreign for Settled.
const settled = 10

// Settled reports that the text is so clearly in the language native that no more words need be
// added (a sequential test: Wald 1945).
func (g *Guess) Settled(native string) bool {
	_, excess := g.strongest(native)
	return excess < -settled
}

// strongest is what comes closest to, or exceeds most, what Foreign demands.
func (g *Guess) strongest(native string) (code string, excess float64) {
	excess = math.Inf(-1)
	consider := func(c string, steps int32, least float64) {
		if x := float64(steps)*step - least; x > excess {
			code, excess = c, x
		}
	}
	few, sum := float64(max(0, enough-g.Words)), g.total()
	from := sum[max(0, slices.Index(Codes(), native))]
	for i, c := range Codes() {
		if c != native {
			consider(c, sum[i]-from, languageMargin+languageSlope*few)
		}
	}
	if native == Indonesian {
		consider(Random, sum[languages]-g.order, randomMargin+randomSlope*few)
		consider(Random, -g.order, orderMargin)
	}
	return code, excess
}
