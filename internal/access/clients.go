package access

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits are for one caller. Zero means no limit.
type Limits struct {
	Rate  float64 // calls a second, averaged
	Burst int     // calls at once; 0: as many as Rate in a second, at least 1
	Calls int     // calls in flight
}

// maxClients is how many callers are remembered; beyond it the one seen longest ago is
// forgotten, unless it has calls in flight.
const maxClients = 10_000

// Clients limits each caller on its own.
type Clients struct {
	limits Limits
	mu     sync.Mutex
	byName map[string]*list.Element // of order
	order  *list.List               // of *client, seen last first
}

type client struct {
	name  string
	rate  *rate.Limiter
	calls int
}

// NewClients returns limits for callers not seen yet.
func NewClients(l Limits) *Clients {
	if l.Burst <= 0 {
		l.Burst = max(1, int(l.Rate))
	}
	return &Clients{limits: l, byName: map[string]*list.Element{}, order: list.New()}
}

// Refusal is why a call is not taken.
type Refusal struct {
	Reason string        // RATE_LIMITED, TOO_MANY_CALLS or OVERLOADED
	Retry  time.Duration // when to ask again
}

// The reasons of a refusal.
const (
	RateLimited  = "RATE_LIMITED"
	TooManyCalls = "TOO_MANY_CALLS"
	Overloaded   = "OVERLOADED"
)

// Begin takes a call of the named caller. After it is over, end must be called, once, unless it is nil:
// without limits there is nothing to give back.
func (c *Clients) Begin(name string) (end func(), refusal *Refusal) {
	if c.limits.Rate <= 0 && c.limits.Calls <= 0 {
		return nil, nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	cl := c.client(name)
	if c.limits.Calls > 0 && cl.calls >= c.limits.Calls {
		return nil, &Refusal{TooManyCalls, 100 * time.Millisecond}
	}
	if c.limits.Rate > 0 {
		r := cl.rate.Reserve()
		if wait := r.Delay(); wait > 0 {
			r.Cancel()
			return nil, &Refusal{RateLimited, wait}
		}
	}
	cl.calls++
	return func() { c.end(cl) }, nil
}

func (c *Clients) end(cl *client) {
	c.mu.Lock()
	cl.calls--
	c.mu.Unlock()
}

// client finds or makes a caller's entry, and forgets an old one if there are too many.
func (c *Clients) client(name string) *client {
	if e, found := c.byName[name]; found {
		c.order.MoveToFront(e)
		return e.Value.(*client)
	}
	if c.order.Len() >= maxClients {
		if oldest := c.order.Back(); oldest.Value.(*client).calls == 0 {
			delete(c.byName, oldest.Value.(*client).name)
			c.order.Remove(oldest)
		}
	}
	cl := &client{name: name, rate: rate.NewLimiter(rate.Limit(c.limits.Rate), c.limits.Burst)}
	c.byName[name] = c.order.PushFront(cl)
	return cl
}
