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

// stretch is a part of the document's words that count alike.
type stretch struct {
	words  int // how many
	weight uint32
	fresh  bool // a segment begins with it
}

// read counts the features of the document. It does so in steps, each over all words, and what is done for every word is done
// without asking what word it is (traits): a processor that need not guess looks up many words at a time.
func (t *Tagger) read(doc *Document) (truncated bool) {
	truncated = t.reader.reset(doc)
	t.gather()
	t.lookUp()
	t.noteLanguage()
	t.collect()
	if t.c.pairs.slots != nil {
		t.findPairs()
	}
	t.count()
	return truncated
}

// gather notes the keys of the document's words, and how they count.
func (t *Tagger) gather() {
	t.keys, t.letters, t.stretches = t.keys[:0], t.letters[:0], t.stretches[:0]
	for {
		plain := t.reader.run()
		if len(plain) == 0 {
			if !t.reader.scan() {
				return
			}
			t.gatherOne()
			continue
		}
		for i := range plain {
			t.keys = append(t.keys, plain[i].Key)
		}
		t.mark(plain)
	}
}

// gatherOne notes the current word.
func (t *Tagger) gatherOne() {
	key, ok := t.reader.scanner.Key()
	if !ok {
		key = t.noteLong(t.reader.form())
	}
	t.keys = append(t.keys, key)
	t.extend(t.reader.place(), 1)
}

// mark counts a run of words, whose keys are noted, by where they stand.
func (t *Tagger) mark(plain []text.Plain) {
	first, last := t.reader.placeOf(plain[0].Start), t.reader.placeOf(plain[len(plain)-1].Start)
	n := 0
	for first != last && t.reader.placeOf(plain[n].Start) == first {
		n++
	}
	if n > 0 {
		t.extend(first, n)
	}
	t.extend(last, len(plain)-n)
}

// extend notes that so many words more stand in a place.
func (t *Tagger) extend(p place, words int) {
	weight, n := t.c.weights[p], len(t.stretches)
	if n == 0 || t.reader.fresh || t.stretches[n-1].weight != weight {
		t.stretches = append(t.stretches, stretch{weight: weight, fresh: t.reader.fresh})
		t.reader.fresh = false
		n++
	}
	t.stretches[n-1].words += words
}

// noteLong notes a form that is too long for a key, and returns what stands for it, which is no form's key.
func (t *Tagger) noteLong(form []byte) text.Key {
	from := len(t.letters)
	t.letters = append(t.letters, form...)
	return text.Key{High: uint64(from)<<32 | uint64(len(t.letters))}
}

// form is the form of a key, valid until the next.
func (t *Tagger) form(key text.Key) []byte {
	if key.Low == 0 {
		return t.letters[key.High>>32 : uint32(key.High)]
	}
	t.spelt = key.AppendForm(t.spelt[:0])
	return t.spelt
}

// lookUp finds the meanings of the words, and their slots in the lexicon.
func (t *Tagger) lookUp() {
	n := len(t.keys)
	t.meanings, t.slots, t.missed = resize(t.meanings, n), resize(t.slots, n), resize(t.missed, n)
	meanings, slots, missed, lexemes := t.meanings, t.slots, t.missed, t.c.forms.slots
	misses := 0
	for i, key := range t.keys {
		print := hashKey(key)
		at := homeSlot(print, len(lexemes))
		l := &lexemes[at]
		meanings[i], slots[i] = l.meaning, int32(at)
		missed[misses] = int32(i)
		misses += differ(l.print, print)
	}
	for _, i := range missed[:misses] {
		meanings[i], slots[i] = t.search(t.keys[i])
	}
}

// resize returns n elements, of list if it has room for them. Their values are of no meaning.
func resize[T any](list []T, n int) []T {
	if n > cap(list) {
		return make([]T, n, 2*n)
	}
	return list[:n]
}

// differ is 1 if two numbers differ, else 0.
func differ(a, b uint64) int {
	d := a ^ b
	return int((d | -d) >> 63)
}

// search finds a word that is not in the first slot in which it might be. It stems the word if training did not
// see its form; the slot is -1 then, or if the form is too long for the lexicon.
func (t *Tagger) search(key text.Key) (m meaning, slot int32) {
	if key.Low == 0 {
		return t.lookLong(t.form(key)), -1
	}
	print := hashKey(key)
	if at, ok := t.c.forms.find(print); ok {
		return t.c.forms.slots[at].meaning, int32(at)
	}
	l := &t.recalled[print>>(64-recalledBits)]
	if l.print != print {
		form := t.form(key)
		*l = lexeme{print, meaningOf(form, t.stemmed(form), unknownWord)}
	}
	return l.meaning, -1
}

// recalled is how many unknown forms a Tagger remembers: a name comes again in its article, and in those of the day.
const recalled = 1 << recalledBits

const recalledBits = 12

