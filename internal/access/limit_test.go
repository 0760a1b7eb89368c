package access

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestClientRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewClients(Limits{Rate: 2, Burst: 3})
		taken := func(name string) (n int) {
			for range 10 {
				if end, refused := c.Begin(name); refused == nil {
					end()
					n++
				} else if refused.Reason != RateLimited || refused.Retry <= 0 || refused.Retry > 500*time.Millisecond {
					t.Errorf("refused %+v", refused)
				}
			}
			return n
		}
		if n := taken("a"); n != 3 {
			t.Errorf("%d calls at once, want 3", n)
		}
		if n := taken("b"); n != 3 {
			t.Errorf("another caller: %d calls, want 3", n)
		}
		time.Sleep(time.Second)
		if n := taken("a"); n != 2 {
			t.Errorf("%d calls after a second, want 2: refusals must not count", n)
		}
	})
}

func TestClientCalls(t *testing.T) {
	c := NewClients(Limits{Calls: 2})
	end, _ := c.Begin("a")
	_, _ = c.Begin("a")
	if _, refused := c.Begin("a"); refused == nil || refused.Reason != TooManyCalls || refused.Retry <= 0 {
		t.Errorf("a third call: %+v", refused)
	}
	if _, refused := c.Begin("b"); refused != nil {
		t.Errorf("another caller: %+v", refused)
	}
	end()
	if _, refused := c.Begin("a"); refused != nil {
		t.Errorf("after one has ended: %+v", refused)
	}
}

// TestClientsAreForgotten: callers without end take no memory without end.
func TestClientsAreForgotten(t *testing.T) {
	c := NewClients(Limits{Calls: 1})
	for i := range 3 * maxClients {
		end, refused := c.Begin(fmt.Sprint(i))
		if refused != nil {
			t.Fatal(refused)
		}
		end()
	}
	if n := len(c.byName); n > maxClients || c.order.Len() != n {
		t.Errorf("%d callers remembered", n)
	}
}

func TestLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLoad(1, 1, time.Second)
		first, refused, err := l.Begin(t.Context())
		if refused != nil || err != nil {
			t.Fatal(refused, err)
		}
		running, waited := first, make(chan *Refusal)
		wait := func() { turn, r, _ := l.Begin(t.Context()); first = turn; waited <- r }
		go wait()
		synctest.Wait()
		if working, waiting := l.Busy(); !l.Full(t.Context()) || working != 1 || waiting != 1 {
			t.Errorf("working %d, waiting %d", working, waiting)
		}
		if _, refused, _ := l.Begin(t.Context()); refused == nil || refused.Reason != Overloaded || refused.Retry <= 0 {
			t.Errorf("over the queue: %+v", refused)
		}
		if refused := <-waited; refused == nil { // after a second of the test's own clock
			t.Error("waited for ever")
		}
		go wait()
		synctest.Wait()
		running.End()
		if refused := <-waited; refused != nil {
			t.Errorf("the one who waited: %+v", refused)
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Millisecond, cancel)
		if _, _, err := l.Begin(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who left: %v", err)
		}
		if _, err := l.BeginPatient(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("a stream that ended: %v", err)
		}
		first.End()
		if _, err := l.BeginPatient(t.Context()); err != nil {
			t.Error(err)
		}
		if working, waiting := l.Busy(); working != 1 || waiting != 0 {
			t.Errorf("in the end working %d, waiting %d", working, waiting)
		}
	})
}

// TestLoadForesees: a queue that is short, but of long work, is full.
func TestLoadForesees(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLoad(2, 1000, time.Second)
		for range 100 { // learn that work takes 400 ms
			turn, _, _ := l.Begin(t.Context())
			time.Sleep(400 * time.Millisecond)
			turn.End()
		}
		_, _, _ = l.Begin(t.Context())
		_, _, _ = l.Begin(t.Context())
		for n := range 8 {
			if want := n >= 6; l.Full(t.Context()) != want { // 6 × 400 ms for 2 at a time is over a second
				t.Errorf("full with %d waiting: %v", n, !want)
			}
			go func() { _, _, _ = l.Begin(t.Context()) }()
			synctest.Wait()
		}
		time.Sleep(2 * time.Second) // all who wait are refused
		soon, cancel := context.WithTimeout(t.Context(), 700*time.Millisecond)
		defer cancel()
		begin := time.Now()
		if _, refused, _ := l.Begin(soon); refused == nil || time.Since(begin) > 0 {
			t.Errorf("work that cannot be done by its deadline: %v after %v", refused, time.Since(begin))
		}
		later, cancel := context.WithTimeout(t.Context(), 900*time.Millisecond)
		defer cancel()
		if _, refused, _ := l.Begin(later); refused == nil || time.Since(begin).Round(5*time.Millisecond) != 100*time.Millisecond {
			t.Errorf("work that can wait no longer: %v after %v", refused, time.Since(begin))
		}
	})
}

// TestLoadUnderOverload has ten times as many callers as there are workers, each with a deadline. Without
// limits every answer would come too late; so the good answers must go on at nearly the full rate. Time
// is the test's own: what is tested is the order of things and not the machine.
func TestLoadUnderOverload(t *testing.T) {
	const work, workers, during = 5 * time.Millisecond, 2, 3 * time.Second
	synctest.Test(t, func(t *testing.T) {
		l := NewLoad(workers, 8, 20*time.Millisecond)
		end := time.Now().Add(during)
		var good, late, refusals atomic.Int64
		call := func() {
			ctx, done := context.WithTimeout(t.Context(), 30*time.Millisecond) // later is of no use
			defer done()
			turn, refused, err := l.Begin(ctx)
			switch {
			case refused != nil:
				refusals.Add(1)
				time.Sleep(work)
			case err != nil:
				late.Add(1)
			default:
				time.Sleep(work)
				turn.End()
				if ctx.Err() == nil {
					good.Add(1)
				} else {
					late.Add(1)
				}
			}
		}
		var callers sync.WaitGroup
		for range 10 * workers {
			callers.Go(func() {
				for time.Now().Before(end) {
					call()
				}
			})
		}
		callers.Wait()
		if peak := int64(workers * during / work); good.Load()*10 < peak*9 || refusals.Load() == 0 {
			t.Errorf("%d of %d in time, %d late, %d refused", good.Load(), peak, late.Load(), refusals.Load())
		}
	})
}

// TestLoadBounds: under concurrency no more work is done at a time than allowed.
func TestLoadBounds(t *testing.T) {
	l := NewLoad(3, 1000, time.Minute)
	var mu sync.Mutex
	now, most := 0, 0
	var wg sync.WaitGroup
	for range 200 {
		wg.Go(func() {
			turn, refused, err := l.Begin(context.Background())
			if refused != nil || err != nil {
				t.Error(refused, err)
				return
			}
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			time.Sleep(100 * time.Microsecond)
			mu.Lock()
			now--
			mu.Unlock()
			turn.End()
		})
	}
	wg.Wait()
	if most > 3 {
		t.Errorf("%d at a time", most)
	}
}
