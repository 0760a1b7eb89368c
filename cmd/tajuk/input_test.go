package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tajuk/tajuk/internal/ordered"
)

// TestIdle: while input is awaited, what is ready is passed on; for any number of jobs.
func TestIdle(t *testing.T) {
	for _, jobs := range []int{1, 4} {
		t.Run(fmt.Sprint(jobs), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in, feed := io.Pipe()
				var flushed atomic.Int64
				s := ordered.Stage[string, []string]{
					Source: func(ctx context.Context, idle func()) iter.Seq[string] {
						r := newWaiting(ctx, in, idle)
						return func(yield func(string) bool) {
							buf := make([]byte, 100)
							for {
								n, err := r.Read(buf)
								if err != nil || !yield(string(buf[:n])) {
									return
								}
							}
						}
					},
					Weight: func(s string) int { return len(s) },
					Worker: func() func(string, *[]string) { return func(s string, out *[]string) { *out = append(*out, s) } },
					Sink:   func(out *[]string) error { *out = (*out)[:0]; return nil },
					Flush:  func() { flushed.Add(1) },
				}
				done := make(chan error)
				go func() { done <- s.Run(t.Context(), jobs) }()
				for range 3 {
					fmt.Fprint(feed, "a line\n")
					before := flushed.Load()
					time.Sleep(2 * idleAfter)
					synctest.Wait()
					if flushed.Load() == before {
						t.Error("nothing was passed on while waiting")
					}
				}
				feed.Close()
				if err := <-done; err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// TestWaitingEnds: a reader that waits for input that never comes ends with its context.
func TestWaitingEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, feed := io.Pipe()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := newWaiting(ctx, in, func() {}).Read(make([]byte, 10))
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v", err)
		}
		feed.Close() // lets the abandoned read end
	})
}

func TestWaitingDeliversEverything(t *testing.T) {
	text := strings.Repeat("kata demi kata\n", 100_000)
	got, err := io.ReadAll(newWaiting(t.Context(), strings.NewReader(text), func() {}))
	if err != nil || string(got) != text {
		t.Errorf("%d of %d bytes, error %v", len(got), len(text), err)
	}
	broken := errors.New("cable pulled")
	r := io.MultiReader(strings.NewReader("a"), errorReader{broken})
	if got, err := io.ReadAll(newWaiting(t.Context(), r, func() {})); !errors.Is(err, broken) || string(got) != "a" {
		t.Errorf("%q, error %v", got, err)
	}
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }
