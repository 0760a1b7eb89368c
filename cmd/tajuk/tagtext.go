package main

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/rows"
)

// textRenderer writes a block an article for people: topics by their Indonesian names.
type textRenderer struct {
	ids, names []string // by topic
	idWidth    int
	nameWidth  int
	all        bool // mark the topics that were assigned
}

// barWidth is the length of a bar that stands for certainty.
const barWidth = 20

// evidenceShown is how many words for and against a topic are listed.
const evidenceShown = 8

func newTextRenderer(c *classifier.Classifier, all bool) *textRenderer {
	r := &textRenderer{all: all}
	for _, t := range c.Model().Manifest.Topics {
		name := cmp.Or(t.Name["id"], t.ID)
		r.ids, r.names = append(r.ids, t.ID), append(r.names, name)
		r.idWidth = max(r.idWidth, utf8.RuneCountInString(t.ID))
		r.nameWidth = max(r.nameWidth, utf8.RuneCountInString(name))
	}
	return r
}

func (r *textRenderer) Header() []byte { return nil }

func (r *textRenderer) Append(dst []byte, a *rows.Answer) []byte {
	head := a.ID
	if a.Document.Title != "" {
		head += "  " + strings.Join(strings.Fields(a.Document.Title), " ")
	}
	dst = append(append(dst, printable(head)...), '\n')
	switch a.Outcome {
	case classifier.NoTopic:
		dst = append(dst, "  no topic\n"...)
	case classifier.Abstained:
		dst = append(dst, "  abstained\n"...)
	case classifier.Tagged:
	}
	for i := range a.Topics {
		dst = r.appendTopic(dst, a, i)
	}
	for _, n := range a.Notices {
		dst = fmt.Appendf(dst, "  note: %s\n", n.Message)
	}
	return append(dst, '\n')
}

func (r *textRenderer) appendTopic(dst []byte, a *rows.Answer, i int) []byte {
	t := &a.Topics[i]
	mark := ""
	if r.all {
		mark = map[bool]string{true: "* ", false: "  "}[t.Assigned]
	}
	bar := strings.Repeat("█", int(t.Confidence*barWidth+0.5))
	line := fmt.Sprintf("  %s%-*s  %-*s  %5.1f %%  %s", mark, r.nameWidth, r.names[t.Topic], r.idWidth, r.ids[t.Topic], 100*t.Confidence, bar)
	dst = append(append(dst, strings.TrimRight(line, " ")...), '\n')
	if a.Evidence != nil {
		dst = appendWords(dst, "for", a.Evidence[i].Terms, 1)
		dst = appendWords(dst, "against", a.Evidence[i].Terms, -1)
	}
	return dst
}

// appendWords lists the strongest terms whose value has that sign.
func appendWords(dst []byte, what string, terms []classifier.Contribution, sign float64) []byte {
	var list []string
	for _, t := range terms {
		if t.Value*sign > 0 && len(list) < evidenceShown {
			list = append(list, fmt.Sprintf("%s %+.2f", t.Term, t.Value))
		}
	}
	if len(list) == 0 {
		return dst
	}
	return fmt.Appendf(dst, "      %s: %s\n", what, strings.Join(list, ", "))
}

// printable replaces control characters, which could disturb a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, s)
}
