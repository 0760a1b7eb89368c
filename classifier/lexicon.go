package classifier

import (
	"math/bits"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
)

// lexicon holds what is asked of each surface form while tagging. A model's own tables are made to
// be read where they lie in the file, and a form's answers lie far apart in them; here, one look at
// memory finds most. It is made when a model is loaded, and immutable.
type lexicon struct {
	slots []lexeme // open addressing; a power of two, at most half in use
	shift int
	words []language.Word // by form; nil if the language is not checked
}

// lexeme is a form with its term, or stopWord. A free slot has the key of no form.
type lexeme struct {
	key        text.Key
	form, term uint32
}

func newLexicon(m *model.Model, checkLanguage bool) lexicon {
	width := bits.Len(uint(2 * m.Forms.Len()))
	x := lexicon{slots: make([]lexeme, 1<<width), shift: 64 - width}
	for i := range x.slots {
		x.slots[i].form, x.slots[i].term = unknownWord, unknownWord
	}
	for i := range m.Forms.Len() {
		if key, ok := text.KeyOf(m.Forms.At(i)); ok && key != (text.Key{}) {
			x.add(lexeme{key, uint32(i), m.FormTerm[i]})
		}
	}
	if checkLanguage {
		x.words = make([]language.Word, m.Forms.Len())
		for i := range x.words {
			x.words[i] = language.Default().Word(m.Forms.At(i))
		}
	}
	return x
}

func (x *lexicon) add(l lexeme) {
	at := x.home(l.key)
	for x.slots[at].form != unknownWord {
		at = (at + 1) & (len(x.slots) - 1)
	}
	x.slots[at] = l
}

// home is where the search for a form begins (Fibonacci hashing: Knuth 1998, section 6.4).
func (x *lexicon) home(k text.Key) int {
	const odd, golden = 0xd6e8feb86659fd93, 0x9e3779b97f4a7c15
	h := k.Low ^ k.High*odd
	return int((h ^ h>>32) * golden >> x.shift)
}

// find returns the number and the term of the form with a key, unknownWord if there is none.
func (x *lexicon) find(k text.Key) (form, term uint32) {
	for at := x.home(k); ; at = (at + 1) & (len(x.slots) - 1) {
		l := &x.slots[at]
		if l.key == k {
			return l.form, l.term
		}
		if l.key == (text.Key{}) {
			return unknownWord, unknownWord
		}
	}
}
