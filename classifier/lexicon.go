package classifier

import (
	"bytes"
	"math/bits"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
)

// lexicon tells what forms count for, or stems. A model's own tables are made to be read where they lie
// in the file, and a form's answers lie far apart in them; here, one look at memory finds all. It is made when a model
// is loaded, and immutable.
type lexicon struct {
	slots []lexeme        // open addressing, half in use
	words []language.Word // by slot, what each says of the language; nil if that is not checked
}

// lexeme is a form with its meaning; a free slot's print is 0. Keys in place of prints would take twice the memory, and so
// more time. Forms of up to eight bytes have each a print of its own; of longer ones that training did not see, one in
// 2⁶⁴/len(slots) is taken for another.
type lexeme struct {
	print   uint64 // of the form's key
	meaning meaning
}

// meaning is what a form counts for, in one number: from the lowest bits, the place of its term, that of the form as a
// feature of its own, and its traits.
type meaning uint64

// placeBits is enough for every feature: each takes 20 bytes or more of a model file, which are model.MaxSize at most.
const placeBits = 28

// noPlace stands for unknownWord and stopWord: which of the two it is, is among the traits.
const noPlace = 1<<placeBits - 1

// traits say what a form counts as, each by a bit, so that it is counted without a branch: there is no
// foreseeing which words of a text are stop words.
type traits uint64

const (
	tokenTrait   traits = 1 << (2*placeBits + iota) // no stop word
	knownTrait                                      // has a term
	contentTrait                                    // has a term and is a word, not a class such as <angka>
	wordTrait                                       // no class
	featureTrait                                    // has a surface feature
)

// meaningOf is what a form means whose term and surface feature have these places, or have none.
func meaningOf(form []byte, term, surface uint32) meaning {
	t := traits(min(term, noPlace)) | traits(min(surface, noPlace))<<placeBits
	if term != stopWord {
		t |= tokenTrait
	}
	if surface != unknownWord {
		t |= featureTrait
	}
	if term < unknownWord {
		t |= knownTrait
	}
	if text.IsClass(form) {
		return meaning(t)
	}
	t |= wordTrait
	if term < unknownWord {
		t |= contentTrait
	}
	return meaning(t)
}

// term is the place of the form's term, noPlace if it has none.
func (m meaning) term() uint32 { return uint32(m & noPlace) }

// surface is the place of the form as a feature of its own, noPlace if it is none.
func (m meaning) surface() uint32 { return uint32(m >> placeBits & noPlace) }

// bit is 1 for a trait that is there, else 0.
func (m meaning) bit(trait traits) int { return int(m/meaning(trait)) & 1 }

// newLexicon makes the lexicon of a model's forms.
func newLexicon(m *model.Model, s *Settings, places *layout) lexicon {
	meanings := make([]meaning, m.Forms.Len())
	for i := range meanings {
		meanings[i] = formMeaning(m, s, places, uint32(i))
	}
	x := makeLexicon(len(meanings))
	if s.CheckLanguage {
		x.words = make([]language.Word, len(x.slots))
	}
	for _, i := range commonFirst(m, meanings) {
		form := m.Forms.At(int(i))
		if at := x.add(form, meanings[i]); at >= 0 && s.CheckLanguage {
			x.words[at] = language.Default().Word(form)
		}
	}
	return x
}

// stems tells the places of a model's terms of one word. A form that training did not see is looked up there by
// its stem.
type stems struct {
	lexicon
	number int // of terms of one word
	model  *model.Model
	places *layout
}

func newStems(m *model.Model, places *layout) stems {
	var words []uint32
	for t := range m.Terms.Len() {
		if bytes.IndexByte(m.Terms.At(t), ' ') < 0 {
			words = append(words, uint32(t))
		}
	}
	x := stems{makeLexicon(len(words)), len(words), m, places}
	for _, t := range words {
		term := m.Terms.At(int(t))
		x.add(term, meaningOf(term, places.of(t), unknownWord))
	}
	return x
}

// place is that of a term of one word, or unknownWord.
func (x *stems) place(term []byte) uint32 {
	if key, ok := text.KeyOf(term); ok {
		if at, ok := x.find(hashKey(key)); ok {
			return x.slots[at].meaning.term()
		}
		return unknownWord
	}
	if id, ok := x.model.TermIndex.Find(x.model.Terms, term); ok {
		return x.places.of(id)
	}
	return unknownWord
}

// makeLexicon has room for n forms.
func makeLexicon(n int) lexicon { return lexicon{slots: make([]lexeme, 2*n+1)} }

// commonFirst is the order in which forms are put into the table: who comes first is found at once.
func commonFirst(m *model.Model, meanings []meaning) []uint32 {
	features := uint64(m.Features()) + 1
	return byRank(len(meanings), func(i int) int {
		place := min(meanings[i].term(), meanings[i].surface())
		return int(min(uint64(place), features-1) * ranks / features)
	})
}

// formMeaning is what a form of the model means.
func formMeaning(m *model.Model, s *Settings, places *layout, form uint32) meaning {
	return meaningOf(m.Forms.At(int(form)), places.of(m.FormTerm[form]), places.of(surfaceFeature(m, s, form)))
}

// surfaceFeature is a form as a feature of its own, or unknownWord if it is none.
func surfaceFeature(m *model.Model, s *Settings, form uint32) uint32 {
	f := uint32(m.Terms.Len()) + form
	if !s.Surface || len(m.Scale) > 0 && m.Scale[f] == 0 {
		return unknownWord
	}
	return f
}

// add puts a form into a slot and returns which, or -1 for a form that is too long or empty.
func (x *lexicon) add(form []byte, means meaning) (at int) {
	key, ok := text.KeyOf(form)
	if print := hashKey(key); ok && print != 0 {
		at, _ = x.find(print)
		x.slots[at] = lexeme{print, means}
		return at
	}
	return -1
}

// find returns the slot of the print of a key, and whether it is there.
func (x *lexicon) find(print uint64) (at int, ok bool) {
	for at = homeSlot(print, len(x.slots)); ; at = nextSlot(at, len(x.slots)) {
		if p := x.slots[at].print; p == print || p == 0 {
			return at, p != 0
		}
	}
}

// hashKey is a hash of which the first bits are the best. Forms of at most eight bytes have each their own.
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
