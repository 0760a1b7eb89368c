package classifier

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/text/language"
)

// maxForeign is the share of the training articles that may look foreign for the language
// check to be worth having. Headlines full of English names, or a newsroom's Malay
// pages, pass it by: what a model was trained on it must not abstain from.
const maxForeign = 0.01

// checkLanguage decides whether a model of these bags abstains from foreign text. Only the
// languages of package language are checked: for the others there is nothing to go by.
func checkLanguage(bags []Bag, configured string) bool {
	if !slices.Contains(language.Codes(), configured) {
		return false
	}
	foreign := 0
	for i := range bags {
		if looksForeign(&bags[i], configured) {
			foreign++
		}
	}
	return float64(foreign) <= maxForeign*float64(len(bags))
}

func looksForeign(b *Bag, native string) bool {
	var g language.Guess
	for _, f := range b.Forms {
		if isPair(f.Form) || strings.HasPrefix(f.Form, "<") {
			continue
		}
		for range f.Title + f.Body {
			g.Add([]byte(f.Form))
		}
	}
	_, foreign := g.Foreign(native)
	return foreign
}

// mismatch says for people what a text looks like that the model does not read.
func mismatch(code, native string) string {
	if code == language.Random {
		return fmt.Sprintf("the text looks like no language that is known here, or like words at random: the model reads %q", native)
	}
	return fmt.Sprintf("the text looks like language %q: the model reads %q", code, native)
}

// UseLanguages makes the Tagger tell languages by another table than that of package language,
// for instance to measure a table on sentences that it was not made from. It counts only
// where the model checks the language.
func (t *Tagger) UseLanguages(table *language.Table) { t.guess.Table = table }
