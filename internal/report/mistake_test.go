package report

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/text"
)

func TestWorstKeepsTheWorst(t *testing.T) {
	w := NewWorst(3)
	for i, confidence := range []float64{0.5, 0.9, 0.2, 0.9, 0.7, 0.1} {
		w.Add(Mistake{ID: fmt.Sprint(i), False: []Answer{{"a", 0, confidence}}})
	}
	w.Add(Mistake{ID: "missed", Missed: []Answer{{"a", 0, 0.15}}}) // as far off as a false 0.85
	var ids []string
	for _, m := range w.list {
		ids = append(ids, m.ID)
	}
	if !slices.Equal(ids, []string{"1", "3", "missed"}) {
		t.Errorf("kept %q", ids)
	}
}

func joined(pieces []Piece) (text string) {
	for _, p := range pieces {
		text += p.Text
	}
	return text
}

func TestHighlight(t *testing.T) {
	span := func(start, end int) classifier.Span {
		return classifier.Span{Field: classifier.Text, Start: start, End: end}
	}
	tests := []struct {
		name  string
		text  string
		marks []mark
		want  []Piece
	}{
		{"nothing", "", nil, nil},
		{"no marks", "satu dua", nil, []Piece{{"satu dua", ""}}},
		{"two", "satu dua tiga", []mark{{span(0, 4), forRight, 1}, {span(9, 13), forWrong, 1}}, []Piece{{"satu", forRight}, {" dua ", ""}, {"tiga", forWrong}}},
		{"the stronger shows", "satu dua", []mark{{span(0, 8), forRight, 2}, {span(5, 8), forWrong, 3}}, []Piece{{"satu ", forRight}, {"dua", forWrong}}},
		{"the weaker does not", "satu dua", []mark{{span(0, 8), forRight, 4}, {span(5, 8), forWrong, 3}}, []Piece{{"satu dua", forRight}}},
		{"of another field", "satu", []mark{{classifier.Span{Field: classifier.Title, Start: 0, End: 4}, forRight, 1}}, []Piece{{"satu", ""}}},
		{"outside", "satu", []mark{{span(2, 9), forRight, 1}, {span(-1, 2), forRight, 1}, {span(3, 2), forRight, 1}}, []Piece{{"satu", ""}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := highlight(test.text, test.marks, classifier.Text); !slices.Equal(got, test.want) {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// TestLongArticle: of a long article the beginning and what is around the marked words is shown, in
// whole words.
func TestLongArticle(t *testing.T) {
	text := strings.Repeat("kata é ", 3000)
	at := strings.Index(text[9000:], "kata") + 9000
	marks := []mark{{classifier.Span{Field: classifier.Text, Start: at, End: at + 4}, forRight, 1}}
	pieces := highlight(text, marks, classifier.Text)
	shown := joined(pieces)
	if len(shown) > opening+2*around+300 || !utf8.ValidString(shown) || !strings.HasSuffix(shown, " …") {
		t.Errorf("%d bytes: %q", len(shown), shown)
	}
	if !slices.Contains(pieces, Piece{"kata", forRight}) {
		t.Errorf("the marked word is not shown: %q", pieces)
	}
	for word := range strings.FieldsSeq(shown) {
		if !slices.Contains([]string{"kata", "é", "…"}, word) {
			t.Errorf("word %q was cut", word)
		}
	}
	for i := range 3000 {
		marks = append(marks, mark{classifier.Span{Field: classifier.Text, Start: 7 * i, End: 7*i + 4}, forWrong, 2})
	}
	if shown := joined(highlight(text, marks, classifier.Text)); len(shown) > shownText+400 {
		t.Errorf("%d bytes are shown where all is marked", len(shown))
	}
}

func FuzzHighlight(f *testing.F) {
	f.Add("satu dua tiga", 0, 4)
	f.Add("\xff\xfe é", 1, 3)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		pieces := highlight(text, []mark{{classifier.Span{Field: classifier.Text, Start: start, End: end}, forRight, 1}}, classifier.Text)
		if shown := joined(pieces); len(text) <= opening && shown != text {
			t.Errorf("%q became %q", text, shown)
		}
	})
}

// desk is a small classifier.
func desk(t *testing.T) *classifier.Classifier {
	bagger := classifier.NewBagger(text.DefaultConfig())
	var bags []classifier.Bag
	for i := range 12 {
		for label, words := range map[string]string{"sport": "pelatih memuji pemain liga dan gol", "health": "dokter merawat pasien di rumah sakit"} {
			bags = append(bags, bagger.Bag(&classifier.Document{ID: fmt.Sprint(label, i), Text: words + strings.Repeat(" lagi", i), Labels: []string{label}}))
		}
	}
	m, err := classifier.Train(context.Background(), bags, classifier.TrainOptions{Task: classifier.Multi, Learner: classifier.NBS})
	if err != nil {
		t.Fatal(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestExplain marks the words of each topic as what they speak for, and lets the article go.
func TestExplain(t *testing.T) {
	c := desk(t)
	doc := &classifier.Document{Title: "Dokter tim", Text: "Pelatih dan dokter: pemain jadi pasien."}
	health, _ := c.Model().TopicIndex("health")
	sport, _ := c.Model().TopicIndex("sport")
	w := NewWorst(2)
	w.Add(Mistake{Document: doc, Missed: []Answer{{"health", health, 0.3}}, False: []Answer{{"sport", sport, 0.6}}})
	w.Explain(c)
	w.Explain(c) // once more does nothing
	m := w.list[0]
	if joined(m.Title) != doc.Title || joined(m.Text) != doc.Text {
		t.Errorf("%q and %q are shown", m.Title, m.Text)
	}
	for _, want := range []struct {
		pieces []Piece
		Piece
	}{{m.Title, Piece{"Dokter", forRight}}, {m.Text, Piece{"dokter", forRight}}, {m.Text, Piece{"pasien", forRight}}, {m.Text, Piece{"Pelatih", forWrong}}, {m.Text, Piece{"pemain", forWrong}}} {
		if !slices.Contains(want.pieces, want.Piece) {
			t.Errorf("no %q in %q", want.Piece, want.pieces)
		}
	}
	if m.Document != nil {
		t.Error("the article is still held")
	}
}
