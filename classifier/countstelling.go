package classifier

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// TellingWord is a word that tells a topic from the rest.
type TellingWord struct {
	Form      string
	Topic     Tally   // in the topic's documents
	Elsewhere Tally   // in the others
	Score     float64 // by how many standard errors the log-odds of holding the word are above those elsewhere
}

// Telling finds the words that are most telling of a topic among counts added one by one. It measures by
// the documents that hold a word, not by how often it stands there, so that one long
// report does not decide; the score is a difference of log-odds over its standard error (Monroe, Colaresi &
// Quinn 2008), so that neither rare words nor common ones fill the list. Not safe for concurrent use.
type Telling struct {
	topic     string
	limit     int
	in, other int64 // documents
	words     []TellingWord
}

// NewTelling looks for at most limit words of a topic in counts with that header.
func NewTelling(h *CountsHeader, topic string, limit int) *Telling {
	n := h.Topics[topic]
	return &Telling{topic: topic, limit: limit, in: n, other: h.Documents - n}
}

// Add looks at one word.
func (t *Telling) Add(form string, counts FormTally) {
	here := counts.Topic(t.topic)
	w := TellingWord{Form: form, Topic: here, Elsewhere: counts.All.plus(here, -1)}
	if w.Score = t.score(w.Topic.Docs, w.Elsewhere.Docs); here.Docs == 0 || w.Score <= 0 {
		return
	}
	if t.words = append(t.words, w); len(t.words) >= 2*t.limit+1024 {
		t.cut()
	}
}

// score compares a of the topic's documents with b of the others. A half added to each count keeps it finite.
func (t *Telling) score(a, b int64) float64 {
	x := [4]float64{float64(a) + 0.5, float64(t.in-a) + 0.5, float64(b) + 0.5, float64(t.other-b) + 0.5}
	variance := 1/x[0] + 1/x[1] + 1/x[2] + 1/x[3]
	return (math.Log(x[0]/x[1]) - math.Log(x[2]/x[3])) / math.Sqrt(variance)
}

// Words returns the words found, the most telling first.
func (t *Telling) Words() []TellingWord {
	t.cut()
	return t.words
}

func (t *Telling) cut() {
	slices.SortFunc(t.words, func(a, b TellingWord) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Form, b.Form))
	})
	t.words = t.words[:min(t.limit, len(t.words))]
}
