package classifier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
)

// Tagger tags documents one after the other, reusing its scratch space.
// Use one per goroutine.
type Tagger struct {
	c           *Classifier
	reader      reader
	counts      []uint32 // per feature, all zero between documents
	vector      vector   // features of the document in order of appearance
	stem        []byte
	scores      []float64
	confidences []float64
	scratch     []float64
	previous    uint32 // term of the last content word, or unknownWord
	tokens      int
	known       int
	words       int // known ones that are words and no class such as <angka>
	guess       language.Guess
}

// NewTagger returns a Tagger with scratch space of its own.
func (c *Classifier) NewTagger() *Tagger {
	topics := len(c.model.Manifest.Topics)
	return &Tagger{
		c: c, reader: newReader(c.analyzer.Config()), counts: make([]uint32, c.model.Features()),
		scores: make([]float64, topics), confidences: make([]float64, topics), scratch: make([]float64, topics),
	}
}

// Tag answers for one document. It overwrites p, whose slices are reused, and
// lists every topic; use Prediction.Apply for a caller's options. It never fails: a
// document that cannot be judged is an abstention with notices.
func (t *Tagger) Tag(doc *Document, p *Prediction) {
	truncated := t.read(doc)
	t.c.scorer.score(t.vector, t.scores)
	copy(t.confidences, t.scores)
	t.c.decision.confidences(t.confidences, t.scratch)

	p.Tokens, p.Known, p.Notices = t.tokens, t.known, p.Notices[:0]
	p.decide(&t.c.decision, t.scores, t.confidences)
	if truncated {
		p.notice(Truncated, fmt.Sprintf("only the first %d bytes were read", MaxText))
	}
	if strings.Contains(doc.Text, "</") {
		p.notice(LooksLikeMarkup, "the text holds markup: give the article's plain text, as tajuk extract and the call ExtractArticle find it")
	}
	t.abstain(doc, p)
}

// languageWords is how many words tell a text's language; more would tell no more.
const languageWords = 100

// read counts the terms of the document in order of first appearance.
func (t *Tagger) read(doc *Document) (truncated bool) {
	truncated = t.reader.reset(doc)
	t.tokens, t.known, t.words = 0, 0, 0
	t.guess.Reset()
	t.vector.terms, t.vector.counts = t.vector.terms[:0], t.vector.counts[:0]
	for t.reader.scan() {
		term, surface := t.term(t.reader.form())
		weight := t.c.settings.weight(t.reader.place())
		t.count(term, weight)
		t.count(surface, weight)
		if t.reader.scanner.Token().Kind == text.Word {
			t.word(term)
		}
		if t.c.settings.Pairs && term < unknownWord {
			t.count(t.pairTerm(term), weight)
		}
	}
	for _, term := range t.vector.terms {
		t.vector.counts = append(t.vector.counts, t.counts[term])
		t.counts[term] = 0
	}
	return truncated
}

// word notes what abstain asks of the current word.
func (t *Tagger) word(term uint32) {
	if term < unknownWord {
		t.words++
	}
	if t.c.settings.CheckLanguage && t.guess.Words < languageWords {
		t.guess.Add(t.reader.form())
	}
}

// Values of Tagger.term that are no term.
const (
	stopWord    = model.Stop
	unknownWord = model.Stop - 1
)

// count adds a feature with the weight of the current word's place.
func (t *Tagger) count(term, weight uint32) {
	if term >= unknownWord {
		return
	}
	if t.counts[term] == 0 && weight > 0 {
		t.vector.terms = append(t.vector.terms, term)
	}
	t.counts[term] += weight
}

// term looks a surface form up, stems it if it was not seen in training, and
// counts it as known or unknown. Stop words are neither. Surface is the form as a feature of its
// own, or unknownWord.
func (t *Tagger) term(form []byte) (id, surface uint32) {
	m := t.c.model
	if i, ok := m.FormIndex.Find(m.Forms, form); ok {
		id, surface = m.FormTerm[i], unknownWord
		if id != stopWord {
			t.tokens++
			t.known++
		}
		if t.c.settings.Surface {
			surface = uint32(m.Terms.Len()) + i
		}
		return id, surface
	}
	if t.c.analyzer.IsStopWord(form) {
		return stopWord, unknownWord
	}
	t.tokens++
	t.stem = t.c.analyzer.AppendStem(t.stem[:0], form)
	id, ok := m.TermIndex.Find(m.Terms, t.stem)
	if !ok {
		return unknownWord, unknownWord
	}
	t.known++
	return id, unknownWord
}

