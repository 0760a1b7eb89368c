package archive_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/tajuk/tajuk/internal/archive"
)

// TestDamagedState: whatever happens to the files of a run that was stopped, the next one ends with the right bytes.
func TestDamagedState(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(200, "a")})
	o := options()
	o.Jobs = 1
	mustRun(t, []string{"a.jsonl"}, "whole", o)
	want := outputs(t, "whole")
	for name, damage := range map[string]func([]byte) []byte{
		"untouched": func(b []byte) []byte { return b },
		"emptied":   func([]byte) []byte { return nil },
		"cut":       func(b []byte) []byte { return b[:len(b)/2] },
		"flipped":   func(b []byte) []byte { b[len(b)/3] ^= 1; return b },
		"longer":    func(b []byte) []byte { return append(b, "nonsense"...) },
	} {
		for _, kind := range []string{"rows", "errors", "digests", "checkpoint"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				out := t.TempDir()
				stopping(t, []string{"a.jsonl"}, out, o, 20)
				hit, _ := filepath.Glob(filepath.Join(out, ".tajuk", "*."+kind))
				if len(hit) != 1 {
					t.Fatalf("files of that kind: %v", hit)
				}
				data, err := os.ReadFile(hit[0])
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(hit[0], damage(data), 0o666); err != nil {
					t.Fatal(err)
				}
				mustRun(t, []string{"a.jsonl"}, out, o)
				sameOutputs(t, outputs(t, out), want)
			})
		}
	}
}

// TestOtherRun: what was left by a run over other content or with other options is not gone on from.
func TestOtherRun(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(200, "a")})
	o := options()
	o.Jobs = 1
	stopping(t, []string{"a.jsonl"}, "out", o, 20)
	o.Tag.All = true
	var notes []string
	o.Note = func(s string) { notes = append(notes, s) }
	mustRun(t, []string{"a.jsonl"}, "out", o)
	mustRun(t, []string{"a.jsonl"}, "fresh", o)
	sameOutputs(t, outputs(t, "out"), outputs(t, "fresh"))
	if len(notes) != 1 || !strings.Contains(notes[0], "begun anew") {
		t.Errorf("notes %q", notes)
	}

	o = options()
	o.Jobs = 1
	stopping(t, []string{"a.jsonl"}, "changed", o, 20)
	files(t, ".", map[string]string{"a.jsonl": articles(210, "b")})
	mustRun(t, []string{"a.jsonl"}, "changed", o)
	mustRun(t, []string{"a.jsonl"}, "new", o)
	sameOutputs(t, outputs(t, "changed"), outputs(t, "new"))
}

func TestMaxErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(100, "a"), "b.jsonl": articles(100, "b")}) // 14 errors each
	for _, jobs := range []int{1, 3} {
		o := options()
		o.Jobs = jobs
		most := 20
		o.MaxErrors = &most
		out := t.TempDir()
		for range 2 { // what was done before counts as well
			if s, err := archive.Run(t.Context(), []string{"a.jsonl", "b.jsonl"}, out, o); !errors.Is(err, archive.ErrTooMany) || s.Done.Errors < 21 || jobs == 1 && s.Done.Errors > 21 {
				t.Errorf("error %v after %d", err, s.Done.Errors)
			}
			if got := outputs(t, out); jobs == 1 && (got["a.jsonl.tags.jsonl"] == "" || got["b.jsonl.tags.jsonl"] != "") {
				t.Errorf("%d outputs", len(got))
			}
		}
		most = 28
		mustRun(t, []string{"a.jsonl", "b.jsonl"}, out, o)
	}
}

// TestShards: shards that run at once on one folder do all files once, and leave a whole manifest.
func TestShards(t *testing.T) {
	t.Chdir(t.TempDir())
	in := map[string]string{}
	for _, name := range strings.Split("abcdefghijklmnop", "") {
		in[name+".jsonl"] = articles(10, name)
	}
	files(t, "in", in)
	mustRun(t, []string{"in"}, "whole", options())
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			o := options()
			o.Shard = archive.Shard{Index: i, Of: 3}
			if _, err := archive.Run(t.Context(), []string{"in"}, "parts", o); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	got, want := outputs(t, "parts"), outputs(t, "whole")
	lines := strings.Split(got["manifest.jsonl"], "\n")
	for line := range strings.Lines(want["manifest.jsonl"]) {
		found := 0
		for _, l := range lines {
			if l+"\n" == line {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%d times in the manifest: %s", found, line)
		}
	}
	delete(got, "manifest.jsonl")
	delete(want, "manifest.jsonl")
	sameOutputs(t, got, want)
}

// TestBusy: who may work beside whom.
func TestBusy(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(14, "a")})
	whole, one, two, other := archive.Shard{}, archive.Shard{Index: 0, Of: 2}, archive.Shard{Index: 1, Of: 2}, archive.Shard{Index: 2, Of: 3}
	for _, test := range []struct {
		first, second archive.Shard
		busy          bool
	}{{whole, whole, true}, {whole, one, true}, {one, whole, true}, {one, one, true}, {one, two, false}, {one, other, true}} {
		o := options()
		o.Shard = test.first
		var second error
		beside := sync.OnceFunc(func() {
			o := options()
			o.Shard = test.second
			_, second = archive.Run(t.Context(), []string{"a.jsonl"}, "out", o)
		})
		o.Progress = func(archive.Status) { beside() }
		o.Problem = func(error) { beside() }
		o.Force = true
		o.Input.Columns = nil
		if _, err := archive.Run(t.Context(), []string{"a.jsonl", "missing.jsonl"}, "out", o); err != nil {
			t.Fatal(err)
		}
		if errors.Is(second, archive.ErrBusy) != test.busy {
			t.Errorf("%v beside %v: error %v", test.second, test.first, second)
		}
	}
}

