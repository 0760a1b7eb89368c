package ordered_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/tajuk/tajuk/internal/ordered"
)

// numbers is a stage that doubles 0..n-1, taking a random time over each.
func numbers(n int, sink func(*[]int) error) ordered.Stage[int, []int] {
	return ordered.Stage[int, []int]{
		Source: func(ctx context.Context, _ func()) iter.Seq[int] {
			return func(yield func(int) bool) {
				for i := range n {
					if ctx.Err() != nil || !yield(i) {
						return
					}
				}
			}
		},
		Weight: func(i int) int { return i % 7 * ordered.PortionWeight / 20 },
		Worker: func() func(int, *[]int) {
			return func(i int, out *[]int) {
				if rand.IntN(50) == 0 {
					runtime.Gosched()
				}
				*out = append(*out, 2*i)
			}
		},
		Sink:  sink,
		Flush: func() {},
	}
}

func TestStageKeepsOrder(t *testing.T) {
	for _, jobs := range []int{1, 2, 3, 16} {
		for _, n := range []int{0, 1, ordered.PortionItems, 10_000} {
			t.Run(fmt.Sprintf("jobs=%d,n=%d", jobs, n), func(t *testing.T) {
				next := 0
				s := numbers(n, func(out *[]int) error {
					for _, x := range *out {
						if x != 2*next {
							t.Fatalf("got %d in place of %d", x, 2*next)
						}
						next++
					}
					*out = (*out)[:0]
					return nil
				})
				if err := s.Run(t.Context(), jobs); err != nil || next != n {
					t.Errorf("%d of %d delivered, error %v", next, n, err)
				}
			})
		}
	}
}

func TestStageStopsWhenSinkFails(t *testing.T) {
	full := errors.New("disk full")
	for _, jobs := range []int{1, 4} {
		calls := 0
		s := numbers(1<<62, func(out *[]int) error { // ends only if told to
			if calls++; calls == 3 {
				return full
			}
			*out = (*out)[:0]
			return nil
		})
		if err := s.Run(t.Context(), jobs); !errors.Is(err, full) || calls != 3 {
			t.Errorf("jobs %d: error %v after %d calls", jobs, err, calls)
		}
	}
}

// TestStageDeliversWhatWasRead: when its context ends, everything read so far comes out.
func TestStageDeliversWhatWasRead(t *testing.T) {
	for _, jobs := range []int{1, 4} {
		ctx, cancel := context.WithCancel(t.Context())
		read, delivered := 0, 0
		s := numbers(1<<62, func(out *[]int) error {
			delivered += len(*out)
			*out = (*out)[:0]
			return nil
		})
		endless := s.Source
		s.Source = func(ctx context.Context, idle func()) iter.Seq[int] {
			return func(yield func(int) bool) {
				for i := range endless(ctx, idle) {
					if read++; read == 1000 {
						cancel()
					}
					if !yield(i) {
						return
					}
				}
			}
		}
		if err := s.Run(ctx, jobs); err != nil || read != delivered || read < 1000 {
			t.Errorf("jobs %d: %d read, %d delivered, error %v", jobs, read, delivered, err)
		}
	}
}

// TestStageMemory: reading waits for a slow sink.
func TestStageMemory(t *testing.T) {
	const jobs = 3
	var read, delivered atomic.Int64
	most := int64(0)
	s := numbers(20_000, func(out *[]int) error {
		most = max(most, read.Load()-delivered.Load())
		delivered.Add(int64(len(*out)))
		*out = (*out)[:0]
		return nil
	})
	s.Worker = func() func(int, *[]int) {
		return func(i int, out *[]int) { read.Add(1); *out = append(*out, i) }
	}
	if err := s.Run(t.Context(), jobs); err != nil {
		t.Fatal(err)
	}
	if limit := int64(3 * jobs * ordered.PortionItems); most > limit {
		t.Errorf("%d items in memory, more than %d", most, limit)
	}
}
