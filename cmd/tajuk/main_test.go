package main

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/feedback"
	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tajuk": main})
}

// TestScripts runs testdata/script/*.txtar, each in a folder with the files of
// testdata/newsroom, a model (desk.tajuk), a store of two versions of it (store), a gate (gate.txt) and a
// classifier of another library (saved.gob).
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("GORACE", "atexit_sleep_ms=10") // the default makes each of hundreds of commands wait a second
			e.Setenv("TAJUK_HTTP", "127.0.0.1:0")    // its usual port may be taken
			return newsroom(e.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "damage": damage, "article": article, "same": same},
	})
}

// exits runs a command and wants an exit code: exits 4 tajuk tag bad.jsonl.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// damage copies a file with its middle byte changed, or cut in the middle: damage flip|cut FROM TO.
func damage(ts *testscript.TestScript, _ bool, args []string) {
	data := []byte(ts.ReadFile(args[1]))
	middle := len(data) / 2
	if args[0] == "cut" {
		data = data[:middle]
	} else {
		data[middle] ^= 1
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), data, 0o666))
}

// article writes a plain text article of that many megabytes: article FILE 50.
func article(ts *testscript.TestScript, _ bool, args []string) {
	megabytes, err := strconv.Atoi(args[1])
	ts.Check(err)
	line := "dokter merawat pasien di rumah sakit sebelum vaksinasi anak\n"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(line, megabytes<<20/len(line)+1)), 0o666))
}

// same wants two files to be equal byte for byte, and not empty.
func same(ts *testscript.TestScript, neg bool, args []string) {
	a, b := ts.ReadFile(args[0]), ts.ReadFile(args[1])
	if equal := a == b && a != ""; equal == neg {
		ts.Fatalf("equal: %v", equal)
	}
}

// newsroom fills a folder with what scripts and examples need.
func newsroom(dir string) error {
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "newsroom"))); err != nil {
		return err
	}
	desk, err := deskModel()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "desk.tajuk"), desk, 0o666); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "gate.txt"), []byte("macro_f1 >= 0.1\nchanged <= 100%\n"), 0o666); err != nil {
		return err
	}
	if err := deskStore(filepath.Join(dir, "store")); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "saved.gob"), savedGob(), 0o666); err != nil {
		return err
	}
	if err := countYears(dir); err != nil {
		return err
	}
	return corrections(filepath.Join(dir, "feedback"))
}

// countYears makes counts files of two years and of both.
func countYears(dir string) error {
	years := []string{filepath.Join(dir, "labelled.jsonl"), filepath.Join(dir, "multi.jsonl")}
	for name, articles := range map[string][]string{"2020.counts": years[:1], "2021.counts": years[1:], "both.counts": years} {
		var talk bytes.Buffer
		args := append([]string{"count", "--out", filepath.Join(dir, name)}, articles...)
		if code := run(context.Background(), args, nil, io.Discard, &talk, noEnv); code != 0 {
			return errors.New(talk.String())
		}
	}
	return nil
}

// corrections fills a folder as a server does that is corrected three times, twice about one article.
func corrections(dir string) error {
	l, _, err := feedback.Open(dir, feedback.Options{})
	if err != nil {
		return err
	}
	for _, e := range []feedback.Entry{
		{DocumentID: "k1", Text: "klub menang lagi", Labels: []string{"health"}},
		{DocumentID: "k2", Text: "pasar sepi", NotLabels: []string{"sport"}, Partial: true, Author: "ani"},
		{DocumentID: "k1", Text: "klub menang lagi", Labels: []string{"sport"}, ModelVersion: "desk@1"},
	} {
		if _, _, err := l.Append(context.Background(), e); err != nil {
			return err
		}
	}
	return l.Close()
}

// deskModel trains on the newsroom's articles, once; olderModel does, in another way.
var (
	deskModel  = sync.OnceValues(func() ([]byte, error) { return trainDesk() })
	olderModel = sync.OnceValues(func() ([]byte, error) { return trainDesk("--learner", "cnb") })
)

