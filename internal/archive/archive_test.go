package archive_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/archive"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/rows"
	"github.com/tajuk/tajuk/text"
)

// desk is a small model.
var desk = sync.OnceValue(func() *classifier.Classifier {
	return train("desk", "gol pemain klub liga pelatih", "dokter pasien rumah sakit obat")
})

func train(name, sport, health string) *classifier.Classifier {
	config := text.DefaultConfig()
	bagger := classifier.NewBagger(config)
	var bags []classifier.Bag
	for i := range 20 {
		bags = append(bags,
			bagger.Bag(&classifier.Document{ID: fmt.Sprint("s", i), Text: fmt.Sprintf("%s %d", sport, i), Labels: []string{"sport"}}),
			bagger.Bag(&classifier.Document{ID: fmt.Sprint("h", i), Text: fmt.Sprintf("%s %d", health, i), Labels: []string{"health"}}))
	}
	m, err := classifier.Train(context.Background(), bags, classifier.TrainOptions{Text: config, Learner: classifier.NB, Name: name})
	if err != nil {
		panic(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		panic(err)
	}
	return c
}

// articles writes n articles of several kinds as JSON Lines, one in seven of them broken.
func articles(n int, seed string) string {
	var b strings.Builder
	for i := range n {
		switch i % 7 {
		case 3:
			b.WriteString("{\"text\": broken\n")
		case 5:
			b.WriteString(`{"text":"x"}` + "\n")
		default:
			words := []string{"gol pemain klub liga", "dokter pasien rumah sakit", "gol dokter klub pasien"}[i%3]
			fmt.Fprintf(&b, `{"id":"%s-%d","title":"Berita %d","text":"%s","date":"2024-%02d-03","source":"koran %d","halaman":%d}`+"\n", seed, i, i, strings.Repeat(words+" ", 1+i%5), 1+i%12, i%3, i)
		}
	}
	return b.String()
}

// files fills a folder.
func files(t testing.TB, dir string, content map[string]string) {
	t.Helper()
	for name, data := range content {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// outputs are the files in a folder that users see, by name.
func outputs(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			if err == nil && e.Name() == ".tajuk" {
				return filepath.SkipDir
			}
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sameOutputs(t testing.TB, got, want map[string]string) {
	t.Helper()
	for name, data := range want {
		if other, found := got[name]; !found {
			t.Errorf("%s is missing", name)
		} else if other != data {
			t.Errorf("%s has other bytes: %d, want %d:\n%.600s\nwant\n%.600s", name, len(other), len(data), other, data)
		}
	}
	for name := range got {
		if _, found := want[name]; !found {
			t.Errorf("%s is too much", name)
		}
	}
}

func options() archive.Options {
	return archive.Options{Model: desk(), Jobs: 2, Checkpoint: 40}
}

func mustRun(t testing.TB, in []string, dir string, o archive.Options) *archive.Summary {
	t.Helper()
	s, err := archive.Run(t.Context(), in, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// tagged are the rows of a file as the encoder gives them, without any of this package.
func tagged(t testing.TB, path string, e rows.Encoder) string {
	t.Helper()
	out := append([]byte{}, e.Header()...)
	tagger := desk().NewTagger()
	var p classifier.Prediction
	for rec, err := range corpus.Read(t.Context(), []string{path}, corpus.Options{}) {
		if err == nil {
			tagger.Tag(&rec.Document, &p)
			p.Apply(classifier.Options{})
			out = e.Append(out, &rows.Answer{ID: rec.Name(), Document: &rec.Document, Prediction: &p})
		}
	}
	return string(out)
}

func unpack(t testing.TB, name, data string) string {
	t.Helper()
	var r io.Reader = strings.NewReader(data)
	var err error
	switch filepath.Ext(name) {
	case ".gz":
		r, err = gzip.NewReader(r)
	case ".zst":
		r, err = zstd.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// TestRows: whatever the jobs, format and packing, rows are those of tag.
func TestRows(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, "in", map[string]string{"a.jsonl": articles(100, "a"), "sub/b.txt": "gol pemain klub", "empty.jsonl": "", "bad.jsonl": "{\n"})
	for _, v := range []struct {
		format  archive.Format
		packing archive.Compression
		input   bool
	}{{archive.JSONL, archive.None, false}, {archive.JSONL, archive.Gzip, true}, {archive.JSONL, archive.Zstd, false}, {archive.CSV, archive.None, true}, {archive.CSV, archive.Zstd, false}} {
		t.Run(fmt.Sprint(v), func(t *testing.T) {
			var first map[string]string
			for _, jobs := range []int{1, 4} {
				o := options()
				o.Format, o.Compression, o.IncludeInput, o.Jobs = v.format, v.packing, v.input, jobs
				out := t.TempDir()
				s := mustRun(t, []string{"in"}, out, o)
				if s.Rows != 87 || s.Errors != 15 || s.Files != 4 {
					t.Errorf("%d rows, %d errors, %d files", s.Rows, s.Errors, s.Files)
				}
				got := outputs(t, out)
				if first == nil {
					first = got
				}
				sameOutputs(t, got, first)
			}
			checkRows(t, first, v.format, v.packing, v.input)
		})
	}
}

func checkRows(t *testing.T, got map[string]string, format archive.Format, packing archive.Compression, input bool) {
	t.Helper()
	encoder := rows.NewJSON(desk(), rows.Options{Input: input})
	if format == archive.CSV {
		encoder = rows.NewCSV(desk(), rows.Options{Input: input})
	}
	ending := ".tags." + string(format) + map[archive.Compression]string{archive.Gzip: ".gz", archive.Zstd: ".zst"}[packing]
	for _, name := range []string{"a.jsonl", "sub/b.txt", "empty.jsonl", "bad.jsonl"} {
		data, found := got[name+ending]
		if rows := unpack(t, name+ending, data); !found || rows != tagged(t, "in/"+name, encoder) {
			t.Errorf("%s: rows differ from those of tag: %.300s", name+ending, rows)
		}
	}
	if !strings.HasPrefix(got["a.jsonl.errors.jsonl"], `{"path":"in/a.jsonl","line":4,"error":"broken JSON`) || strings.Count(got["a.jsonl.errors.jsonl"], "\n") != 14 {
		t.Errorf("errors: %s", got["a.jsonl.errors.jsonl"])
	}
	if _, found := got["sub/b.txt.errors.jsonl"]; found {
		t.Error("a file of errors without errors")
	}
}

// TestOutputsAreNoInputs: the folder of outputs may lie in that of the inputs, or be it.
func TestOutputsAreNoInputs(t *testing.T) {
	for _, out := range []string{"in", "in/out"} {
		t.Chdir(t.TempDir())
		files(t, "in", map[string]string{"a.jsonl": articles(14, "a"), "sub/b.jsonl": articles(14, "b")})
		for before := range 3 {
			if s := mustRun(t, []string{"in"}, out, options()); s.Files != 2 || s.Before != min(before, 1)*2 {
				t.Errorf("%s: %d files, %d before", out, s.Files, s.Before)
			}
		}
	}
}

func TestParquet(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(100, "a")})
	o := options()
	o.Format, o.IncludeInput = archive.Parquet, true
	mustRun(t, []string{"a.jsonl"}, "out", o)
	o.Jobs = 1
	mustRun(t, []string{"a.jsonl"}, "alone", o)
	sameOutputs(t, outputs(t, "alone"), outputs(t, "out"))
	type row struct {
		ID      string `parquet:"id"`
		Outcome string `parquet:"outcome"`
		Text    string `parquet:"text"`
	}
	list, err := parquet.ReadFile[row]("out/a.jsonl.tags.parquet")
	if err != nil || len(list) != 86 || list[0].ID != "a-0" || list[0].Outcome != "TAGGED" || !strings.HasPrefix(list[0].Text, "gol pemain") {
		t.Errorf("%d rows, %+v, error %v", len(list), list[:1], err)
	}
}

// stopping is a run that is stopped after some records, as by a signal.
func stopping(t testing.TB, in []string, dir string, o archive.Options, after int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	seen := 0
	o.Problem = func(error) { // one record in seven
		if seen++; seen == after {
			cancel()
		}
	}
	if _, err := archive.Run(ctx, in, dir, o); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// TestStopped: a run that was stopped goes on and ends with the bytes of one that was not, manifest included.
func TestStopped(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, "in", map[string]string{"a.jsonl": articles(200, "a"), "b.jsonl": articles(100, "b")})
	for _, o := range []archive.Options{{Compression: archive.Gzip}, {Format: archive.CSV}, {Format: archive.Parquet}} {
		o.Model, o.Jobs, o.Checkpoint = desk(), 1, 50
		whole := t.TempDir()
		mustRun(t, []string{"in"}, whole, o)
		want := outputs(t, whole)
		for _, after := range []int{1, 12, 25, 38} {
			out := t.TempDir()
			notes := 0
			o.Note = func(string) { notes++ }
			stopping(t, []string{"in"}, out, o, after)
			stopping(t, []string{"in"}, out, o, after+1)
			mustRun(t, []string{"in"}, out, o)
			if after > 9 && notes == 0 {
				t.Errorf("stopped at error %d: nothing was continued", after)
			}
			sameOutputs(t, outputs(t, out), want)
			if left, _ := filepath.Glob(filepath.Join(out, ".tajuk", "*.[rcep]*")); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		}
	}
}
