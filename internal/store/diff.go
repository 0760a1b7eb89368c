package store

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/classifier"
)

// Sizes of what a [Diff] reports.
const (
	wordsAChange = 5  // words for each topic that a document gains or loses
	wordsOverall = 20 // words over all documents
)

// Diff compares the answers of two models to the same documents. [Diff.Comparer] is safe for
// concurrent use; the rest belongs to one goroutine.
type Diff struct {
	models [2]*classifier.Classifier
	limit  int
	report DiffReport
	topics map[string]*TopicDiff
	words  map[[2]string]*WordDiff // by topic and word
}

// DiffReport says which answers change.
type DiffReport struct {
	Old       string      `json:"old"` // NAME@VERSION
	New       string      `json:"new"`
	Documents int         `json:"documents"`
	Changed   int         `json:"changed"` // documents with other topics or another outcome
	Share     float64     `json:"share"`   // Changed of Documents
	Topics    []TopicDiff `json:"topics"`  // those that change, most first
	Words     []WordDiff  `json:"words"`   // those that change most, over all changes of topics
	Changes   []Change    `json:"changes"` // the first ones, in the order of the documents
}

// TopicDiff counts the documents that gain or lose a topic.
type TopicDiff struct {
	Topic  string `json:"topic"`
	Gained int    `json:"gained"`
	Lost   int    `json:"lost"`
}

// WordDiff is a word that moves a topic more, or less, than it did.
type WordDiff struct {
	Topic     string  `json:"topic"`
	Word      string  `json:"word"`  // as the models see it
	Delta     float64 `json:"delta"` // log-odds that the topic has gained by it; summed up where there are several documents
	Documents int     `json:"documents,omitempty"`
}

// Change is a document whose answer changes.
type Change struct {
	ID     string      `json:"id"`
	Old    DiffAnswer  `json:"old"`
	New    DiffAnswer  `json:"new"`
	Topics []TopicMove `json:"moves"`
}

// DiffAnswer is what one model says.
type DiffAnswer struct {
	Outcome string   `json:"outcome"`
	Topics  []string `json:"topics"` // assigned, most confident first
}

// TopicMove is a topic that a document gains or loses. The sum of all words and of Bias, OtherTopics and
// Threshold is by how much the log-odds of its confidence have come nearer to its threshold.
type TopicMove struct {
	Topic       string     `json:"topic"`
	Gained      bool       `json:"gained"`
	Old         float64    `json:"old_confidence"` // 0 where the model does not have the topic, as is New
	New         float64    `json:"new_confidence"`
	Words       []WordDiff `json:"words"`        // those that made it so, strongest first
	OtherWords  float64    `json:"other_words"`  // sum of the others
	Bias        float64    `json:"bias"`         // what the topic has without any word
	OtherTopics float64    `json:"other_topics"` // what they take from it or leave to it
	Threshold   float64    `json:"threshold"`    // what it must reach is so much less
}

// NewDiff compares two models, and keeps the first limit changes.
func NewDiff(before, after *classifier.Classifier, limit int) *Diff {
	return &Diff{
		models: [2]*classifier.Classifier{before, after}, limit: limit,
		report: DiffReport{Old: before.Version(), New: after.Version(), Topics: []TopicDiff{}, Words: []WordDiff{}, Changes: []Change{}},
		topics: make(map[string]*TopicDiff), words: make(map[[2]string]*WordDiff),
	}
}

// Comparer tags documents with both models. It belongs to one goroutine.
type Comparer struct {
	sides [2]side
}

// side is one of the models at work.
type side struct {
	c      *classifier.Classifier
	tagger *classifier.Tagger
	p      classifier.Prediction
	scores map[string]classifier.TopicScore // by id
}

// Comparer returns one with scratch space of its own.
func (d *Diff) Comparer() *Comparer {
	c := &Comparer{}
	for i, m := range d.models {
		c.sides[i] = side{c: m, tagger: m.NewTagger(), scores: make(map[string]classifier.TopicScore)}
	}
	return c
}

// Compare returns how the answer to a document changes, nil if it does not.
func (c *Comparer) Compare(doc *classifier.Document) *Change {
	change := Change{ID: doc.ID, Old: c.sides[0].answer(doc), New: c.sides[1].answer(doc)}
	if change.Old.same(change.New) {
		return nil
	}
	for _, id := range moved(change.Old.Topics, change.New.Topics) {
		change.Topics = append(change.Topics, c.move(doc, id, slices.Contains(change.New.Topics, id)))
	}
	return &change
}

func (s *side) answer(doc *classifier.Document) DiffAnswer {
	s.tagger.Tag(doc, &s.p)
	a := DiffAnswer{Outcome: s.p.Outcome.String(), Topics: []string{}}
	clear(s.scores)
	for _, t := range s.p.Topics {
		id := s.c.Model().Manifest.Topics[t.Topic].ID
		s.scores[id] = t
		if t.Assigned {
			a.Topics = append(a.Topics, id)
		}
	}
	return a
}

