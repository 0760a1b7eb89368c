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
	slots []lexeme        // open addressing, half in use
	words []language.Word // what each says of the language, if that is checked
}

// lexeme is what a form counts for. A free slot has the word unknownWord.
type lexeme struct {
	key     text.Key
	word    uint32 // its number among the words of the lexicon
	term    uint32 // the place of its term, stopWord or unknownWord
	surface uint32 // the place of the form as a feature of its own, or unknownWord
	traits  traits
}

// traits say what a form counts as, each by a bit, so that it is counted without a branch: there is no
// foreseeing which words of a text are stop words.
type traits uint32

const (
	tokenTrait   traits = 1 << iota // no stop word
	knownTrait                      // has a term
	contentTrait                    // has a term and is a word, not a class such as <angka>
	wordTrait                       // no class
	featureTrait                    // has a surface feature
)

// bit is 1 for a trait that is there, else 0.
func (t traits) bit(trait traits) int { return int(t/trait) & 1 }

// unknown is the lexeme of every form that training did not see.
var unknown = lexeme{word: unknownWord, term: unknownWord, surface: unknownWord}

// settle sets the traits of the lexeme of a form.
func (l *lexeme) settle(form []byte) {
	l.traits = 0
	if l.term != stopWord {
		l.traits |= tokenTrait
	}
	if l.surface != unknownWord {
		l.traits |= featureTrait
	}
	if l.term < unknownWord {
		l.traits |= knownTrait
	}
	if text.IsClass(form) {
		return
	}
	l.traits |= wordTrait
	if l.term < unknownWord {
		l.traits |= contentTrait
	}
}

func newLexicon(m *model.Model, s *Settings, places *layout) lexicon {
	lexemes := make([]lexeme, m.Forms.Len())
	for i := range lexemes {
		lexemes[i] = lexemeOf(m, s, places, uint32(i))
	}
	x := lexicon{slots: slices.Repeat([]lexeme{unknown}, len(lexemes)*2+1)}
	for _, i := range commonFirst(m, lexemes) {
		form, l := m.Forms.At(int(i)), lexemes[i]
		key, ok := text.KeyOf(form)
		if !ok || key == (text.Key{}) {
			continue
		}
		l.key, l.word = key, uint32(len(x.words))
		x.words = append(x.words, wordOf(form, s))
		x.add(l)
	}
	return x
}

// commonFirst is the order in which forms are put into the table: who comes first is found at once.
func commonFirst(m *model.Model, lexemes []lexeme) []uint32 {
	features := uint64(m.Features()) + 1
	return byRank(len(lexemes), func(i int) int {
		place := min(lexemes[i].term, lexemes[i].surface)
		return int(min(uint64(place), features-1) * ranks / features)
	})
}

// lexemeOf is what a form of the model counts for, without its key and word.
func lexemeOf(m *model.Model, s *Settings, places *layout, form uint32) lexeme {
	l := lexeme{term: places.of(m.FormTerm[form]), surface: places.of(surfaceFeature(m, s, form))}
	l.settle(m.Forms.At(int(form)))
	return l
}

// surfaceFeature is a form as a feature of its own, or unknownWord if it is none.
func surfaceFeature(m *model.Model, s *Settings, form uint32) uint32 {
	f := uint32(m.Terms.Len()) + form
	if !s.Surface || len(m.Scale) > 0 && m.Scale[f] == 0 {
		return unknownWord
	}
	return f
}

func wordOf(form []byte, s *Settings) language.Word {
	if !s.CheckLanguage {
		return language.Word{}
	}
	return language.Default().Word(form)
}

func (x *lexicon) add(l lexeme) {
	at := x.home(l.key)
	for x.slots[at].word != unknownWord {
		at = nextSlot(at, len(x.slots))
	}
	x.slots[at] = l
}

// home is where the search for a form begins.
func (x *lexicon) home(k text.Key) int { return homeSlot(hashKey(k), len(x.slots)) }

// hashKey is a hash of which the first bits are the best.
func hashKey(k text.Key) uint64 {
	const odd, golden = 0xd6e8feb86659fd93, 0x9e3779b97f4a7c15
	h := k.Low ^ k.High*odd
	return (h ^ h>>32) * golden
}

// homeSlot is where the search for a hash begins in a table: its share of all slots (Lemire 2019).
func homeSlot(hash uint64, slots int) int {
	at, _ := bits.Mul64(hash, uint64(slots))
	return int(at)
}

// nextSlot is where it goes on; behind the last slot comes the first.
func nextSlot(at, slots int) int {
	if at++; at == slots {
		return 0
	}
	return at
}

// find returns the lexeme of a key, unknown if there is none.
func (x *lexicon) find(k text.Key) *lexeme {
	for at := x.home(k); ; at = nextSlot(at, len(x.slots)) {
		if l := &x.slots[at]; l.key == k || l.word == unknownWord {
			return l
		}
	}
}
