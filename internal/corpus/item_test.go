package corpus

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outcome is what Read or Decode gives for one record.
type outcome struct {
	Place, Title, Date, Text, Err string
	Page                          bool
}

func outcomeOf(r *Record, err error) outcome {
	if err != nil {
		return outcome{Err: err.Error()}
	}
	return outcome{r.Place(), r.Title, r.Date, r.Text, "", r.Page}
}

// TestItems: decoded on many goroutines, in any order, items are what Read gives.
func TestItems(t *testing.T) {
	parts, _ := crawl()
	files := append(packedFiles(t), "empty.html", "<script>1</script>", "labels.jsonl", `{"text":"a","labels":[""]}`, "crawl.warc", strings.Join(parts, ""))
	content := tarred(t, files...)
	var want []outcome
	for r, err := range Read(t.Context(), []string{"-"}, Options{Stdin: strings.NewReader(content)}) {
		want = append(want, outcomeOf(r, err))
	}
	got := make([]outcome, len(want))
	var workers sync.WaitGroup
	n := 0
	for it, err := range Items(t.Context(), []string{"-"}, Options{Stdin: strings.NewReader(content)}) {
		i := n
		n++
		if err != nil {
			got[i] = outcomeOf(nil, err)
			continue
		}
		if it.Size() <= 0 {
			t.Errorf("item %d has size %d", i, it.Size())
		}
		workers.Go(func() { got[i] = outcomeOf(it.Decode()) })
	}
	workers.Wait()
	if diff := cmp.Diff(want, got); diff != "" || n != len(want) {
		t.Errorf("%d items, want %d: %s", n, len(want), diff)
	}
}
