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
	t.found, t.content = append(found, content...), content
	if t.c.pairs.slots != nil {
		t.findPairs()
	}
	t.count()
	return truncated
}

// look looks the current word up, and stems it if training did not see its surface form. The answer
// is valid until the next.
func (t *Tagger) look() *lexeme {
	if key, ok := t.reader.scanner.Key(); ok {
		if l := t.c.lexicon.find(key); l.word != unknownWord {
			return l
		}
	}
	return t.lookRare()
}

// lookRare is look for forms that are too long for the lexicon or that training did not see.
func (t *Tagger) lookRare() *lexeme {
	m, form := t.c.model, t.reader.form()
	t.rare = unknown
	if i, ok := t.findLong(form); ok {
		t.rare = lexemeOf(m, &t.c.settings, &t.c.layout, i)
		t.rare.word = unknownWord
	} else {
		t.rare.term = t.c.layout.of(t.stemmed(form))
		t.rare.settle(form)
	}
	return &t.rare
}

// findLong finds a surface form that is too long for the lexicon.
func (t *Tagger) findLong(form []byte) (uint32, bool) {
	if len(form) <= text.KeyLength {
		return 0, false
	}
	return t.c.model.FormIndex.Find(t.c.model.Forms, form)
}

// stemmed is the term of a surface form that was not seen in training: stopWord, that of its stem,
// or unknownWord.
func (t *Tagger) stemmed(form []byte) uint32 {
	if t.c.analyzer.IsStopWord(form) {
		return stopWord
	}
	t.stem = t.c.analyzer.AppendStem(t.stem[:0], form)
	m := t.c.model
	if id, ok := m.TermIndex.Find(m.Terms, t.stem); ok {
		return id
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
