package classifier

import (
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// Values of a term or feature that are none.
const (
	stopWord    = model.Stop
	unknownWord = model.Stop - 1
)

// occurrence is a feature of one word of the document, with the weight of the word's place.
type occurrence struct{ feature, weight uint32 }

// read counts the features of the document. What is done for every word is done without asking what word it is
// (traits): a branch that goes now this way and now that costs more than all that it might leave out.
func (t *Tagger) read(doc *Document) (truncated bool) {
	truncated = t.reader.reset(doc)
	t.guess.Reset()
	t.settled = !t.c.settings.CheckLanguage
	t.tally = 0
	found, content := t.found[:0], t.content[:0]
	for t.reader.scan() {
		l, weight := t.look(), t.c.weights[t.reader.place()]
		t.tally += l.traits.tally()
		if !t.settled && l.traits&wordTrait != 0 {
			t.noteLanguage(l)
		}
		if t.reader.fresh {
			t.reader.fresh = false
			content = append(content, occurrence{unknownWord, 0})
		}
		content = append(content, occurrence{l.term, weight})[:len(content)+l.traits.bit(knownTrait)]
		found = append(found, occurrence{l.surface, weight})[:len(found)+l.traits.bit(featureTrait)]
	}
	found = append(found, content...)
	t.found, t.content = found, content
	if t.c.pairs.slots != nil {
		t.findPairs()
	}
	t.count()
	return truncated
}

// look looks the current word up, and stems it if training did not see its surface form. The answer
// is valid until the next.
func (t *Tagger) look() *lexeme {
	key, ok := t.reader.scanner.Key()
	if !ok {
		t.rare = t.lookLong(t.reader.form())
		return &t.rare
	}
	l := t.c.lexicon.find(key)
	if l.word == unknownWord {
		l = t.recall(key)
	}
	return l
}

// recalled is how many unknown forms a Tagger remembers: a name comes again in its article, and in those of the day.
const recalled = 1 << recalledBits

const recalledBits = 12

// recall is the lexeme of a form that training did not see.
func (t *Tagger) recall(key text.Key) *lexeme {
	l := &t.recalled[hashKey(key)>>(64-recalledBits)]
	if l.key != key {
		form := t.reader.form()
		*l = lexeme{key: key, word: unknownWord, term: t.stemmed(form), surface: unknownWord}
		l.settle(form)
	}
	return l
}

// lookLong is look for forms that are too long for the lexicon.
func (t *Tagger) lookLong(form []byte) lexeme {
	m := t.c.model
	l := lexeme{term: unknownWord, surface: unknownWord}
	if i, ok := m.FormIndex.Find(m.Forms, form); ok {
		l = lexemeOf(m, &t.c.settings, &t.c.layout, i)
	} else {
		l.term = t.stemmed(form)
		l.settle(form)
	}
	l.word = unknownWord
	return l
}

// stemmed is the place of the term of a surface form that was not seen in training, that of its stem, or stopWord or
// unknownWord.
func (t *Tagger) stemmed(form []byte) uint32 {
	if t.c.analyzer.IsStopWord(form) {
		return stopWord
	}
	t.stem = t.c.analyzer.AppendStem(t.stem[:0], form)
	m := t.c.model
	if id, ok := m.TermIndex.Find(m.Terms, t.stem); ok {
		return t.c.layout.place[id]
	}
	return unknownWord
}

// languageWords is how many words tell a text's language at the latest; more would tell no more. After
// every settleEvery words it is seen whether they do already.
const (
	languageWords = 96
	settleEvery   = 16
)

// noteLanguage notes what the current word, which is no class, says of the text's language.
func (t *Tagger) noteLanguage(l *lexeme) {
	if l.word == unknownWord {
		t.guess.Add(t.reader.form())
	} else {
		t.guess.AddWord(&t.c.lexicon.words[l.word])
	}
	if n := t.guess.Words; n%settleEvery == 0 {
		t.settled = n >= languageWords || t.guess.Settled(t.c.analyzer.Config().Language)
	}
}

// wordTally counts what abstain asks of words, three numbers in one: those that are no stop words, those
// of them that training knew, and those of these that are no class such as <angka>. MaxText keeps each within its bits.
type wordTally uint64

const tallyBits = 21

// tally is what one word adds.
func (t traits) tally() wordTally {
	return wordTally(t.bit(tokenTrait)) | wordTally(t.bit(knownTrait))<<tallyBits | wordTally(t.bit(contentTrait))<<(2*tallyBits)
}

func (t wordTally) tokens() int { return int(t & (1<<tallyBits - 1)) }
func (t wordTally) known() int  { return int(t >> tallyBits & (1<<tallyBits - 1)) }
func (t wordTally) words() int  { return int(t >> (2 * tallyBits)) }

// findPairs finds the pairs of words that follow each other. Unknown words are passed over, so
// that they do not part a pair.
func (t *Tagger) findPairs() {
	x, likely := &t.c.pairs, t.likely[:0]
	for i := 1; i < len(t.content); i++ {
		first, second := t.content[i-1].feature, t.content[i].feature
		hash := hashPair(first, second)
		likely = append(likely, candidate{hash, uint32(i)})[:len(likely)+x.may(hash)]
	}
	for _, c := range likely {
		second := t.content[c.second]
		pair := x.findHash(c.hash, t.content[c.second-1].feature, second.feature)
		if pair != unknownWord {
			t.found = append(t.found, occurrence{pair, second.weight})
		}
	}
	t.likely = likely
}

// count makes a vector of what was found, in which each feature stands once.
func (t *Tagger) count() {
	features, counts := t.vector.terms[:0], t.vector.counts[:0]
	for _, o := range t.found {
		if o.weight == 0 || o.feature == unknownWord {
			continue
		}
		n := t.counts[o.feature]
		first := int((uint64(n) - 1) >> 63) // 1 if n is 0
		features = append(features, o.feature)[:len(features)+first]
		t.counts[o.feature] = n + o.weight
	}
	for _, f := range features {
		counts = append(counts, t.counts[f])
		t.counts[f] = 0
	}
	t.vector = vector{features, counts}
}
