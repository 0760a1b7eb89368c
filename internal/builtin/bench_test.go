package builtin

import (
	"context"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/sharedtest"
)

// BenchmarkNews tags a different real article each time, so that neither rows nor branches are
// still warm from the last one, as they are where one article is tagged again and again.
func BenchmarkNews(b *testing.B) {
	records, errs := corpus.ReadAll(context.Background(), []string{sharedtest.Path(b, "data", "indosum", "test.jsonl.gz")}, corpus.Options{})
	if len(errs) > 0 {
		b.Fatal(errs[0])
	}
	bytes := 0
	for _, r := range records {
		bytes += len(r.Title) + len(r.Text)
	}
	tagger, p := load(b).NewTagger(), classifier.Prediction{}
	b.SetBytes(int64(bytes / len(records)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		tagger.Tag(&records[i%len(records)].Document, &p)
	}
}
