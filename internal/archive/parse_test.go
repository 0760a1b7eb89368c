package archive

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func TestParseShard(t *testing.T) {
	for _, test := range []struct {
		in   string
		want Shard
		fail string
	}{
		{"0/1", Shard{0, 1}, ""},
		{"3/4", Shard{3, 4}, ""},
		{"4/4", Shard{}, "from 0 to 3"},
		{"-1/4", Shard{}, "from 0 to 3"},
		{"1/0", Shard{}, "at least one part"},
		{"1", Shard{}, "give I/N"},
		{"1/2/3", Shard{}, "give I/N"},
		{" 1/2", Shard{}, "give I/N"},
		{"01/2", Shard{}, "give I/N"},
		{"", Shard{}, "give I/N"},
	} {
		got, err := ParseShard(test.in)
		if test.fail == "" && (err != nil || got != test.want) || test.fail != "" && (err == nil || !strings.Contains(err.Error(), test.fail)) {
			t.Errorf("%q: %v, error %v", test.in, got, err)
		}
	}
}

func FuzzParseShard(f *testing.F) {
	f.Add("1/3")
	f.Fuzz(func(t *testing.T, s string) {
		if sh, err := ParseShard(s); err == nil && (sh.String() != s || sh.Index >= sh.Of || sh.Index < 0) {
			t.Errorf("%q is read as %v", s, sh)
		}
	})
}

// FuzzManifestLines: lines are the input from its start, up to an error or a last line without end; each is found
// again at its place.
func FuzzManifestLines(f *testing.F) {
	f.Add([]byte(`{"input":"a","output":"a.tags.jsonl","rows":3,"topics":{"law":1}}` + "\n" + `{"inp`))
	f.Add([]byte("\n"))
	f.Add([]byte("[]\n"))
	f.Add([]byte("{}\n{\"months\":{\"2024-01\":null}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		end := int64(0)
		for l, err := range manifestLines(bytes.NewReader(data), "m") {
			if err != nil {
				if !strings.HasPrefix(err.Error(), fmt.Sprintf("m:%d: ", 1+bytes.Count(data[:end], []byte("\n")))) {
					t.Errorf("error %v at byte %d", err, end)
				}
				return
			}
			if l.at != end || !bytes.HasPrefix(data[end:], l.data) {
				t.Fatalf("line %q is said to be at %d", l.data, l.at)
			}
			end += int64(len(l.data))
			for again, err := range manifestLines(bytes.NewReader(data[l.at:]), "m") {
				if err != nil || !reflect.DeepEqual(again.entry, l.entry) {
					t.Errorf("%+v is read again as %+v: %v", l.entry, again.entry, err)
				}
				break
			}
		}
		if bytes.Contains(data[end:], []byte("\n")) {
			t.Errorf("%q is left over", data[end:])
		}
	})
}

