package access

import (
	"context"
	"sync/atomic"
	"time"
)

// Load lets so much work be done at a time and so much wait. What would have to wait too long, by
// its own deadline or for longer than anyone may, is refused, if that can be foreseen at once. So a
// server with ten times too much to do still does as much as it can: it spends no time on messages
// that it will not work on, nor on answers that come too late.
type Load struct {
	slots    chan struct{}
	arriving arrivals
	waiting  atomic.Int64
	queue    int64
	wait     time.Duration
	usual    atomic.Int64 // nanoseconds that a piece of work takes, averaged over the last few
}

// NewLoad returns a Load for slots pieces of work at a time, with a queue that many long in which
// nothing waits for more than wait.
func NewLoad(slots, queue int, wait time.Duration) *Load {
	return &Load{slots: make(chan struct{}, slots), queue: int64(queue), wait: wait}
}

// Arrive announces a call whose headers have come and whose message has not. It is refused if, going by what
// work has taken lately, it would have to wait too long: then the message need not even be read. Else the
// Arrival must be told when the message has come.
func (l *Load) Arrive(ctx context.Context) (*Arrival, *Refusal) {
	if l.Full(ctx) {
		return nil, l.Refused()
	}
	return &Arrival{load: l, tick: l.arriving.add(time.Now())}, nil
}

// Full says whether a further piece of work for ctx would be refused or wait too long. Calls that
// have arrived count as if they were there already: of a thousand whose headers come at once, few fit.
func (l *Load) Full(ctx context.Context) bool {
	free := int64(cap(l.slots) - len(l.slots))
	ahead := l.waiting.Load() + l.arriving.count(time.Now()) - free
	return ahead >= l.queue || ahead > 0 && time.Duration(ahead*l.usual.Load()/int64(cap(l.slots))) > l.patience(ctx)
}

// patience is how long work for ctx may wait: a quarter of the time to the deadline. The rest is for the work itself, for
// what a guess by other work is wrong by, and for the way: under overload headers come late, of which only the caller
// knows, and so do answers. A longer queue would not have more done.
func (l *Load) patience(ctx context.Context) time.Duration {
	if deadline, set := ctx.Deadline(); set {
		left := time.Until(deadline)
		return min(l.wait, left/4, left-2*time.Duration(l.usual.Load()))
	}
	return l.wait
}

// Busy returns how much work is being done and how much waits.
func (l *Load) Busy() (working, waiting int) { return len(l.slots), int(l.waiting.Load()) }

// Turn is the right to do a piece of work. End gives it back.
type Turn struct {
	load  *Load
	began time.Time
}

// averaged is over how many pieces of work the average runs, about.
const averaged = 16

// End gives the turn back; it must be called once.
func (t Turn) End() {
	usual := t.load.usual.Load()
	t.load.usual.Store(usual + (int64(time.Since(t.began))-usual)/averaged) // an update lost to another does no harm
	<-t.load.slots
}

func (l *Load) turn() Turn { return Turn{l, time.Now()} }

// Begin waits until a piece of work may be done. It fails with a Refusal, or with the error of ctx.
func (l *Load) Begin(ctx context.Context) (Turn, *Refusal, error) {
	select {
	case l.slots <- struct{}{}:
		return l.turn(), nil, nil
	default:
	}
	defer l.waiting.Add(-1)
	patience := l.patience(ctx)
	if l.waiting.Add(1) > l.queue || patience <= 0 {
		return Turn{}, l.Refused(), nil
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case l.slots <- struct{}{}:
		return l.turn(), nil, nil
	case <-timer.C:
		return Turn{}, l.Refused(), nil
	case <-ctx.Done():
		return Turn{}, nil, ctx.Err()
	}
}

// BeginPatient is Begin for work that waits as long as ctx allows, outside the queue: that of a
// stream, whose caller is held back meanwhile.
func (l *Load) BeginPatient(ctx context.Context) (Turn, error) {
	select {
	case l.slots <- struct{}{}:
		return l.turn(), nil
	case <-ctx.Done():
		return Turn{}, ctx.Err()
	}
}

// Refused is the refusal of work that there is no room for.
func (l *Load) Refused() *Refusal { return &Refusal{Overloaded, max(l.wait/10, 10*time.Millisecond)} }
