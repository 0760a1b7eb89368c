package classifier

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/tajuk/tajuk/text"
)

const goldenCounts = "testdata/articles.counts"

// TestCountsGolden: the file of the first articles is the one kept, and reads back.
func TestCountsGolden(t *testing.T) {
	bagger, c := NewBagger(text.DefaultConfig()), NewCounts(text.DefaultConfig())
	for i := range articles[8:12] {
		bag := bagger.Bag(&articles[8+i])
		c.Add(&bag)
	}
	got := countsBytes(t, c)
	if *update {
		if err := os.WriteFile(goldenCounts, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenCounts)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what is written now; go test -update rewrites it:\n%s", goldenCounts, got)
	}
	again, err := ReadCounts(bytes.NewReader(want))
	if err != nil {
		t.Fatal(err)
	}
	sameCounts(t, "read back", again, c)
}

func TestCountsRoundTrip(t *testing.T) {
	cases := map[string]*Counts{
		"nothing":     countsOf(),
		"random":      countsOf(randomBags(4, 50)...),
		"odd topics":  countsOf(NewBag("", []FormCount{{"gol", 0, 0, 1}}, []string{"a=b", "<c>&", "dua kata", "日本", `"`})),
		"odd forms":   countsOf(NewBag("", []FormCount{{"<uang-juta>", 1, 0, 1}, {"a:b=c", 1, 0, 0}, {"jum'at", 0, 0, 2}, {"naïve", 0, 0, 1}}, nil)),
		"other texts": NewCounts(text.Config{Version: text.AnalysisVersion, Language: "none", Stemmer: "none"}),
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			again, err := ReadCounts(bytes.NewReader(countsBytes(t, c)))
			if err != nil {
				t.Fatal(err)
			}
			sameCounts(t, "read back", again, c)
		})
	}
}

