package access

import (
	"sync"
	"sync/atomic"
	"time"
)

// arrivalTime is how long an arrival counts, once to twice. A message usually follows its headers in a fraction of that;
// a caller who holds his back must not keep others out.
const arrivalTime = 50 * time.Millisecond

// arrivals counts the calls that have arrived lately and whose message has not come.
type arrivals struct {
	mu     sync.Mutex
	tick   int64    // the time, in units of arrivalTime
	counts [2]int64 // of this tick and the one before
}

func (a *arrivals) add(now time.Time) (tick int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.turn(now)
	a.counts[0]++
	return a.tick
}

// remove takes off one that was added in a tick, unless it counts no more.
func (a *arrivals) remove(tick int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if age := a.tick - tick; age >= 0 && age < int64(len(a.counts)) {
		a.counts[age]--
	}
}

func (a *arrivals) count(now time.Time) int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.turn(now)
	return a.counts[0] + a.counts[1]
}

// turn lets those be forgotten that are too old.
func (a *arrivals) turn(now time.Time) {
	tick := now.UnixNano() / int64(arrivalTime)
	switch {
	case tick == a.tick+1:
		a.counts = [2]int64{0, a.counts[0]}
	case tick > a.tick+1:
		a.counts = [2]int64{}
	default:
		return // the same tick, or another goroutine was faster
	}
	a.tick = tick
}

// Arrival is a call that has arrived.
type Arrival struct {
	load *Load
	tick int64
	came atomic.Bool
}

// Came says that the message has come, or never will. It may be called again, and on nil.
func (a *Arrival) Came() {
	if a != nil && a.came.CompareAndSwap(false, true) {
		a.load.arriving.remove(a.tick)
	}
}
