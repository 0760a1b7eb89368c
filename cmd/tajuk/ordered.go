package main

import (
	"context"
	"iter"
	"sync"
)

// stage is one kind of work on a sequence of items, whose results are wanted in
// the order of the items.
type stage[In, Out any] struct {
	// source yields the items and ends soon after its context. It calls idle
	// when it has to wait for more.
	source func(ctx context.Context, idle func()) iter.Seq[In]
	// weight is the size of an item in bytes, to balance what is handed over at a time.
	weight func(In) int
	// worker returns what one goroutine does: add the result for an item to out.
	worker func() func(item In, out *Out)
	// sink takes the results and leaves out empty. Called by run's goroutine alone.
	sink func(out *Out) error
	// flush passes on what sink holds back. Errors are for the next sink to return.
	flush func()
}

// A portion is what is handed to a worker at a time: enough to make the handing
// over cheap, and few enough bytes that many portions fit into memory.
const (
	portionItems  = 64
	portionWeight = 256 << 10
	portionsAJob  = 3 // one read, one worked on, one written
)

type portion[In, Out any] struct {
	items []In
	out   Out
	last  bool // nothing follows for now: flush
	done  chan struct{}
}

// run works everything off with that many jobs. It ends early when sink fails, with its
// error; when ctx ends it stops reading and still delivers what was read.
// At most portionsAJob portions a job are in memory.
func (s stage[In, Out]) run(ctx context.Context, jobs int) error {
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

// alone is run without goroutines.
func (s stage[In, Out]) alone(ctx context.Context) error {
	var out Out
	work := s.worker()
	for item := range s.source(ctx, s.flush) {
		work(item, &out)
		if err := s.sink(&out); err != nil {
			return err
		}
	}
	return nil
}

// read cuts the source into portions, and gives each both to the workers and to the queue.
func (s stage[In, Out]) read(ctx context.Context, free <-chan *portion[In, Out], work, queue chan<- *portion[In, Out]) {
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
	for item := range s.source(ctx, func() { send(true) }) {
		p.items = append(p.items, item)
		if weight += s.weight(item); len(p.items) == portionItems || weight >= portionWeight {
			send(false)
		}
	}
	send(true)
}

func (s stage[In, Out]) work(portions <-chan *portion[In, Out]) {
	work := s.worker()
	for p := range portions {
		for _, item := range p.items {
			work(item, &p.out)
		}
		p.done <- struct{}{}
	}
}

// deliver hands the results to sink. After a failure it only waits for the end.
func (s stage[In, Out]) deliver(queue <-chan *portion[In, Out], free chan<- *portion[In, Out], cancel func()) (err error) {
	for p := range queue {
		<-p.done
		if err == nil {
			if err = s.sink(&p.out); err != nil {
				cancel()
			} else if p.last {
				s.flush()
			}
		}
		clear(p.items) // articles need not wait for the portion's next use to be freed
		p.items = p.items[:0]
		free <- p
	}
	return err
}
