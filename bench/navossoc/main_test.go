package main

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/sharedtest"
)

const articles = `{"id":"1","title":"Gol","text":"kiper, gol!","labels":["bola"]}
{"id":"2","text":"saham naik","labels":["pasar"]}
{"id":"3","text":"saham","labels":["pasar"]}
`

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// trained is the file of a classifier that learned the articles.
func trained(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "model")
	if err := run([]string{"train", "--model", path, write(t, "train.jsonl", articles)}, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// predicted answers for one article.
func predicted(t *testing.T, text string, flags ...string) answer {
	t.Helper()
	line, err := json.Marshal(map[string]string{"id": "x", "text": text})
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{"predict", "--model", trained(t)}, flags...)
	var out bytes.Buffer
	if err := run(append(args, write(t, "test.jsonl", string(line)+"\n")), &out); err != nil {
		t.Fatal(err)
	}
	var a answer
	if err := json.Unmarshal(out.Bytes(), &a); err != nil {
		t.Fatalf("%v in %s", err, &out)
	}
	return a
}

// TestWords has the cases of Tokens in bench/peers/test_data.py.
func TestWords(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"Harga Beras", "naik 5,2 persen!\n", "harga beras naik 5 2 persen"},
		{"", "Covid-19 di snake_case", "covid 19 di snake_case"},
		{"ÉCOLE", "10² ½ naïve é", "école 10² ½ naïve é"},
		{"a", "…", "a"},
	} {
		rec := &corpus.Record{Document: classifier.Document{Title: c.title, Text: c.text}}
		if got := strings.Join(words(rec), " "); got != c.want {
			t.Errorf("%q, %q: got %q, want %q", c.title, c.text, got, c.want)
		}
	}
}

// TestConfidence: of six words learned three are of bola, gol twice and kiper once.
func TestConfidence(t *testing.T) {
	const unseen = 1e-11
	bola, pasar := 3.0/6*2/3*1/3, 3.0/6*unseen*unseen
	a := predicted(t, "Gol kiper")
	if a.ID != "x" || len(a.Topics) != 2 || a.Topics[0].Topic != "bola" || !a.Topics[0].Assigned || a.Topics[1].Assigned {
		t.Fatalf("got %+v", a)
	}
	for i, want := range []float64{bola / (bola + pasar), pasar / (bola + pasar)} {
		if got := a.Topics[i].Confidence; got == nil || math.Abs(*got-want) > 1e-12*want {
			t.Errorf("%s: got %v, want %v", a.Topics[i].Topic, got, want)
		}
	}
}

// TestUnderflow: forty words of one class and forty-one of the other are too many for
// the probabilities, and the log scores still answer.
func TestUnderflow(t *testing.T) {
	a := predicted(t, strings.Repeat("gol ", 40)+strings.Repeat("saham ", 41))
	if a.Topics[0].Topic != "pasar" || !a.Topics[0].Assigned {
		t.Errorf("got %+v, want pasar", a.Topics)
	}
	for _, k := range a.Topics {
		if k.Confidence != nil {
			t.Errorf("%s: confidence %v, want none", k.Topic, *k.Confidence)
		}
	}
}

func TestTop(t *testing.T) {
	if a := predicted(t, "saham", "--top"); len(a.Topics) != 1 || a.Topics[0].Topic != "pasar" {
		t.Errorf("got %+v, want pasar alone", a.Topics)
	}
}

func TestFile(t *testing.T) {
	got := decoded(t, trained(t))
	want := serializableClassifier{Classes: []Class{"bola", "pasar"}, Learned: 3, Datas: map[Class]*classData{
		"bola":  {Freqs: map[string]float64{"gol": 2, "kiper": 1}, FreqTfs: map[string][]float64{}, Total: 3},
		"pasar": {Freqs: map[string]float64{"saham": 2, "naik": 1}, FreqTfs: map[string][]float64{}, Total: 3},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestFileOfTheLibrary: learning what the library learned gives the file that it saved.
func TestFileOfTheLibrary(t *testing.T) {
	folder := sharedtest.Path(t, "fixtures", "navossoc")
	raw := sharedtest.Read(t, "fixtures", "navossoc", "counts.json")
	var fixture struct{ Training map[Class][]string }
	if err := json.Unmarshal(raw, &fixture); err != nil {
		t.Fatal(err)
	}
	got := serializableClassifier{Datas: map[Class]*classData{}}
	for class, texts := range fixture.Training {
		for _, text := range texts {
			got.learn(class, strings.Fields(text))
		}
	}
	want := decoded(t, filepath.Join(folder, "counts.gob"))
	slices.Sort(got.Classes)
	slices.Sort(want.Classes)
	want.Seen = 0 // articles that were scored before it was saved
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func decoded(t *testing.T, path string) (c serializableClassifier) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, []byte("serializableClassifier")) {
		t.Errorf("%s does not name the library's struct", path)
	}
	if err := gob.NewDecoder(bytes.NewReader(raw)).Decode(&c); err != nil {
		t.Fatal(err)
	}
	for _, d := range c.Datas { // gob leaves empty maps out
		if d.FreqTfs == nil {
			d.FreqTfs = map[string][]float64{}
		}
	}
	return c
}

func TestErrors(t *testing.T) {
	out := filepath.Join(t.TempDir(), "model")
	both := write(t, "both.jsonl", articles+`{"id":"4","text":"gol","labels":["bola","pasar"]}`)
	alone := write(t, "alone.jsonl", `{"id":"1","text":"gol","labels":["bola"]}`)
	broken := write(t, "broken.jsonl", articles+"{\n")
	for _, c := range []struct {
		name string
		args []string
		want string
	}{
		{"nothing", nil, "usage: "},
		{"no model", []string{"train", alone}, "usage: "},
		{"no file", []string{"train", "--model", out}, "usage: "},
		{"other command", []string{"learn", "--model", out, alone}, "usage: "},
		{"two labels", []string{"train", "--model", out, both}, "both.jsonl:4: 2 labels"},
		{"one class", []string{"train", "--model", out, alone}, "alone.jsonl: 1 labels in all"},
		{"broken record", []string{"train", "--model", out, broken}, "broken.jsonl:4: "},
		{"missing articles", []string{"train", "--model", out, "missing.jsonl"}, "missing.jsonl"},
		{"missing model", []string{"predict", "--model", out, alone}, out},
		{"not a model", []string{"predict", "--model", alone, alone}, "alone.jsonl: read navossoc classifier: "},
		{"broken article", []string{"predict", "--model", trained(t), broken}, "broken.jsonl:4: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := run(c.args, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a failed training left a file")
	}
}
