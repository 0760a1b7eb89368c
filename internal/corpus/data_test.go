package corpus

import (
	"context"
	"testing"

	"github.com/tajuk/tajuk/internal/sharedtest"
)

// TestRealData reads sets of known size: every record, and none refused.
func TestRealData(t *testing.T) {
	for set, want := range map[string]int{
		"topics": 3280 + 239, "indonesian_news": 2052 + 495, "sib200_ind": 701 + 204 + 99,
	} {
		t.Run(set, func(t *testing.T) {
			n := 0
			for r, err := range Read(context.Background(), []string{sharedtest.Path(t, "data/"+set)}, Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Labels) == 0 && set != "topics" || r.ID == "" {
					t.Errorf("%s has id %q and labels %q", r.Place(), r.ID, r.Labels)
				}
				n++
			}
			if n != want {
				t.Errorf("%d records, want %d", n, want)
			}
		})
	}
}
