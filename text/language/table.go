package language

import (
	_ "embed" // for the table
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed words.tsv
var embedded string

var load = sync.OnceValue(func() *Table {
	t, err := Parse(embedded)
	if err != nil {
		panic("language: embedded table: " + err.Error()) // cannot happen: a test reads it
	}
	return t
})

// Table says of words how well they go with each language. It is immutable and safe for concurrent use.
type Table struct {
	words  map[string]row
	unseen row        // of a word that is not in the table, before its letters are looked at
	grams  [grams]row // of three letters of such a word
}

// row holds log-odds against Indonesian, in steps, by class.
type row [classes]int8

// Log-odds are kept in eighths of a nat, and within what one printed letter can say: no word
// alone decides.
const (
	step    = 0.125
	largest = 46
	zero    = 'P' // the letter of 0
)

// spelt is the row of a word that is not in the table.
func (t *Table) spelt(form []byte) (r row) {
	var sum row32
	for i, x := range t.unseen {
		sum[i] = int32(x)
	}
	for gram := range gramsOf(form) {
		for i, x := range &t.grams[gram] {
			sum[i] += int32(x)
		}
	}
	for i, x := range sum {
		r[i] = int8(max(-largest, min(largest, x)))
	}
	return r
}

// header is the first line of a table.
var header = "words\t" + strings.Join(codes[1:], " ") + "\n"

// Append appends the table as text, which Parse reads. After the header come words in order,
// each with a tab and its log-odds against Indonesian, one letter a language: 'P' is 0, the
// letter before it an eighth of a nat less. Then comes, behind "~", the same of a word
// that is not listed, and behind "~" and two letters, of each letter that may follow them.
func (t *Table) Append(dst []byte) []byte {
	dst = append(dst, header...)
	for _, word := range slices.Sorted(maps.Keys(t.words)) {
		r := t.words[word]
		dst = append(r.append(append(append(dst, word...), '\t')), '\n')
	}
	dst = append(t.unseen.append(append(dst, "~\t"...)), '\n')
	for context := range symbols * symbols {
		dst = append(appendContext(dst, context), '\t')
		for last := range symbols {
			dst = t.grams[gramOf(context, last)].append(dst)
		}
		dst = append(dst, '\n')
	}
	return dst
}

func (r *row) append(dst []byte) []byte {
	for _, x := range r[1:] {
		dst = append(dst, byte(zero+int(x)))
	}
	return dst
}

const rowLetters = classes - 1 // Indonesian against itself is not written

func (r *row) parse(letters string) error {
	if len(letters) != rowLetters {
		return fmt.Errorf("%.60q is not %d letters", letters, rowLetters)
	}
	for i := range rowLetters {
		x := int(letters[i]) - zero
		if x < -largest || x > largest {
			return fmt.Errorf("%.60q: byte %d is not a letter from %q to %q", letters, i+1, zero-largest, zero+largest)
		}
		r[i+1] = int8(x)
	}
	return nil
}

// Parse reads what Append wrote and refuses all else. Errors name the line.
func Parse(text string) (*Table, error) {
	rest, ok := strings.CutPrefix(text, header)
	if !ok {
		return nil, fmt.Errorf("line 1: not the header %q: make languages writes it", header)
	}
	t := &Table{words: make(map[string]row, strings.Count(rest, "\n"))}
	number, last := 1, ""
	for line := range strings.Lines(rest) {
		number++
		if err := t.parseLine(line, number-len(t.words)-2, last); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		last = line
	}
	if n := number - len(t.words) - 1; n != 1+symbols*symbols {
		return nil, fmt.Errorf("line %d: %d lines of spelling before the end, want %d", number, n, 1+symbols*symbols)
	}
	return t, nil
}

// parseLine reads one line; spelling is how many lines of spelling have come before it.
func (t *Table) parseLine(line string, spelling int, last string) error {
	line, ended := strings.CutSuffix(line, "\n")
	key, letters, _ := strings.Cut(line, "\t")
	switch {
	case !ended:
		return errors.New("the line does not end")
	case key == "":
		return errors.New("no word before the tab")
	case key[0] == '~':
		return t.parseSpelling(key, letters, spelling)
	case spelling > 0:
		return fmt.Errorf("word %.60q among the lines of spelling", key)
	}
	if before, _, _ := strings.Cut(last, "\t"); key <= before {
		return fmt.Errorf("word %.60q does not sort after %.60q", key, before)
	}
	var r row
	if err := r.parse(letters); err != nil {
		return fmt.Errorf("word %.60q: %w", key, err)
	}
	t.words[key] = r
	return nil
}

func (t *Table) parseSpelling(key, letters string, line int) error {
	if line == 0 {
		if key != "~" {
			return fmt.Errorf("%.60q is not \"~\"", key)
		}
		return t.unseen.parse(letters)
	}
	context := line - 1
	if context >= symbols*symbols || key != string(appendContext(nil, context)) || len(letters) != symbols*rowLetters {
		return fmt.Errorf("%.60q is not the next two letters with %d of log-odds", key, symbols*rowLetters)
	}
	for last := range symbols {
		if err := t.grams[gramOf(context, last)].parse(letters[last*rowLetters:][:rowLetters]); err != nil {
			return err
		}
	}
	return nil
}
