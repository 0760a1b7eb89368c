package text

import (
	"fmt"
	"strings"

	"github.com/tajuk/tajuk/text/indonesian"
)

// Term is a token with all that was decided about it, for people to read.
type Term struct {
	Token      string // as it stands in the text
	Form       string // normalised surface form
	Stem       string // what a model sees; empty for a stop word
	Start, End int    // byte range in the text
	Kind       Kind
	Stop       bool   // a function word, dropped
	Reason     string // why the stem is what it is
}

// Terms analyses a text and explains every step. It allocates; the classifier
// uses a Scanner, IsStopWord and AppendStem, which give the same terms.
func (a *Analyzer) Terms(text string) []Term {
	var terms []Term
	var s Scanner
	s.Reset(text)
	for s.Scan() {
		t := s.Token()
		term := Term{Token: text[t.Start:t.End], Form: string(t.Form), Start: t.Start, End: t.End, Kind: t.Kind}
		if term.Stop = a.IsStopWord(t.Form); term.Stop {
			term.Reason = "stop word"
		} else {
			term.Stem = string(a.AppendStem(nil, t.Form))
			term.Reason = a.reason(term)
		}
		terms = append(terms, term)
	}
	return terms
}

// reason says why the stem of t is what it is.
func (a *Analyzer) reason(t Term) string {
	if t.Kind != Word {
		return "class of " + t.Kind.String()
	}
	var why []string
	if note := formNote(t); note != "" {
		why = append(why, note)
	}
	if note := a.stemNote(t); note != "" {
		why = append(why, note)
	}
	if len(why) == 0 {
		return indonesian.ReasonUnchanged
	}
	return strings.Join(why, "; ")
}

// formNote says what the form left out of the token, where that is more than case.
func formNote(t Term) string {
	switch {
	case len(t.Form) == len(t.Token):
		return ""
	case strings.ToLower(strings.ReplaceAll(t.Token, "-", "")) == t.Form:
		return "written without hyphen"
	case strings.HasPrefix(strings.ToLower(t.Token), t.Form):
		return fmt.Sprintf("%q dropped", t.Token[len(t.Form):])
	case strings.HasSuffix(strings.ToLower(t.Token), t.Form):
		return fmt.Sprintf("%q dropped", t.Token[:len(t.Token)-len(t.Form)])
	case strings.Contains(strings.ToLower(t.Token), "-"+t.Form+"-"):
		return "prefix and clitic dropped"
	}
	return "spelling normalised"
}

// stemNote says how the stemmer came from the form to the stem.
func (a *Analyzer) stemNote(t Term) string {
	if a.config.Stemmer == "none" {
		return "no stemmer"
	}
	if a.config.Language != "id" {
		return a.foreignNote(t)
	}
	base := string(baseOf([]byte(t.Form)))
	note := a.affixNote(strings.ReplaceAll(base, "'", ""), t.Stem)
	switch {
	case base == t.Form:
		return note
	case note == "":
		return fmt.Sprintf("reduplication of %q", base)
	}
	return fmt.Sprintf("reduplication of %q; %s", base, note)
}

func (a *Analyzer) foreignNote(t Term) string {
	if t.Form == t.Stem {
		return ""
	}
	return fmt.Sprintf("stemmed as language %q", a.config.Language)
}

// affixNote names the affixes that were removed from an Indonesian word.
func (a *Analyzer) affixNote(word, stem string) string {
	if !allLetters([]byte(word)) {
		return "not stemmed: has digits or foreign letters"
	}
	if a.config.Stemmer == "light" {
		if stem == word {
			return ""
		}
		return "-" + word[len(stem):]
	}
	_, why := indonesian.Explain(word)
	if why == indonesian.ReasonUnchanged {
		return ""
	}
	return why
}
