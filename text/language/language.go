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
// and of the probability of its letters; see Estimate. Order is not read: a real text
// whose words were shuffled looks like the text.
//
// Words of other scripts than the Latin are passed over, as articles quote them. A text of nothing
// else has no Words: refuse it for that.
//
// The table is read once, on first use, and never changes: any number of goroutines may
// guess, each with a Guess of its own. Parse refuses a table that is not spelt as Append spells it.
package language

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

// margin is the least log-odds, in nats, for a text to count as foreign. Chosen on held-out
// sentences and on headlines, in which names and loan words look foreign: docs/languages.md has
// the figures. Malay is nearest to Indonesian; a headline of rare words is nearest to Random.
var margin = [classes]float64{3, 3, 3, 3, 3, 3, 3, 8}

// Guess gathers the evidence of one text. Use one per goroutine.
type Guess struct {
	Table *Table // nil means the table of the package
	Words int    // words added
	Known int    // of those, words of the table
	sum   row32  // log-odds against Indonesian, in steps
}

type row32 [classes]int32

// Reset makes the Guess ready for another text; the table stays.
func (g *Guess) Reset() { *g = Guess{Table: g.Table} }

// Add takes one word into account by its surface form: lower case, without affixes removed,
// as often as it stands in the text. It allocates nothing.
func (g *Guess) Add(form []byte) {
	t := g.Table
	if t == nil {
		t = load()
		g.Table = t
	}
	r, known := t.words[string(form)]
	switch {
	case known:
		g.Known++
	case isLatin(form):
		r = t.spelt(form)
	default:
		return
	}
	g.Words++
	for i, x := range r {
		g.sum[i] += int32(x)
	}
}

// Foreign reports whether the text is clearly not in the language of the code native, which
// must be one of Codes, and what it looks like: the likeliest of Codes and Random, or native
// itself. A text without a word is native.
func (g *Guess) Foreign(native string) (code string, foreign bool) {
	code, excess := g.Excess(native)
	return code, excess > 0
}

// Excess is Foreign with a measure: the log-odds in nats against native beyond what Foreign
// demands; 0 if the text counts as native.
func (g *Guess) Excess(native string) (code string, excess float64) {
	code = native
	from := int32(0)
	for i, c := range Codes() {
		if c == native {
			from = g.sum[i]
		}
	}
	best := 0.0
	for i, x := range g.sum {
		odds := float64(x-from) * step
		if odds > margin[i] && odds > best {
			code, best, excess = codes[i], odds, odds-margin[i]
		}
	}
	return code, excess
}
