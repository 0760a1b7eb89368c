package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tajuk/tajuk/classifier"
)

// Limits of what is shown of an article, in bytes but for markedTerms.
const (
	markedTerms = 15   // of each topic, the strongest
	around      = 90   // shown on either side of a marked word
	opening     = 160  // shown of the beginning in any case
	shownText   = 1400 // shown in all, about
)

// Values of Piece.For.
const (
	forNothing = ""
	forRight   = "right"
	forWrong   = "wrong"
)

// Piece is a stretch of text and what its words speak for: "right", "wrong", or nothing.
type Piece struct{ Text, For string }

// mark is a span with what it speaks for, and how strongly.
type mark struct {
	classifier.Span
	what  string
	value float64
}

// marksOf are the spans of the strongest words for the topic.
func marksOf(e classifier.Explanation, what string) (marks []mark) {
	terms := 0
	for _, t := range e.Terms {
		if t.Value <= 0 || len(t.Spans) == 0 {
			continue
		}
		if terms++; terms > markedTerms {
			break
		}
		for _, s := range t.Spans {
			marks = append(marks, mark{s, what, t.Value})
		}
	}
	return marks
}

// stretch is a range of text.
type stretch struct{ start, end int }

// highlight cuts a field of a document into pieces, leaving out what is far from any marked word. Where
// marks overlap, the strongest shows.
func highlight(text string, marks []mark, field classifier.Field) (pieces []Piece) {
	text = text[:min(len(text), classifier.MaxText)]
	paint := make([]string, len(text))
	shown := []stretch{{0, min(opening, len(text))}}
	marks = slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return m.Field != field || m.Start < 0 || m.End > len(text) || m.Start >= m.End })
	slices.SortStableFunc(marks, func(a, b mark) int { return cmp.Compare(a.value, b.value) })
	for _, m := range marks {
		for i := m.Start; i < m.End; i++ {
			paint[i] = m.what
		}
		shown = append(shown, stretch{m.Start - around, m.End + around})
	}
	end := 0
	for _, s := range join(text, shown) {
		if s.start > end {
			pieces = append(pieces, Piece{" … ", forNothing})
		}
		pieces = appendPieces(pieces, text, paint, s)
		end = s.end
	}
	if end < len(text) {
		pieces = append(pieces, Piece{" …", forNothing})
	}
	return pieces
}

// join orders and widens stretches to whole words and joins those that touch, up to shownText in all.
func join(text string, list []stretch) (joined []stretch) {
	slices.SortFunc(list, func(a, b stretch) int { return cmp.Compare(a.start, b.start) })
	total := 0
	for _, s := range list {
		s = stretch{wordStart(text, max(0, s.start)), wordEnd(text, min(len(text), s.end))}
		n := len(joined)
		if n > 0 && s.start <= joined[n-1].end+3 {
			total += max(0, s.end-joined[n-1].end)
			joined[n-1].end = max(joined[n-1].end, s.end)
		} else {
			joined = append(joined, s)
			total += s.end - s.start
		}
		if total >= shownText {
			break
		}
	}
	return joined
}

// longWord is how far a border is moved to spare a word.
const longWord = 40

func wordStart(text string, i int) int {
	for range longWord {
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if i == 0 || unicode.IsSpace(r) {
			break
		}
		i -= n
	}
	return runeStart(text, i)
}

func wordEnd(text string, i int) int {
	i = runeStart(text, i)
	for range longWord {
		r, n := utf8.DecodeRuneInString(text[i:])
		if i == len(text) || unicode.IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

func runeStart(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// appendPieces cuts a stretch where the paint changes.
func appendPieces(pieces []Piece, text string, paint []string, s stretch) []Piece {
	for i := s.start; i < s.end; {
		k := i + 1
		for k < s.end && paint[k] == paint[i] {
			k++
		}
		pieces = append(pieces, Piece{strings.Clone(text[i:k]), paint[i]}) // a copy, so that the article can be let go
		i = k
	}
	return pieces
}
