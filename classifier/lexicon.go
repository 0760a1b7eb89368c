package classifier

import (
	"math/bits"
	"slices"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
)

// lexicon holds what is asked of each surface form while tagging. A model's own tables are made to
// be read where they lie in the file, and a form's answers lie far apart in them; here, one look at
// memory finds most. It is made when a model is loaded, and immutable.
type lexicon struct {
	slots []lexeme        // open addressing, two thirds in use
	words []language.Word // by form; nil if the language is not checked
}

// lexeme is what a form counts for. A free slot has the key of no form.
type lexeme struct {
	key     text.Key
	form    uint32 // its number
	term    uint32 // or stopWord
	surface uint32 // the form as a feature of its own, or unknownWord
}

// unknown is the lexeme of every form that training did not see.
var unknown = lexeme{form: unknownWord, term: unknownWord, surface: unknownWord}

func newLexicon(m *model.Model, s *Settings) lexicon {
	x := lexicon{slots: slices.Repeat([]lexeme{unknown}, m.Forms.Len()*3/2+1)}
	for i := range m.Forms.Len() {
		if key, ok := text.KeyOf(m.Forms.At(i)); ok && key != (text.Key{}) {
			x.add(lexeme{key, uint32(i), m.FormTerm[i], surfaceFeature(m, s, uint32(i))})
		}
	}
	if s.CheckLanguage {
		x.words = make([]language.Word, m.Forms.Len())
		for i := range x.words {
			x.words[i] = language.Default().Word(m.Forms.At(i))
		}
	}
	return x
}

// surfaceFeature is a form as a feature of its own, or unknownWord if it is none.
func surfaceFeature(m *model.Model, s *Settings, form uint32) uint32 {
	f := uint32(m.Terms.Len()) + form
	if !s.Surface || len(m.Scale) > 0 && m.Scale[f] == 0 {
		return unknownWord
	}
	return f
}

func (x *lexicon) add(l lexeme) {
	at := x.home(l.key)
	for x.slots[at].form != unknownWord {
		at = x.next(at)
	}
	x.slots[at] = l
}

// home is where the search for a form begins: a hash of the key as a share of all slots (Lemire 2019).
func (x *lexicon) home(k text.Key) int {
	const odd, golden = 0xd6e8feb86659fd93, 0x9e3779b97f4a7c15
	h := k.Low ^ k.High*odd
	at, _ := bits.Mul64((h^h>>32)*golden, uint64(len(x.slots)))
	return int(at)
}

func (x *lexicon) next(at int) int {
	if at++; at == len(x.slots) {
		return 0
	}
	return at
}

// find returns the lexeme of a key, unknown if there is none.
func (x *lexicon) find(k text.Key) *lexeme {
	for at := x.home(k); ; at = x.next(at) {
		if l := &x.slots[at]; l.key == k || l.form == unknownWord {
			return l
		}
	}
}
