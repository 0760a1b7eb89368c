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

// read counts the features of the document. Each step goes through the whole text before the next
// begins: its looks at memory then do not wait for each other, as the steps of one word do.
func (t *Tagger) read(doc *Document) (truncated bool) {
	truncated = t.reader.reset(doc)
	t.tokens, t.known, t.words = 0, 0, 0
	t.guess.Reset()
	t.settled = !t.c.settings.CheckLanguage
	found, content := t.found[:0], t.content[:0]
	for t.reader.scan() {
		l, weight := t.look(), t.c.weights[t.reader.place()]
		t.note(l)
		if l.term < unknownWord {
			if t.reader.fresh {
				t.reader.fresh = false
				content = append(content, occurrence{unknownWord, 0})
			}
			content = append(content, occurrence{l.term, weight})
		}
		if l.surface != unknownWord {
			found = append(found, occurrence{l.surface, weight})
		}
	}
	found = append(found, content...)
	t.found, t.content = found, content
	if t.c.settings.Pairs {
		t.findPairs()
	}
	t.count()
	return truncated
}

// look looks the current word up, and stems it if training did not see its surface form. The answer
// is valid until the next.
func (t *Tagger) look() *lexeme {
	if key, ok := t.reader.scanner.Key(); ok {
		if l := t.c.lexicon.find(key); l.form != unknownWord {
			return l
		}
	}
	return t.lookRare()
}

// lookRare is look for forms that are too long for the lexicon or that training did not see.
func (t *Tagger) lookRare() *lexeme {
	m, form := t.c.model, t.reader.form()
	t.rare = unknown
	if len(form) > text.KeyLength {
		if i, ok := m.FormIndex.Find(m.Forms, form); ok {
			t.rare = lexeme{form: i, term: m.FormTerm[i], surface: surfaceFeature(m, &t.c.settings, i)}
			return &t.rare
		}
	}
	t.rare.term = t.stemmed(form)
	return &t.rare
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

// note takes down what abstain asks of the current word. Stop words are neither known nor unknown.
func (t *Tagger) note(l *lexeme) {
	known := l.term < unknownWord
	if known {
		t.known++
	}
	if l.term != stopWord {
		t.tokens++
	}
	if t.reader.scanner.Kind() != text.Word {
		return
	}
	if known {
		t.words++
	}
	if !t.settled {
		t.noteLanguage(l)
	}
}

func (t *Tagger) noteLanguage(l *lexeme) {
	if l.form == unknownWord {
		t.guess.Add(t.reader.form())
	} else {
		t.guess.AddWord(&t.c.lexicon.words[l.form])
	}
	if n := t.guess.Words; n%settleEvery == 0 {
		t.settled = n >= languageWords || t.guess.Settled(t.c.analyzer.Config().Language)
	}
}

// findPairs finds the pairs of words that follow each other. Unknown words are passed over, so
// that they do not part a pair.
func (t *Tagger) findPairs() {
	first := uint32(unknownWord)
	for _, o := range t.content {
		if pair := t.c.pairs.find(first, o.feature); pair != unknownWord {
			t.found = append(t.found, occurrence{pair, o.weight})
		}
		first = o.feature
	}
}

// count makes a vector of what was found, in which each feature stands once.
func (t *Tagger) count() {
	features, counts := t.vector.terms[:0], t.vector.counts[:0]
	for _, o := range t.found {
		if o.weight == 0 || o.feature == unknownWord {
			continue
		}
		if t.counts[o.feature] == 0 {
			features = append(features, o.feature)
		}
		t.counts[o.feature] += o.weight
	}
	for _, f := range features {
		counts = append(counts, t.counts[f])
		t.counts[f] = 0
	}
	t.vector = vector{features, counts}
}
