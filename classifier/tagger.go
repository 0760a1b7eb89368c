package classifier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/model"
)

// Tagger tags documents one after the other, reusing its scratch space.
// Use one per goroutine.
type Tagger struct {
	c           *Classifier
	reader      reader
	counts      []uint32 // per term, all zero between documents
	vector      vector   // terms of the document in order of appearance
	stem        []byte
	scores      []float64
	confidences []float64
	tokens      int
	known       int
}

// NewTagger returns a Tagger with scratch space of its own.
func (c *Classifier) NewTagger() *Tagger {
	topics := len(c.model.Manifest.Topics)
	return &Tagger{
		c: c, reader: newReader(c.analyzer.Config()), counts: make([]uint32, c.model.Terms.Len()),
		scores: make([]float64, topics), confidences: make([]float64, topics),
	}
}

// Tag answers for one document. It overwrites p, whose slices are reused, and
// lists every topic; use Prediction.Apply for a caller's options. It never fails: a
// document that cannot be judged is an abstention with notices.
func (t *Tagger) Tag(doc *Document, p *Prediction) {
	truncated := t.read(doc)
	t.c.scorer.score(t.vector, t.scores)
	copy(t.confidences, t.scores)
	t.c.calibration.confidences(t.confidences)

	p.Tokens, p.Known, p.Notices = t.tokens, t.known, p.Notices[:0]
	decide(p, t.scores, t.confidences, t.c.model.Threshold, t.c.calibration.single)
	if truncated {
		p.notice(Truncated, fmt.Sprintf("only the first %d bytes were read", MaxText))
	}
	if strings.Contains(doc.Text, "</") {
		p.notice(LooksLikeMarkup, "the text holds markup: give the article's plain text")
	}
	t.abstain(p)
}

// read counts the terms of the document in order of first appearance.
func (t *Tagger) read(doc *Document) (truncated bool) {
	truncated = t.reader.reset(doc)
	t.tokens, t.known = 0, 0
	t.vector.terms, t.vector.counts = t.vector.terms[:0], t.vector.counts[:0]
	for t.reader.scan() {
		term, ok := t.term(t.reader.form())
		if !ok {
			continue
		}
		weight := uint32(1)
		if t.reader.current.headline {
			weight = uint32(t.c.settings.TitleWeight)
		}
		if t.counts[term] == 0 && weight > 0 {
			t.vector.terms = append(t.vector.terms, term)
		}
		t.counts[term] += weight
	}
	for _, term := range t.vector.terms {
		t.vector.counts = append(t.vector.counts, t.counts[term])
		t.counts[term] = 0
	}
	return truncated
}

// term looks a surface form up, stems it if it was not seen in training, and
// counts it as known or unknown. Stop words are neither.
func (t *Tagger) term(form []byte) (id uint32, ok bool) {
	m := t.c.model
	i, ok := m.FormIndex.Find(m.Forms, form)
	if ok {
		id = m.FormTerm[i]
		if id == model.Stop {
			return 0, false
		}
	} else {
		if t.c.analyzer.IsStopWord(form) {
			return 0, false
		}
		t.stem = t.c.analyzer.AppendStem(t.stem[:0], form)
		id, ok = m.TermIndex.Find(m.Terms, t.stem)
	}
	t.tokens++
	if ok {
		t.known++
	}
	return id, ok
}

// abstain withdraws the answer where the model read too little to be trusted.
func (t *Tagger) abstain(p *Prediction) {
	s := t.c.settings
	switch {
	case p.Known < s.MinTokens:
		p.notice(TooShort, fmt.Sprintf("%d known words: at least %d are needed", p.Known, s.MinTokens))
	case p.Coverage() < s.MinCoverage:
		p.notice(LowCoverage, fmt.Sprintf("the model knows %d of %d words: at least %.0f %% are needed", p.Known, p.Tokens, 100*s.MinCoverage))
	default:
		return
	}
	p.Outcome = Abstained
	for i := range p.Topics {
		p.Topics[i].Assigned = false
	}
}

func (p *Prediction) notice(code NoticeCode, message string) {
	p.Notices = append(p.Notices, Notice{code, message})
}

// decide fills in topics and outcome, highest confidence first. A Single model assigns
// the first topic, if it reaches its threshold; a Multi model every topic that does.
func decide(p *Prediction, scores, confidences, thresholds []float64, single bool) {
	p.single, p.Topics = single, p.Topics[:0]
	for k, c := range confidences {
		p.Topics = append(p.Topics, TopicScore{Topic: k, Score: scores[k], Confidence: c, Threshold: thresholds[k]})
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
}
