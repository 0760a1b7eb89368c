package language

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// header is the first line of a table.
var header = "words\t" + strings.Join(codes[1:], " ") + "\n"

const (
	zero       = 'P'         // the letter of log-odds 0
	rowLetters = classes - 1 // Indonesian against itself is not written
)

// Append appends the table as text, which Parse reads: the header and then lines of a key, a tab
// and log-odds, one letter each. 'P' is 0, the letter before it an eighth of a nat less. Keys are
//
//   - words in order, with log-odds against Indonesian by language;
//   - "~" for a word that is not listed, with the same;
//   - "~" and two letters of such a word, with the same for each letter that may follow;
//   - "~~" for most words, "~~" and an affix for those that have it, "~~" and each of the commonest
//     words, with how much likelier these classes follow it, in the same order, than they stand
//     anywhere in Indonesian.
func (t *Table) Append(dst []byte) []byte {
	dst = append(dst, header...)
	for i, word := range t.words {
		dst = appendLine(dst, word, t.rows[i][1:])
	}
	dst = appendLine(dst, "~", t.unseen[1:])
	var line []int8
	for context := range symbols * symbols {
		line = line[:0]
		for last := range symbols {
			line = append(line, t.grams[gramOf(context, last)][1:]...)
		}
		dst = appendLine(dst, contextKey(context), line)
	}
	for class := range t.classes() {
		key := orderKey(class)
		if i := class - 1 - len(affixes); i >= 0 {
			key += t.common[i]
		}
		dst = appendLine(dst, key, t.order[class][:t.classes()])
	}
	return dst
}

func appendLine(dst []byte, key string, odds []int8) []byte {
	dst = append(append(dst, key...), '\t')
	for _, x := range odds {
		dst = append(dst, byte(zero+int(x)))
	}
	return append(dst, '\n')
}

// contextKey is "~" and the two symbols of a context as they are printed.
func contextKey(context int) string {
	const printed = "_abcdefghijklmnopqrstuvwxyz0+"
	return string([]byte{'~', printed[context/symbols], printed[context%symbols]})
}

// orderKey is the key of a class in the order of words, or for a common word, what stands before it.
func orderKey(class int) string {
	if class == 0 || class > len(affixes) {
		return "~~"
	}
	a := affixes[class-1]
	return "~~" + a.prefix + "-" + a.suffix
}

// Parse reads what Append wrote and refuses all else. Errors name the line.
func Parse(text string) (*Table, error) {
	rest, ok := strings.CutPrefix(text, header)
	if !ok {
		return nil, fmt.Errorf("line 1: not the header %q: make languages writes it", header)
	}
	p := parser{table: &Table{lexicon: newLexicon(strings.Count(rest, "\n"))}}
	number := 1
	for line := range strings.Lines(rest) {
		number++
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := p.end(); err != nil {
		return nil, fmt.Errorf("line %d: %w", number, err)
	}
	return p.table, nil
}

// parser holds what has been read so far.
type parser struct {
	table    *Table
	word     string   // the last one
	spelling int      // lines of it
	order    int      // lines of it
	classes  int      // lines of it that there will be, as the first says
	common   []string // words of those lines
}

const spellingLines = 1 + symbols*symbols

func (p *parser) line(line string) error {
	line, ended := strings.CutSuffix(line, "\n")
	key, letters, tab := strings.Cut(line, "\t")
	switch {
	case !ended || !tab:
		return fmt.Errorf("%.60q is not a key, a tab and log-odds on a line", line)
	case !strings.HasPrefix(key, "~"):
		return p.wordLine(key, letters)
	case p.spelling < spellingLines:
		return p.spellingLine(key, letters)
	}
	return p.orderLine(key, letters)
}

func (p *parser) wordLine(word, letters string) error {
	if p.spelling > 0 {
		return fmt.Errorf("word %.60q behind the spelling", word)
	}
	if word <= p.word {
		return fmt.Errorf("word %.60q does not sort after %.60q", word, p.word)
	}
	p.word = word
	r := row{affixClass(word)}
	if err := parseOdds(r[1:], letters); err != nil {
		return fmt.Errorf("word %.60q: %w", word, err)
	}
	p.table.add(word, r)
	return nil
}

func (p *parser) spellingLine(key, letters string) error {
	line := p.spelling
	p.spelling++
	if line == 0 {
		if key != "~" {
			return fmt.Errorf("key %.60q, want \"~\"", key)
		}
		return parseOdds(p.table.unseen[1:], letters)
	}
	context := line - 1
	if want := contextKey(context); key != want {
		return fmt.Errorf("key %.60q, want %q", key, want)
	}
	if len(letters) != symbols*rowLetters {
		return fmt.Errorf("key %q: %d log-odds, want %d", key, len(letters), symbols*rowLetters)
	}
	for last := range symbols {
		r := &p.table.grams[gramOf(context, last)]
		if err := parseOdds(r[1:], letters[last*rowLetters:][:rowLetters]); err != nil {
			return fmt.Errorf("key %q: %w", key, err)
		}
	}
	return nil
}

func (p *parser) orderLine(key, letters string) error {
	class := p.order
	p.order++
	if class == 0 {
		p.classes = max(1+len(affixes), min(mostClasses, len(letters)))
	}
	if class == p.classes {
		return fmt.Errorf("key %.60q behind %d classes", key, p.classes)
	}
	word, ok := strings.CutPrefix(key, orderKey(class))
	if !ok || class <= len(affixes) && word != "" {
		return fmt.Errorf("key %.60q, want %q", key, orderKey(class))
	}
	if class > len(affixes) {
		if p.table.row(word) == nil || slices.Contains(p.common, word) {
			return fmt.Errorf("word %.60q of the order is not listed above, or stands here twice", word)
		}
		p.common = append(p.common, word)
	}
	if err := parseOdds(p.table.order[class][:p.classes], letters); err != nil {
		return fmt.Errorf("key %.60q: %w", key, err)
	}
	return nil
}

func (p *parser) end() error {
	if p.spelling < spellingLines {
		return fmt.Errorf("the table ends after %d lines of spelling, want %d", p.spelling, spellingLines)
	}
	if p.order == 0 || p.order < p.classes {
		return errors.New("the table ends before the order of words does")
	}
	p.table.setCommon(p.common)
	return nil
}

func parseOdds(odds []int8, letters string) error {
	if len(letters) != len(odds) {
		return fmt.Errorf("%d log-odds, want %d", len(letters), len(odds))
	}
	for i := range odds {
		x := int(letters[i]) - zero
		if x < -largest || x > largest {
			return fmt.Errorf("byte %d of the log-odds, %q, is not from %q to %q", i+1, letters[i], zero-largest, zero+largest)
		}
		odds[i] = int8(x)
	}
	return nil
}