// TestCountsWriteRefuses what could not be read back.
func TestCountsWriteRefuses(t *testing.T) {
	gol := []FormCount{{"gol", 0, 0, 1}}
	for name, bag := range map[string]Bag{
		"empty form":         NewBag("", []FormCount{{"", 0, 0, 1}}, nil),
		"tab in a form":      NewBag("", []FormCount{{"a\tb", 0, 0, 1}}, nil),
		"line feed":          NewBag("", []FormCount{{"a\nb", 0, 0, 1}}, nil),
		"empty topic":        NewBag("", gol, []string{""}),
		"tab in a topic":     NewBag("", gol, []string{"a\tb"}),
		"topic of two lines": NewBag("", gol, []string{"a\nb"}),
		"topic not UTF-8":    NewBag("", gol, []string{"a\xff"}),
	} {
		if err := countsOf(bag).Write(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "cannot be written") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	c := countsOf(sampleBags(Multi)...)
	if err := c.Write(failingWriter{}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v, want the writer's", err)
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }

// validHeader is the second line of a small valid file.
const (
	validHeader = `{"text":{"version":1,"language":"id","stemmer":"snowball","stop_words":true,"page":true},"documents":3,"topics":{"a":2,"b":1},"forms":2}`
)

func countsFile(lines ...string) string { return strings.Join(lines, "\n") + "\n" }

func TestReadCountsRefuses(t *testing.T) {
	const gol, hujan = "gol\t2:1:3\ta=1:1:1", "hujan\t1:0:1"
	header := func(old, replacement string) string {
		return countsFile(CountsMagic, strings.Replace(validHeader, old, replacement, 1), gol, hujan)
	}
	if _, err := ReadCounts(strings.NewReader(header("", ""))); err != nil {
		t.Fatalf("the valid file is refused: %v", err)
	}
	body := func(lines ...string) string {
		return countsFile(append([]string{CountsMagic, validHeader}, lines...)...)
	}
	tests := []struct{ name, file, want string }{
		{"empty", "", "line 1: "},
		{"another file", "id,title\n", `line 1: starts with "id,title"`},
		{"no header", CountsMagic + "\n", "line 2: "},
		{"header no JSON", countsFile(CountsMagic, "x"), "line 2: header: "},
		{"unknown key", header(`"forms"`, `"more":1,"forms"`), "line 2: header: "},
		{"key twice", header(`"documents":3`, `"documents":3,"documents":3`), "line 2: header: "},
		{"other spelling", header(`"documents":3`, `"documents": 3`), "line 2: header: "},
		{"something behind the header", header(`"forms":2}`, `"forms":2} x`), "line 2: header: "},
		{"negative documents", header(`"documents":3,"topics":{"a":2,"b":1}`, `"documents":-1,"topics":{}`), "line 2: header: "},
		{"topic above all", header(`"a":2`, `"a":4`), `line 2: header: topic "a" has 4 of 3`},
		{"topic of none", header(`"a":2`, `"a":0`), `line 2: header: topic "a" has 0 of 3`},
		{"unknown stemmer", header(`"snowball"`, `"porter"`), `line 2: text config: stemmer "porter"`},
		{"no counts", body("gol", hujan), `line 3: "gol" has no count`},
		{"empty form", body("\t1:0:1", gol), `line 3: "\t1:0:1" has no count`},
		{"two numbers", body("gol\t2:1", hujan), `line 3: "2:1" is not docs:title:body`},
		{"not a number", body("gol\t2:x:1", hujan), `line 3: "x" is not a count`},
		{"negative", body("gol\t2:-1:3", hujan), `line 3: "-1" is not a count`},
		{"minus zero", body("gol\t2:-0:3", hujan), `line 3: "-0" is not a count`},
		{"plus", body("gol\t2:+1:3", hujan), `line 3: "+1" is not a count`},
		{"an empty number", body("gol\t2::3", hujan), `line 3: "" is not a count`},
		{"leading zero", body("gol\t2:01:3", hujan), `line 3: "01" is not a count`},
		{"too large", body("gol\t2:1:99999999999999999999", hujan), `line 3: "99999999999999999999" is not a count`},
		{"words that overflow", body("gol\t2:9223372036854775807:9223372036854775807", hujan), "line 3: "},
		{"fewer words than documents", body("gol\t2:1:0", hujan), "line 3: "},
		{"more documents than there are", body("gol\t4:4:4", hujan), "line 3: "},
		{"topic without counts", body("gol\t2:1:3\ta", hujan), `line 3: topic "a": `},
		{"topic twice", body("gol\t2:1:3\ta=1:1:1\ta=1:1:1", hujan), `line 3: topic "a" does not sort after "a"`},
		{"topics out of order", body("gol\t2:1:3\tb=1:1:1\ta=1:1:1", hujan), `line 3: topic "a" does not sort after "b"`},
		{"topic not in the header", body("gol\t2:1:3\tc=1:1:1", hujan), `line 3: topic "c"`},
		{"topic above its documents", body("gol\t3:1:3\tb=2:1:1", hujan), `line 3: topic "b"`},
		{"topic above the form", body("gol\t1:1:3\ta=2:1:1", hujan), `line 3: topic "a"`},
		{"form twice", body(gol, gol), `line 4: "gol" does not sort after "gol"`},
		{"forms out of order", body(hujan, gol), `line 4: "gol" does not sort after "hujan"`},
		{"cut", body(gol), "1 surface forms, the header promises 2"},
		{"too many lines", body(gol, hujan, "zebra\t1:0:1"), "3 surface forms, the header promises 2"},
		{"blank line at the end", body(gol, hujan, ""), "line 5: "},
		{"cut in the last line", strings.TrimSuffix(body(gol, hujan), "\n"), "line 4: "},
		{"line ends of Windows", strings.ReplaceAll(body(gol, hujan), "\n", "\r\n"), "line 1: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, err := ReadCounts(strings.NewReader(test.file))
			if !errors.Is(err, ErrCountsFile) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one of %v with %q", err, ErrCountsFile, test.want)
			}
			if c != nil {
				t.Error("counts beside an error")
			}
		})
	}
}

// TestReadCountsReader: the reader's own error is passed on, with the line.
func TestReadCountsReader(t *testing.T) {
	golden, err := os.ReadFile(goldenCounts)
	if err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]int{"start": 0, "header": 30, "middle": len(golden) / 2} {
		r := iotest.DataErrReader(iotest.TimeoutReader(iotest.OneByteReader(bytes.NewReader(golden[:size]))))
		if _, err := ReadCounts(r); size > 0 && (!errors.Is(err, iotest.ErrTimeout) || !strings.Contains(err.Error(), "line ")) {
			t.Errorf("%s: error %v, want %v with the line", name, err, iotest.ErrTimeout)
		}
	}
}

// FuzzReadCounts: a file is refused or is just what Write writes.
func FuzzReadCounts(f *testing.F) {
	golden, err := os.ReadFile(goldenCounts)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(golden)
	f.Add([]byte(countsFile(CountsMagic, validHeader, "gol\t2:1:3\ta=1:1:1\tb=1:0:2", "hujan\t1:0:1")))
	f.Add([]byte(countsFile(CountsMagic, strings.Replace(validHeader, `"a"`, `"a=\u003c"`, 1), "gol\t2:1:3\ta=<=1:1:1", "hujan\t1:0:1")))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadCounts(bytes.NewReader(data))
		if err != nil {
			if !errors.Is(err, ErrCountsFile) && !strings.Contains(err.Error(), "line ") {
				t.Errorf("error %v names no line", err)
			}
			return
		}
		if again := countsBytes(t, c); !bytes.Equal(again, data) {
			t.Errorf("read from\n%q\nwritten as\n%q", data, again)
		}
	})
}
