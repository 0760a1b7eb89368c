package builtin

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/sharedtest"
)

func load(t testing.TB) *classifier.Classifier {
	t.Helper()
	m, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLoad: the model is the one of topics.yaml, topic by topic.
func TestLoad(t *testing.T) {
	topics, err := corpus.ReadTopics("../../training-data/topics.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f := load(t).Model().Manifest
	if f.Name != Name || f.Task != classifier.Multi || f.Version == "" || f.Created != "" || f.Documents < 1000 {
		t.Errorf("manifest %q@%q, task %q, created %q, %d documents", f.Name, f.Version, f.Task, f.Created, f.Documents)
	}
	if len(f.Topics) != len(topics) {
		t.Fatalf("%d topics, topics.yaml has %d", len(f.Topics), len(topics))
	}
	for k, topic := range topics {
		got := f.Topics[k]
		if got.ID != topic.ID || got.Name["id"] != topic.Name["id"] || got.Parent != topic.Parent || got.IPTC != topic.IPTC {
			t.Errorf("topic %d is %+v, want %+v", k, got, topic)
		}
		if got.Documents < 25 {
			t.Errorf("topic %q has %d articles, fewer than 25", got.ID, got.Documents)
		}
	}
}

// The least F1 that the model must reach on the articles that two people labelled.
const (
	leastMicroF1 = 0.76
	leastMacroF1 = 0.74
)

// TestGold measures the model on articles that it was never trained on.
func TestGold(t *testing.T) {
	path := sharedtest.Path(t, "data", "topics/dev.jsonl.gz")
	c := load(t)
	eval, tagger, p := classifier.NewEvaluation(c), c.NewTagger(), classifier.Prediction{}
	for rec, err := range corpus.Read(context.Background(), []string{path}, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		tagger.Tag(&rec.Document, &p)
		if err := eval.Add(&rec.Document, &p); err != nil {
			if _, ok := errors.AsType[*classifier.UnknownTopicError](err); !ok {
				t.Fatal(err)
			}
			t.Error(err)
		}
	}
	r := eval.Report()
	t.Logf("%d articles: micro-F1 %.3f, macro-F1 %.3f, accuracy %.3f, ECE %.3f (pairs %.4f), log loss %.4f, abstained %d, no topic %d",
		r.Documents, r.Micro.F1, r.Macro.F1, r.Accuracy, r.ECE, r.ECEPairs, r.LogLoss, r.Abstained, r.NoTopic)
	if r.Documents < 200 {
		t.Errorf("%d articles, fewer than 200", r.Documents)
	}
	if r.Micro.F1 < leastMicroF1 || r.Macro.F1 < leastMacroF1 {
		t.Errorf("micro-F1 %.3f and macro-F1 %.3f, want at least %v and %v", r.Micro.F1, r.Macro.F1, leastMicroF1, leastMacroF1)
	}
}

// TestPage tags a page pasted with all its furniture, about the armed forces of two states
// meeting in the air: a matter between states first, military second, and nothing of what only the
// page around it speaks of.
func TestPage(t *testing.T) {
	page, err := os.ReadFile(sharedtest.Path(t, "data", "pages/kompas-2020-12-30-rusia-china.txt"))
	if err != nil {
		t.Fatal(err)
	}
	c, p := load(t), classifier.Prediction{}
	c.NewTagger().Tag(&classifier.Document{Text: string(page)}, &p)
	var assigned []string
	for i, s := range p.Topics {
		id := c.Model().Manifest.Topics[s.Topic].ID
		if i < 6 {
			t.Logf("%-12s confidence %.3f, threshold %.3f", id, s.Confidence, s.Threshold)
		}
		if s.Assigned {
			assigned = append(assigned, id)
		}
	}
	if len(assigned) < 2 || assigned[0] != "diplomacy" || assigned[1] != "military" {
		t.Errorf("assigned %q, want diplomacy first, military second", assigned)
	}
	for _, id := range []string{"covid-19", "health", "crime", "religion", "society", "sport", "politics"} {
		if slices.Contains(assigned, id) {
			t.Errorf("%q is assigned", id)
		}
	}
}

// TestOwnArticle: the model answers without any data but its own.
func TestOwnArticle(t *testing.T) {
	c, p := load(t), classifier.Prediction{}
	c.NewTagger().Tag(&classifier.Document{
		Title: "Gol di menit akhir membawa tim tamu ke final",
		Text: "Tim tamu memastikan tempat di final setelah menang 2-1. Penyerang muda mencetak gol kemenangan pada menit ke-89, " +
			"dan kiper menggagalkan tendangan penalti tuan rumah. Pelatih memuji kerja keras para pemain sepanjang pertandingan liga ini.",
	}, &p)
	if id := c.Model().Manifest.Topics[p.Topics[0].Topic].ID; p.Outcome != classifier.Tagged || id != "football" && id != "sport" {
		t.Errorf("%v, first topic %q", p.Outcome, id)
	}
}

// BenchmarkLoad is the cost of a start: verify every byte, decode, prepare for tagging.
func BenchmarkLoad(b *testing.B) {
	b.SetBytes(int64(len(file)))
	b.ReportAllocs()
	for b.Loop() {
		load(b)
	}
}
