package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tajuk/tajuk/classifier"
)

// memory is a scratch file: what is written to it is read after going to its start.
type memory struct{ bytes.Buffer }

func (*memory) Seek(int64, int) (int64, error) { return 0, nil }

// written is what a Writer makes of documents: those that it took, what it wrote, what is lost, and the refusals.
func written(t testing.TB, f Format, docs []classifier.Document) (taken []classifier.Document, content string, losses []string, refused []error) {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, f, &memory{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := w.Write(&d); err != nil {
			refused = append(refused, err)
		} else {
			taken = append(taken, d)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return taken, out.String(), w.Losses(), refused
}

// readBack reads what was written; every record must be good.
func readBack(t testing.TB, f Format, content string) (docs []any) {
	t.Helper()
	records, errs := readString(content, Options{Format: f})
	if len(errs) > 0 {
		t.Fatalf("%v\nin %q", errs, content)
	}
	for _, r := range records {
		docs = append(docs, withCompactExtra(r))
	}
	return docs
}

func compact(docs []classifier.Document) (out []any) {
	for _, d := range docs {
		out = append(out, withCompactExtra(&Record{Document: d}))
	}
	return out
}

func TestWriterWrites(t *testing.T) {
	docs := []classifier.Document{
		{ID: "1", Title: "Gol", Text: "gol di menit akhir", Labels: []string{"sport", "football"}, Extra: []byte(`{"desk":"kota","n":3}`)},
		{Text: "dua\nbaris, \"kutip\"", Labels: []string{"a,b"}, Partial: true},
	}
	tests := []struct {
		format Format
		docs   []classifier.Document
		want   string
		losses []string
	}{
		{JSONL, docs, `{"id":"1","title":"Gol","text":"gol di menit akhir","labels":["sport","football"],"desk":"kota","n":3}
{"text":"dua\nbaris, \"kutip\"","labels":["a,b"],"partial":true}
`, nil},
		{
			CSV, docs, `id,title,text,labels,partial,desk,n
1,Gol,gol di menit akhir,sport;football,,kota,3
,,"dua
baris, ""kutip""","a,b;",true,,
`,
			[]string{
				"a table has a cell for every key: a key that an article does not have becomes an empty one",
				"a table holds text alone: numbers, lists and objects of other keys become that",
			},
		},
		{TSV, docs[:1], "id\ttitle\ttext\tlabels\tdesk\tn\n1\tGol\tgol di menit akhir\tsport;football\tkota\t3\n", []string{
			"a table holds text alone: numbers, lists and objects of other keys become that",
		}},
		{CSV, nil, "text\n", nil},
		{FastText, docs, "__label__sport __label__football Gol gol di menit akhir\n__label__a,b dua baris, \"kutip\"\n", []string{
			"fasttext has no line breaks within an article: they become blanks",
			"fasttext has no place for a title: it stands before the text",
			"fasttext has no place for id", "fasttext has no place for other keys", "fasttext has no place for partial",
		}},
	}
	for _, test := range tests {
		_, got, losses, refused := written(t, test.format, test.docs)
		if got != test.want || !slices.Equal(losses, test.losses) || len(refused) > 0 {
			t.Errorf("%s: wrote\n%s\nwant\n%s\nlosses %q\nrefused %v", test.format, got, test.want, losses, refused)
		}
	}
}

func TestWriterRefuses(t *testing.T) {
	tests := []struct {
		format Format
		doc    classifier.Document
		want   string
	}{
		{JSONL, classifier.Document{Text: "a\xff"}, "UTF-8"},
		{CSV, classifier.Document{Text: "a\x00"}, "text: NUL at byte 2"},
		{CSV, classifier.Document{Text: "a", Labels: []string{"a;b"}}, `label "a;b" has a semicolon`},
		{CSV, classifier.Document{Text: "a", Extra: []byte(`{"Title":"x"}`)}, `key "Title" cannot name a column`},
		{CSV, classifier.Document{Text: "a", Extra: []byte(`{" desk":"x"}`)}, `key " desk" cannot`},
		{CSV, classifier.Document{Text: "a", Extra: []byte(`{"desk":"\u0000"}`)}, "desk: NUL at byte 1"},
		{CSV, classifier.Document{Text: "a", Extra: []byte(`[]`)}, "not a JSON object"},
		{FastText, classifier.Document{Text: "a", Labels: []string{"luar negeri"}}, `label "luar negeri" has a blank`},
		{FastText, classifier.Document{Text: "kata __label__x"}, `the word "__label__x" for a label`},
		{FastText, classifier.Document{Title: " "}, "title and text are blank"},
		{FastText, classifier.Document{Text: "a\x00"}, "text: NUL"},
	}
	for _, test := range tests {
		good := classifier.Document{Text: "kata"}
		taken, _, _, refused := written(t, test.format, []classifier.Document{good, test.doc, good})
		if len(taken) != 2 || len(refused) != 1 || !strings.Contains(refused[0].Error(), test.want) {
			t.Errorf("%s %+v: took %d, refused %v, want %q", test.format, test.doc, len(taken), refused, test.want)
		}
	}
	var many strings.Builder
	for i := range maxColumns + 1 {
		fmt.Fprintf(&many, `,"k%d":""`, i)
	}
	wide := classifier.Document{Text: "a", Extra: []byte("{" + many.String()[1:] + "}")}
	if _, _, _, refused := written(t, CSV, []classifier.Document{wide}); len(refused) != 1 || !strings.Contains(refused[0].Error(), "that is no table") {
		t.Errorf("too many columns: %v", refused)
	}
	if _, err := NewWriter(io.Discard, HTML, nil); err == nil {
		t.Error("HTML can be written")
	}
}

// randomDocument makes use of all that tables find hard.
func randomDocument(r *rand.Rand) classifier.Document {
	alphabet := []string{"a", "B", "é", "日", ",", ";", "|", "\t", "\"", "\n", "\r", " ", "[", "]", "'", "\\", "<", "0", "__label__", "\u00a0", "\ufeff", "="}
	word := func(most int) string {
		var b strings.Builder
		for range r.IntN(most + 1) {
			b.WriteString(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	labels := func() (out []string) {
		for range r.IntN(4) {
			if l := strings.TrimSpace(word(5)); l != "" && !slices.Contains(out, l) {
				out = append(out, l)
			}
		}
		return out
	}
	d := classifier.Document{
		ID: word(3), Title: word(6), Text: "x" + word(12), Labels: labels(), Disputed: labels(),
		Date: word(2), Source: word(2), URL: word(2), Partial: r.IntN(4) == 0, Extra: []byte(`{"desk":"","page":"7"}`),
	}
	return d
}

// TestTablesLoseNothing: what goes from JSON Lines into a table and back is the same, unless the table said
// what is lost or refused it.
func TestTablesLoseNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	taken, refused := 0, 0
	for range 300 {
		docs := make([]classifier.Document, 1+r.IntN(4))
		for i := range docs {
			docs[i] = randomDocument(r)
		}
		for _, f := range []Format{CSV, TSV, JSONL} {
			took, content, losses, no := written(t, f, docs)
			taken, refused = taken+len(took), refused+len(no)
			if len(losses) > 0 {
				continue // line ends, which the next test is for
			}
			if diff := cmp.Diff(compact(took), readBack(t, f, content)); diff != "" {
				t.Fatalf("%s: %s\nin %q", f, diff, content)
			}
		}
	}
	if taken < 1000 || refused < 100 || refused > taken {
		t.Errorf("%d taken and %d refused: too few to tell anything", taken, refused)
	}
}

// TestTableLineEnds: \r\n in a cell is read as \n, and the writer says so.
func TestTableLineEnds(t *testing.T) {
	d := classifier.Document{Text: "satu\r\ndua\rtiga", Labels: []string{"a"}}
	_, content, losses, _ := written(t, CSV, []classifier.Document{d})
	d.Text = "satu\ndua\rtiga"
	if diff := cmp.Diff(compact([]classifier.Document{d}), readBack(t, CSV, content)); diff != "" || len(losses) != 1 {
		t.Error(diff, losses)
	}
}

// TestFastTextKeepsWords: labels and the words of title and text are read back.
func TestFastTextKeepsWords(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 8))
	for range 500 {
		d := randomDocument(r)
		took, content, _, _ := written(t, FastText, []classifier.Document{d})
		if len(took) == 0 {
			continue
		}
		records, errs := readString(content, Options{Format: FastText})
		if len(errs) > 0 || len(records) != 1 {
			t.Fatalf("%v\nin %q", errs, content)
		}
		got := records[0]
		var want []string
		for word := range strings.FieldsSeq(d.Title + " " + d.Text) {
			if word = strings.TrimLeft(word, bom); word != "" {
				want = append(want, word)
			}
		}
		if !slices.Equal(strings.Fields(got.Text), want) || !slices.Equal(got.Labels, d.Labels) {
			t.Fatalf("%q %q, want %q %q", got.Labels, got.Text, d.Labels, want)
		}
	}
}

// FuzzWrite: whatever JSON Lines are read can be written in each format or is refused, and a table's rows
// read back to the same unless it says what is lost.
func FuzzWrite(f *testing.F) {
	f.Add(`{"id":"1","title":"Gol","text":"gol","labels":["a","b;c"],"desk":"kota"}` + "\n" + `{"text":"a\r\nb","n":1}`)
	f.Add(`{"text":"","desk":""}` + "\n" + `{"title":"\"","labels":["[x"]}`)
	f.Add(`{"text":"__label__a","":"","Title":"x"}`)
	f.Fuzz(func(t *testing.T, lines string) {
		records, _ := readString(lines, Options{Format: JSONL})
		var docs []classifier.Document
		for _, r := range records {
			docs = append(docs, r.Document)
		}
		for _, format := range []Format{JSONL, CSV, TSV, FastText} {
			took, content, losses, _ := written(t, format, docs)
			if got := readBack(t, format, content); len(losses) == 0 && format != FastText {
				if diff := cmp.Diff(compact(took), got); diff != "" {
					t.Errorf("%s: %s\nin %q", format, diff, content)
				}
			} else if len(got) != len(took) {
				t.Errorf("%s: %d articles, want %d", format, len(got), len(took))
			}
		}
	})
}

// TestCompress: what the name says is done, and read back; the same content gives the same bytes.
func TestCompress(t *testing.T) {
	text := strings.Repeat("kata ", 1000)
	for name, mark := range map[string]string{"a.jsonl": "kata", "a.jsonl.gz": gzipMark, "a.csv.ZST": zstdMark} {
		var out [2]bytes.Buffer
		for i := range out {
			w, err := Compress(&out[i], name)
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, text)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(out[0].Bytes(), out[1].Bytes()) || !strings.HasPrefix(out[0].String(), mark) {
			t.Errorf("%s: other bytes", name)
		}
		records, errs := readString(out[0].String(), Options{Format: Text})
		if len(errs) > 0 || records[0].Text != text {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestWriteFormat(t *testing.T) {
	for name, want := range map[string]Format{"a.jsonl": JSONL, "a.csv.gz": CSV, "b/a.TSV": TSV, "a.ft.zst": FastText, "a.txt": "", "a": "", "a.zip": "", "a.gz": ""} {
		if got, err := WriteFormat(name); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestWriterFaults: an error of the file is told from a refusal.
func TestWriterFaults(t *testing.T) {
	d := classifier.Document{Text: "kata"}
	w, _ := NewWriter(failing{}, JSONL, nil)
	if _, ok := errors.AsType[*WriteError](w.Write(&d)); !ok {
		t.Error("a failed write is no WriteError")
	}
	if w, _ = NewWriter(failing{}, CSV, &memory{}); w.Write(&d) != nil || !errors.Is(w.Close(), os.ErrClosed) {
		t.Error("the table hides that it could not be written")
	}
	if w, _ = NewWriter(io.Discard, CSV, lostScratch{}); w.Write(&d) != nil || !errors.Is(w.Close(), os.ErrClosed) {
		t.Error("the table hides that nothing could be kept")
	}
}

// lostScratch fails at every write.
type lostScratch struct{ failing }

func (lostScratch) Read([]byte) (int, error)       { return 0, io.EOF }
func (lostScratch) Seek(int64, int) (int64, error) { return 0, nil }
