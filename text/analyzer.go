package text

import (
	"bytes"

	"github.com/tajuk/tajuk/text/indonesian"
)

// Analyzer turns surface forms into terms as its Config says. It is immutable and
// safe for concurrent use.
type Analyzer struct {
	config   Config
	language languagePackage // of the languages other than Indonesian
}

// NewAnalyzer prepares an analysis; it refuses a Config that does not validate.
func NewAnalyzer(c Config) (*Analyzer, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	a := &Analyzer{config: c}
	a.language, _ = packageOf(c.Language)
	return a, nil
}

// Config returns the settings the Analyzer was made from.
func (a *Analyzer) Config() Config { return a.config }

// IsStopWord reports a surface form that is a function word of the language, also
// one said twice (apa-apa). It is false when StopWords is off.
func (a *Analyzer) IsStopWord(form []byte) bool {
	if !a.config.StopWords {
		return false
	}
	if a.config.Language != "id" {
		return a.language.isStopWord(string(form))
	}
	if indonesian.IsStopWordBytes(form) {
		return true
	}
	half := bytes.IndexByte(form, '-')
	return half > 0 && bytes.Equal(form[:half], form[half+1:]) && indonesian.IsStopWordBytes(form[:half])
}

// AppendStem appends the term for a surface form to dst. A class token comes
// through unchanged, as does a form with digits. For Indonesian the stem is that of
// the base of a reduplication, apostrophes are left out (jum'at is jumat), and
// nothing is allocated if dst has room; the other languages allocate.
func (a *Analyzer) AppendStem(dst, form []byte) []byte {
	switch {
	case a.config.Stemmer == "none" || IsClass(form):
		return append(dst, form...)
	case a.config.Language != "id":
		return a.appendForeign(dst, form)
	}
	from := len(dst)
	dst = appendWithout(dst, baseOf(form), '\'')
	word := dst[from:]
	if !allLetters(word) {
		return dst
	}
	if a.config.Stemmer == "light" {
		word = indonesian.Light(word)
	} else {
		word = indonesian.StemBytes(word)
	}
	return append(dst[:from], word...)
}

// appendForeign stems with github.com/kljensen/snowball, which allocates.
func (a *Analyzer) appendForeign(dst, form []byte) []byte {
	if hasDigit(form) {
		return append(dst, form...)
	}
	stem := a.language.stem(string(form), true)
	if stem == "" {
		return append(dst, form...)
	}
	return append(dst, stem...)
}

// IsClass reports a form that stands for a class of tokens: the Kind of a token is Word if it has another.
func IsClass(form []byte) bool { return len(form) > 0 && form[0] == '<' }

// baseOf is the base of a reduplicated form, or the form itself.
func baseOf(form []byte) []byte {
	half := bytes.IndexByte(form, '-')
	if half < 0 {
		return form
	}
	if base, ok := reduplication(form[:half], form[half+1:]); ok {
		return base
	}
	return form
}

// appendWithout appends b without the byte c.
func appendWithout(dst, b []byte, c byte) []byte {
	for at := bytes.IndexByte(b, c); at >= 0; at = bytes.IndexByte(b, c) {
		dst = append(dst, b[:at]...)
		b = b[at+1:]
	}
	return append(dst, b...)
}

// allLetters reports a form of ASCII letters alone, the only ones of Indonesian.
func allLetters(form []byte) bool {
	for _, c := range form {
		if lower[c] == 0 {
			return false
		}
	}
	return true
}

func hasDigit(form []byte) bool {
	for _, c := range form {
		if classes[c] == digit {
			return true
		}
	}
	return false
}
