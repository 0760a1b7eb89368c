package language

import (
	_ "embed" // for the table
	"strings"
	"sync"
)

//go:embed words.tsv
var embedded string

var load = sync.OnceValue(func() *Table {
	t, err := Parse(embedded)
	if err != nil {
		panic("language: embedded table: " + err.Error()) // cannot happen: a test reads it
	}
	return t
})

// Table says of words how well they go with each language, and with each other in Indonesian. It is
// made by Parse or Estimate, immutable and safe for concurrent use; the zero Table knows nothing.
type Table struct {
	lexicon
	unseen row        // of a word that is not in the table, before its letters are looked at
	grams  [grams]row // of three letters of such a word
	common []string   // the commonest words, which have a class of their own in the order of words
	order  order      // how much likelier a class follows another than stands anywhere, in steps
}

// Default returns the table of the package.
func Default() *Table { return load() }

// Word is what a Table says of a word, for who meets the same words again and again. The zero Word
// is passed over, like one of another script than the Latin.
type Word struct {
	row   packed
	hash  uint32
	class uint8 // in the order of words
	known uint8 // 1 if in the table
	latin bool
}

// Word asks about the surface form of a word.
func (t *Table) Word(form []byte) Word { return t.word(form, hash(form)) }

func (t *Table) word(form []byte, hash uint32) Word {
	if r := t.find(form, hash); r != nil {
		return newWord(r, hash, 1)
	}
	if !isLatin(form) {
		return Word{}
	}
	r := t.spelt(form)
	return newWord(&r, hash, 0)
}

func newWord(r *row, hash uint32, known uint8) Word {
	odds := *r
	odds[0] = 0 // the class, which is not to be added up
	return Word{odds.pack(), hash, uint8(r[0]), known, true}
}

// row holds log-odds against Indonesian, in steps, of the other languages and of Random. Those of
// Indonesian itself are 0: in their place stands the word's class in the order of words, a
// byte without sign.
type row [classes]int8

// order has a row and a column for each class: 0 for most words, then those by affix, then those of
// the commonest words, each of its own.
type order [mostClasses][mostClasses]int8

const (
	mostClasses = 256 // a byte
	mostCommon  = mostClasses - 1 - len(affixes)
)

// affixes tell a verb from a noun, an active verb from a passive one: the first that fits a word is
// its class, from 1. What they do: Sneddon et al. 2010, Indonesian: A Comprehensive Grammar, ch. 1.
var affixes = [...]struct{ prefix, suffix string }{
	{"", "nya"}, {"di", ""}, {"me", ""}, {"ber", ""}, {"ter", ""}, {"pe", ""}, {"ke", "an"}, {"se", ""}, {"", "kan"}, {"", "an"},
}

// leastStem is how many bytes a word has at least besides its affixes.
const leastStem = 4

// affixClass is the class of a word that is not one of the commonest.
func affixClass(word string) int8 {
	for i, a := range affixes {
		if len(word) >= len(a.prefix)+leastStem+len(a.suffix) && strings.HasPrefix(word, a.prefix) && strings.HasSuffix(word, a.suffix) {
			return int8(i + 1)
		}
	}
	return 0
}

// Log-odds are kept in eighths of a nat, and within what one printed letter can say: no word
// alone decides.
const (
	step    = 0.125
	largest = 46
)

// longest is how many bytes of a word its spelling is judged by.
const longest = mostRows - 2

// spelt is the row of a word that is not in the table.
func (t *Table) spelt(form []byte) row {
	var few [64]uint16
	var s sums
	s.add(t.unseen.pack())
	for _, gram := range appendGrams(few[:0], form[:min(len(form), longest)]) {
		s.add(t.grams[gram].pack())
	}
	return s.clamped()
}

// classes is how many classes there are in the order of words.
func (t *Table) classes() int { return 1 + len(affixes) + len(t.common) }

// setCommon gives the commonest words classes of their own; all of them must be listed.
func (t *Table) setCommon(words []string) {
	t.common = words
	for i, word := range words {
		t.row(word)[0] = int8(uint8(1 + len(affixes) + i))
	}
}
