package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// decode reads the rune at position i; an invalid byte is U+FFFD of size 1.
func decode(text string, i int) (rune, int) { return utf8.DecodeRuneInString(text[i:]) }

// isWordStart reports a rune that can begin a word.
func isWordStart(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// isIgnorable reports an invisible rune that may stand inside a word and is left
// out of its form: soft hyphen, joiners, byte-order mark, direction marks and
// variation selectors. The zero-width space is a separator: it marks a word's end.
func isIgnorable(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x200C, r == 0x200D, r == 0x2060, r == 0xFEFF, r == 0x034F:
		return true
	case r >= 0x200E && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return false
}

// isWordPart reports a rune that continues a word.
func isWordPart(r rune) bool { return isWordStart(r) || unicode.IsMark(r) || isIgnorable(r) }

// wordStartsAt reports whether a letter or digit stands at position i.
func wordStartsAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	if text[i] < utf8.RuneSelf {
		return alnum[text[i]] != 0
	}
	r, _ := decode(text, i)
	return isWordStart(r) && apostrophe(text, i) == 0
}

// wordGoesOnAt reports whether a word that ends before i is cut there.
func wordGoesOnAt(text string, i int) bool {
	if i >= len(text) {
		return false
	}
	if text[i] < utf8.RuneSelf {
		return alnum[text[i]] != 0
	}
	r, _ := decode(text, i)
	return isWordPart(r) && apostrophe(text, i) == 0
}

// apostrophe is the length of an apostrophe at position i, in any of the ways
// they are written, or 0.
func apostrophe(text string, i int) int {
	switch text[i] {
	case '\'', '`':
		return 1
	case '&':
		for _, e := range [...]string{"&#39;", "&#039;", "&#x27;", "&apos;", "&rsquo;", "&lsquo;", "&#8217;"} {
			if strings.HasPrefix(text[i:], e) {
				return len(e)
			}
		}
		return 0
	case 0xC2, 0xCA, 0xE2:
	default:
		return 0
	}
	switch r, size := decode(text, i); r {
	case '’', '‘', 'ʼ', 'ʻ', '´':
		return size
	}
	return 0
}

// innerApostrophe is the length of an apostrophe at i with a letter after it, or 0.
func innerApostrophe(text string, i int) int {
	n := apostrophe(text, i)
	if n == 0 || !wordStartsAt(text, i+n) || isDigitAt(text, i+n) {
		return 0
	}
	return n
}

// entity is the length of an HTML entity such as &nbsp; at position i, or 0.
func entity(text string, i int) int {
	const longest = 10
	for j := i + 1; j < len(text) && j < i+longest; j++ {
		switch c := text[j]; {
		case c == ';' && j > i+1:
			return j + 1 - i
		case alnum[c] == 0 && c != '#':
			return 0
		}
	}
	return 0
}

// folder brings words beyond ASCII to one spelling: full case folding, then NFC.
// Its tools are made when the first such word comes; they are kept because
// Append and IsNormal of norm.NFC would allocate for every word.
type folder struct {
	raw [maxRaw]byte // the word as it stands in the text
	*foldTools
}

type foldTools struct {
	fold      cases.Caser
	folded    [3*maxRaw + utf8.UTFMax]byte // folding at most triples a word
	normalise norm.Iter
	final     []byte
}

// maxRaw bounds a word before folding. Normalising can shorten a word, so it is
// above maxForm.
const maxRaw = 4 * maxForm

// form folds raw, which must be valid UTF-8 of at most maxRaw bytes. The result is
// valid until the next call.
func (f *folder) form(raw []byte) []byte {
	if f.foldTools == nil {
		f.foldTools = &foldTools{fold: cases.Fold()}
	}
	n, _, err := f.fold.Transform(f.folded[:], raw, true)
	if err != nil {
		return nil // unreachable by the bound above
	}
	if norm.NFC.QuickSpan(f.folded[:n]) == n {
		return f.folded[:n]
	}
	f.final = f.final[:0]
	for f.normalise.Init(norm.NFC, f.folded[:n]); !f.normalise.Done(); {
		f.final = append(f.final, f.normalise.Next()...)
	}
	return f.final
}

// isOtherDigit reports a decimal digit beyond ASCII.
func isOtherDigit(r rune) bool { return r >= utf8.RuneSelf && unicode.IsDigit(r) }
