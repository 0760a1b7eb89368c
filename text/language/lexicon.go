package language

import "math/bits"

// lexicon holds words with their rows: a hash table with open addressing. A map of strings would
// take longer to fill than all the rest of loading.
type lexicon struct {
	words []string
	rows  []row
	slots []uint32 // number of a word, from 1, at its hash or behind; 0 if free
}

// newLexicon has room for n words.
func newLexicon(n int) lexicon {
	return lexicon{words: make([]string, 0, n), rows: make([]row, 0, n), slots: make([]uint32, 2<<bits.Len(uint(n)))}
}

// add adds a word that is not there yet. There must be room.
func (l *lexicon) add(word string, r row) {
	l.words, l.rows = append(l.words, word), append(l.rows, r)
	i := hash(word) & uint32(len(l.slots)-1)
	for l.slots[i] != 0 {
		i = (i + 1) & uint32(len(l.slots)-1)
	}
	l.slots[i] = uint32(len(l.words))
}

// find returns the row of a word of that hash, nil if there is none.
func (l *lexicon) find(form []byte, hash uint32) *row {
	if len(l.slots) == 0 {
		return nil // the zero Table
	}
	for i := hash & uint32(len(l.slots)-1); l.slots[i] != 0; i = (i + 1) & uint32(len(l.slots)-1) {
		if n := l.slots[i] - 1; l.words[n] == string(form) {
			return &l.rows[n]
		}
	}
	return nil
}

// row returns the row of a word, nil if there is none.
func (l *lexicon) row(word string) *row { return l.find([]byte(word), hash(word)) }

// hash is FNV-1a (Fowler, Noll & Vo).
func hash[T string | []byte](form T) uint32 {
	h := uint32(2166136261)
	for i := range len(form) {
		h = (h ^ uint32(form[i])) * 16777619
	}
	return h
}
