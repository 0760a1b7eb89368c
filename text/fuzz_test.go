package text

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// seeds are texts that reach every path of the Scanner.
func seeds(f *testing.F) {
	article, err := os.ReadFile(filepath.Join("testdata", "article.txt"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(article))
	for _, s := range []string{
		"", "a", "aa-aa-nya", "Rp5-5-5", "1-1-1-1", "1.1.2020", "(1/1)", "ke-1-an", "a@b.c", "http://a", "[a:]",
		"&#39;a'&nbsp;", "\xff\xc3(\u00ad\u200d", "e\u0301-e\u0301", "é-éan", "AAnya", "US$5 dolar AS", "5&nbsp;&nbsp;jt",
		"\u1e9e\ufb03\u0130\u0345\u03b1", "tolong-menolong", "١٢", "R&D;", "pukul 5.00-6.00.0",
	} {
		f.Add(s)
	}
}

// scanned is a token with a form of its own.
type scanned struct {
	start, end int
	kind       Kind
	form       string
}

func scanAll(text string) (all []scanned) {
	var s Scanner
	for s.Reset(text); s.Scan(); {
		t := s.Token()
		all = append(all, scanned{t.Start, t.End, t.Kind, string(t.Form)})
	}
	return all
}

// FuzzScanner: whatever the text, tokens follow each other inside it, forms are what
// the documentation says, and blanks around a text change nothing. The blanks also
// send the last word through the eight-byte path instead of the bytewise one.
func FuzzScanner(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		checkPlain(t, text)
		all, last := scanAll(text), 0
		for _, token := range all {
			if token.start < last || token.end <= token.start || token.end > len(text) {
				t.Fatalf("token %+v behind position %d of %d in %q", token, last, len(text), text)
			}
			last = token.end
			checkForm(t, token)
		}
		const around = "          "
		framed := scanAll(around + text + around)
		for i := range framed {
			framed[i].start -= len(around)
			framed[i].end -= len(around)
		}
		if !slices.Equal(all, framed) {
			t.Errorf("%q between blanks gives %v, alone %v", text, framed, all)
		}
	})
}

func checkForm(t *testing.T, token scanned) {
	t.Helper()
	switch form := token.form; {
	case token.kind < Word || token.kind > Link:
		t.Fatalf("unknown kind in %+v", token)
	case len(form) < 2 || len(form) > maxForm, !utf8.ValidString(form), !norm.NFC.IsNormalString(form):
		t.Fatalf("form of %+v", token)
	case (token.kind == Word) == (form[0] == '<'):
		t.Fatalf("class of %+v", token)
	}
	for i := range len(token.form) {
		if c := token.form[i]; c <= ' ' || c >= 'A' && c <= 'Z' {
			t.Fatalf("byte %q in the form of %+v", c, token)
		}
	}
}

// FuzzPart: the short cut for ASCII reads a part of a word as the general path does.
func FuzzPart(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		var short, general Scanner
		short.Reset(text)
		general.Reset(text)
		for i := range len(text) {
			if !wordStartsAt(text, i) || !utf8.RuneStart(text[i]) {
				continue
			}
			a, b := short.part(i, 0), general.unicodePart(i, 0)
			tooLong := short.n > maxForm && general.n > maxForm
			if a != b || !tooLong && string(short.Token().Form) != string(general.Token().Form) {
				t.Fatalf("%q from %d: part ends at %d, unicodePart at %d", text, i, a, b)
			}
		}
	})
}

// FuzzAppendStem: every analysis turns every form into a valid term that is not empty.
func FuzzAppendStem(f *testing.F) {
	seeds(f)
	var analyzers []*Analyzer
	for _, language := range []string{"id", "en", "es", "fr", "hu", "no", "ru", "sv", "none"} {
		stemmers, err := stemmersOf(language)
		if err != nil {
			f.Fatal(err)
		}
		for _, stemmer := range stemmers {
			a, err := NewAnalyzer(Config{Version: AnalysisVersion, Language: language, Stemmer: stemmer, StopWords: language != "none"})
			if err != nil {
				f.Fatal(err)
			}
			analyzers = append(analyzers, a)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range analyzers {
			for _, term := range a.Terms(text) {
				if !term.Stop && (term.Stem == "" || !utf8.ValidString(term.Stem)) || term.Reason == "" {
					t.Errorf("%+v of %q under %+v", term, text, a.Config())
				}
			}
		}
	})
}
