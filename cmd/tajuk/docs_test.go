package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// exitNote is how a command of a page says that it ends with another exit code than 0.
var exitNote = regexp.MustCompile(` +# exit code (\d)$`)

// TestModelsPage runs the commands of docs/models.md, one after the other, as from the root of a clone.
func TestModelsPage(t *testing.T) {
	inClone(t)
	page, err := os.ReadFile("docs/models.md")
	if err != nil {
		t.Fatal(err)
	}
	p := pageRun{t: t, env: map[string]string{}}
	for line := range strings.Lines(string(page)) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			p.command(strings.TrimSuffix(command, "\n"))
		}
	}
	if p.ran < 9 {
		t.Errorf("%d commands were run", p.ran)
	}
}

// inClone makes the working folder of a test one that looks like the root of a clone, and may be written to.
func inClone(t *testing.T) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, name := range []string{"docs", "training-data"} {
		if err := os.Symlink(filepath.Join(root, name), name); err != nil {
			t.Fatal(err)
		}
	}
}

// pageRun is the surroundings of the commands of a page.
type pageRun struct {
	t       *testing.T
	env     map[string]string
	version string // that was trained last
	ran     int
}

var trained = regexp.MustCompile(`(?m)^model +\S+@([0-9a-f]{12})$`)

func (p *pageRun) command(line string) {
	p.t.Helper()
	want := 0
	if m := exitNote.FindStringSubmatch(line); m != nil {
		want, _ = strconv.Atoi(m[1])
		line = exitNote.ReplaceAllString(line, "")
	}
	words := quotedWords(strings.ReplaceAll(line, "@VERSION", "@"+p.version))
	switch {
	case words[0] == "export":
		name, value, _ := strings.Cut(words[1], "=")
		p.env[name] = value
		return
	case words[0] != "tajuk" || words[len(words)-1] == "&": // what goes on is for TestServe
		return
	}
	var out, talk bytes.Buffer
	env := func(name string) (string, bool) { value, ok := p.env[name]; return value, ok }
	if code := run(context.Background(), words[1:], nil, &out, &talk, env); code != want {
		p.t.Errorf("%s: exit code %d, want %d: %s", line, code, want, &talk)
	}
	if m := trained.FindStringSubmatch(out.String()); m != nil {
		p.version = m[1]
	}
	p.ran++
}
