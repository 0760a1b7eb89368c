package language

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// mostBytes is what the table may add to a binary.
const mostBytes = 1 << 20

// TestEmbedded: the table of the package is what Append writes, and holds what it should.
func TestEmbedded(t *testing.T) {
	table := load()
	if got := string(table.Append(nil)); got != embedded {
		t.Errorf("%d bytes come back as other %d: make languages writes the table", len(embedded), len(got))
	}
	if len(embedded) > mostBytes {
		t.Errorf("%d bytes, more than %d", len(embedded), mostBytes)
	}
	if len(table.words) < 20_000 {
		t.Errorf("%d words", len(table.words))
	}
	for _, word := range table.words {
		if strings.ContainsAny(word, "<~ \n") {
			t.Errorf("word %q cannot be a form", word)
		}
	}
}

// small is a table of two words, one of which has a class in the order of words.
func small() *Table {
	t := &Table{lexicon: newLexicon(2), unseen: row{0, 1, 2, 3, 4, 5, 6, 7}}
	t.add("dan", row{0, 9, -3, largest})
	t.add("yang", row{0, -largest})
	for context := range symbols * symbols {
		t.grams[gramOf(context, context%symbols)] = row{0, int8(context % 40)}
	}
	t.setCommon([]string{"yang"})
	last := t.classes() - 1
	t.order[0][last], t.order[last][0] = 5, -5
	return t
}

func TestParseReadsWhatAppendWrites(t *testing.T) {
	want := string(small().Append(nil))
	table, err := Parse(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(table.Append(nil)); got != want {
		t.Errorf("%.200q\nwant %.200q", got, want)
	}
	table.slots = small().slots // there may be more
	if !reflect.DeepEqual(table, small()) {
		t.Error("another table comes back")
	}
}

func TestParseRefuses(t *testing.T) {
	good := string(small().Append(nil))
	tests := []struct{ name, old, new, want string }{
		{"no header", header, "", "line 1: not the header"},
		{"another header", "words\ten", "words\tde", "line 1: not the header"},
		{"out of order", "yang\t", "abah\t", `line 3: word "abah" does not sort after "dan"`},
		{"a word twice", "yang\t", "dan\t", `line 3: word "dan" does not sort after "dan"`},
		{"no word", "dan\t", "\t", `line 2: word "" does not sort after ""`},
		{"no tab", "dan\t", "dan", `line 2: "danYM~PPPP" is not a key, a tab and log-odds`},
		{"too few letters", "dan\tY", "dan\t", `line 2: word "dan": 6 log-odds, want 7`},
		{"not a letter", "dan\tY", "dan\t ", `line 2: word "dan": byte 1 of the log-odds, ' ', is not from '"' to '~'`},
		{"no row of unknown words", "~\t", "~~\t", `line 4: key "~~", want "~"`},
		{"contexts out of order", "~__\t", "~_a\t", `line 5: key "~_a", want "~__"`},
		{"a short context", "~__\tPP", "~__\tP", `line 5: key "~__": 202 log-odds, want 203`},
		{"not a letter of a context", "~__\tP", "~__\t\x01", `line 5: key "~__": byte 1 of the log-odds, '\x01'`},
		{"a word among the contexts", "~_a\t", "zebra\t", `line 6: word "zebra" behind the spelling`},
		{"a context too many", "~~\t", "~++\t", `line 846: key "~++", want "~~"`},
		{"an affix missing", "~~-nya", "~~di-", `line 847: key "~~di-", want "~~-nya"`},
		{"a row too long", "~~\tP", "~~\tPP", `line 847: key "~~-nya": 12 log-odds, want 13`},
		{"a row too short for the affixes", "~~\tPPPPPPPPPPPU", "~~\t", `line 846: key "~~": 0 log-odds, want 11`},
		{"a class of a word that is not listed", "~~yang", "~~jang", `line 857: word "jang" of the order is not listed`},
		{"a class without a word", "~~yang", "~~", `line 857: word "" of the order is not listed`},
		{"not a letter of the order", "~~yang\tK", "~~yang\t!", `line 857: key "~~yang": byte 1 of the log-odds, '!'`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Parse(strings.Replace(good, test.old, test.new, 1)); err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
	order := strings.Index(good, "~~")
	cut, _, _ := strings.Cut(good, "~~-an\t")
	for name, test := range map[string]struct{ text, want string }{
		"empty":           {"", "line 1: not the header"},
		"header alone":    {header, "line 1: the table ends after 0 lines of spelling, want 842"},
		"no order":        {good[:order], "line 845: the table ends before the order of words does"},
		"an affix cut":    {cut, "line 855: the table ends before the order of words does"},
		"cut in a line":   {good[:len(good)-1], "line 857: \"~~yang\\tKPPPPPPPPPPP\" is not a key"},
		"a line too many": {good + "~~dan\tPP\n", "line 858: key \"~~dan\" behind 12 classes"},
	} {
		if _, err := Parse(test.text); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", name, err, test.want)
		}
	}
}

// TestLexicon: every word is found with its own row, and no other word, from the first to the last slot.
func TestLexicon(t *testing.T) {
	for _, n := range []int{0, 1, 2, 3, 100, 1000} {
		l := newLexicon(n)
		for i := range n {
			l.add(strconv.Itoa(i), row{int8(i), int8(i >> 7)})
		}
		for i := range n {
			if r := l.row(strconv.Itoa(i)); r == nil || *r != (row{int8(i), int8(i >> 7)}) {
				t.Errorf("of %d words, %d has row %v", n, i, r)
			}
		}
		for _, word := range []string{"", "kata", strconv.Itoa(n)} {
			if r := l.row(word); r != nil {
				t.Errorf("of %d words, %q has row %v", n, word, r)
			}
		}
	}
}

// FuzzParse: what Parse takes is spelt as Append spells it, and can be guessed by.
func FuzzParse(f *testing.F) {
	good := string(small().Append(nil))
	f.Add(good, "dan")
	f.Add(strings.Replace(good, "yang", "abah", 1), "xq")
	f.Add(header, "")
	f.Fuzz(func(t *testing.T, text, word string) {
		table, err := Parse(text)
		if (table == nil) == (err == nil) {
			t.Fatalf("table %v and error %v", table != nil, err)
		}
		if err != nil {
			return
		}
		if got := string(table.Append(nil)); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
		g := Guess{Table: table}
		g.Add([]byte(word))
		g.Foreign(Indonesian)
	})
}

// FuzzAdd: any bytes may be added.
func FuzzAdd(f *testing.F) {
	f.Add([]byte("désa"))
	f.Add([]byte{0xff, 0x80, 0})
	f.Fuzz(func(t *testing.T, form []byte) {
		var g Guess
		if g.Add(form); g.Words > 1 || g.Known > g.Words {
			t.Errorf("%d words, %d known", g.Words, g.Known)
		}
	})
}
