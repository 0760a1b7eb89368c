package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// numbers is a stage that doubles 0..n-1, taking a random time over each.
func numbers(n int, sink func(*[]int) error) stage[int, []int] {
	return stage[int, []int]{
		source: func(ctx context.Context, _ func()) iter.Seq[int] {
			return func(yield func(int) bool) {
				for i := range n {
					if ctx.Err() != nil || !yield(i) {
						return
					}
				}
			}
		},
		weight: func(i int) int { return i % 7 * portionWeight / 20 },
		worker: func() func(int, *[]int) {
			return func(i int, out *[]int) {
				if rand.IntN(50) == 0 {
					runtime.Gosched()
				}
				*out = append(*out, 2*i)
			}
		},
		sink:  sink,
		flush: func() {},
	}
}

func TestStageKeepsOrder(t *testing.T) {
	for _, jobs := range []int{1, 2, 3, 16} {
		for _, n := range []int{0, 1, portionItems, 10_000} {
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
				if err := s.run(t.Context(), jobs); err != nil || next != n {
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
		if err := s.run(t.Context(), jobs); !errors.Is(err, full) || calls != 3 {
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
		endless := s.source
		s.source = func(ctx context.Context, idle func()) iter.Seq[int] {
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
		if err := s.run(ctx, jobs); err != nil || read != delivered || read < 1000 {
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
	s.worker = func() func(int, *[]int) {
		return func(i int, out *[]int) { read.Add(1); *out = append(*out, i) }
	}
	if err := s.run(t.Context(), jobs); err != nil {
		t.Fatal(err)
	}
	if limit := int64(portionsAJob * jobs * portionItems); most > limit {
		t.Errorf("%d items in memory, more than %d", most, limit)
	}
}

// TestIdle: while input is awaited, what is ready is passed on; for any number of jobs.
func TestIdle(t *testing.T) {
	for _, jobs := range []int{1, 4} {
		t.Run(fmt.Sprint(jobs), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in, feed := io.Pipe()
				var flushed atomic.Int64
				s := stage[string, []string]{
					source: func(ctx context.Context, idle func()) iter.Seq[string] {
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
					weight: func(s string) int { return len(s) },
					worker: func() func(string, *[]string) { return func(s string, out *[]string) { *out = append(*out, s) } },
					sink:   func(out *[]string) error { *out = (*out)[:0]; return nil },
					flush:  func() { flushed.Add(1) },
				}
				done := make(chan error)
				go func() { done <- s.run(t.Context(), jobs) }()
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
