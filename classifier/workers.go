package classifier

import (
	"runtime"

	"golang.org/x/sync/errgroup"
)

// workers is how many cores training may use; 0 is all.
type workers int

func (w workers) limit() int {
	if w > 0 {
		return int(w)
	}
	return runtime.GOMAXPROCS(0)
}

// each calls work for 0 to n-1, in no order, and waits.
func (w workers) each(n int, work func(i int)) {
	chunk := min(64, max(1, n/(8*w.limit()))) // few of heavy work, many of light
	var group errgroup.Group
	group.SetLimit(w.limit())
	for start := 0; start < n; start += chunk {
		group.Go(func() error {
			for i := start; i < min(start+chunk, n); i++ {
				work(i)
			}
			return nil
		})
	}
	_ = group.Wait() // no work returns an error
}