// TestChangedWhileRead: an input that grows under the reader has no output, as its digest would not fit.
func TestChangedWhileRead(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(50, "a")}) // a checkpoint after 40
	o := options()
	o.Jobs = 1
	var problems []string
	o.Problem = func(err error) {
		if problems = append(problems, err.Error()); len(problems) == 1 {
			files(t, ".", map[string]string{"a.jsonl": articles(60, "a")})
		}
	}
	s := mustRun(t, []string{"a.jsonl"}, "out", o)
	if s.Failed != 1 || !strings.Contains(problems[len(problems)-1], "a.jsonl: the file was changed while it was read") || len(outputs(t, "out")) != 0 {
		t.Errorf("failed %d, problems %q", s.Failed, problems)
	}
	if left, _ := filepath.Glob("out/.tajuk/*.checkpoint"); len(left) != 0 {
		t.Errorf("left behind, though input and digest need not fit: %v", left)
	}
	mustRun(t, []string{"a.jsonl"}, "out", options())
}

func TestOnlyChanged(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(50, "a"), "b.jsonl": strings.Replace(articles(50, "a"), "Berita 1\"", "Berita satu\"", 1) + articles(5, "b")})
	mustRun(t, []string{"a.jsonl"}, "first", options())
	o := options()
	o.OnlyChanged = []string{"first"}
	s := mustRun(t, []string{"b.jsonl"}, "second", o)
	if s.Rows != 1+4 || s.Unchanged != 42 || s.Errors != 8 {
		t.Errorf("%d rows, %d unchanged, %d errors", s.Rows, s.Unchanged, s.Errors)
	}
	// Without the digests of the earlier run everything counts as changed.
	left, _ := filepath.Glob("first/.tajuk/*.digests")
	if err := os.Truncate(left[0], 100); err != nil {
		t.Fatal(err)
	}
	if s := mustRun(t, []string{"b.jsonl"}, "third", o); s.Unchanged != 4+7 {
		t.Errorf("%d unchanged: four records whose digests are left, and seven that are alike", s.Unchanged)
	}
	o.Model = train("other", "gol pemain klub", "dokter pasien rumah")
	if s := mustRun(t, []string{"b.jsonl"}, "fourth", o); s.Unchanged != 0 {
		t.Errorf("%d unchanged for another model", s.Unchanged)
	}
}

// TestCancelled: a run that is told to stop before it begins leaves nothing.
func TestCancelled(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(50, "a")})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := archive.Run(ctx, []string{"a.jsonl"}, "out", options()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if got := outputs(t, "out"); len(got) != 0 {
		t.Errorf("outputs %v", got)
	}
}

// TestManySmall: more small files than a group has, some of them missing.
func TestManySmall(t *testing.T) {
	t.Chdir(t.TempDir())
	in := map[string]string{}
	for i := range 300 {
		in[strings.Repeat("x", 1+i%7)+string(rune('a'+i%26))+string(rune('a'+i/26))+".txt"] = "gol pemain klub liga"
	}
	files(t, "in", in)
	if err := os.Symlink("nowhere", "in/gone.txt"); err != nil {
		t.Skip("no links here:", err)
	}
	last := archive.Status{}
	o := options()
	o.Progress = func(s archive.Status) {
		if s.FilesDone < last.FilesDone || s.BytesDone < last.BytesDone || s.BytesDone > s.Bytes {
			t.Errorf("from %+v to %+v", last, s)
		}
		last = s
	}
	s := mustRun(t, []string{"in"}, "out", o)
	if s.Rows != 300 || s.Failed != 1 || last.FilesDone != 300 || last.BytesDone != last.Bytes {
		t.Errorf("%d rows, %d failed, %+v", s.Rows, s.Failed, last)
	}
	entries, before := 0, ""
	for e, err := range archive.ReadManifest("out") {
		if err != nil || e.Output <= before {
			t.Fatalf("%s behind %s: not in the order of the input; error %v", e.Output, before, err)
		}
		before = e.Output
		entries++
	}
	if entries != 300 {
		t.Errorf("%d entries", entries)
	}
}

// TestRepeatedIDs: a record with the id of an earlier one of its file is answered and noted, also where the
// earlier one lies behind a checkpoint; in another file the id is free.
func TestRepeatedIDs(t *testing.T) {
	t.Chdir(t.TempDir())
	files(t, ".", map[string]string{"a.jsonl": articles(100, "a") + articles(100, "a"), "b.jsonl": articles(20, "a")})
	o := options()
	o.Jobs = 1
	in := []string{"a.jsonl", "b.jsonl"}
	s := mustRun(t, in, "whole", o)
	if want := 72; s.Repeated != want { // five records in seven have an id of their own, and 100 is no multiple of seven
		t.Errorf("%d repeated ids, want %d", s.Repeated, want)
	}
	stopping(t, in, "out", o, 60)
	if s := mustRun(t, in, "out", o); s.Repeated != 72 {
		t.Errorf("%d repeated ids after a stop", s.Repeated)
	}
	sameOutputs(t, outputs(t, "out"), outputs(t, "whole"))
	data, err := os.ReadFile(filepath.Join("whole", "a.jsonl.errors.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "earlier record"); n != 72 {
		t.Errorf("%d of them in the file of errors", n)
	}
}
