package main

import (
	"fmt"
	"io"

	"github.com/tajuk/tajuk/classifier"
)

// printComparison says in words how the second model differs from the first.
func printComparison(w io.Writer, r *classifier.ComparisonReport) error {
	_, err := fmt.Fprintf(w, `
compared with %s, on the same %s
micro F1  %s
macro F1  %s
just right  %d by %s alone, %d by %s alone (McNemar p %.4f)
`, r.B, count(r.Documents, "article"), better(r.Micro), better(r.Macro), r.OnlyA, r.A, r.OnlyB, r.B, r.P)
	return err
}

// better is a difference with its interval.
func better(d classifier.Difference) string {
	verdict := "no clear difference"
	switch {
	case d.Low > 0:
		verdict = "better"
	case d.High < 0:
		verdict = "worse"
	}
	return fmt.Sprintf("%+.4f, 95 %% interval %+.4f to %+.4f: %s", d.Mean, d.Low, d.High, verdict)
}
