package classifier

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/text/language"
)

const (
	// maxForeign is the share of the training articles that a model may refuse as foreign. Headlines of
	// names and loan words need more slack for that than articles: what a model was trained on
	// it should not abstain from.
	maxForeign = 0.002
	// mostSlack is as much as is worth having: a text of two lines in another language exceeds it,
	// and who needs more trains on foreign text.
	mostSlack = 20
)

// checkLanguage decides whether a model of these bags abstains from foreign text, and with how much
// slack. Only the languages of package language are checked: for the others there is nothing to go by.
func checkLanguage(bags []Bag, configured string) (check bool, needed float64) {
	if !slices.Contains(language.Codes(), configured) {
		return false, 0
	}
	if needed = slack(bags, configured); needed > mostSlack {
		return false, 0
	}
	return true, needed
}

// slack is by how much the bags exceed what makes a text foreign, but for the share maxForeign of
// them: so much more would have to be demanded not to refuse them.
func slack(bags []Bag, native string) float64 {
	excess := make([]float64, len(bags))
	for i := range bags {
		excess[i] = foreignness(&bags[i], native)
	}
	slices.Sort(excess)
	if left := len(excess) - int(maxForeign*float64(len(excess))); left > 0 {
		return excess[left-1]
	}
	return 0
}

// foreignness is how clearly the bag looks foreign, from 0, to a Tagger, which looks at the first
// words of a text alone: of a longer one as many are drawn. The same bag gives the same draw.
func foreignness(b *Bag, native string) float64 {
	words := 0.0
	for _, f := range b.Forms {
		if isWord(f.Form) {
			words += float64(f.Total())
		}
	}
	var g language.Guess
	draw, left := rand.New(rand.NewPCG(uint64(words), uint64(len(b.Forms)))), max(0, 1-languageWords/words)
	for _, f := range b.Forms {
		if isWord(f.Form) && draw.Float64() >= math.Pow(left, float64(f.Total())) {
			g.Add([]byte(f.Form))
			g.Break() // a bag has no order
		}
	}
	_, excess := g.Excess(native)
	return excess
}

// isWord reports whether the form is neither that of a pair nor a class such as <angka>.
func isWord(form string) bool { return !isPair(form) && !strings.HasPrefix(form, "<") }

// mismatch says for people what a text looks like that the model does not read.
func mismatch(code, native string) string {
	if code == language.Random {
		return fmt.Sprintf("the text does not look like language %q: nearest are words at random", native)
	}
	return fmt.Sprintf("the text does not look like language %q: of those known here, %q is nearest", native, code)
}

// UseLanguages makes the Tagger tell languages by another table than that of package language,
// for instance to measure a table on sentences that it was not made from. It counts only
// where the model checks the language.
func (t *Tagger) UseLanguages(table *language.Table) { t.guess.Table = table }
