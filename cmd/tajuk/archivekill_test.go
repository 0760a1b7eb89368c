package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// archiveOnce runs tajuk archive in a process of its own and kills it at a random moment if it has not ended
// by itself. It tells whether it has.
func archiveOnce(t *testing.T, kill bool, args ...string) (ended bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"archive", "--model", "desk.tajuk"}, args...)...)
	cmd.Args[0] = "tajuk" // which makes TestMain run the command
	var talk bytes.Buffer
	cmd.Stderr = &talk
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if kill {
		time.AfterFunc(20*time.Millisecond+rand.N(150*time.Millisecond), func() { _ = cmd.Process.Kill() })
	}
	_ = cmd.Wait()
	code := cmd.ProcessState.ExitCode()
	if code >= 0 && code != exitRecords {
		t.Fatalf("exit code %d: %s", code, &talk)
	}
	return code >= 0
}

// folder is what users see of a folder of outputs.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && e.Name() == ".tajuk" {
			return fs.SkipDir
		}
		if err == nil && !e.IsDir() {
			var data []byte
			data, err = os.ReadFile(filepath.Join(dir, path))
			all[path] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// killable writes an archive of two large files and some small ones, with a bad record here and there.
func killable(t *testing.T) {
	t.Helper()
	write := func(name string, n int) {
		var b strings.Builder
		for i := range n {
			if i%50 == 49 {
				b.WriteString("{\"text\":\n")
				continue
			}
			fmt.Fprintf(&b, `{"id":"%s-%d","text":%q,"date":"2024-%02d-01","source":"koran %d"}`+"\n", name, i, strings.Repeat("klub menang lagi, kata dokter dan pasien. ", 1+i%20), 1+i%12, i%5)
		}
		path := filepath.Join("in", name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("a.jsonl", 6000)
	write("z.jsonl", 6000)
	for i := range 5 {
		write(fmt.Sprintf("klein/%d.jsonl", i), 20)
	}
}

// TestArchiveSurvivesKill kills runs at random moments and runs them again until one ends: the outputs, the errors
// and the manifest are those of a run that nothing happened to.
func TestArchiveSurvivesKill(t *testing.T) {
	inNewsroom(t)
	killable(t)
	variants := [][]string{{"--compress", "zstd"}, {"--format", "parquet", "--jobs", "1"}, {"--include-input"}, {"--format", "csv", "--compress", "gzip"}}
	killed := 0
	for v := 0; killed < *kills; v++ {
		args := append([]string{"in", "--checkpoint", "1000"}, variants[v%len(variants)]...)
		want, got := fmt.Sprintf("want%d", v%len(variants)), fmt.Sprint("got", v)
		if _, err := os.Stat(want); err != nil && !archiveOnce(t, false, append(args, "--out", want)...) {
			t.Fatal("the run that nothing happens to was killed")
		}
		for tries := 0; !archiveOnce(t, tries < 20, append(args, "--out", got)...); tries++ {
			killed++
		}
		compareFolders(t, folder(t, got), folder(t, want))
		if v > 20 && killed == 0 {
			t.Skip("this machine is too fast to kill a run here")
		}
	}
	t.Logf("%d kills", killed)
}

func compareFolders(t *testing.T, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) || len(want) != 10 {
		t.Errorf("%d files, want the 10 of %d", len(got), len(want))
	}
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s has other bytes", name)
		}
	}
}
