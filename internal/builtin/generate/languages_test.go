package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/internal/sharedtest"
	"github.com/tajuk/tajuk/text/language"
)

// TestTableIsMadeOfSentences: the committed table is, byte for byte, what the data gives.
func TestTableIsMadeOfSentences(t *testing.T) {
	dir, out := filepath.Dir(sharedtest.Path(t, "data", "sib200_zsm")), filepath.Join(t.TempDir(), "words.tsv")
	if err := run([]string{"languages", dir, out}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../../../text/language/words.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the sentences give %d other bytes than the committed %d: run make languages", len(got), len(want))
	}
}

// writeSet writes a data set of the lines.
func writeSet(t *testing.T, dir, set string, lines ...string) {
	t.Helper()
	var data bytes.Buffer
	z := gzip.NewWriter(&data)
	z.Write([]byte(strings.Join(lines, "\n")))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, set), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, set, "train.jsonl.gz"), data.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestReadLanguages: sentences are put side by side by their ids; words stand in reading order.
func TestReadLanguages(t *testing.T) {
	dir := t.TempDir()
	for _, code := range language.Codes() {
		writeSet(t, dir, "sib200_"+sentenceSets[code], `{"id":"2","text":"Dua b."}`, `{"id":"1","text":"Satu `+code+` 12."}`)
	}
	writeSet(t, dir, "topics", `{"id":"t","title":"Harga naik","text":"Harga beras naik."}`)
	c, err := readLanguages(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Sentences["su"][0], " ") + "/" + strings.Join(c.Sentences["su"][1], " "); got != "satu su/dua" {
		t.Errorf("sentences %q", got)
	}
	if got := strings.Join(c.News[0], " "); got != "harga naik harga beras naik" {
		t.Errorf("news %q", got)
	}
	writeSet(t, dir, "sib200_ban", `{"id":"3","text":"Dua"}`, `{"id":"1","text":"Satu"}`)
	if _, err := readLanguages(dir); err == nil || !strings.Contains(err.Error(), "sib200_ban") {
		t.Errorf("error %v, want one that names the set with another sentence", err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "topics")); err != nil {
		t.Fatal(err)
	}
	if _, err := readLanguages(dir); err == nil {
		t.Error("no error without sentences in order or news")
	}
}
