package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
)

func setup(model string, o *pb.TagOptions) *pb.StreamTagDocumentsRequest {
	return &pb.StreamTagDocumentsRequest{Payload: &pb.StreamTagDocumentsRequest_Setup_{
		Setup: &pb.StreamTagDocumentsRequest_Setup{Model: model, Options: o},
	}}
}

func documents(docs ...*pb.Document) *pb.StreamTagDocumentsRequest {
	return &pb.StreamTagDocumentsRequest{Payload: &pb.StreamTagDocumentsRequest_Documents{
		Documents: &pb.StreamTagDocumentsRequest_DocumentBatch{Documents: docs},
	}}
}

// open starts a stream and sends the first messages.
func open(ctx context.Context, t *testing.T, r *running, first ...*pb.StreamTagDocumentsRequest) pb.TaggingService_StreamTagDocumentsClient {
	t.Helper()
	stream, err := r.tagging.StreamTagDocuments(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range first {
		if err := stream.Send(m); err != nil && !errors.Is(err, io.EOF) { // EOF: refused already
			t.Fatal(err)
		}
	}
	return stream
}

func TestStreamKeepsOrder(t *testing.T) {
	c, r := tinyClassifier(t), startTiny(t)
	docs := mixed(1000)
	docs[500] = &pb.Document{DocumentId: "500"} // bad: neither title nor text
	stream := open(t.Context(), t, r, setup("mini", &pb.TagOptions{View: full}))
	sizes := []int{1, 7, 64, 3, 128, 2}
	go func() {
		for i, rest := 0, docs; len(rest) > 0; i++ {
			n := min(sizes[i%len(sizes)], len(rest))
			if stream.Send(documents(rest[:n]...)) != nil {
				return // Recv has the reason
			}
			rest = rest[n:]
		}
		_ = stream.CloseSend()
	}()
	next := 0
	for i := 0; ; i++ {
		resp, err := stream.Recv()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if want := min(sizes[i%len(sizes)], len(docs)-next); len(resp.Results) != want {
			t.Fatalf("answer %d has %d results, want %d", i, len(resp.Results), want)
		}
		for _, result := range resp.Results {
			if next == 500 {
				if e := result.GetError(); e.GetReason() != reasonDocumentEmpty || e.GetDocumentId() != "500" {
					t.Errorf("result 500: %v, want an error", result)
				}
			} else {
				checkSame(t, c, docs[next], result.GetPrediction())
			}
			next++
		}
	}
	if next != len(docs) {
		t.Errorf("%d results, want %d", next, len(docs))
	}
}

func TestBadStreams(t *testing.T) {
	r := startTiny(t)
	good := documents(article("economy", 1))
	var many []*pb.Document
	for range MaxDocuments + 1 {
		many = append(many, article("economy", 2))
	}
	tests := []struct {
		name   string
		send   []*pb.StreamTagDocumentsRequest
		code   codes.Code
		reason string
		field  string
	}{
		{"no setup", []*pb.StreamTagDocumentsRequest{good}, codes.InvalidArgument, reasonStreamOutOfOrder, "setup"},
		{"nothing first", []*pb.StreamTagDocumentsRequest{{}}, codes.InvalidArgument, reasonStreamOutOfOrder, "setup"},
		{"two setups", []*pb.StreamTagDocumentsRequest{setup("", nil), setup("", nil)}, codes.InvalidArgument, reasonStreamOutOfOrder, "documents"},
		{"nothing later", []*pb.StreamTagDocumentsRequest{setup("", nil), {}}, codes.InvalidArgument, reasonStreamOutOfOrder, "documents"},
		{"no documents", []*pb.StreamTagDocumentsRequest{setup("", nil), documents()}, codes.InvalidArgument, reasonDocumentMissing, "documents.documents"},
		{"too many", []*pb.StreamTagDocumentsRequest{setup("", nil), documents(many...)}, codes.InvalidArgument, reasonTooManyDocuments, "documents.documents"},
		{"unknown model", []*pb.StreamTagDocumentsRequest{setup("other", nil)}, codes.NotFound, reasonModelNotFound, "setup.model"},
		{"bad option", []*pb.StreamTagDocumentsRequest{setup("", &pb.TagOptions{MaxPredictions: -1})}, codes.InvalidArgument, reasonOptionInvalid, "setup.options.max_predictions"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stream := open(t.Context(), t, r, tt.send...)
			_, err := stream.Recv()
			wantFault(t, err, tt.code, tt.reason, tt.field)
		})
	}
	t.Run("empty", func(t *testing.T) {
		stream := open(t.Context(), t, r)
		_ = stream.CloseSend()
		if _, err := stream.Recv(); err != io.EOF {
			t.Errorf("a stream of nothing ends with %v, want EOF", err)
		}
	})
}

// A caller that sends and never reads must be held back, not be queued for.
func TestStreamPushesBack(t *testing.T) {
	const messages = 400 // 25 MiB of documents, 25 MiB of answers
	r := startFake(t, Config{}, func(*classifier.Document) {})
	stream := open(t.Context(), t, r, setup("", nil))
	id := func(i int) string { return fmt.Sprintf("%065536d", i) }
	var sent atomic.Int64
	go func() {
		for i := range messages {
			if stream.Send(documents(&pb.Document{DocumentId: id(i), Text: "teks"})) != nil {
				return
			}
			sent.Add(1)
		}
		_ = stream.CloseSend()
	}()
	for last := int64(-1); sent.Load() != last; time.Sleep(300 * time.Millisecond) {
		last = sent.Load()
	}
	if n := sent.Load(); n == messages {
		t.Errorf("all %d messages were taken in with no answer read", n)
	}
	for i := range messages {
		resp, err := stream.Recv()
		if err != nil {
			t.Fatal(err)
		}
		if got := resp.Results[0].GetPrediction().GetDocumentId(); got != id(i) {
			t.Fatalf("answer %d is out of order", i)
		}
	}
}

func TestStreamEndsWhenCallerLeaves(t *testing.T) {
	var tagged atomic.Int64
	first := make(chan struct{}, MaxDocuments)
	r := startFake(t, Config{}, func(*classifier.Document) {
		tagged.Add(1)
		first <- struct{}{}
		time.Sleep(50 * time.Millisecond) // all of them would take 12 s, enough for the news of his leaving to come
	})
	ctx, leave := context.WithCancel(t.Context())
	stream := open(ctx, t, r, setup("", nil), documents(mixed(MaxDocuments)...))
	<-first
	leave()
	if _, err := stream.Recv(); status.Code(err) != codes.Canceled {
		t.Errorf("error %v, want %v", err, codes.Canceled)
	}
	r.stop()
	if err := <-r.done; err != nil { // by now the handler has returned
		t.Fatal(err)
	}
	if n := tagged.Load(); n == MaxDocuments {
		t.Errorf("all %d documents were tagged for a caller who left after the first", n)
	}
}
