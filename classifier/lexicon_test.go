package classifier

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// TestLexicon: every form short enough is found under its number, and no other form is.
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
		m := &model.Model{Forms: list, FormTerm: make([]uint32, len(forms))}
		for i := range m.FormTerm {
			m.FormTerm[i] = uint32(3 * i)
		}
		x := newLexicon(m, &Settings{})
		for i, form := range forms {
			key, ok := text.KeyOf([]byte(form))
			if !ok {
				continue
			}
			if got, want := *x.find(key), (lexeme{key, uint32(i), uint32(3 * i), unknownWord}); got != want {
				t.Fatalf("%d forms: %q is %+v, want %+v", len(forms), form, got, want)
			}
		}
		for _, form := range []string{"", "kata", "kata0000x", "kata9999", "ykata0000"} {
			key, _ := text.KeyOf([]byte(form))
			if got := *x.find(key); got != unknown {
				t.Fatalf("%d forms: %q is %+v, want none", len(forms), form, got)
			}
		}
	}
}
