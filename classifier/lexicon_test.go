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
		x, slots := newLexicon(m, &Settings{}, &places), make(map[int]bool)
		for i, form := range forms {
			key, ok := text.KeyOf([]byte(form))
			if !ok {
				continue
			}
			at, ok := x.find(hashKey(key))
			want := meaningOf([]byte(form), uint32(len(forms)-1-i), unknownWord)
			if got := x.slots[at].meaning; !ok || got != want || slots[at] {
				t.Fatalf("%d forms: %q is %x, want %x", len(forms), form, got, want)
			}
			slots[at] = true
		}
		for _, form := range []string{"", "kata", "kata0000x", "kata9999", "ykata0000"} {
			key, _ := text.KeyOf([]byte(form))
			if at, ok := x.find(hashKey(key)); ok {
				t.Fatalf("%d forms: %q is in slot %d, want none", len(forms), form, at)
			}
		}
	}
}

// termsAlone is a model of these terms, sorted, and nothing else.
func termsAlone(t *testing.T, terms []string) *model.Model {
	t.Helper()
	list, err := model.NewStrings(terms)
	if err != nil {
		t.Fatal(err)
	}
	return &model.Model{Terms: list, TermIndex: model.BuildIndex(list), RowStart: make([]uint32, len(terms)+1)}
}

// TestStems: every term of one word is found, however long, and no other is.
func TestStems(t *testing.T) {
	m := termsAlone(t, []string{"gol", "gol tim", "pertanggungjawaban", "tim", "tim gol"})
	places := newLayout(m, &Settings{})
	x := newStems(m, &places)
	for term, want := range map[string]uint32{
		"gol": 0, "tim": 3, "pertanggungjawaban": 2, "": unknownWord, "gol tim": unknownWord, "go": unknownWord, "pertanggungjawab": unknownWord,
	} {
		if got := x.place([]byte(term)); got != want {
			t.Errorf("%q: %d, want %d", term, got, want)
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
		m := meaningOf([]byte(c.form), c.term, c.surface)
		if got := traits(m &^ (1<<(2*placeBits) - 1)); got != c.traits {
			t.Errorf("%+v: traits %b", c, got)
		}
		if m.bit(knownTrait) == 1 && m.term() != c.term || m.bit(featureTrait) == 1 && m.surface() != c.surface {
			t.Errorf("%+v: term %d, surface feature %d", c, m.term(), m.surface())
		}
		var sum wordTally
		for range MaxText {
			sum += m.tally()
		}
		if sum.tokens() != MaxText*c.token || sum.known() != MaxText*c.known || sum.words() != MaxText*c.words {
			t.Errorf("%+v: %d tokens, %d known, %d words", c, sum.tokens(), sum.known(), sum.words())
		}
	}
}
