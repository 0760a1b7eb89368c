// Package ordered works on a sequence of items with several goroutines and delivers the results in the
// order of the items.
//
//  1. Fill in a [Stage]: where items come from, what is done with one, where results go.
//  2. [Stage.Run] it.
//
// Memory is bounded: items are handed over in portions of at most [PortionItems] items or, from the item on that
// reaches it, [PortionWeight] bytes, and there are three portions a job, used again and again; one, and smaller, if there is one job.
// Each function of a Stage is called by one goroutine at a time, except that every job has a worker of its own.
// A Stage is a plain value that may be run any number of times if its functions may.
package ordered

import (
	"context"
	"iter"
	"sync"
)

// Stage is one kind of work on a sequence of items, whose results are wanted in
// the order of the items.
type Stage[In, Out any] struct {
	// Source yields the items and ends soon after its context. It calls idle
	// when it has to wait for more.
	Source func(ctx context.Context, idle func()) iter.Seq[In]
	// Weight is the size of an item in bytes, to balance what is handed over at a time.
	Weight func(In) int
	// Worker returns what one goroutine does: add the result for an item to out.
	Worker func() func(item In, out *Out)
	// Sink takes the results and leaves out empty. Called by Run's goroutine alone.
	Sink func(out *Out) error
	// Flush passes on what Sink holds back. Errors are for the next Sink to return.
	Flush func()
}

// A portion is what is handed to a worker at a time: enough to make the handing
// over cheap, and few enough bytes that many portions fit into memory.
const (
	PortionItems  = 64
	PortionWeight = 256 << 10
	portionsAJob  = 3 // one read, one worked on, one written

	// Of a portion that is not handed over; measured.
	aloneItems  = 16
	aloneWeight = 64 << 10
)

type portion[In, Out any] struct {
	items []In
	out   Out
	last  bool // nothing follows for now: flush
	done  chan struct{}
}

// Run works everything off with that many jobs. It ends early when Sink fails, with its
// error; when ctx ends it stops reading and still delivers what was read.
func (s Stage[In, Out]) Run(ctx context.Context, jobs int) error {
	if jobs == 1 {
		return s.alone(ctx)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	free := make(chan *portion[In, Out], portionsAJob*jobs)
	for range cap(free) {
		free <- &portion[In, Out]{done: make(chan struct{}, 1)}
	}
	work := make(chan *portion[In, Out], cap(free))  // as there are no more portions,
	queue := make(chan *portion[In, Out], cap(free)) // sending never blocks
	go s.read(ctx, free, work, queue)

	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() { s.work(work) })
	}
	err := s.deliver(queue, free, cancel)
	workers.Wait()
	return err
}

// alone is Run without goroutines. It works on small portions too, for what each step needs is in the processor's caches then.
func (s Stage[In, Out]) alone(ctx context.Context) (err error) {
	var p portion[In, Out]
	work, weight := s.Worker(), 0
	pass := func() {
		for _, item := range p.items {
			work(item, &p.out)
		}
		if len(p.items) > 0 && err == nil {
			err = s.Sink(&p.out)
		}
		clear(p.items)
		p.items, weight = p.items[:0], 0
	}
	idle := func() {
		if pass(); err == nil {
			s.Flush()
		}
	}
	for item := range s.Source(ctx, idle) {
		p.items = append(p.items, item)
		if weight += s.Weight(item); len(p.items) == aloneItems || weight >= aloneWeight {
			pass()
		}
		if err != nil {
			return err
		}
	}
	pass()
	return err
}

// read cuts the source into portions, and gives each both to the workers and to the queue.
func (s Stage[In, Out]) read(ctx context.Context, free <-chan *portion[In, Out], work, queue chan<- *portion[In, Out]) {
	defer close(queue)
	defer close(work)
	p, weight := <-free, 0
	send := func(last bool) {
		if len(p.items) > 0 {
			p.last = last
			queue <- p
			work <- p
			p, weight = <-free, 0
		}
	}
	for item := range s.Source(ctx, func() { send(true) }) {
		p.items = append(p.items, item)
		if weight += s.Weight(item); len(p.items) == PortionItems || weight >= PortionWeight {
			send(false)
		}
	}
	send(true)
}

func (s Stage[In, Out]) work(portions <-chan *portion[In, Out]) {
	work := s.Worker()
	for p := range portions {
		for _, item := range p.items {
			work(item, &p.out)
		}
		p.done <- struct{}{}
	}
}

// deliver hands the results to Sink. After a failure it only waits for the end.
func (s Stage[In, Out]) deliver(queue <-chan *portion[In, Out], free chan<- *portion[In, Out], cancel func()) (err error) {
	for p := range queue {
		<-p.done
		if err == nil {
			if err = s.Sink(&p.out); err != nil {
				cancel()
			} else if p.last {
				s.Flush()
			}
		}
		clear(p.items) // articles need not wait for the portion's next use to be freed
		p.items = p.items[:0]
		free <- p
	}
	return err
}
