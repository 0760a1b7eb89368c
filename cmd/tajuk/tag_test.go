package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/model"
)

// jsonAnswer is the contract's object. Decoding refuses any other key.
type jsonAnswer struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	Topics  []struct {
		Topic      string  `json:"topic"`
		Confidence float64 `json:"confidence"`
		Threshold  float64 `json:"threshold"`
		Assigned   bool    `json:"assigned"`
		Evidence   []struct {
			Term  string  `json:"term"`
			Value float64 `json:"value"`
			Spans []struct {
				Field string `json:"field"`
				Start int    `json:"start"`
				End   int    `json:"end"`
			} `json:"spans"`
		} `json:"evidence"`
	} `json:"topics"`
	Notices []struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"notices"`
	ModelVersion string `json:"model_version"`
}

// tagJSON runs tag and decodes its answers.
func tagJSON(t *testing.T, stdin string, args ...string) (answers []jsonAnswer) {
	t.Helper()
	var out, talk bytes.Buffer
	args = append([]string{"tag", "--output", "jsonl", "--model", "desk.tajuk"}, args...)
	if code := run(t.Context(), args, strings.NewReader(stdin), &out, &talk, noEnv); code != exitDone {
		t.Fatalf("exit code %d: %s", code, &talk)
	}
	for line := range strings.Lines(out.String()) {
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		var a jsonAnswer
		if err := d.Decode(&a); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		answers = append(answers, a)
	}
	return answers
}

func desk(t *testing.T) *classifier.Classifier {
	t.Helper()
	data, err := deskModel()
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestTagEqualsEngine: what is printed reads back as the engine's numbers, to the last bit.
func TestTagEqualsEngine(t *testing.T) {
	inNewsroom(t)
	c := desk(t)
	tagger, topics := c.NewTagger(), c.Model().Manifest.Topics
	answers := tagJSON(t, "", "--all", "--explain", "multi.jsonl")
	i := 0
	for rec, err := range corpus.Read(t.Context(), []string{"multi.jsonl"}, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		var p classifier.Prediction
		tagger.Tag(&rec.Document, &p)
		a := answers[i]
		i++
		if a.ID != rec.ID || a.Outcome != p.Outcome.String() || a.ModelVersion != c.Version() || len(a.Topics) != len(topics) {
			t.Fatalf("%+v is not the answer for %s", a, rec.ID)
		}
		for j, got := range a.Topics {
			want := p.Topics[j]
			if got.Topic != topics[want.Topic].ID || got.Confidence != want.Confidence || got.Threshold != want.Threshold || got.Assigned != want.Assigned {
				t.Errorf("%s: %+v, want %+v", rec.ID, got, want)
			}
			sum := 0.0
			for _, e := range got.Evidence {
				sum += e.Value
				for _, s := range e.Spans {
					field := map[string]string{"title": rec.Title, "text": rec.Text}[s.Field]
					if s.Start >= s.End || s.End > len(field) {
						t.Errorf("%s: span %+v is outside %q", rec.ID, s, field)
					}
				}
			}
			bias := c.Model().Bias[want.Topic]
			if math.Abs(sum+bias-want.Score) > 1e-9 {
				t.Errorf("%s: evidence of %s adds up to %v, the score is %v", rec.ID, got.Topic, sum+bias, want.Score)
			}
		}
	}
	if i != len(answers) || i == 0 {
		t.Errorf("%d answers to %d articles", len(answers), i)
	}
}

func TestTagOddIDs(t *testing.T) {
	inNewsroom(t)
	for _, id := range []string{"\"quoted\"", "tab\there", "baris\nbaru", "\u2028", "é/😀", "\\", "\x01"} {
		text, _ := json.Marshal(map[string]string{"id": id, "text": "gol pemain klub liga"})
		if a := tagJSON(t, string(text)); len(a) != 1 || a[0].ID != id {
			t.Errorf("id %q came back as %+v", id, a)
		}
	}
}

// TestTagStopsCleanly: an answer is passed on while more input is awaited, and an interrupt
// ends the run with whole lines only.
func TestTagStopsCleanly(t *testing.T) {
	inNewsroom(t)
	for _, jobs := range []string{"1", "3"} {
		ctx, interrupt := context.WithCancel(t.Context())
		in, feed := io.Pipe()
		out := &watched{text: "\n", then: interrupt}
		talk := &watched{}
		go fmt.Fprint(feed, `{"id":"first","text":"gol pemain klub liga"}`+"\n"+`{"id":"half`)
		code := run(ctx, []string{"tag", "--model", "desk.tajuk", "--output", "jsonl", "--format", "jsonl", "--jobs", jobs}, in, out, talk, noEnv)
		if code != exitFailed || talk.String() != "tajuk: error: interrupted\n" {
			t.Errorf("jobs %s: exit code %d: %q", jobs, code, talk.String())
		}
		if got := out.String(); strings.Count(got, "\n") != 1 || !strings.HasSuffix(got, "}\n") || !strings.Contains(got, "first") {
			t.Errorf("jobs %s: output %q", jobs, got)
		}
		feed.Close()
	}
}

func TestPrintable(t *testing.T) {
	if got := printable("a\x1b[31m\u009bé\n"); got != "a\uFFFD[31m\uFFFDé\uFFFD" {
		t.Errorf("%q", got)
	}
}

// BenchmarkTag is the whole command on one core; bytes are those of the input.
func BenchmarkTag(b *testing.B) {
	var in bytes.Buffer
	for i := range 2000 {
		text := strings.Repeat("Pelatih memuji penyerang muda yang mencetak gol pada pertandingan liga di Jakarta, kata wartawan. ", 20)
		fmt.Fprintf(&in, `{"id":"a%d","title":"Klub menang","text":%q}`+"\n", i, text)
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if code := run(b.Context(), []string{"tag", "--jobs", "1", "--output", "jsonl"}, bytes.NewReader(in.Bytes()), io.Discard, io.Discard, noEnv); code != 0 {
			b.Fatal("exit code", code)
		}
	}
}
