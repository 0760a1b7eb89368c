package classifier

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// TestLexicon: every form short enough is found with what it counts for, and no other form is.
func TestLexicon(t *testing.T) {
	for n := range 40 {
		var forms []string
		for i := range n * n {
			forms = append(forms, fmt.Sprintf("kata%04d%s", i, strings.Repeat("x", i%12)))
		}
		list, err := model.NewStrings(forms)
		if err != nil {
			t.Fatal(err)
		}
		m := &model.Model{Forms: list, FormTerm: make([]uint32, len(forms)), RowStart: make([]uint32, len(forms)+1)}
		places := newLayout(m, &Settings{})
		for i := range m.FormTerm {
			m.FormTerm[i] = uint32(len(forms) - 1 - i)
		}
		x, words := newLexicon(m, &Settings{}, &places), make(map[uint32]bool)
		for i, form := range forms {
			key, ok := text.KeyOf([]byte(form))
			if !ok {
				continue
			}
			got := *x.find(key)
			want := lexeme{key, got.word, uint32(len(forms) - 1 - i), unknownWord, tokenTrait | knownTrait | contentTrait | wordTrait}
			if got != want || words[got.word] || int(got.word) >= len(x.words) {
				t.Fatalf("%d forms: %q is %+v, want %+v", len(forms), form, got, want)
			}
			words[got.word] = true
		}
		for _, form := range []string{"", "kata", "kata0000x", "kata9999", "ykata0000"} {
			key, _ := text.KeyOf([]byte(form))
			if got := *x.find(key); got != unknown {
				t.Fatalf("%d forms: %q is %+v, want none", len(forms), form, got)
			}
		}
	}
}

// TestTraits: what each kind of form counts as.
func TestTraits(t *testing.T) {
	for _, c := range []struct {
		form                string
		term, surface       uint32
		token, known, words int
		traits              traits
	}{
		{"hakim", 3, unknownWord, 1, 1, 1, tokenTrait | knownTrait | contentTrait | wordTrait},
		{"hakim", 3, 7, 1, 1, 1, tokenTrait | knownTrait | contentTrait | wordTrait | featureTrait},
		{"<uang>", 3, unknownWord, 1, 1, 0, tokenTrait | knownTrait},
		{"yang", stopWord, 7, 0, 0, 0, wordTrait | featureTrait},
		{"yang", stopWord, unknownWord, 0, 0, 0, wordTrait},
		{"xyz", unknownWord, unknownWord, 1, 0, 0, tokenTrait | wordTrait},
		{"<skor>", unknownWord, unknownWord, 1, 0, 0, tokenTrait},
	} {
		l := lexeme{term: c.term, surface: c.surface}
		l.settle([]byte(c.form))
		if l.traits != c.traits {
			t.Errorf("%+v: traits %b", c, l.traits)
		}
		var sum wordTally
		for range MaxText {
			sum += l.traits.tally()
		}
		if sum.tokens() != MaxText*c.token || sum.known() != MaxText*c.known || sum.words() != MaxText*c.words {
			t.Errorf("%+v: %d tokens, %d known, %d words", c, sum.tokens(), sum.known(), sum.words())
		}
	}
}
