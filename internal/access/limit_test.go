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

// TestLoadUnderOverload sends ten times as many calls as can be answered, each with a deadline, to a server of one
// core. Receiving a message takes of its time too, and so does looking at headers; good answers must go on at nearly
// the full rate. Time is the test's own: what is tested is the order of things and not the machine.
func TestLoadUnderOverload(t *testing.T) {
	const deadline, during = 250 * time.Millisecond, 3 * time.Second
	for _, tt := range []struct {
		name                   string
		headers, message, work time.Duration
	}{
		{"batches", 30 * time.Microsecond, 500 * time.Microsecond, 5 * time.Millisecond},
		{"large batches", 30 * time.Microsecond, 3 * time.Millisecond, 30 * time.Millisecond},
		{"single documents", 2 * time.Microsecond, 20 * time.Microsecond, 150 * time.Microsecond},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := flood{load: NewLoad(1, 256, time.Second), core: make(chan struct{}, 1), headers: tt.headers, message: tt.message, work: tt.work}
				var calls sync.WaitGroup
				for end := time.Now().Add(during); time.Now().Before(end); time.Sleep(tt.work / 10) {
					calls.Go(func() { f.call(t.Context(), deadline) })
				}
				calls.Wait()
				peak := int64(during / (tt.headers + tt.message + tt.work))
				if f.good.Load()*10 < peak*8 || f.refused.Load() == 0 {
					t.Errorf("%d of %d in time, %d late, %d refused", f.good.Load(), peak, f.late.Load(), f.refused.Load())
				}
			})
		})
	}
}

// flood is calls to a server of one core, by what they take of it.
type flood struct {
	load                   *Load
	core                   chan struct{} // of one place; a mutex would not let the clock go on
	headers, message, work time.Duration
	good, late, refused    atomic.Int64
}

// compute takes the core for a while, in slices as a scheduler would give.
func (f *flood) compute(d time.Duration) {
	const slice = time.Millisecond
	for ; d > 0; d -= slice {
		f.core <- struct{}{}
		time.Sleep(min(d, slice))
		<-f.core
	}
}

func (f *flood) call(ctx context.Context, deadline time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	f.compute(f.headers)
	arrival, refused := f.load.Arrive(ctx)
	if refused != nil {
		f.refused.Add(1)
		return
	}
	defer arrival.Came()
	f.compute(f.message)
	arrival.Came()
	turn, refused, err := f.load.Begin(ctx)
	if refused != nil || err != nil {
		f.refused.Add(1)
		return
	}
	f.compute(f.work)
	turn.End()
	if ctx.Err() == nil {
		f.good.Add(1)
	} else {
		f.late.Add(1)
	}
}

// TestArrivals: calls whose message is still to come count as if they waited, until it comes, or for a while.
func TestArrivals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLoad(2, 3, time.Second)
		var list []*Arrival
		for n := range 8 {
			a, refused := l.Arrive(t.Context())
			if want := n < 5; (refused == nil) != want || (a != nil) != want { // two at work, three waiting
				t.Errorf("call %d: %v", n, refused)
			}
			list = append(list, a)
		}
		for range 2 { // a message comes once
			list[0].Came()
			list[7].Came()
		}
		if _, refused := l.Arrive(t.Context()); refused != nil {
			t.Errorf("after a message has come: %v", refused)
		}
		if l.Full(t.Context()) != true {
			t.Error("more fit than may")
		}
		time.Sleep(2 * arrivalTime) // these messages are held back
		for n := range 5 {
			if _, refused := l.Arrive(t.Context()); refused != nil {
				t.Errorf("call %d is kept out by those who hold their messages back", n)
			}
		}
		for _, a := range list {
			a.Came()
		}
		if !l.Full(t.Context()) {
			t.Error("those that count no more were taken off those that do")
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