// same ignores the order of topics, in which none is gained or lost.
func (a DiffAnswer) same(b DiffAnswer) bool {
	return a.Outcome == b.Outcome && len(moved(a.Topics, b.Topics)) == 0
}

// moved are the topics of one list and not the other, those of the first list first.
func moved(a, b []string) (ids []string) {
	for _, id := range a {
		if !slices.Contains(b, id) {
			ids = append(ids, id)
		}
	}
	for _, id := range b {
		if !slices.Contains(a, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// move explains a topic that is gained or lost. Its margin is the log-odds of its confidence less those of
// its threshold: it is assigned where that is not negative. With the calibration of model.Model,
// slope·score+intercept, the margin is a sum over words and three figures more, on one scale for both
// models, whatever they were trained with. A model without the topic adds nothing to it.
func (c *Comparer) move(doc *classifier.Document, topic string, gained bool) TopicMove {
	t := TopicMove{Topic: topic, Gained: gained, Old: c.sides[0].scores[topic].Confidence, New: c.sides[1].scores[topic].Confidence}
	delta := make(map[string]float64)
	for i := range c.sides {
		s := &c.sides[i]
		sign := float64(2*i - 1)
		score, known := s.scores[topic]
		if !known {
			continue
		}
		m := s.c.Model()
		slope, intercept := m.Slope[score.Topic], m.Intercept[score.Topic]
		e := s.tagger.Explain(doc, score.Topic)
		for _, term := range e.Terms {
			delta[term.Term] += sign * slope * term.Value
		}
		t.Bias += sign * (slope*e.Bias + intercept)
		t.OtherTopics += sign * (logOdds(score.Confidence) - (slope*score.Score + intercept))
		t.Threshold -= sign * logOdds(score.Threshold)
	}
	list := make([]WordDiff, 0, len(delta))
	for w, x := range delta {
		list = append(list, WordDiff{Topic: topic, Word: w, Delta: x})
	}
	sortWords(list)
	for _, w := range list[min(len(list), wordsAChange):] {
		t.OtherWords += w.Delta
	}
	t.Words = strongestWords(list, wordsAChange)
	return t
}

// logOdds are those of a probability, finite for 0 and 1, too.
func logOdds(p float64) float64 {
	p = min(max(p, 1e-12), 1-1e-12)
	return math.Log(p / (1 - p))
}

// sortWords puts first what changes most.
func sortWords(list []WordDiff) {
	slices.SortFunc(list, func(a, b WordDiff) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Delta), math.Abs(a.Delta)), strings.Compare(a.Word, b.Word), strings.Compare(a.Topic, b.Topic))
	})
}

// strongestWords sorts, and leaves at most n words, none of which changes nothing.
func strongestWords(list []WordDiff, n int) []WordDiff {
	sortWords(list)
	list = list[:min(len(list), n)]
	return slices.DeleteFunc(list, func(w WordDiff) bool { return w.Delta == 0 })
}

// Add counts a document, c being what Compare returned.
func (d *Diff) Add(c *Change) {
	d.report.Documents++
	if c == nil {
		return
	}
	d.report.Changed++
	if len(d.report.Changes) < d.limit {
		d.report.Changes = append(d.report.Changes, *c)
	}
	for _, t := range c.Topics {
		d.count(t)
	}
}

func (d *Diff) count(t TopicMove) {
	if d.topics[t.Topic] == nil {
		d.topics[t.Topic] = &TopicDiff{Topic: t.Topic}
	}
	if t.Gained {
		d.topics[t.Topic].Gained++
	} else {
		d.topics[t.Topic].Lost++
	}
	for _, w := range t.Words {
		key := [2]string{w.Topic, w.Word}
		if d.words[key] == nil {
			d.words[key] = &WordDiff{Topic: w.Topic, Word: w.Word}
		}
		d.words[key].Delta += w.Delta
		d.words[key].Documents++
	}
}

// Report sums up what was added so far.
func (d *Diff) Report() DiffReport {
	r := d.report
	if r.Documents > 0 {
		r.Share = float64(r.Changed) / float64(r.Documents)
	}
	for _, t := range slices.SortedFunc(maps.Values(d.topics), func(a, b *TopicDiff) int {
		return cmp.Or(cmp.Compare(b.Gained+b.Lost, a.Gained+a.Lost), strings.Compare(a.Topic, b.Topic))
	}) {
		r.Topics = append(r.Topics, *t)
	}
	words := make([]WordDiff, 0, len(d.words))
	for _, w := range d.words {
		words = append(words, *w)
	}
	r.Words = append(r.Words, strongestWords(words, wordsOverall)...)
	return r
}
