package access

import (
	"context"
	"sync/atomic"
	"time"
)

// Load lets so much work be done at a time and so much wait, for so long at most. What is over
// that is refused at once, so that a server with ten times too much to do still does
// as much as it can: it spends no time on answers that come too late.
type Load struct {
	slots   chan struct{}
	waiting atomic.Int64
	queue   int64
	wait    time.Duration
}

// NewLoad returns a Load for slots pieces of work at a time, with a queue that many long in which
// nothing waits for more than wait.
func NewLoad(slots, queue int, wait time.Duration) *Load {
	return &Load{slots: make(chan struct{}, slots), queue: int64(queue), wait: wait}
}

// Full says whether the queue is full, so that a call need not even be read.
func (l *Load) Full() bool { return l.waiting.Load() >= l.queue }

// Busy returns how much work is being done and how much waits.
func (l *Load) Busy() (working, waiting int) { return len(l.slots), int(l.waiting.Load()) }

// Begin waits until a piece of work may be done; End must be called after it. It fails with a
// Refusal, or with the error of ctx.
func (l *Load) Begin(ctx context.Context) (*Refusal, error) {
	select {
	case l.slots <- struct{}{}:
		return nil, nil
	default:
	}
	if l.waiting.Add(1) > l.queue {
		l.waiting.Add(-1)
		return l.refusal(), nil
	}
	defer l.waiting.Add(-1)
	timer := time.NewTimer(l.wait)
	defer timer.Stop()
	select {
	case l.slots <- struct{}{}:
		return nil, nil
	case <-timer.C:
		return l.refusal(), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// BeginPatient is Begin for work that waits as long as ctx allows, outside the queue: that of a
// stream, whose caller is held back meanwhile.
func (l *Load) BeginPatient(ctx context.Context) error {
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// End gives back what Begin took.
func (l *Load) End() { <-l.slots }

// Refused is the answer to work that is not even looked at because of Full.
func (l *Load) Refused() *Refusal { return l.refusal() }

func (l *Load) refusal() *Refusal { return &Refusal{Overloaded, 2 * l.wait} }