// FuzzParseCheckpoint: nothing in the file makes it panic, and what was written is read.
func FuzzParseCheckpoint(f *testing.F) {
	c := checkpoint{Version: checkpointVersion, Path: "a", Items: 3}
	f.Add(c.encode())
	f.Add([]byte("{}"))
	f.Add([]byte(`{"version":1,"tally":{"sources":{"a":null}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := parseCheckpoint(data)
		if c == nil {
			return
		}
		c.Tally = c.Tally.clone()
		var sum Tally
		sum.merge(&c.Tally)
		if again := parseCheckpoint(c.encode()); again == nil || !bytes.Equal(again.encode(), c.encode()) {
			t.Errorf("%s came back as %+v", c.encode(), again)
		}
	})
}

// TestManifest: a line that was cut off goes when the next are added; of two lines for an output the later one
// counts, and is the only one after tidying up.
func TestManifest(t *testing.T) {
	dir := t.TempDir()
	if _, err := makeFolders(dir); err != nil {
		t.Fatal(err)
	}
	text := `{"output":"a","rows":1}` + "\n" + `{"output":"b","rows":2}` + "\n" + `{"output":"a","rows":3}` + "\n" + `{"outp`
	if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	m, err := openManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer m.close()
	if e, found, err := m.find("a"); err != nil || !found || e.Rows != 3 {
		t.Errorf("%+v, %v, error %v", e, found, err)
	}
	if _, found, err := m.find("c"); err != nil || found {
		t.Errorf("found %v, error %v", found, err)
	}
	if err := m.add([]Entry{{Output: "c"}, {Output: "b", Tally: Tally{Rows: 4}}}); err != nil {
		t.Fatal(err)
	}
	if err := m.tidy(); err != nil {
		t.Fatal(err)
	}
	var got []string
	for e, err := range ReadManifest(dir) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(e.Output, e.Rows))
	}
	if strings.Join(got, " ") != "a3 c0 b4" {
		t.Errorf("lines %v", got)
	}
}

// TestFrames: packed data unpacks to what was written, wherever frames end, and every frame by itself.
func TestFrames(t *testing.T) {
	for _, c := range []Compression{None, Gzip, Zstd} {
		for _, texts := range [][]string{nil, {"satu"}, {"satu", "", "dua", strings.Repeat("tiga", 100_000)}} {
			var out bytes.Buffer
			f := newFrames(&out, c, false)
			for _, s := range texts {
				if _, err := f.Write([]byte(s)); err != nil {
					t.Fatal(err)
				}
				if err := f.end(); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.finish(); err != nil {
				t.Fatal(err)
			}
			if c != None && out.Len() == 0 {
				t.Errorf("%s: no bytes are no packed file", c)
			}
			if got := unpacked(t, &out, c); got != strings.Join(texts, "") {
				t.Errorf("%s: %d bytes came back", c, len(got))
			}
		}
	}
}

func unpacked(t *testing.T, in io.Reader, c Compression) string {
	t.Helper()
	var err error
	switch c {
	case Gzip:
		in, err = gzip.NewReader(in)
	case Zstd:
		in, err = zstd.NewReader(in)
	case None:
	}
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// TestTally: what is added to a copy does not change the original, and too many names become one.
func TestTally(t *testing.T) {
	var a Tally
	for i := range 2 * maxNames {
		a.add(&result{outcome: 1, source: fmt.Sprint("s", i), month: "2024-01", topics: []string{"law"}, text: 10})
	}
	if len(a.Sources) != maxNames+1 || a.Sources[Others].Rows != maxNames || a.Months["2024-01"].Topics["law"] != 2*maxNames {
		t.Errorf("%d sources, %d in the rest", len(a.Sources), a.Sources[Others].Rows)
	}
	b := a.clone()
	b.add(&result{outcome: 1, source: "s1", month: "2024-01", topics: []string{"law"}})
	if a.Sources["s1"].Rows != 1 || a.Topics["law"] != 2*maxNames || a.Months["2024-01"].Topics["law"] != 2*maxNames {
		t.Error("the original has changed")
	}
	var sum Tally
	sum.merge(&a)
	sum.merge(&b)
	if sum.Rows != 4*maxNames+1 || sum.Sources["s1"].Rows != 3 {
		t.Errorf("%d rows", sum.Rows)
	}
}

// TestGroups: every file is in one group, in order; large ones are alone, and no group is large.
func TestGroups(t *testing.T) {
	var tasks []task
	for i := range 2000 {
		size := int64(i%7) * smallFile / 6
		if i%100 == 99 {
			size = 10 * smallFile
		}
		tasks = append(tasks, task{path: fmt.Sprint(i), bytes: size})
	}
	next := 0
	for _, group := range groups(tasks) {
		sum := int64(0)
		for _, got := range group {
			if got.path != fmt.Sprint(next) {
				t.Fatalf("file %s in place of %d", got.path, next)
			}
			next++
			sum += got.bytes
		}
		if len(group) > groupFiles || len(group) > 1 && sum > groupBytes+smallFile {
			t.Errorf("a group of %d files and %d bytes", len(group), sum)
		}
	}
	if next != len(tasks) {
		t.Errorf("%d files of %d", next, len(tasks))
	}
	if len(groups(nil)) != 0 {
		t.Error("groups of nothing")
	}
}
