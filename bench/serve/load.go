package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// result is what one measurement gave.
type result struct {
	documents float64 // a second
	p50, p99  time.Duration
	cpu       time.Duration // of the server, for one document
	refused   float64       // calls a second
	late      float64       // calls a second that met their deadline
}

// shape is a way of sending documents.
type shape struct {
	name string
	run  func(s *server, during time.Duration) (result, error)
}

// shapes encodes all messages.
func shapes(docs []*pb.Document) ([]shape, error) {
	var ones []*pb.TagDocumentRequest
	for _, d := range docs {
		ones = append(ones, &pb.TagDocumentRequest{Document: d})
	}
	batches, streams := []*pb.BatchTagDocumentsRequest{}, []*pb.StreamTagDocumentsRequest{{
		Payload: &pb.StreamTagDocumentsRequest_Setup_{Setup: &pb.StreamTagDocumentsRequest_Setup{}},
	}}
	for _, g := range groups(docs) {
		batches = append(batches, &pb.BatchTagDocumentsRequest{Documents: g})
		streams = append(streams, &pb.StreamTagDocumentsRequest{
			Payload: &pb.StreamTagDocumentsRequest_Documents{Documents: &pb.StreamTagDocumentsRequest_DocumentBatch{Documents: g}},
		})
	}
	one, err1 := encode(ones)
	many, err2 := encode(batches)
	stream, err3 := encode(streams)
	return []shape{
		{"unary, 32 callers", unaryShape(one, 32)},
		{"batches of 64, 4 callers", batchShape(many, 4)},
		{"stream of batches, 2 streams", streamShape(stream, 2, 4)},
	}, errors.Join(err1, err2, err3)
}

func unaryShape(messages encoded, callers int) func(*server, time.Duration) (result, error) {
	return func(s *server, d time.Duration) (result, error) {
		return load{pb.TaggingService_TagDocument_FullMethodName, messages, callers, 1, 0}.run(s, d)
	}
}

func batchShape(messages encoded, callers int) func(*server, time.Duration) (result, error) {
	return func(s *server, d time.Duration) (result, error) {
		return load{pb.TaggingService_BatchTagDocuments_FullMethodName, messages, callers, batch, 0}.run(s, d)
	}
}

// load is callers that each wait for an answer before the next call.
type load struct {
	method    string
	messages  encoded
	callers   int
	documents int           // in a message
	deadline  time.Duration // of a call; 0: none, and any failure ends the run
}

// tally is what one caller saw.
type tally struct {
	times         []time.Duration
	refused, late int
	err           error
}

func (l load) run(s *server, during time.Duration) (result, error) {
	conns, err := s.dial(min(4, l.callers))
	if err != nil {
		return result{}, err
	}
	defer func() {
		for _, c := range conns {
			c.Close()
		}
	}()
	tallies := make([]tally, l.callers)
	begin := time.Now()
	var wg sync.WaitGroup
	for i := range tallies {
		wg.Go(func() { tallies[i] = l.caller(conns[i%len(conns)], i, begin.Add(during)) })
	}
	wg.Wait()
	return sum(tallies, l.documents, time.Since(begin))
}

func (l load) caller(conn *grpc.ClientConn, first int, end time.Time) (t tally) {
	for n := first * 7; n == first*7 || time.Now().Before(end); n++ { // at least one, however slow the machine
		ctx, cancel := context.Background(), func() {}
		if l.deadline > 0 {
			ctx, cancel = context.WithTimeout(ctx, l.deadline)
		}
		var a answer
		start := time.Now()
		err := conn.Invoke(ctx, l.method, l.messages[n%len(l.messages)], &a, grpc.ForceCodecV2(raw{}), grpc.WaitForReady(l.deadline == 0))
		cancel()
		switch code := status.Code(err); {
		case err == nil && a.bytes > 0:
			t.times = append(t.times, time.Since(start))
		case l.deadline > 0 && code == codes.ResourceExhausted:
			t.refused++
			time.Sleep(10 * time.Millisecond)
		case l.deadline > 0 && code == codes.DeadlineExceeded:
			t.late++
		default:
			t.err = fmt.Errorf("an answer of %d bytes: %w", a.bytes, err)
			return t
		}
	}
	return t
}

// streamShape keeps window messages under way on each stream.
func streamShape(messages encoded, streams, window int) func(*server, time.Duration) (result, error) {
	return func(s *server, during time.Duration) (result, error) {
		conns, err := s.dial(streams)
		if err != nil {
			return result{}, err
		}
		tallies := make([]tally, streams)
		begin := time.Now()
		var wg sync.WaitGroup
		for i, c := range conns {
			wg.Go(func() { tallies[i] = streamCaller(c, messages, window, begin.Add(during)); c.Close() })
		}
		wg.Wait()
		return sum(tallies, batch, time.Since(begin))
	}
}

func streamCaller(conn *grpc.ClientConn, messages encoded, window int, end time.Time) (t tally) {
	stream, err := conn.NewStream(context.Background(), &grpc.StreamDesc{ClientStreams: true, ServerStreams: true},
		pb.TaggingService_StreamTagDocuments_FullMethodName, grpc.ForceCodecV2(raw{}), grpc.WaitForReady(true))
	if err == nil {
		err = stream.SendMsg(messages[0])
	}
	if err != nil {
		return tally{err: err}
	}
	sent := make(chan time.Time, window)
	go func() {
		defer close(sent)
		for n := 1; n == 1 || time.Now().Before(end); n++ {
			sent <- time.Now()
			if stream.SendMsg(messages[1+n%(len(messages)-1)]) != nil {
				return // the receiver learns why
			}
		}
		_ = stream.CloseSend()
	}()
	for start := range sent {
		var a answer
		if err := stream.RecvMsg(&a); err != nil {
			return tally{err: err}
		}
		t.times = append(t.times, time.Since(start))
	}
	if err := stream.RecvMsg(&answer{}); !errors.Is(err, io.EOF) {
		t.err = fmt.Errorf("after the last answer: %w", err)
	}
	return t
}

func sum(tallies []tally, documents int, took time.Duration) (r result, err error) {
	var times []time.Duration
	refused, late := 0, 0
	for _, t := range tallies {
		times = append(times, t.times...)
		refused += t.refused
		late += t.late
		err = errors.Join(err, t.err)
	}
	if err != nil || len(times) == 0 {
		return r, fmt.Errorf("%d answers, %w", len(times), err)
	}
	slices.Sort(times)
	return result{
		documents: float64(len(times)*documents) / took.Seconds(),
		p50:       times[len(times)/2], p99: times[len(times)*99/100],
		refused: float64(refused) / took.Seconds(), late: float64(late) / took.Seconds(),
	}, nil
}
