package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestModelIsMadeOfTrainingData: the committed model is, byte for byte, what training-data gives.
func TestModelIsMadeOfTrainingData(t *testing.T) {
	if testing.Short() {
		t.Skip("trains the built-in model")
	}
	out := filepath.Join(t.TempDir(), "model.tajuk")
	if err := run([]string{"model", "../../../training-data", out}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../builtin.tajuk")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("training gives %d other bytes than the committed %d: run make model", len(got), len(want))
	}
}

// TestBagsAreOfArticles: bags are made of articles, without the words that one alone holds.
func TestBagsAreOfArticles(t *testing.T) {
	dir := t.TempDir()
	articles, out := filepath.Join(dir, "a.jsonl"), filepath.Join(dir, "bags.jsonl.zst")
	lines := `{"id":"2","text":"harga beras naik","labels":["ekonomi"]}
{"id":"1","text":"harga cabai naik naik","labels":["ekonomi","pangan"]}
`
	if err := os.WriteFile(articles, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"bags", articles, out}); err != nil {
		t.Fatal(err)
	}
	list, err := readBags(out)
	if err != nil || len(list) != 2 || list[0].ID != "1" || len(list[0].Labels) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	for _, b := range list {
		if len(b.Forms) != 2 || b.Forms[0].Form != "harga" || b.Forms[1].Form != "naik" {
			t.Errorf("bag %q holds %v, want harga and naik alone", b.ID, b.Forms)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{nil, {"bags"}, {"bags", "one"}, {"model", "one"}, {"languages", "one"}, {"languages", "no-such-folder", "out"}, {"zebra", "a", "b"}, {"model", "no-such-folder", "out"}} {
		if err := run(args); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
