package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCountsInterrupted: adding ends when it is told to, leaving nothing behind.
func TestCountsInterrupted(t *testing.T) {
	inNewsroom(t)
	before, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	silent, end := io.Pipe() // standard input of which nothing comes
	defer end.Close()
	for _, args := range [][]string{
		{"counts", "add", "2020.counts", "2021.counts", "--out", "new.counts"},
		{"counts", "add", "2020.counts", "-", "--out", "new.counts"},
		{"counts", "show", "-"},
		{"train", "2020.counts", "--learner", "nb", "--out", "new.counts"},
	} {
		var out, talk bytes.Buffer
		if code := run(ctx, args, silent, &out, &talk, noEnv); code != exitFailed || !strings.Contains(talk.String(), "interrupted") {
			t.Errorf("%q: exit code %d: %s", args, code, &talk)
		}
	}
	after, err := os.ReadDir(".")
	if err != nil || len(after) != len(before) {
		t.Errorf("%d files, before %d: %v", len(after), len(before), err)
	}
}

func TestIsCounts(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]bool{"tajuk counts 1\n{}": true, "tajuk counts": false, "": false, "{\"text\":\"a\"}": false} {
		path := filepath.Join(dir, "file")
		if err := os.WriteFile(path, []byte(name), 0o666); err != nil {
			t.Fatal(err)
		}
		if got := isCounts(path); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
	if isCounts(dir) || isCounts("-") || isCounts(filepath.Join(dir, "none")) {
		t.Error("a folder, standard input or nothing counts")
	}
}

func TestSourceOf(t *testing.T) {
	sources := []string{"a.jsonl", "data", "data/test/", "datum"}
	for path, want := range map[string]int{"a.jsonl": 0, "data/x.jsonl": 1, "data/test/x.jsonl": 2, "data/tests.jsonl": 1, "datum/x": 3, "stdin": -1} {
		if got := sourceOf(path, sources); got != want {
			t.Errorf("%s: source %d, want %d", path, got, want)
		}
	}
	if got := sourceOf("x/y.jsonl", []string{"."}); got != 0 {
		t.Errorf("the working folder: source %d", got)
	}
}

// TestConvertToFullDisk: what cannot be written is said, and nothing is left.
func TestConvertToFullDisk(t *testing.T) {
	inNewsroom(t)
	for _, args := range [][]string{{"--to", "jsonl"}, {"--to", "csv"}} {
		var talk bytes.Buffer
		code := run(t.Context(), append([]string{"data", "convert", "labelled.jsonl", "--out", "-"}, args...), nil, fullDisk{}, &talk, noEnv)
		if code != exitFailed || !strings.Contains(talk.String(), errFull.Error()) {
			t.Errorf("%q: exit code %d: %s", args, code, &talk)
		}
	}
}

var errFull = errors.New("no space left")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }
