package language

import (
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
	for word := range table.words {
		if strings.ContainsAny(word, "<~ \n") {
			t.Errorf("word %q cannot be a form", word)
		}
	}
}

// small is a table of two words.
func small() *Table {
	t := &Table{words: map[string]row{"dan": {0, 9, -3, largest}, "yang": {0, -largest}}, unseen: row{0, 1, 2, 3, 4, 5, 6, 7}}
	for context := range symbols * symbols {
		t.grams[gramOf(context, context%symbols)] = row{0, int8(context % 40)}
	}
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
	if table.words["dan"] != small().words["dan"] || table.unseen != small().unseen || table.grams != small().grams {
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
		{"no word", "dan\t", "\t", "line 2: no word before the tab"},
		{"no tab", "dan\t", "dan", `line 2: word "danYM~PPPP": "" is not 7 letters`},
		{"too few letters", "dan\tY", "dan\t", `line 2: word "dan": "M~PPPP" is not 7 letters`},
		{"not a letter", "dan\tY", "dan\t ", `line 2: word "dan": " M~PPPP": byte 1 is not a letter from '"' to '~'`},
		{"no row of unknown words", "~\t", "~~\t", `line 4: "~~" is not "~"`},
		{"contexts out of order", "~__\t", "~_a\t", `line 5: "~_a" is not the next two letters`},
		{"a short context", "~__\tPP", "~__\tP", `line 5: "~__" is not the next two letters`},
		{"not a letter of a context", "~__\tP", "~__\t\x01", `line 5: "\x01PPPPPP": byte 1`},
		{"a word among the contexts", "~_a\t", "zebra\t", `line 6: word "zebra" among the lines of spelling`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := Parse(strings.Replace(good, test.old, test.new, 1)); err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error %v, want %s", err, test.want)
			}
		})
	}
	end := strings.LastIndex(good, "~++")
	for name, test := range map[string]struct{ text, want string }{
		"empty":           {"", "line 1: not the header"},
		"header alone":    {header, "line 1: 0 lines of spelling before the end, want 842"},
		"cut at a line":   {good[:end], "line 844: 841 lines of spelling before the end, want 842"},
		"cut in a line":   {good[:len(good)-1], "line 845: the line does not end"},
		"a line too many": {good + good[end:], "line 846: \"~++\" is not the next two letters"},
	} {
		if _, err := Parse(test.text); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", name, err, test.want)
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
