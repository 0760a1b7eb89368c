package store

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
)

// A self-test is documents made of the model's own words, the strongest of each topic,
// and the answers that the model gave when it was added. It needs no article and fits every
// model. It fails where the program, or the machine, has come to read the model
// otherwise than it was read then.

// Sizes of a self-test.
const (
	maxCases  = 64 // topics that have a case
	caseWords = 12 // words a case
	caseTop   = 3  // topics recorded of an answer, beside those assigned
)

// tolerance is how far a confidence may be off: machines differ in the last bits, where some
// multiply and add in one step.
const tolerance = 1e-6

// testCase is a line of the file.
type testCase struct {
	Text    string      `json:"text"`
	Outcome string      `json:"outcome"`
	Topics  []testTopic `json:"topics"`
}

type testTopic struct {
	Topic      string  `json:"topic"`
	Confidence float64 `json:"confidence"`
	Assigned   bool    `json:"assigned"`
}

// unknownWords are in no model, so that one abstains from them.
const unknownWords = "qqxzv wqqzx zzxqv"

// SelfTest makes a self-test for a model: documents, and the answers that it must go on giving. It
// fails if they are no answers.
func SelfTest(c *classifier.Classifier) ([]byte, error) {
	var out bytes.Buffer
	tagger := c.NewTagger()
	var p classifier.Prediction
	for _, text := range append(strongest(c.Model()), unknownWords) {
		tagger.Tag(&classifier.Document{Text: text}, &p)
		if err := sane(&p); err != nil {
			return nil, fmt.Errorf("self-test on %q: %w", text, err)
		}
		if err := json.NewEncoder(&out).Encode(record(c, text, &p)); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

func record(c *classifier.Classifier, text string, p *classifier.Prediction) testCase {
	t := testCase{Text: text, Outcome: p.Outcome.String(), Topics: []testTopic{}}
	for i, s := range p.Topics {
		if i < caseTop || s.Assigned {
			t.Topics = append(t.Topics, testTopic{c.Model().Manifest.Topics[s.Topic].ID, s.Confidence, s.Assigned})
		}
	}
	return t
}

// runSelfTest wants the recorded answers.
func runSelfTest(c *classifier.Classifier, data []byte) error {
	cases, err := decodeSelfTest(data)
	if err != nil {
		return err
	}
	tagger := c.NewTagger()
	var p classifier.Prediction
	for i, t := range cases {
		tagger.Tag(&classifier.Document{Text: t.Text}, &p)
		if err := errors.Join(sane(&p), t.compare(c.Model(), &p)); err != nil {
			return fmt.Errorf("self-test failed: line %d: %w", i+1, err)
		}
	}
	return nil
}

func decodeSelfTest(data []byte) (cases []testCase, err error) {
	line := 0
	for text := range bytes.Lines(data) {
		line++
		var t testCase
		if err := json.Unmarshal(text, &t); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		cases = append(cases, t)
	}
	if line == 0 {
		return nil, errors.New("it is empty")
	}
	return cases, nil
}

// sane refuses confidences that are none.
func sane(p *classifier.Prediction) error {
	for _, s := range p.Topics {
		if !(s.Confidence >= 0 && s.Confidence <= 1) {
			return fmt.Errorf("topic %d has the confidence %v, which is not from 0 to 1", s.Topic, s.Confidence)
		}
	}
	return nil
}

// compare wants the answer to be the recorded one. Confidences must agree, whatever else. Which topics are
// assigned is not compared where a confidence is as good as its threshold; nor where the program
// abstains from a list of words and did not then, or the other way round: that is for its checks on length and
// language to say, and a later program may know better.
func (t *testCase) compare(m *model.Model, p *classifier.Prediction) error {
	got := make(map[string]classifier.TopicScore, len(p.Topics))
	abstained := classifier.Abstained.String()
	undecided := t.Text != unknownWords && (t.Outcome == abstained) != (p.Outcome == classifier.Abstained)
	for _, s := range p.Topics {
		got[m.Manifest.Topics[s.Topic].ID] = s
		undecided = undecided || math.Abs(s.Confidence-s.Threshold) <= tolerance
	}
	if p.Outcome.String() != t.Outcome && !undecided {
		return fmt.Errorf("outcome %s, want %s", p.Outcome, t.Outcome)
	}
	for _, want := range t.Topics {
		s, ok := got[want.Topic]
		switch {
		case !ok:
			return fmt.Errorf("no topic %q", want.Topic)
		case !(math.Abs(s.Confidence-want.Confidence) <= tolerance):
			return fmt.Errorf("topic %q has the confidence %v, want %v", want.Topic, s.Confidence, want.Confidence)
		case s.Assigned != want.Assigned && !undecided:
			return fmt.Errorf("topic %q assigned: %v, want %v", want.Topic, s.Assigned, want.Assigned)
		}
	}
	return nil
}

// word is a surface form and how much it moves a topic.
type word struct {
	form   string
	weight float32
}

// strongest is a document for each topic, of the words that speak most for it.
func strongest(m *model.Model) []string {
	words := make([][]word, min(len(m.Manifest.Topics), maxCases))
	for term, form := range spelling(m) {
		if form == "" {
			continue
		}
		scale := float32(1)
		if len(m.Scale) > 0 {
			scale = m.Scale[term]
		}
		topics, weights := m.Row(uint32(term))
		for i, k := range topics {
			if int(k) < len(words) && weights[i] > 0 {
				words[k] = append(words[k], word{form, weights[i] * scale})
			}
		}
	}
	var texts []string
	for _, list := range words {
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b word) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.form, b.form))
		})
		var forms []string
		for _, w := range list[:min(len(list), caseWords)] {
			forms = append(forms, w.form)
		}
		texts = append(texts, strings.Join(forms, " "))
	}
	return texts
}

// spelling is, for each term, a surface form that is read as it and is nothing but letters;
// empty if there is none.
func spelling(m *model.Model) []string {
	forms := make([]string, m.Terms.Len())
	for i, term := range m.FormTerm {
		if term == model.Stop || int(term) >= len(forms) || forms[term] != "" {
			continue
		}
		if form := string(m.Forms.At(i)); !strings.ContainsFunc(form, func(r rune) bool { return !unicode.IsLetter(r) }) {
			forms[term] = form
		}
	}
	return forms
}
