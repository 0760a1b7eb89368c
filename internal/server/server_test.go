package server

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	reflectionpb "google.golang.org/grpc/reflection/grpc_reflection_v1"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
)

func one(text string) *pb.TagDocumentRequest {
	return &pb.TagDocumentRequest{Document: &pb.Document{Text: text}}
}

func TestHealth(t *testing.T) {
	r := startTiny(t)
	client := healthpb.NewHealthClient(r.conn)
	for _, name := range []string{"", "tajuk.v1.TaggingService", "tajuk.v1.TopicService"} {
		resp, err := client.Check(t.Context(), &healthpb.HealthCheckRequest{Service: name})
		if err != nil || resp.Status != healthpb.HealthCheckResponse_SERVING {
			t.Errorf("service %q: %v, %v, want SERVING", name, resp, err)
		}
	}
	if _, err := client.Check(t.Context(), &healthpb.HealthCheckRequest{Service: "other"}); status.Code(err) != codes.NotFound {
		t.Errorf("unknown service: %v, want %v", err, codes.NotFound)
	}
}

func TestReflectionListsServices(t *testing.T) {
	stream, err := reflectionpb.NewServerReflectionClient(startTiny(t).conn).ServerReflectionInfo(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ask := &reflectionpb.ServerReflectionRequest{MessageRequest: &reflectionpb.ServerReflectionRequest_ListServices{}}
	if err := stream.Send(ask); err != nil {
		t.Fatal(err)
	}
	resp, err := stream.Recv()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range resp.GetListServicesResponse().GetService() {
		names = append(names, s.Name)
	}
	for _, want := range []string{"grpc.health.v1.Health", "tajuk.v1.TaggingService", "tajuk.v1.TopicService"} {
		if !slices.Contains(names, want) {
			t.Errorf("services %q lack %q", names, want)
		}
	}
}

func TestPanicIsContained(t *testing.T) {
	var log bytes.Buffer
	c := Config{Log: slog.New(slog.NewTextHandler(&log, nil)), Workers: 1} // one that a panic took away would be missed
	r := startFake(t, c, func(doc *classifier.Document) {
		if doc.Text == "boom" {
			panic("the secret detail")
		}
	})
	stream := open(t.Context(), t, r, setup("", nil), documents(&pb.Document{Text: "boom"}))
	_, streamErr := stream.Recv()
	_, unaryErr := r.tagging.TagDocument(t.Context(), one("boom"))
	for _, err := range []error{unaryErr, streamErr} {
		if s := status.Convert(err); s.Code() != codes.Internal || s.Message() != "internal error" {
			t.Errorf("error %v, want %v and no detail", err, codes.Internal)
		}
	}
	if _, err := r.tagging.TagDocument(t.Context(), one("tenang")); err != nil {
		t.Errorf("the call after a panic: %v", err)
	}
	r.stop()
	<-r.done
	for _, want := range []string{"the secret detail", pb.TaggingService_TagDocument_FullMethodName, "server_test.go"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("log lacks %q:\n%s", want, &log)
		}
	}
	if n := strings.Count(log.String(), "call panicked"); n != 2 {
		t.Errorf("%d panics in the log, want 2", n)
	}
}

func TestErrorsWithoutStatusAreHidden(t *testing.T) {
	var log bytes.Buffer
	g := guard{log: slog.New(slog.NewTextHandler(&log, nil))}
	err := g.hide(t.Context(), "/m", nil, errors.New("disk path"))
	if status.Code(err) != codes.Internal || strings.Contains(err.Error(), "disk") || !strings.Contains(log.String(), "disk path") {
		t.Errorf("error %v, log %q: want the detail in the log alone", err, &log)
	}
	if err := g.hide(t.Context(), "/m", nil, nil); err != nil {
		t.Errorf("success became %v", err)
	}
}

