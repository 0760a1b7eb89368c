package report

import (
	"math"
	"slices"

	"github.com/tajuk/tajuk/classifier"
)

// Mistake is a wrongly answered article.
type Mistake struct {
	Place    string // where the article was read from
	ID       string
	Outcome  string
	Document *classifier.Document // kept until the page is written
	Hits     []Answer             // labels that were given
	Missed   []Answer             // labels that were not
	False    []Answer             // given topics that are no label

	Title, Text []Piece // what Explain makes of the document
	explained   bool
}

// Answer is a topic with the confidence that it had.
type Answer struct {
	ID         string
	Topic      int // index into the model's topics
	Confidence float64
}

// badness is the size of the worst error: how sure the model was of what is false, or how far
// from sure of what is true.
func (m *Mistake) badness() (worst float64) {
	for _, a := range m.False {
		worst = math.Max(worst, a.Confidence)
	}
	for _, a := range m.Missed {
		worst = math.Max(worst, 1-a.Confidence)
	}
	return worst
}

// ForWrong is the falsely given topic of the highest confidence, if there is one.
func (m *Mistake) ForWrong() *Answer { return surest(m.False) }

// ForRight is the missed label of the highest confidence, if there is one.
func (m *Mistake) ForRight() *Answer { return surest(m.Missed) }

func surest(list []Answer) (best *Answer) {
	for i := range list {
		if best == nil || list[i].Confidence > best.Confidence {
			best = &list[i]
		}
	}
	return best
}

// Worst keeps the worst mistakes, in memory that does not grow with their number.
type Worst struct {
	most int
	list []*Mistake // the worst first; equally bad ones in the order they came
}

// NewWorst returns one that keeps so many.
func NewWorst(most int) *Worst { return &Worst{most: most} }

// Add notes a mistake.
func (w *Worst) Add(m Mistake) {
	bad := m.badness()
	at := len(w.list)
	for at > 0 && w.list[at-1].badness() < bad {
		at--
	}
	if at == w.most {
		return
	}
	w.list = slices.Insert(w.list, at, &m)
	w.list = w.list[:min(len(w.list), w.most)]
}

// Explain marks in the mistakes added since the last call which words spoke for the wrong and
// the right topic. They must be the answers of c.
func (w *Worst) Explain(c *classifier.Classifier) {
	tagger := c.NewTagger()
	for _, m := range w.list {
		if m.explained {
			continue
		}
		m.explained = true
		var marks []mark
		if a := m.ForRight(); a != nil {
			marks = append(marks, marksOf(tagger.Explain(m.Document, a.Topic), forRight)...)
		}
		if a := m.ForWrong(); a != nil {
			marks = append(marks, marksOf(tagger.Explain(m.Document, a.Topic), forWrong)...)
		}
		m.Title = highlight(m.Document.Title, marks, classifier.Title)
		m.Text = highlight(m.Document.Text, marks, classifier.Text)
		m.Document = nil // what is shown is copied
	}
}
