package feedback_test

import (
	"context"
	"fmt"
	"os"

	"github.com/tajuk/tajuk/internal/feedback"
)

// A correction that is sent twice is stored once.
func Example() {
	dir, err := os.MkdirTemp("", "feedback")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	kept, report, err := feedback.Open(dir, feedback.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer kept.Close()
	fmt.Println(report.Entries, "corrections so far")
	for range 2 {
		id, _, err := kept.Append(context.Background(), feedback.Entry{
			RequestID: "7f3a", DocumentID: "a1", Text: "Kapal itu berlabuh.", Labels: []string{"transport"},
		})
		fmt.Println(feedback.FormatID(id), err)
	}
	entries, more, err := kept.List(0, 10, 1<<20)
	fmt.Println(len(entries), entries[0].Labels, more, err)
	// Output:
	// 0 corrections so far
	// fb-0000000001 <nil>
	// fb-0000000001 <nil>
	// 1 [transport] false <nil>
}
