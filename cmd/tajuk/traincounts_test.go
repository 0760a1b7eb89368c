package main

import (
	"bytes"
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/internal/sharedtest"
	"github.com/tajuk/tajuk/model"
)

// runFine runs a command line that must end well.
func runFine(t *testing.T, args ...string) []byte {
	t.Helper()
	var out, talk bytes.Buffer
	if code := run(context.Background(), args, nil, &out, &talk, noEnv); code != 0 {
		t.Fatalf("%q: exit code %d: %s", args, code, &talk)
	}
	return out.Bytes()
}

// sameWeights trains on articles and on their counts, added up of two parts, and compares all that scores are made of.
func sameWeights(t *testing.T, parts [2]string, flags ...string) {
	t.Helper()
	dir := t.TempDir()
	counts := make([]string, len(parts))
	for i, part := range parts {
		counts[i] = filepath.Join(dir, string(rune('a'+i))+".counts")
		runFine(t, "count", part, "--out", counts[i], "--jobs", "2")
	}
	train := func(name string, data ...string) *model.Model {
		out := filepath.Join(dir, name)
		runFine(t, slices.Concat([]string{"train"}, data, flags, []string{"--out", out, "--folds", "2"})...)
		m, err := model.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	articles, counted := train("articles.tajuk", parts[:]...), train("counts.tajuk", counts...)
	if articles.Terms.Len() < 20 {
		t.Fatalf("%d terms: too few to tell anything", articles.Terms.Len())
	}
	for _, part := range []struct {
		name      string
		got, want any
	}{
		{"terms", counted.Terms, articles.Terms},
		{"forms", counted.Forms, articles.Forms},
		{"terms of forms", counted.FormTerm, articles.FormTerm},
		{"rows", counted.RowStart, articles.RowStart},
		{"topics of rows", counted.RowTopic, articles.RowTopic},
		{"weights", counted.RowWeight, articles.RowWeight},
		{"bias", counted.Bias, articles.Bias},
		{"topics", counted.Manifest.Topics, articles.Manifest.Topics},
		{"task", counted.Manifest.Task, articles.Manifest.Task},
		{"articles", counted.Manifest.Documents, articles.Manifest.Documents},
	} {
		if !reflect.DeepEqual(part.got, part.want) {
			t.Errorf("%q: %s differ", flags, part.name)
		}
	}
}

// TestTrainFromCounts: weights from counts are those from articles, to the last bit.
func TestTrainFromCounts(t *testing.T) {
	inNewsroom(t)
	for _, learner := range []string{"nb", "cnb", "nbs"} {
		sameWeights(t, [2]string{"labelled.jsonl", "labelled.jsonl"}, "--learner", learner)
		sameWeights(t, [2]string{"multi.jsonl", "labelled.jsonl"}, "--learner", learner, "--topics", "topics.yaml")
	}
}

// TestTrainFromCountsOfNews does on real articles.
func TestTrainFromCountsOfNews(t *testing.T) {
	data := sharedtest.Path(t, "data")
	parts := [2]string{filepath.Join(data, "topics", "dev.jsonl.gz"), filepath.Join(data, "ekonomi_multilabel", "test.jsonl.gz")}
	for _, learner := range []string{"nb", "cnb"} {
		sameWeights(t, parts, "--learner", learner)
	}
}
