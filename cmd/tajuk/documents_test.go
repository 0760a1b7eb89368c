package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the output that the documents show")

// console is a block of a document that shows commands with their output.
var console = regexp.MustCompile("(?s)```console\n(.*?)```")

// TestDocumentsShowRealOutput: what a document shows a command to print is what it prints.
func TestDocumentsShowRealOutput(t *testing.T) {
	t.Chdir("../..")
	for name, least := range map[string]int{"README.md": 4, "docs/evaluation.md": 1, "docs/pages.md": 1, "docs/formats.md": 2} {
		t.Run(name, func(t *testing.T) { checkDocument(t, name, least) })
	}
}

func checkDocument(t *testing.T, name string, least int) {
	document, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	got := console.ReplaceAllFunc(document, func(block []byte) []byte {
		inside := console.FindSubmatch(block)[1]
		fresh, n := replay(t, string(inside))
		shown += n
		return bytes.Replace(block, inside, []byte(fresh), 1)
	})
	if shown < least {
		t.Fatalf("only %d commands with output found in %s", shown, name)
	}
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, document) {
		t.Errorf("%s shows other output than the commands print: run make golden and read the difference", name)
	}
}

// replay runs the commands of a block that are shown with output and returns the block with the
// output they give now, and how many there are.
func replay(t *testing.T, block string) (fresh string, shown int) {
	lines := strings.SplitAfter(block, "\n")
	for i := 0; i < len(lines); i++ {
		fresh += lines[i]
		output := i + 1
		for output < len(lines) && lines[output] != "" && !strings.HasPrefix(lines[output], "$ ") {
			output++
		}
		if output == i+1 || !strings.HasPrefix(lines[i], "$ tajuk ") {
			continue
		}
		var out, talk bytes.Buffer
		args := strings.Fields(lines[i])[2:]
		if code := run(t.Context(), args, strings.NewReader(""), &out, &talk, func(string) (string, bool) { return "", false }); code != 0 {
			t.Errorf("%s: exit code %d: %s", strings.TrimSpace(lines[i]), code, talk.String())
		}
		fresh += strings.TrimRight(out.String(), "\n") + "\n"
		shown++
		i = output - 1
	}
	return fresh, shown
}