func TestDeadlines(t *testing.T) {
	var tagged atomic.Int64
	r := startFake(t, Config{CallTimeout: 40 * time.Millisecond}, func(*classifier.Document) {
		tagged.Add(1)
		time.Sleep(2 * time.Millisecond)
	})
	batch := &pb.BatchTagDocumentsRequest{Documents: mixed(MaxDocuments)}
	if _, err := r.tagging.BatchTagDocuments(context.Background(), batch); status.Code(err) != codes.DeadlineExceeded {
		t.Errorf("a call without a deadline: %v, want %v", err, codes.DeadlineExceeded)
	}
	if n := tagged.Load(); n == MaxDocuments {
		t.Errorf("all %d documents were tagged, want the work cut short", n)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := r.tagging.BatchTagDocuments(ctx, batch); err != nil {
		t.Errorf("a call with a deadline of its own: %v", err)
	}
}

// blocked is a server with one call in flight, which goes on when released.
func blocked(t *testing.T, c Config) (r *running, answered <-chan error, release func()) {
	t.Helper()
	begun, held := make(chan struct{}), make(chan struct{})
	r = startFake(t, c, func(*classifier.Document) { close(begun); <-held })
	done := make(chan error, 1)
	go func() {
		_, err := r.tagging.TagDocument(context.Background(), one("teks"))
		done <- err
	}()
	<-begun
	return r, done, func() { close(held) }
}

func TestDrainFinishesCallsInFlight(t *testing.T) {
	r, answered, release := blocked(t, Config{Workers: 2}) // one is held
	watch, err := healthpb.NewHealthClient(r.conn).Watch(t.Context(), &healthpb.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	wantStatus(t, watch, healthpb.HealthCheckResponse_SERVING)
	r.stop()
	wantStatus(t, watch, healthpb.HealthCheckResponse_NOT_SERVING)
	wantRefused(t, r.dial())
	select {
	case err := <-r.done:
		t.Fatalf("served ended with a call in flight: %v", err)
	default:
	}
	release()
	if err := <-answered; err != nil {
		t.Errorf("the call in flight: %v, want its answer", err)
	}
	if err := <-r.done; err != nil {
		t.Errorf("Serve: %v, want nil", err)
	}
}

// wantRefused makes new calls until one is refused: health says that the server drains before it does.
func wantRefused(t *testing.T, conn *grpc.ClientConn) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		_, err := pb.NewTopicServiceClient(conn).ListTopics(ctx, &pb.ListTopicsRequest{})
		if status.Code(err) == codes.Unavailable {
			return
		}
		if err != nil {
			t.Fatalf("a new call while draining: %v, want %v", err, codes.Unavailable)
		}
	}
}

func wantStatus(t *testing.T, watch healthpb.Health_WatchClient, want healthpb.HealthCheckResponse_ServingStatus) {
	t.Helper()
	if resp, err := watch.Recv(); err != nil || resp.Status != want {
		t.Fatalf("health %v, %v, want %v", resp, err, want)
	}
}

func TestDrainCutsOffWhatTakesTooLong(t *testing.T) {
	r, answered, release := blocked(t, Config{DrainTimeout: 20 * time.Millisecond})
	defer release() // after Serve has returned: it must not wait for a stuck handler
	r.stop()
	if err := <-r.done; err != nil {
		t.Errorf("Serve: %v, want nil", err)
	}
	if err := <-answered; status.Code(err) != codes.Unavailable {
		t.Errorf("the call cut off: %v, want %v", err, codes.Unavailable)
	}
}

func TestIdleWatchDoesNotHoldUpTheDrain(t *testing.T) {
	r := startFake(t, Config{DrainTimeout: time.Hour}, func(*classifier.Document) {})
	watch, err := healthpb.NewHealthClient(r.conn).Watch(t.Context(), &healthpb.HealthCheckRequest{Service: "unknown"})
	if err != nil {
		t.Fatal(err)
	}
	wantStatus(t, watch, healthpb.HealthCheckResponse_SERVICE_UNKNOWN)
	r.stop()
	wantStatus(t, watch, healthpb.HealthCheckResponse_NOT_SERVING)
	if err := <-r.done; err != nil {
		t.Errorf("Serve: %v, want nil", err)
	}
}

func TestServeReportsAListenerThatFails(t *testing.T) {
	s, err := New(tinyClassifier(t), Config{})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := s.Serve(t.Context(), listener); err == nil || !strings.Contains(err.Error(), "serve gRPC on") {
		t.Errorf("error %v, want the address", err)
	}
}
