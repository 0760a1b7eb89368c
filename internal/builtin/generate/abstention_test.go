package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/sharedtest"
	"github.com/tajuk/tajuk/text/language"
)

func builtinClassifier(t testing.TB) *classifier.Classifier {
	t.Helper()
	m, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func readDocuments(t testing.TB, path string) (docs []classifier.Document) {
	t.Helper()
	for rec, err := range corpus.Read(context.Background(), []string{path}, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, rec.Document)
	}
	slices.SortStableFunc(docs, func(a, b classifier.Document) int { return strings.Compare(a.ID, b.ID) })
	return docs
}

// outcomes counts the answers to one kind of text.
type outcomes struct {
	texts, answered, short, coverage, foreign int
	looks                                     map[string]int
}

func (o *outcomes) add(tagger *classifier.Tagger, doc *classifier.Document) {
	var p classifier.Prediction
	tagger.Tag(doc, &p)
	o.texts++
	if p.Outcome != classifier.Abstained {
		o.answered++
		return
	}
	for _, n := range p.Notices {
		switch n.Code {
		case classifier.TooShort:
			o.short++
		case classifier.LowCoverage:
			o.coverage++
		case classifier.LanguageMismatch:
			o.foreign++
			if o.looks == nil {
				o.looks = make(map[string]int)
			}
			o.looks[nearest(n.Message)]++
		}
	}
}

// nearest is the code that a LanguageMismatch names second, or Random.
func nearest(message string) string {
	quoted := strings.Split(message, `"`)
	if len(quoted) < 4 {
		return language.Random
	}
	return quoted[3]
}

// refused is the share of abstentions.
func (o *outcomes) refused() float64 { return 1 - float64(o.answered)/float64(o.texts) }

// row is a line of the table of docs/languages.md.
func (o *outcomes) row(name string) string {
	cells := []string{fmt.Sprintf("| %-34s | %5d | %5.1f %% | %5d | %5d | %5d | %5d |", name, o.texts, 100*o.refused(),
		o.answered, o.short, o.coverage, o.foreign)}
	for _, code := range append(language.Codes(), language.Random) {
		if n := o.looks[code]; n > 0 {
			cells = append(cells, fmt.Sprintf("%s %d", code, n))
		}
	}
	return strings.Join(cells, " ") + " |"
}

const tableHead = `
| text                               | texts | refused | answered | too short | coverage | language | of which looked like |
|------------------------------------|------:|--------:|---------:|----------:|---------:|---------:|----------------------|`

// TestSentencesOfOtherLanguages cross-validates: no sentence, in any language, was in the table that it is
// measured with. The built-in model has seen none of them.
func TestSentencesOfOtherLanguages(t *testing.T) {
	dir := filepath.Dir(sharedtest.Path(t, "data", "sib200_zsm"))
	whole, err := readLanguages(dir)
	if err != nil {
		t.Fatal(err)
	}
	const folds = 5
	var tables [folds]*language.Table
	for fold := range tables {
		part := &language.Corpus{Sentences: make(map[string][][]string), News: whole.News}
		for code, sentences := range whole.Sentences {
			for i, s := range sentences {
				if i%folds != fold {
					part.Sentences[code] = append(part.Sentences[code], s)
				}
			}
		}
		if tables[fold], err = language.Estimate(part); err != nil {
			t.Fatal(err)
		}
	}
	least := map[string]float64{"en": 0.99, "ms": 0.87, "jv": 0.99, "su": 0.99, "min": 0.98, "ban": 0.96}
	const mostIndonesian = 0.015
	tagger, rows := builtinClassifier(t).NewTagger(), []string{tableHead}
	for _, code := range language.Codes() {
		var o outcomes
		for i, doc := range readDocuments(t, filepath.Join(dir, "sib200_"+sentenceSets[code], "train.jsonl.gz")) {
			tagger.UseLanguages(tables[i%folds])
			o.add(tagger, &doc)
		}
		rows = append(rows, o.row("sentences in "+code))
		if code == language.Indonesian && o.refused() > mostIndonesian {
			t.Errorf("%.3f of the Indonesian sentences are refused, more than %v", o.refused(), mostIndonesian)
		}
		if o.refused() < least[code] {
			t.Errorf("%.3f of the sentences in %q are refused, fewer than %v", o.refused(), code, least[code])
		}
	}
	t.Log(strings.Join(rows, "\n"))
}