// lookLong finds forms that are too long for the lexicon.
func (t *Tagger) lookLong(form []byte) meaning {
	m := t.c.model
	if i, ok := m.FormIndex.Find(m.Forms, form); ok {
		return formMeaning(m, &t.c.settings, &t.c.layout, i)
	}
	return meaningOf(form, t.stemmed(form), unknownWord)
}

// stemmed is the place of the term of a surface form that was not seen in training, that of its stem, or stopWord or
// unknownWord.
func (t *Tagger) stemmed(form []byte) uint32 {
	if t.c.analyzer.IsStopWord(form) {
		return stopWord
	}
	t.stem = t.c.analyzer.AppendStem(t.stem[:0], form)
	return t.c.stems.place(t.stem)
}

// languageWords is how many words tell a text's language at the latest; more would tell no more. After
// every settleEvery words it is seen whether they do already.
const (
	languageWords = 96
	settleEvery   = 16
)

// noteLanguage notes what the words, but classes, say of the text's language.
func (t *Tagger) noteLanguage() {
	t.guess.Reset()
	if !t.c.settings.CheckLanguage {
		return
	}
	for i, m := range t.meanings {
		if m.bit(wordTrait) == 0 {
			continue
		}
		if slot := t.slots[i]; slot >= 0 {
			t.guess.AddWord(&t.c.forms.words[slot])
		} else {
			t.guess.Add(t.form(t.keys[i]))
		}
		if n := t.guess.Words; n%settleEvery == 0 && (n >= languageWords || t.guess.Settled(t.c.analyzer.Config().Language)) {
			return
		}
	}
}

// collect counts the words, and collects their features: first those of surface forms, then those of terms.
func (t *Tagger) collect() {
	room := len(t.meanings) + len(t.stretches)
	t.content, t.found = resize(t.content, room), resize(t.found, room)
	meanings, content, found := t.meanings, t.content, t.found
	contents, finds, tally := 0, 0, wordTally(0)
	for _, s := range t.stretches {
		if s.fresh {
			content[contents] = occurrence{unknownWord, 0}
			contents++
		}
		for _, m := range meanings[:s.words] {
			tally += m.tally()
			content[contents] = occurrence{m.term(), s.weight}
			contents += m.bit(knownTrait)
			found[finds] = occurrence{m.surface(), s.weight}
			finds += m.bit(featureTrait)
		}
		meanings = meanings[s.words:]
	}
	t.content, t.found, t.tally = content[:contents], found[:finds], tally
	t.found = append(t.found, t.content...)
}

// wordTally counts what abstain asks of words, three numbers in one: those that are no stop words, those
// of them that training knew, and those of these that are no class such as <angka>. MaxText keeps each within its bits.
type wordTally uint64

const tallyBits = 21

// tally is what one word adds.
func (m meaning) tally() wordTally {
	return wordTally(m.bit(tokenTrait)) | wordTally(m.bit(knownTrait))<<tallyBits | wordTally(m.bit(contentTrait))<<(2*tallyBits)
}

func (t wordTally) tokens() int { return int(t & (1<<tallyBits - 1)) }
func (t wordTally) known() int  { return int(t >> tallyBits & (1<<tallyBits - 1)) }
func (t wordTally) words() int  { return int(t >> (2 * tallyBits)) }

// findPairs finds the pairs of words that follow each other. Unknown words are passed over, so
// that they do not part a pair.
func (t *Tagger) findPairs() {
	x, content := &t.c.pairs, t.content
	t.likely, t.missed = resize(t.likely, len(content)+1), resize(t.missed, len(content)+1)
	likely, missed, n, misses := t.likely, t.missed, 0, 0
	for i := 1; i < len(content); i++ {
		words := pairOf(content[i-1].feature, content[i].feature)
		likely[n] = candidate{words: words, weight: content[i].weight}
		n += x.may(words.hash())
	}
	likely = likely[:n]
	for i := range likely {
		c := &likely[i]
		s := &x.slots[x.home(c.words.hash())]
		c.feature = s.feature
		missed[misses] = int32(i)
		misses += differ(uint64(s.words), uint64(c.words))
	}
	for _, i := range missed[:misses] {
		likely[i].feature = x.find(likely[i].words)
	}
	for _, c := range likely {
		known := differ(uint64(c.feature), unknownWord)
		t.found = append(t.found, occurrence{c.feature, c.weight})[:len(t.found)+known]
	}
}

// count makes a vector of what was found, in which each feature stands once.
func (t *Tagger) count() {
	t.vector.terms = resize(t.vector.terms, len(t.found)+1)
	features, counts, n := t.vector.terms, t.counts, 0
	for _, o := range t.found {
		if o.weight == 0 || o.feature == unknownWord {
			continue
		}
		before := counts[o.feature]
		features[n] = o.feature
		n += int((uint64(before) - 1) >> 63) // 1 if before is 0
		counts[o.feature] = before + o.weight
	}
	features = features[:n]
	t.vector = vector{features, resize(t.vector.counts, n)}
	for i, f := range features {
		t.vector.counts[i] = counts[f]
		counts[f] = 0
	}
}
