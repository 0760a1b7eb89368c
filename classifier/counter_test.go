package classifier

import (
	"testing"

	"github.com/tajuk/tajuk/text"
)

// TestCounterCountsAsBags: a Counter gives the sums of the documents' bags, whatever is counted before.
func TestCounterCountsAsBags(t *testing.T) {
	for _, config := range []text.Config{text.DefaultConfig(), {Version: text.AnalysisVersion, Language: "none", Stemmer: "none"}} {
		w, bagger := newWriter(21), NewBagger(config)
		counter, want := NewCounter(config), NewCounts(config)
		sameCounts(t, "nothing", counter.Counts(), want)
		for i := range 200 {
			doc := w.document()
			for range w.IntN(4) { // also one label twice
				doc.Labels = append(doc.Labels, []string{"cuaca", "ekonomi", "kesehatan", "a"}[w.IntN(4)])
			}
			bag := bagger.Bag(doc)
			want.Add(&bag)
			counter.Add(doc)
			if i%50 == 49 {
				sameCounts(t, "counted", counter.Counts(), want)
			}
		}
	}
}

// TestCounterParts: documents dealt to several Counters add up to the same.
func TestCounterParts(t *testing.T) {
	config := text.DefaultConfig()
	parts, whole := []*Counter{NewCounter(config), NewCounter(config), NewCounter(config)}, NewCounter(config)
	for i := range articles {
		parts[i%3].Add(&articles[i])
		whole.Add(&articles[i])
	}
	sum := NewCounts(config)
	for _, p := range parts {
		if err := sum.Merge(p.Counts()); err != nil {
			t.Fatal(err)
		}
	}
	sameCounts(t, "parts", sum, whole.Counts())
}

// BenchmarkCount counts an article.
func BenchmarkCount(b *testing.B) {
	doc := benchDocument()
	doc.Labels = []string{"environment", "transport"}
	counter := NewCounter(text.DefaultConfig())
	b.SetBytes(int64(len(doc.Title) + len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		counter.Add(doc)
	}
}