// TestArticlesAreAnswered: what is refused of real Indonesian news. The table is made of the words of
// topics/train, with which the first four sets overlap, and the others do not.
func TestArticlesAreAnswered(t *testing.T) {
	tagger, rows := builtinClassifier(t).NewTagger(), []string{tableHead}
	for _, test := range []struct {
		set  string
		most float64
	}{
		{"indosum/train", 0.005},
		{"indonesian_news/train", 0.005},
		{"detik2022/train", 0.005},
		{"kompas2020/train", 0.005},
		{"ekonomi_multilabel/train", 0.01},
		{"topics/train", 0.005}, // the table was made of it
		{"topics/dev", 0.005},
		{"detik_titles/train", 0.015}, // headlines alone
	} {
		var o outcomes
		for _, doc := range readDocuments(t, sharedtest.Path(t, "data", test.set+".jsonl.gz")) {
			o.add(tagger, &doc)
		}
		rows = append(rows, o.row(test.set))
		if o.refused() > test.most {
			t.Errorf("%s: %.4f are refused, more than %v", test.set, o.refused(), test.most)
		}
	}
	t.Log(strings.Join(rows, "\n"))
}

// TestRandomWords: random letters and random words of a dictionary are no text. Random words of news, as
// often as there, have the words of a text: their order alone gives them away, and only if they are many.
func TestRandomWords(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var running, distinct, dictionary []string
	for _, doc := range readDocuments(t, sharedtest.Path(t, "data", "topics/dev.jsonl.gz")) {
		running = append(running, wordsIn(doc.Title+"\n"+doc.Text)...)
	}
	distinct = slices.Compact(slices.Sorted(slices.Values(running)))
	list, err := os.ReadFile(sharedtest.Path(t, "data", "stem/snowball_indonesian.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(list)) {
		word, _, _ := strings.Cut(line, "\t")
		dictionary = append(dictionary, word)
	}
	oneOf := func(list []string) func() string { return func() string { return list[r.IntN(len(list))] } }
	tagger, rows := builtinClassifier(t).NewTagger(), []string{tableHead}
	for _, test := range []struct {
		name  string
		word  func() string
		from  int // words of the shortest text; the longest have 40
		least float64
	}{
		{"random letters", func() string { return randomLetters(r) }, 5, 0.99},
		{"random syllables", func() string { return randomSyllables(r) }, 5, 0.98},
		{"words of a dictionary", oneOf(dictionary), 5, 0.95},
		{"words of a dictionary, 15 or more", oneOf(dictionary), 15, 0.98},
		{"words of news, each alike", oneOf(distinct), 5, 0.81},
		{"words of news, alike, 15 or more", oneOf(distinct), 15, 0.96},
		{"words of news, as often as there", oneOf(running), 5, 0.58},
		{"words of news, as often, 15 or more", oneOf(running), 15, 0.72},
	} {
		var o outcomes
		for range 1000 {
			var words []string
			for range test.from + r.IntN(41-test.from) {
				words = append(words, test.word())
			}
			o.add(tagger, &classifier.Document{Text: strings.Join(words, " ")})
		}
		rows = append(rows, o.row(test.name))
		if o.refused() < test.least {
			t.Errorf("%s: %.3f are refused, fewer than %v", test.name, o.refused(), test.least)
		}
	}
	t.Log(strings.Join(rows, "\n"))
}

func randomLetters(r *rand.Rand) string {
	word := make([]byte, 2+r.IntN(9))
	for i := range word {
		word[i] = byte('a' + r.IntN(26))
	}
	return string(word)
}

func randomSyllables(r *rand.Rand) string {
	var word []byte
	for range 1 + r.IntN(4) {
		word = append(word, "bcdghjklmnprstwy"[r.IntN(16)], "aeiou"[r.IntN(5)])
	}
	return string(word)
}

// TestHeadlines: short texts of ours, which say little of their language.
func TestHeadlines(t *testing.T) {
	tagger, rows := builtinClassifier(t).NewTagger(), []string{tableHead}
	for _, test := range []struct {
		name        string
		texts       []string
		least, most float64
	}{
		{"headlines in other languages", foreignHeadlines, 0.9, 1},
		{"headlines in Indonesian", ownHeadlines, 0, 0},
	} {
		var o outcomes
		for _, s := range test.texts {
			o.add(tagger, &classifier.Document{Text: s})
		}
		rows = append(rows, o.row(test.name))
		if x := o.refused(); x < test.least || x > test.most {
			t.Errorf("%s: %.3f are refused, want %v to %v", test.name, x, test.least, test.most)
		}
	}
	t.Log(strings.Join(rows, "\n"))
}

// TestNothingToRead: texts of ours that no topic can be told of.
func TestNothingToRead(t *testing.T) {
	tagger := builtinClassifier(t).NewTagger()
	rows := []string{tableHead}
	for _, test := range nothingToRead {
		var o outcomes
		for _, s := range test.texts {
			was := o.answered
			if o.add(tagger, &classifier.Document{Text: s}); o.answered > was {
				t.Errorf("%s: %q is answered", test.name, s)
			}
		}
		rows = append(rows, o.row(test.name))
	}
	t.Log(strings.Join(rows, "\n"))
}
