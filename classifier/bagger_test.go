package classifier

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"

	"github.com/tajuk/tajuk/text"
)

func pairBagger(t testing.TB) *Bagger {
	t.Helper()
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	return NewPairBagger(a)
}

func TestPairBagger(t *testing.T) {
	tests := []struct {
		name  string
		doc   Document
		pairs []string
	}{
		{"neighbours", Document{Text: "suku bunga naik"}, []string{"bunga naik", "suku bunga"}},
		{"over stop words", Document{Text: "bunga yang di pasar"}, []string{"bunga pasar"}},
		{"counted", Document{Title: "suku bunga", Text: "suku bunga, suku bunga"}, []string{"bunga suku", "suku bunga 1:2"}},
		{"not from title to text", Document{Title: "suku", Text: "bunga"}, nil},
		{"one word", Document{Text: "bunga"}, nil},
		{"nothing", Document{}, nil},
	}
	bagger := pairBagger(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			bag := bagger.Bag(&test.doc)
			var pairs []string
			for _, f := range bag.Forms {
				if !isPair(f.Form) {
					continue
				}
				name := f.Form
				if f.Total() > 1 {
					name += fmt.Sprintf(" %d:%d", f.Title, f.Lead)
				}
				pairs = append(pairs, name)
			}
			if !slices.Equal(pairs, test.pairs) {
				t.Errorf("pairs %q, want %q", pairs, test.pairs)
			}
		})
	}
}

// TestPairsAreExtra: without its pairs, the bag is that of a Bagger of words.
func TestPairsAreExtra(t *testing.T) {
	words, pairs, w := NewBagger(text.DefaultConfig()), pairBagger(t), newWriter(14)
	for range 100 {
		doc := w.document()
		got := pairs.Bag(doc)
		got.Forms = slices.DeleteFunc(got.Forms, func(f FormCount) bool { return isPair(f.Form) })
		if want := words.Bag(doc); !slices.Equal(got.Forms, want.Forms) {
			t.Fatalf("%q: %v, want %v", doc.Text, got.Forms, want.Forms)
		}
	}
}

// TestTaggerCountsAsBagger: a document has the same vector whether it is trained on or tagged, so
// that held-out scores are those of tagging. Only pairs may be more: tagging passes over words
// that the model does not know, and training does not know yet which those are.
func TestTaggerCountsAsBagger(t *testing.T) {
	for _, learner := range learners {
		m := mustTrain(t, sampleBags(Multi), TrainOptions{Learner: learner})
		c := mustNew(t, m)
		tagger, bagger := c.NewTagger(), pairBagger(t)
		docs := make([]*Document, 0, len(articles)+1)
		for i := range articles {
			docs = append(docs, &articles[i])
		}
		docs = append(docs, &Document{Text: samplePage})
		for _, doc := range docs {
			bag := bagger.Bag(doc)
			want := trainingCounts(c, bag)
			tagger.read(doc)
			for i, place := range tagger.vector.terms {
				term := c.layout.feature[place]
				if len(m.Scale) > 0 && m.Scale[term] == 0 {
					continue
				}
				name := featureName(m, term)
				if n := tagger.vector.counts[i]; n < want[name] || n > want[name] && !isPair(name) {
					t.Errorf("%s: %.40q: %q counts %d in tagging, %d in training", learner, doc.Text, name, n, want[name])
				}
				delete(want, name)
			}
			if len(want) > 0 {
				t.Errorf("%s: %.40q: not counted in tagging: %v", learner, strings.TrimSpace(doc.Text), want)
			}
		}
	}
}

// featureName tells a surface form from a term of the same letters.
func featureName(m *model.Model, feature uint32) string {
	if feature >= uint32(m.Terms.Len()) {
		return "=" + string(m.Feature(feature))
	}
	return string(m.Feature(feature))
}

// trainingCounts is the vector that training makes of a bag, of the features that the model has.
func trainingCounts(c *Classifier, bag Bag) map[string]uint32 {
	one, set, m := collect([]Bag{bag}, 0), c.settings, c.model
	set.MinDocs = 1
	v := newVocabulary(one.forms, one.formDocs, c.analyzer, set, nil, 0)
	for i, form := range one.forms { // which of them stand alone, all of the training data decides
		if n, ok := slices.BinarySearch(v.forms, form); ok && set.Surface {
			v.entries[i].form = uint32(len(v.terms) + n)
		}
	}
	counts, vec := make(map[string]uint32), v.vector(&bag, one.bagForms[0], set)
	for i, feature := range vec.terms {
		if feature < uint32(len(v.terms)) {
			if _, known := m.TermIndex.Find(m.Terms, []byte(v.terms[feature])); known {
				counts[v.terms[feature]] = vec.counts[i]
			}
			continue
		}
		form := v.forms[feature-uint32(len(v.terms))]
		if at, known := m.FormIndex.Find(m.Forms, []byte(form)); known && m.Scale[m.Terms.Len()+int(at)] > 0 {
			counts["="+form] = vec.counts[i]
		}
	}
	return counts
}
