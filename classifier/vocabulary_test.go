package classifier

import (
	"math"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// TestFormTableIsACache is part of invariant 4: a model answers and explains the same
// with the table of surface forms, with half of it, and without.
func TestFormTableIsACache(t *testing.T) {
	eachModel(t, func(t *testing.T, c *Classifier) {
		if c.settings.Surface { // such a model needs its forms
			return
		}
		full := c.NewTagger()
		for _, keep := range []int{0, 2} {
			less := mustNew(t, withForms(t, c.Model(), keep)).NewTagger()
			w := newWriter(13)
			for range 100 {
				doc, topic := w.document(), w.IntN(4)
				var a, b Prediction
				full.Tag(doc, &a)
				less.Tag(doc, &b)
				if !sameAnswer(&a, &b) {
					t.Fatalf("%q: with the table %v, with one form of %d %v", doc.Text, a, keep, b)
				}
				ea, eb := full.Explain(doc, topic), less.Explain(doc, topic)
				if !slices.EqualFunc(ea.Terms, eb.Terms, func(a, b Contribution) bool {
					return a.Term == b.Term && a.Value == b.Value && slices.Equal(a.Spans, b.Spans)
				}) {
					t.Fatalf("%q: explanations differ\n%v\n%v", doc.Text, ea, eb)
				}
			}
		}
	})
}

// withForms returns the model with one of so many surface forms, none for 0.
func withForms(t *testing.T, m *model.Model, keep int) *model.Model {
	t.Helper()
	less := *m
	var forms []string
	less.FormTerm = nil
	for i := range m.Forms.Len() {
		if keep > 0 && i%keep == 0 {
			forms = append(forms, string(m.Forms.At(i)))
			less.FormTerm = append(less.FormTerm, m.FormTerm[i])
		}
	}
	var err error
	if less.Forms, err = model.NewStrings(forms); err != nil {
		t.Fatal(err)
	}
	less.FormIndex = model.BuildIndex(less.Forms)
	return &less
}

func TestVocabulary(t *testing.T) {
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	forms := []string{"<angka>", "dipasarkan", "gol", "hujan", "pasar", "yang"}
	v := newVocabulary(forms, []int64{2, 1, 1, 3, 1, 9}, a, Settings{MinDocs: 2}, nil, 0)
	if want := []string{"<angka>", "hujan", "pasar"}; !slices.Equal(v.terms, want) {
		t.Errorf("terms %q, want %q: gol stands in one document, the two forms of pasar in one each", v.terms, want)
	}
	if want := []string{"<angka>", "dipasarkan", "hujan", "pasar", "yang"}; !slices.Equal(v.forms, want) {
		t.Errorf("forms %q, want %q", v.forms, want)
	}
	if want := []uint32{0, 2, 1, 2, model.Stop}; !slices.Equal(v.formTerm, want) {
		t.Errorf("terms of the forms %v, want %v", v.formTerm, want)
	}
	bag := NewBag("", []FormCount{{"dipasarkan", 1, 0, 2}, {"gol", 0, 0, 1}, {"pasar", 0, 0, 1}, {"yang", 1, 0, 1}}, nil)
	vec := v.vector(&bag, []uint32{1, 2, 4, 5}, Settings{TitleWeight: 3})
	if !slices.Equal(vec.terms, []uint32{2}) || !slices.Equal(vec.counts, []uint32{6}) {
		t.Errorf("vector %v, want 1·3+2+1 = 6 of pasar alone", vec)
	}
}

// TestSurfaceVocabulary: surface forms are numbered after the terms; one of a single document is no
// feature, but keeps its number.
func TestSurfaceVocabulary(t *testing.T) {
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	forms := []string{"dipasarkan", "gol", "pasar", "yang"}
	v := newVocabulary(forms, []int64{1, 1, 2, 9}, a, Settings{MinDocs: 2, Surface: true}, []string{"gol"}, 0)
	if want := []entry{{1, noFeature}, {0, noFeature}, {1, 4}, {noFeature, 5}}; !slices.Equal(v.entries, want) {
		t.Errorf("terms %q, forms %q: entries %v, want %v", v.terms, v.forms, v.entries, want)
	}
	scale := []float32{1, 1, 1, 1, 1, 1}
	if v.weigh(scale); !slices.Equal(scale, []float32{1, 1, 0, 0, 1, 1}) {
		t.Errorf("scale %v", scale)
	}
}

// TestFormAlone: a term's only form is no feature beside the term, which weighs as much as both.
func TestFormAlone(t *testing.T) {
	a, err := text.NewAnalyzer(text.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	forms := []string{"dipasarkan", "gol", "pasar"}
	v := newVocabulary(forms, []int64{2, 3, 2}, a, Settings{MinDocs: 2, Surface: true}, []string{"gol"}, 0)
	if want := []entry{{1, 2}, {0, noFeature}, {1, 4}}; !slices.Equal(v.entries, want) {
		t.Errorf("terms %q, forms %q: entries %v, want %v", v.terms, v.forms, v.entries, want)
	}
	scale := []float32{1, 1, 1, 1, 1}
	if v.weigh(scale); !slices.Equal(scale, []float32{math.Sqrt2, 1, 1, 0, 1}) {
		t.Errorf("scale %v", scale)
	}
}
