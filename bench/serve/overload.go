package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// Overload is ten times the sustainable rate: calls begin at fixed times whatever has come of those before
// (an open loop), with a deadline each. The sustainable rate is what callers get who wait for each answer.
// Half the cores are for the server and half for the load generator, before, during and after, so that what
// the generator takes for itself is not counted against the server.
//
// A connection carries 128 calls at a time, as the server tells its clients. A call whose time has come while
// all connections are full is not sent; it is counted apart.
const (
	overloadTimes = 10
	connections   = 8
	callsAtATime  = 128 // on one connection
	window        = 100 * time.Millisecond
)

// pressure is one shape before, during and after overload.
type pressure struct {
	shape        string
	peak         result // of callers that wait
	offered      float64
	over         outcome
	took         time.Duration
	recovery     time.Duration // from the end of overload until answers come at the usual rate again
	before, most int64         // bytes resident before overload and at most
	cpu          time.Duration // of the server, during overload
}

// outcome is what became of calls.
type outcome struct {
	times                  []time.Duration // of good answers
	refused, late, notSent int
	unclean                map[string]int // all else, by code and message
}

// openLoad is calls at a fixed rate.
type openLoad struct {
	method   string
	messages encoded
	rate     float64       // calls a second
	deadline time.Duration // of each
}

// run starts calls when their time has come. Each place on a connection is a goroutine; the tickets
// that it takes say which message to send.
func (l openLoad) run(conns []*grpc.ClientConn, during time.Duration) outcome {
	tickets := make(chan int)
	outcomes := make([]outcome, len(conns)*callsAtATime)
	var wg sync.WaitGroup
	for i := range outcomes {
		wg.Go(func() { outcomes[i] = l.place(conns[i%len(conns)], tickets) })
	}
	begin, issued, notSent := time.Now(), 0, 0
	for now := begin; now.Sub(begin) < during; now = time.Now() {
		for due := int(l.rate * now.Sub(begin).Seconds()); issued < due; issued++ {
			select {
			case tickets <- issued:
			default:
				notSent++
			}
		}
		time.Sleep(time.Millisecond)
	}
	close(tickets)
	wg.Wait()
	total := outcome{notSent: notSent, unclean: map[string]int{}}
	for _, o := range outcomes {
		total.times = append(total.times, o.times...)
		total.refused += o.refused
		total.late += o.late
		for what, n := range o.unclean {
			total.unclean[what] += n
		}
	}
	slices.Sort(total.times)
	return total
}

// place is room for one call at a time on a connection.
func (l openLoad) place(conn *grpc.ClientConn, tickets <-chan int) outcome {
	o := outcome{unclean: map[string]int{}}
	for n := range tickets {
		begin := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), l.deadline)
		var a answer
		err := conn.Invoke(ctx, l.method, l.messages[n%len(l.messages)], &a, grpc.ForceCodecV2(raw{}))
		cancel()
		switch code := status.Code(err); {
		case err == nil && a.bytes > 0:
			o.times = append(o.times, time.Since(begin))
		case code == codes.ResourceExhausted:
			o.refused++
		case code == codes.DeadlineExceeded:
			o.late++
		default:
			o.unclean[fmt.Sprint(err)]++
		}
	}
	return o
}

// overload measures both shapes.
func overload(s settings, docs []*pb.Document, during time.Duration, out io.Writer) error {
	half := max(1, runtime.NumCPU()/2)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(half))
	var ones []*pb.TagDocumentRequest
	for _, d := range docs {
		ones = append(ones, &pb.TagDocumentRequest{Document: d})
	}
	var batches []*pb.BatchTagDocumentsRequest
	for _, g := range groups(docs) {
		batches = append(batches, &pb.BatchTagDocumentsRequest{Documents: g})
	}
	one, err := encode(ones)
	if err != nil {
		return err
	}
	many, err := encode(batches)
	if err != nil {
		return err
	}
	printOverloadHead(out, s.deadline)
	for _, l := range []struct {
		shape string
		load  load
	}{
		{"unary", load{pb.TaggingService_TagDocument_FullMethodName, one, 32, 1, time.Minute}},
		{"batches of 64", load{pb.TaggingService_BatchTagDocuments_FullMethodName, many, 4, batch, time.Minute}},
	} {
		p, err := press(s, l.load, half, during)
		if err != nil {
			return fmt.Errorf("overload, %s: %w", l.shape, err)
		}
		p.shape = l.shape
		printOverload(out, p, l.load.documents)
	}
	return nil
}

// press measures one shape with a server of its own.
func press(set settings, l load, cores int, during time.Duration) (p pressure, err error) {
	s, err := startTajuk(set.tajuk, fmt.Sprintf("GOMAXPROCS=%d", cores))
	if err != nil {
		return p, err
	}
	defer s.stop()
	if p.peak, err = withCPU(s, func() (result, error) { return l.run(s, min(during, 10*time.Second)) }); err != nil {
		return p, err
	}
	p.before, _ = s.resident()
	conns, err := s.dial(connections)
	if err != nil {
		return p, err
	}
	p.offered = overloadTimes * p.peak.documents / float64(l.documents)
	cpu, begin := s.cpu(), time.Now()
	p.over = openLoad{l.method, l.messages, p.offered, set.deadline}.run(conns, during)
	p.took = time.Since(begin)
	p.cpu = s.cpu() - cpu
	for _, c := range conns {
		c.Close()
	}
	_, p.most = s.resident()
	p.recovery = recover80(s, l, p.peak.documents)
	return p, nil
}

// recover80 is how long after overload the usual callers get 80 % of their usual rate, in steps of a window; 5 s
// stand for longer.
func recover80(s *server, l load, peak float64) time.Duration {
	for begin := time.Now(); ; {
		r, err := l.run(s, window)
		if since := time.Since(begin); since > 5*time.Second || err == nil && r.documents >= 0.8*peak {
			return since
		}
	}
}

func printOverloadHead(w io.Writer, deadline time.Duration) {
	fmt.Fprintf(w, "\n| overload, deadline %d ms | calls/s offered | good docs/s | of the peak | target | p50 / p99 ms | refused/s | late/s | not sent/s | unclean | recovery s | target | resident MB before / most | target | server CPU, µs a good doc, at the peak / under overload |\n", deadline.Milliseconds())
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
}

func printOverload(w io.Writer, p pressure, documents int) {
	seconds := p.took.Seconds()
	documents *= len(p.over.times)
	good := float64(documents) / seconds
	p50, p99 := "-", "-"
	if n := len(p.over.times); n > 0 {
		p50, p99 = milliseconds(p.over.times[n/2]), milliseconds(p.over.times[n*99/100])
	}
	unclean := 0
	for _, n := range p.over.unclean {
		unclean += n
	}
	fmt.Fprintf(w, "| %s, peak %.0f docs/s | %.0f | %.0f | %.0f %% | ≥ 80 %% | %s / %s | %.0f | %.0f | %.0f | %d | %.1f | ≤ 2 | %d / %d | ≤ 500 | %.0f / %.0f |\n",
		p.shape, p.peak.documents, p.offered, good, 100*good/p.peak.documents, p50, p99, float64(p.over.refused)/seconds,
		float64(p.over.late)/seconds, float64(p.over.notSent)/seconds, unclean, p.recovery.Seconds(), p.before>>20, p.most>>20,
		float64(p.peak.cpu.Nanoseconds())/1000, float64(p.cpu.Microseconds())/float64(max(1, documents)))
	for what, n := range p.over.unclean {
		fmt.Fprintf(w, "\n%d × %s\n", n, what)
	}
}