// deskStore makes a store with two versions of the model desk, of which the newer one is active.
func deskStore(dir string) error {
	s, err := store.Create(dir)
	if err != nil {
		return err
	}
	for _, load := range []func() ([]byte, error){olderModel, deskModel} {
		data, err := load()
		if err != nil {
			return err
		}
		m, err := model.Decode(data)
		if err != nil {
			return err
		}
		v, _, err := s.Add(store.Addition{Model: m, Note: store.Note{By: "test"}})
		if err != nil {
			return err
		}
		if _, err := s.Activate("desk", v.Version, store.Note{By: "test"}); err != nil {
			return err
		}
	}
	return nil
}

func trainDesk(flags ...string) ([]byte, error) {
	var out, talk bytes.Buffer
	args := append([]string{
		"train", filepath.Join("testdata", "newsroom", "multi.jsonl"),
		"--topics", filepath.Join("testdata", "newsroom", "topics.yaml"), "--name", "desk", "--out", "-",
	}, flags...)
	if code := run(context.Background(), args, nil, &out, &talk, noEnv); code != 0 {
		return nil, errors.New(talk.String())
	}
	return out.Bytes(), nil
}

func noEnv(string) (string, bool) { return "", false }

// savedGob is what github.com/navossoc/bayesian writes for a small classifier.
func savedGob() []byte {
	type data struct {
		Freqs map[string]float64
		Total int
	}
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(struct {
		Classes []string
		Learned int
		Datas   map[string]*data
	}{[]string{"militer", "olahraga"}, 5, map[string]*data{
		"militer":  {map[string]float64{"kapal": 4, "perang": 3, "tentara": 3, "kapten": 1}, 11},
		"olahraga": {map[string]float64{"gol": 3, "liga": 2, "kapten": 1}, 6},
	}})
	if err != nil {
		panic(err) // cannot happen: the type is fixed
	}
	return buf.Bytes()
}

// inNewsroom makes a newsroom the working folder of a test.
func inNewsroom(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	if err := newsroom(dir); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
}

// TestExamples runs every example that a help text shows.
func TestExamples(t *testing.T) {
	inNewsroom(t)
	for _, c := range allCommands() {
		if c.Example == "" && c.Name() != "help" {
			t.Errorf("%s has no example", c.Name())
		}
		for line := range strings.Lines(c.Example) {
			t.Run(strings.TrimSpace(line), func(t *testing.T) { runExample(t, line) })
		}
	}
}

// allCommands are the commands, those below others, and the program itself.
func allCommands() []*cobra.Command {
	root := (&app{}).root()
	list := []*cobra.Command{root}
	for _, c := range root.Commands() {
		list = append(append(list, c), c.Commands()...)
	}
	return list
}

// exampleWords splits a command line. VERSION stands for the version of desk that is not active.
func exampleWords(t *testing.T, line string) []string {
	t.Helper()
	s, err := store.Open("store")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := s.Versions("desk")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		if !v.Active {
			line = strings.ReplaceAll(line, "@VERSION", "@"+v.Version)
		}
	}
	return quotedWords(line)
}

// quotedWords splits a command line at blanks that are not quoted.
func quotedWords(line string) (words []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}

func runExample(t *testing.T, line string) {
	command, input, _ := strings.Cut(strings.TrimSpace(line), " < ")
	words := exampleWords(t, command)
	if words[0] != "tajuk" {
		t.Fatalf("%q is no command of ours", words[0])
	}
	stdin, err := os.Open(os.DevNull)
	if input != "" {
		stdin, err = os.Open(input)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	talk := &watched{text: "msg=serving", then: cancel} // only serve says so, and goes on until told to stop
	env := func(name string) (string, bool) { return "127.0.0.1:0", name == "TAJUK_GRPC" || name == "TAJUK_HTTP" }
	var out bytes.Buffer
	if code := run(ctx, words[1:], stdin, &out, talk, env); code != 0 {
		t.Errorf("exit code %d: %s", code, talk.String())
	}
	if out.Len() == 0 && words[1] != "serve" && !slices.Contains(words, "--out") {
		t.Error("no output")
	}
}

// watched is a buffer that calls then once it has seen text.
type watched struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	text string
	then func()
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.buf.Write(p)
	if w.then != nil && strings.Contains(w.buf.String(), w.text) {
		w.then()
		w.then = nil
	}
	return len(p), nil
}

func (w *watched) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}
