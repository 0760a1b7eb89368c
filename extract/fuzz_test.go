package extract

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzAppendPlain(f *testing.F) {
	f.Add("")
	f.Add(cleanArticle)
	f.Add(readGolden(f, "harian.txt"))
	f.Add(readGolden(f, "kantor.txt"))
	for _, c := range keptWhole {
		f.Add(c.text)
	}
	for _, c := range pageCases {
		f.Add(c.text)
	}
	f.Add("\xff\xc2\n\xa0\u00a0x\u200b\r\n[baca juga: \xe2")
	f.Fuzz(func(t *testing.T, text string) {
		spans := AppendPlain(nil, text)
		checkSpans(t, text, spans)
		if wholeLines(text, spans) {
			checkAgain(t, text, spans)
		}
	})
}

// checkSpans checks what holds for every answer.
func checkSpans(t *testing.T, text string, spans []Span) {
	t.Helper()
	if len(spans) == 0 && strings.Trim(text, " \t\r\n\v\f"+nbsp+zwsp+bom) != "" {
		t.Error("no span for a text that is not blank")
	}
	valid, pos := utf8.ValidString(text), 0
	for i, s := range spans {
		if s.Start < pos || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("span %d %+v: out of order, empty or outside the text of %d bytes", i, s, len(text))
		}
		pos = s.End
		part := text[s.Start:s.End]
		if part != strings.Trim(part, " \t\r\n\v\f") {
			t.Errorf("span %d starts or ends with white space: %q", i, part)
		}
		if valid && !utf8.ValidString(part) {
			t.Errorf("span %d cuts a character: %q", i, part)
		}
		if s.Kind == Title && i > 0 {
			t.Errorf("span %d is a title behind %+v", i, spans[i-1])
		}
	}
}

// wholeLines reports whether no span starts or ends inside a line.
func wholeLines(text string, spans []Span) bool {
	for _, s := range spans {
		before, after := text[:s.Start], text[s.End:]
		before = before[strings.LastIndexByte(before, '\n')+1:]
		after, _, _ = strings.Cut(after, "\n")
		if strings.Trim(before+after, " \t\r\v\f"+nbsp+zwsp+bom) != "" {
			return false
		}
	}
	return true
}

// checkAgain checks that what was kept is kept again: furniture is judged by the lines
// that were dropped with it, so what is left of a text gives no reason to drop more.
func checkAgain(t *testing.T, text string, spans []Span) {
	t.Helper()
	var parts []string
	for _, s := range spans {
		parts = append(parts, text[s.Start:s.End])
	}
	kept := strings.Join(parts, "\n\n") // a blank line, or a headline could seem part of a paragraph
	var again []string
	for _, s := range AppendPlain(nil, kept) {
		again = append(again, kept[s.Start:s.End])
	}
	if got, want := words(again), words(parts); got != want {
		t.Errorf("kept\n%q\nbut of that only\n%q", want, got)
	}
}

func words(parts []string) string {
	return strings.Join(strings.Fields(strings.Join(parts, "\n")), " ")
}
