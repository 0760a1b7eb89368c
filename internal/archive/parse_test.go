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

func allEntries(dir string) (list []Entry, err error) {
	for e, err := range ReadManifest(dir) {
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

// FuzzReadManifest: an error or entries, and entries that are written come back.
func FuzzReadManifest(f *testing.F) {
	f.Add([]byte(`{"input":"a","output":"a.tags.jsonl","rows":3,"topics":{"law":1}}` + "\n" + `{"inp`))
	f.Add([]byte("\n"))
	f.Add([]byte("[]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ManifestName), data, 0o666); err != nil {
			t.Fatal(err)
		}
		list, err := allEntries(dir)
		if err != nil {
			return
		}
		if _, err := makeFolders(dir); err != nil {
			t.Fatal(err)
		}
		m, err := openManifest(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer m.close()
		for i, e := range list {
			if got, found, err := m.find(e.Output); err != nil || !found || i == len(list)-1 && !reflect.DeepEqual(got, e) {
				t.Errorf("%q is not found as it is: %v", e.Output, err)
			}
		}
		if err := m.add([]Entry{{Output: "new"}}); err != nil {
			t.Fatal(err)
		}
		again, err := allEntries(dir)
		if err != nil || len(again) != len(list)+1 || again[len(list)].Output != "new" {
			t.Errorf("%d entries and one are %d: %v", len(list), len(again), err)
		}
	})
}

// FuzzReadCheckpoint: nothing in the file makes it panic, and what was written is read.
func FuzzReadCheckpoint(f *testing.F) {
	c := checkpoint{Version: checkpointVersion, Path: "a", Items: 3}
	f.Add(c.encode())
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "c")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		c, err := readCheckpoint(path)
		if err != nil {
			t.Fatal(err)
		}
		if c == nil {
			return
		}
		if err := replaceFile(path, c.encode()); err != nil {
			t.Fatal(err)
		}
		if again, err := readCheckpoint(path); err != nil || !bytes.Equal(again.encode(), c.encode()) {
			t.Errorf("%s came back as %s: %v", c.encode(), again.encode(), err)
		}
	})
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
