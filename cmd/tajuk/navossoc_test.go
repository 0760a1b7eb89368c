package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/navossoc"
	"github.com/tajuk/tajuk/internal/sharedtest"
	"github.com/tajuk/tajuk/text"
)

// TestImportNavossoc: an imported model's confidences are the posterior probabilities of multinomial
// naive Bayes with one added to each count and equal priors, worked out here from savedGob by hand.
func TestImportNavossoc(t *testing.T) {
	saved, err := navossoc.Read(bytes.NewReader(savedGob()))
	if err != nil {
		t.Fatal(err)
	}
	m, notes, err := importNavossoc(saved, classifier.TrainOptions{Text: text.DefaultConfig()})
	if err != nil || len(notes) > 0 {
		t.Fatal(notes, err)
	}
	c, err := classifier.New(m)
	if err != nil {
		t.Fatal(err)
	}
	const vocabulary = 6 // kapal, perang, tentara, kapten, gol, liga
	militer, olahraga := 11+vocabulary, 6+vocabulary
	for _, test := range []struct {
		text              string
		militer, olahraga float64 // product of count+1 over the words
	}{
		{"gol kapten", 1 * 2, 4 * 2},
		{"kapal perang", 5 * 4, 1 * 1},
		{"kapten kapten kapten", 2 * 2 * 2, 2 * 2 * 2},
	} {
		n := float64(len(strings.Fields(test.text)))
		a := test.militer / math.Pow(float64(militer), n)
		b := test.olahraga / math.Pow(float64(olahraga), n)
		var p classifier.Prediction
		c.NewTagger().Tag(&classifier.Document{Text: test.text}, &p)
		if p.Outcome != classifier.Tagged || len(p.Topics) != 2 {
			t.Fatalf("%q: %+v", test.text, p)
		}
		for _, k := range p.Topics {
			want := a / (a + b)
			if m.Manifest.Topics[k.Topic].ID == "olahraga" {
				want = b / (a + b)
			}
			if math.Abs(k.Confidence-want) > 1e-5 { // weights are stored as float32
				t.Errorf("%q: %s has %v, want %v", test.text, m.Manifest.Topics[k.Topic].ID, k.Confidence, want)
			}
		}
	}
}

// TestCountForms: words are folded as our text analysis reads them, their counts added up, and
// what changed is said.
func TestCountForms(t *testing.T) {
	forms, notes := countForms(navossoc.ClassCounts{Class: "c", Words: map[string]float64{
		"Kapal,": 2, "kapal": 3, "—": 4, "kapal selam": 1, "nol": 0.2,
	}})
	bag := classifier.NewBag("", forms, nil)
	want := []classifier.FormCount{{Form: "kapal", Body: 6}, {Form: "selam", Body: 1}}
	if len(bag.Forms) != len(want) || bag.Forms[0] != want[0] || bag.Forms[1] != want[1] {
		t.Errorf("%+v, want %+v", bag.Forms, want)
	}
	for i, part := range []string{"estimates", "2 words were read in another form", "2 words were left out"} {
		if len(notes) != 3 || !strings.Contains(notes[i], part) {
			t.Errorf("notes %q, want %q in number %d", notes, part, i)
		}
	}
	if _, notes := countForms(navossoc.ClassCounts{Words: map[string]float64{"kapal": 3}, Exact: true}); len(notes) > 0 {
		t.Errorf("notes %q on a word that came over as it was", notes)
	}
}

// TestNavossocScores compares what is printed with what the library itself said of two classifiers.
// The documents without words are left out: an empty article is a bad record.
func TestNavossocScores(t *testing.T) {
	for _, name := range []string{"counts", "tfidf"} {
		t.Run(name, func(t *testing.T) {
			folder := sharedFixtures(t)
			want := readScores(t, filepath.Join(folder, name+".json"))
			var in, out, talk bytes.Buffer
			for i, row := range want.Rows {
				line, _ := json.Marshal(map[string]string{"id": fmt.Sprint(i), "text": strings.Join(row.Document, " ")})
				in.Write(append(line, '\n'))
			}
			args := []string{"tag", "--navossoc-scores", filepath.Join(folder, name+".gob"), "--format", "jsonl"}
			if code := run(t.Context(), args, &in, &out, &talk, noEnv); code != exitDone {
				t.Fatalf("exit code %d: %s", code, &talk)
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
			if len(lines) != len(want.Rows)*len(want.Classes) || len(lines) == 0 {
				t.Fatalf("%d lines for %d documents", len(lines), len(want.Rows))
			}
			for i, line := range lines {
				row, k := want.Rows[i/len(want.Classes)], i%len(want.Classes)
				cells := strings.Split(line, "\t")
				score, err := strconv.ParseFloat(cells[2], 64)
				if err != nil || cells[1] != want.Classes[k] || cells[3] != strconv.FormatBool(k == row.Best) ||
					math.Abs(score-row.LogScores[k]) > 1e-9 {
					t.Errorf("%q, want %v, best %d", line, row.LogScores, row.Best)
				}
			}
		})
	}
}

// sharedFixtures is the folder of what the library wrote; without it the test is skipped.
func sharedFixtures(t *testing.T) string {
	t.Helper()
	return sharedtest.Path(t, "fixtures", "navossoc")
}

type wantedScores struct {
	Classes []string
	Rows    []struct {
		Document  []string
		LogScores []float64 `json:"log_scores"`
		Best      int
	}
}

func readScores(t *testing.T, path string) (want wantedScores) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(regexp.MustCompile(`"(NaN|-?Inf)"`).ReplaceAll(data, []byte("null")), &want); err != nil {
		t.Fatal(err)
	}
	rows := want.Rows[:0]
	for _, r := range want.Rows {
		if len(r.Document) > 0 {
			rows = append(rows, r)
		}
	}
	want.Rows = rows
	return want
}
