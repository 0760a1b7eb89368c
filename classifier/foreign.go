package classifier

import (
	"strings"

	"github.com/tajuk/tajuk/text/language"
)

// maxForeign is the share of the training articles that may look foreign for the language
// check to be worth having. Headlines full of English names, or a newsroom's Malay
// pages, pass it by: what a model was trained on it must not abstain from.
const maxForeign = 0.01

// checkLanguage decides whether a model of these bags abstains from foreign text.
func checkLanguage(bags []Bag, configured string) bool {
	if configured != language.Indonesian {
		return false
	}
	foreign := 0
	for i := range bags {
		if looksForeign(&bags[i]) {
			foreign++
		}
	}
	return float64(foreign) <= maxForeign*float64(len(bags))
}

func looksForeign(b *Bag) bool {
	var g language.Guess
	for _, f := range b.Forms {
		if !isPair(f.Form) && !strings.HasPrefix(f.Form, "<") {
			g.Add([]byte(f.Form))
		}
	}
	_, foreign := g.Foreign()
	return foreign
}
