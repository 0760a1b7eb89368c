// Package indonesian stems Indonesian words with the Snowball algorithm, which
// follows F. Z. Tala, "A Study of Stemming Effects on Information Retrieval in
// Bahasa Indonesia" (MSc thesis, University of Amsterdam, 2003).
//
// It has the shape of the language packages of github.com/kljensen/snowball:
//
//  1. Call [Stem] for a word as it stands in a text; it folds the case, trims
//     white space and leaves stop words alone unless told otherwise.
//  2. In a loop over millions of words, fold the case once and call [StemBytes],
//     which works in place and never allocates. [Light] removes clitics only.
//  3. Ask [IsStopWord] about the surface form, before stemming: the list holds
//     inflected forms such as ujarnya.
//  4. Call [Explain] to show a reader which affixes were removed.
//
// The algorithm has no dictionary. It removes, in this order, one particle
// (-kah, -lah, -pun), one possessive (-ku, -mu, -nya), prefixes and one suffix
// (-kan, -an, -i), each only while more than two vowels are left. It does not
// restore a lost t or k (menangkap becomes angkap), knows no infixes, no
// reduplication and no colloquial forms, and damages some names. Output equals
// that of Snowball 2.2 and 3.1 word for word.
//
// All functions are safe for concurrent use; StemBytes and Light write to the
// slice they are given. No input is refused: bytes that are not Indonesian
// letters count as consonants.
package indonesian

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// stackWord is the longest word, in bytes, that Stem folds without the heap.
// The longest Indonesian dictionary words have about thirty letters.
const stackWord = 64

// Stem returns the stem of word, lower-cased and trimmed. Words of two bytes or
// fewer and, unless stemStopWords is set, stop words come back unstemmed.
//
// It allocates nothing where the stem is a piece of the word as given, and once
// otherwise (a capital in the stem, or a restored letter); a word of more than
// 64 bytes may cost one more.
func Stem(word string, stemStopWords bool) string {
	var room [stackWord]byte
	word = strings.TrimSpace(word)
	low := appendLower(room[:0], word)
	var c cuts
	if len(low) > 2 && (stemStopWords || !IsStopWordBytes(low)) {
		c.analyse(low)
	}
	stem, from := c.apply(low), c.start()
	if to := from + len(stem); to <= len(word) && word[from:to] == string(stem) {
		return word[from:to]
	}
	return string(stem)
}

// StemBytes returns the stem of a lower-case word, exactly as Snowball does: no
// stop words, no least length. The stem is a piece of word; one byte of word is
// overwritten where the stem begins with a restored s or p (menyapu: sapu).
func StemBytes(word []byte) []byte {
	var c cuts
	c.analyse(word)
	return c.apply(word)
}

// Light returns the lower-case word without its particle (-kah, -lah, -pun) and
// possessive (-ku, -mu, -nya), the first two steps of the algorithm. The result
// is a piece of word, which is not written to.
func Light(word []byte) []byte {
	var c cuts
	c.clitics(word)
	return c.apply(word)
}

// appendLower appends word in lower case to dst. Bytes that are not UTF-8 stay.
func appendLower(dst []byte, word string) []byte {
	for i := 0; i < len(word); {
		b := word[i]
		if b >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(word[i:])
			if low := unicode.ToLower(r); low != r {
				dst = utf8.AppendRune(dst, low)
			} else {
				dst = append(dst, word[i:i+n]...)
			}
			i += n
			continue
		}
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		dst = append(dst, b)
		i++
	}
	return dst
}
