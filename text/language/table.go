package language

import (
	_ "embed" // for the table
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
// immutable and safe for concurrent use.
type Table struct {
	words  map[string]row
	unseen row        // of a word that is not in the table, before its letters are looked at
	grams  [grams]row // of three letters of such a word
	common []string   // the commonest words, which have a class of their own in the order of words
	order  order      // how much likelier a class follows another than stands anywhere, in steps
}

// row holds log-odds against Indonesian, in steps, of the other languages and of Random. Those of
// Indonesian itself are 0: in their place stands the word's class in the order of words, a
// byte without sign.
type row [classes]int8

// order has a row for each class: 0 for most words, then those of the commonest words.
type order [mostCommon + 1][mostCommon + 1]int8

const mostCommon = 255

// Log-odds are kept in eighths of a nat, and within what one printed letter can say: no word
// alone decides.
const (
	step    = 0.125
	largest = 46
)

// spelt is the row of a word that is not in the table.
func (t *Table) spelt(form []byte) (r row) {
	var sum row32
	for i, x := range t.unseen {
		sum[i] = int32(x)
	}
	for gram := range gramsOf(form) {
		for i, x := range &t.grams[gram] {
			sum[i] += int32(x)
		}
	}
	for i, x := range sum {
		r[i] = int8(max(-largest, min(largest, x)))
	}
	return r
}

// setCommon gives words their classes; all of them must be listed.
func (t *Table) setCommon(words []string) {
	t.common = words
	for i, word := range words {
		r := t.words[word]
		r[0] = int8(uint8(i + 1))
		t.words[word] = r
	}
}