// pairTerm is the term of the last known word and this one, which it remembers. Unknown words
// are passed over, so that they do not part a pair.
func (t *Tagger) pairTerm(term uint32) uint32 {
	first := t.previous
	if t.reader.fresh {
		t.reader.fresh = false
		first = unknownWord
	}
	t.previous = term
	if first == unknownWord {
		return unknownWord
	}
	return t.c.pairs.find(first, term)
}

// abstain withdraws the answer where the model read too little to be trusted.
func (t *Tagger) abstain(doc *Document, p *Prediction) {
	s := t.c.settings
	switch {
	case t.words < s.MinTokens:
		p.notice(TooShort, fmt.Sprintf("%d known words: at least %d are needed", t.words, s.MinTokens))
	case t.reader.page && isMenu(doc):
		p.notice(TooShort, fmt.Sprintf("no line has more than %d words: a menu, not an article", menuWords))
	case p.Coverage() < s.MinCoverage:
		p.notice(LowCoverage, fmt.Sprintf("the model knows %d of %d words: at least %.0f %% are needed", p.Known, p.Tokens, 100*s.MinCoverage))
	case t.foreign(p):
	default:
		return
	}
	p.Outcome = Abstained
	for i := range p.Topics {
		p.Topics[i].Assigned = false
	}
}

// A text of so many lines or more, none of more words, is what surrounds an article on its page.
const (
	menuLines = 3
	menuWords = 4
)

// isMenu reports whether the document is nothing but the furniture of a page. Package extract returns a
// text whole in which it finds no article; a headline or a list of headlines has longer lines.
func isMenu(doc *Document) bool {
	if strings.TrimSpace(doc.Title) != "" {
		return false
	}
	lines := 0
	for line := range strings.Lines(doc.Text) {
		words, last := 0, ""
		for last = range strings.FieldsSeq(line) {
			if words++; words > menuWords {
				return false
			}
		}
		if strings.HasSuffix(last, ".") {
			return false // a short sentence
		}
		if words > 0 {
			lines++
		}
	}
	return lines >= menuLines
}

// foreign notes that the text is in another language than the model's.
func (t *Tagger) foreign(p *Prediction) bool {
	if !t.c.settings.CheckLanguage {
		return false
	}
	native := t.c.analyzer.Config().Language
	code, excess := t.guess.Excess(native)
	foreign := excess > t.c.settings.LanguageSlack
	if foreign {
		p.notice(LanguageMismatch, mismatch(code, native))
	}
	return foreign
}

func (p *Prediction) notice(code NoticeCode, message string) {
	p.Notices = append(p.Notices, Notice{code, message})
}

// decide fills in topics and outcome, highest confidence first. A Single model assigns
// the first topic, if it reaches its threshold; a Multi model every topic that does, and
// the broader topics that those imply.
func (p *Prediction) decide(d *decision, scores, confidences []float64) {
	p.single, p.implied, p.Topics = d.single, d.implied, p.Topics[:0]
	for k, c := range confidences {
		p.Topics = append(p.Topics, TopicScore{Topic: k, Score: scores[k], Confidence: c, Threshold: d.threshold[k]})
	}
	slices.SortFunc(p.Topics, func(a, b TopicScore) int {
		if c := cmp.Compare(b.Confidence, a.Confidence); c != 0 {
			return c
		}
		return cmp.Compare(a.Topic, b.Topic)
	})
	p.assign()
}

// assign decides from confidences and thresholds which topics are given.
func (p *Prediction) assign() {
	p.Outcome = NoTopic
	for i := range p.Topics {
		t := &p.Topics[i]
		t.Assigned = t.Confidence >= t.Threshold && (i == 0 || !p.single)
		if t.Assigned {
			p.Outcome = Tagged
		}
	}
	if p.implied != nil {
		p.assignImplied()
	}
}

// assignImplied assigns the broader topics of those assigned. Topics number in the tens, so a
// search for each is cheap.
func (p *Prediction) assignImplied() {
	for i := range p.Topics {
		if !p.Topics[i].Assigned {
			continue
		}
		for parent := p.implied[p.Topics[i].Topic]; parent >= 0; parent = p.implied[parent] {
			at := slices.IndexFunc(p.Topics, func(t TopicScore) bool { return t.Topic == parent })
			p.Topics[at].Assigned = true
		}
	}
}
