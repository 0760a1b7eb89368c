package classifier

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
)

// Tagger tags documents one after the other, reusing its scratch space.
// Use one per goroutine.
type Tagger struct {
	c      *Classifier
	reader reader
	words
	counts      []uint32     // per feature, all zero between documents
	found       []occurrence // of features in the document
	content     []occurrence // those of terms, in reading order; unknownWord stands between segments
	likely      []candidate
	vector      vector // features of the document, each once
	stem        []byte
	recalled    [recalled]lexeme
	scores      scores
	confidences []float64
	scratch     []float64
	tally       wordTally
	guess       language.Guess
}

// words are those of a document, in reading order.
type words struct {
	keys      []text.Key
	letters   []byte // of the forms that are too long for a key
	spelt     []byte // form of a key
	stretches []stretch
	meanings  []meaning
	slots     []int32 // in the lexicon, -1 if a word is not there
	missed    []int32 // those not found at once
}

// NewTagger returns a Tagger with scratch space of its own.
func (c *Classifier) NewTagger() *Tagger {
	topics := len(c.model.Manifest.Topics)
	return &Tagger{
		c: c, reader: newReader(c.analyzer.Config()), counts: make([]uint32, c.model.Features()),
		scores: newScores(topics), confidences: make([]float64, topics), scratch: make([]float64, topics),
	}
}

// Tag answers for one document. It overwrites p, whose slices are reused, and
// lists every topic; use Prediction.Apply for a caller's options. It never fails: a
// document that cannot be judged is an abstention with notices.
func (t *Tagger) Tag(doc *Document, p *Prediction) {
	truncated := t.read(doc)
	t.c.scorer.score(t.vector, &t.scores)
	copy(t.confidences, t.scores.out)
	t.c.decision.confidences(t.confidences, t.scratch)

	p.Tokens, p.Known, p.Notices = t.tally.tokens(), t.tally.known(), p.Notices[:0]
	p.decide(&t.c.decision, t.scores.out, t.confidences)
	if truncated {
		p.notice(Truncated, fmt.Sprintf("only the first %d bytes were read", MaxText))
	}
	if strings.Contains(doc.Text, "</") {
		p.notice(LooksLikeMarkup, "the text holds markup: give the article's plain text, as tajuk extract and the call ExtractArticle find it")
	}
	t.abstain(doc, p)
}

// abstain withdraws the answer where the model read too little to be trusted.
func (t *Tagger) abstain(doc *Document, p *Prediction) {
	s := t.c.settings
	switch {
	case t.tally.words() < s.MinTokens:
		p.notice(TooShort, fmt.Sprintf("%d known words: at least %d are needed", t.tally.words(), s.MinTokens))
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
	p.Topics = slices.Grow(p.Topics, len(confidences))[:len(confidences)]
	p.standings = p.standings[:0]
	for k, c := range confidences {
		p.standings = append(p.standings, standing{int64(math.Float64bits(c)), k})
	}
	few := len(confidences) <= fewTopics
	if few {
		rank(p.standings)
	}
	for k, s := range p.standings {
		p.Topics[s.place] = TopicScore{Topic: k, Score: scores[k], Confidence: confidences[k], Threshold: d.threshold[k]}
	}
	if !few {
		slices.SortFunc(p.Topics, TopicScore.before)
	}
	p.assign()
}

// fewTopics is up to how many topics comparing every two of them is the fastest way to order them.
const fewTopics = 128

// standing is a topic's place among all, and what orders it: a confidence's bits order as it does.
type standing struct {
	key   int64
	place int
}

// rank finds the places, the highest first, and of equals the first. Sorting guesses wrong at every other
// comparison; counting how many come before each topic takes more comparisons and no guesses. Inlined,
// the inner loop would not get registers enough.
//
//go:noinline
func rank(list []standing) {
	for i := range list {
		key, before := list[i].key, i
		earlier := list[:i]
		for j := range earlier {
			lower := int((earlier[j].key - key) >> 63) // -1 if so
			earlier[j].place -= lower
			before += lower
		}
		list[i].place = before
	}
}

// before orders by confidence, highest first, then by topic.
func (t TopicScore) before(u TopicScore) int {
	return cmp.Or(cmp.Compare(u.Confidence, t.Confidence), t.Topic-u.Topic)
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
