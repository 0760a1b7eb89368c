package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strconv"
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
		t.Run(name, func(t *testing.T) { checkDocument(t, name, least, false) })
	}
}

// TestArchivePage is the same for docs/archive.md, whose commands write files that the next ones find.
func TestArchivePage(t *testing.T) {
	inClone(t)
	checkDocument(t, "docs/archive.md", 5, false)
	for _, name := range []string{"tagged/berita.txt.tags.jsonl", "packed/halaman.html.tags.parquet", "today/manifest.jsonl", "archive.html"} {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
}

// TestDataPage runs all commands of docs/data.md, one after the other, as from the root of a clone.
func TestDataPage(t *testing.T) {
	inClone(t)
	checkDocument(t, "docs/data.md", 5, true)
}

// checkDocument replays the commands that are shown with output, or all of them.
func checkDocument(t *testing.T, name string, least int, all bool) {
	document, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	got := console.ReplaceAllFunc(document, func(block []byte) []byte {
		inside := console.FindSubmatch(block)[1]
		fresh, n := replay(t, string(inside), all)
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
// output they give now, and how many there are. If all is set, it runs those without output, too.
func replay(t *testing.T, block string, all bool) (fresh string, shown int) {
	lines := strings.SplitAfter(block, "\n")
	for i := 0; i < len(lines); i++ {
		fresh += lines[i]
		output := i + 1
		for output < len(lines) && lines[output] != "" && !strings.HasPrefix(lines[output], "$ ") {
			output++
		}
		silent := output == i+1
		if silent && !all || !strings.HasPrefix(lines[i], "$ tajuk ") {
			continue
		}
		command, want := strings.TrimSpace(lines[i]), 0
		if m := exitNote.FindStringSubmatch(command); m != nil {
			want, _ = strconv.Atoi(m[1])
			command = exitNote.ReplaceAllString(command, "")
		}
		var out, talk bytes.Buffer
		if code := run(t.Context(), quotedWords(command)[2:], strings.NewReader(""), &out, &talk, noEnv); code != want {
			t.Errorf("%s: exit code %d, want %d: %s", command, code, want, talk.String())
		}
		if silent {
			continue
		}
		fresh += strings.TrimRight(out.String(), "\n") + "\n"
		shown++
		i = output - 1
	}
	return fresh, shown
}
