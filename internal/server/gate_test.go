package server

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/access"
)

// tokens is a list of one caller a role; a caller's token is the name of the role.
func tokens(t *testing.T) *access.ListFile {
	t.Helper()
	file := filepath.Join(t.TempDir(), "access")
	var text string
	for _, role := range []access.Role{access.Read, access.Feedback, access.Admin} {
		text += fmt.Sprintf("the-%s %s sha256:%x\n", role, role, sha256.Sum256([]byte(role.String())))
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := access.OpenList(file, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func bearer(ctx context.Context, token string) context.Context {
	if token == "" {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
}

// TestRoles: each call with each token, over both sides.
func TestRoles(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{Access: tokens(t)}))
	text := `{"document":{"text":"kiper menahan penalti"}}`
	for _, tt := range []struct {
		token                       string
		tag, feedback, admin        codes.Code
		httpTag, httpFeedback, code int // of /metrics
		reason                      string
	}{
		{"", codes.Unauthenticated, codes.Unauthenticated, codes.Unauthenticated, 401, 401, 401, reasonTokenMissing},
		{"wrong", codes.Unauthenticated, codes.Unauthenticated, codes.Unauthenticated, 401, 401, 401, reasonTokenInvalid},
		{"read", codes.OK, codes.PermissionDenied, codes.PermissionDenied, 200, 403, 200, reasonForbidden},
		{"feedback", codes.OK, codes.FailedPrecondition, codes.PermissionDenied, 200, 400, 200, reasonFeedbackDisabled},
		{"admin", codes.OK, codes.FailedPrecondition, codes.FailedPrecondition, 200, 400, 200, reasonFeedbackDisabled},
	} {
		t.Run("token "+tt.token, func(t *testing.T) {
			ctx := bearer(t.Context(), tt.token)
			_, err := pb.NewTaggingServiceClient(w.conn).TagDocument(ctx, one("kiper menahan penalti"))
			if status.Code(err) != tt.tag {
				t.Errorf("tag: %v", err)
			}
			_, err = pb.NewFeedbackServiceClient(w.conn).CreateFeedback(ctx, correct(nil))
			wantFault(t, err, tt.feedback, tt.reason, "")
			for _, method := range []string{"ActivateModelVersion", "RollbackModel"} {
				var none pb.ListTopicsRequest // the call is refused, or not known, before it is read
				if err := w.conn.Invoke(ctx, "/tajuk.v1.ModelService/"+method, &none, &none); status.Code(err) != tt.admin {
					t.Errorf("%s: %v", method, err)
				}
			}
			var header []string
			if tt.token != "" {
				header = []string{"Authorization: Bearer " + tt.token}
			}
			if got := ask(t, "POST", w.url+"/v1/tag", text, header...); got.code != tt.httpTag {
				t.Errorf("HTTP tag: %d %s", got.code, got.body)
			}
			wantReply(t, ask(t, "POST", w.url+"/v1/feedback", `{"feedback":{}}`, header...), tt.httpFeedback, tt.reason)
			if got := ask(t, "GET", w.url+"/metrics", "", header...); got.code != tt.code {
				t.Errorf("metrics: %d", got.code)
			}
		})
	}
	for _, path := range []string{"/healthz", "/readyz", "/openapi.json"} {
		if got := ask(t, "GET", w.url+path, ""); got.code != 200 {
			t.Errorf("%s without a token: %d", path, got.code)
		}
	}
	if _, err := healthpb.NewHealthClient(w.conn).Check(t.Context(), &healthpb.HealthCheckRequest{}); err != nil {
		t.Errorf("health without a token: %v", err)
	}
}

// TestCertificateRoles: a client certificate that TLS has verified has the role of its line, and a
// token beats it.
func TestCertificateRoles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "access")
	text := fmt.Sprintf("ops admin cert:ops.example\nreader read sha256:%x\n", sha256.Sum256([]byte("read")))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := access.OpenList(file, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	named := func(name string, verified bool) *peer.Peer {
		chain := []*x509.Certificate{{Subject: pkix.Name{CommonName: name}}}
		state := tls.ConnectionState{PeerCertificates: chain}
		if verified {
			state.VerifiedChains = [][]*x509.Certificate{chain}
		}
		return &peer.Peer{AuthInfo: credentials.TLSInfo{State: state}}
	}
	for _, tt := range []struct {
		name   string
		list   *access.ListFile
		peer   *peer.Peer
		header string
		want   access.Caller
	}{
		{"verified", list, named("ops.example", true), "", access.Caller{Name: "ops", Role: access.Admin}},
		{"not verified", list, named("ops.example", false), "", access.Caller{}},
		{"not in the list", list, named("other.example", true), "", access.Caller{}},
		{"a token too", list, named("ops.example", true), "bearer read", access.Caller{Name: "reader", Role: access.Read}},
		{"a wrong token too", list, named("ops.example", true), "Bearer wrong", access.Caller{}},
		{"another scheme", list, &peer.Peer{}, "Basic read", access.Caller{}},
		{"no list", nil, named("ops.example", true), "", access.Caller{Name: "ops.example", Role: access.Feedback}},
	} {
		g := &gate{list: tt.list}
		if got, err := g.authenticate(tt.peer, tt.header); got != tt.want || (err == nil) != (tt.want.Name != "") {
			t.Errorf("%s: %v, %v", tt.name, got, err)
		}
	}
}

func TestHost(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7:99": "192.0.2.7", "[2001:db8::1]:99": "2001:db8::/64", "[2001:db8::ffff:2]:99": "2001:db8::/64", "[::1]:99": "::1",
		"[::ffff:192.0.2.7]:99": "192.0.2.7", "[fe80::1%eth0]:99": "fe80::/64",
	} {
		addr := net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))
		if got := host(&peer.Peer{Addr: addr}); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	if got := host(&peer.Peer{Addr: &net.UnixAddr{Name: "/run/s"}}); got != "/run/s" {
		t.Errorf("a socket: %s", got)
	}
}

// TestAdminNeedsAToken: without a list of callers nobody is an administrator.
func TestAdminNeedsAToken(t *testing.T) {
	r := startTiny(t)
	var none pb.ListTopicsRequest
	err := r.conn.Invoke(bearer(t.Context(), "admin"), "/tajuk.v1.ModelService/RollbackModel", &none, &none)
	wantFault(t, err, codes.PermissionDenied, reasonNotAuthorized, "")
	asked := ""
	r = start(t, newTiny(t, Config{Authorize: func(_ context.Context, role string) error { asked = role; return nil }}))
	err = r.conn.Invoke(t.Context(), "/tajuk.v1.ModelService/RollbackModel", &none, &none)
	if status.Code(err) != codes.FailedPrecondition || asked != RoleAdmin { // let in, and there is no store
		t.Errorf("with an Authorize that allows all: %v, asked about %q", err, asked)
	}
}

// TestRefusedBeforeReading: without a token a message is not even waited for.
func TestRefusedBeforeReading(t *testing.T) {
	r := start(t, newTiny(t, Config{Access: tokens(t)}))
	desc := &grpc.StreamDesc{ClientStreams: true}
	stream, err := r.conn.NewStream(t.Context(), desc, pb.TaggingService_TagDocument_FullMethodName)
	if err != nil {
		t.Fatal(err)
	}
	// Nothing is sent, and yet the answer comes.
	wantFault(t, stream.RecvMsg(new(pb.TagDocumentResponse)), codes.Unauthenticated, reasonTokenMissing, "")
}

// TestSlowGRPCClient: a call that never sends its message ends at its deadline.
func TestSlowGRPCClient(t *testing.T) {
	r := start(t, newTiny(t, Config{CallTimeout: 50 * time.Millisecond}))
	stream, err := r.conn.NewStream(t.Context(), &grpc.StreamDesc{ClientStreams: true}, pb.TaggingService_TagDocument_FullMethodName)
	if err != nil {
		t.Fatal(err)
	}
	if err := stream.RecvMsg(new(pb.TagDocumentResponse)); status.Code(err) != codes.DeadlineExceeded && status.Code(err) != codes.Canceled {
		t.Errorf("error %v", err)
	}
}

// wantRetry checks that an error says when to ask again.
func wantRetry(t *testing.T, err error, reason string) {
	t.Helper()
	wantFault(t, err, codes.ResourceExhausted, reason, "")
	for _, d := range status.Convert(err).Details() {
		if retry, ok := d.(*errdetails.RetryInfo); ok && retry.RetryDelay.AsDuration() > 0 {
			return
		}
	}
	t.Errorf("%v does not say when to ask again", err)
}

func TestRateLimit(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{Access: tokens(t), Limits: access.Limits{Rate: 0.001, Burst: 2}}))
	client := pb.NewTopicServiceClient(w.conn)
	list := func(token string) error {
		_, err := client.ListTopics(bearer(t.Context(), token), &pb.ListTopicsRequest{})
		return err
	}
	if err := list("read"); err != nil {
		t.Error(err)
	}
	wantReply(t, ask(t, "GET", w.url+"/v1/topics", "", "Authorization: Bearer read"), 200, "")
	wantRetry(t, list("read"), access.RateLimited)
	got := ask(t, "GET", w.url+"/v1/topics", "", "Authorization: Bearer read")
	wantReply(t, got, 429, access.RateLimited)
	if got.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if err := list("admin"); err != nil {
		t.Errorf("another caller: %v", err)
	}
}

func TestConcurrencyLimit(t *testing.T) {
	begun, held := make(chan struct{}, 2), make(chan struct{})
	s := newFake(t, Config{Limits: access.Limits{Calls: 1}}, func(*classifier.Document) { begun <- struct{}{}; <-held })
	r := start(t, s)
	done := make(chan error, 1)
	go func() { _, err := r.tagging.TagDocument(context.Background(), one("a")); done <- err }()
	<-begun
	_, err := r.tagging.TagDocument(t.Context(), one("b"))
	wantRetry(t, err, access.TooManyCalls)
	close(held)
	if err := <-done; err != nil {
		t.Error(err)
	}
	waitFor(t, func() bool { // the place is given back a moment after the answer
		_, err := r.tagging.TagDocument(t.Context(), one("c"))
		return err == nil
	})
}

// TestAbandonedCallGivesItsPlaceBack: also a call that is let in and whose message never comes.
func TestAbandonedCallGivesItsPlaceBack(t *testing.T) {
	s := newFake(t, Config{Limits: access.Limits{Calls: 1}}, func(*classifier.Document) {})
	r := start(t, s)
	ctx, abandon := context.WithCancel(t.Context())
	desc := &grpc.StreamDesc{ClientStreams: true}
	if _, err := r.conn.NewStream(ctx, desc, pb.TaggingService_TagDocument_FullMethodName); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { // its headers are there
		_, err := r.tagging.TagDocument(t.Context(), one("b"))
		return status.Code(err) == codes.ResourceExhausted
	})
	abandon()
	waitFor(t, func() bool {
		_, err := r.tagging.TagDocument(t.Context(), one("c"))
		return err == nil
	})
}

// TestCallIsAContext: what the gate knows is found beneath other contexts, and so is all that was there before.
func TestCallIsAContext(t *testing.T) {
	type key struct{}
	parent, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, "value"))
	g := &gate{clients: access.NewClients(access.Limits{}), load: access.NewLoad(1, 1, time.Second)}
	c, err := g.enter(parent, &peer.Peer{Addr: &net.TCPAddr{IP: net.IPv4(192, 0, 2, 7)}}, "", "req-1")
	if err != nil {
		t.Fatal(err)
	}
	child, stop := context.WithCancel(context.WithValue(c, key{}, "other"))
	defer stop()
	if got := callOf(child); got != c || got.id != "req-1" || got.caller.Name != "192.0.2.7" {
		t.Errorf("the call is %+v", got)
	}
	if child.Value(key{}) != "other" || c.Value(key{}) != "value" {
		t.Errorf("values %v and %v", child.Value(key{}), c.Value(key{}))
	}
	if got := callOf(t.Context()); got.id != "" || got.caller.Name != "" {
		t.Errorf("a call that nobody made: %+v", got)
	}
	cancel()
	if child.Err() == nil || c.Err() == nil {
		t.Error("a call goes on after its parent")
	}
	c.end()
}

// TestOverload: with every worker and every place in the queue taken, calls are refused with a hint when to ask
// again, and those that were let in are answered. What comes of it for throughput shows access.TestLoadUnderOverload.
func TestOverload(t *testing.T) {
	const workers, queue = 2, 4
	held := make(chan struct{})
	s := newFake(t, Config{Workers: workers, Queue: queue, QueueTimeout: time.Hour}, func(*classifier.Document) { <-held })
	r := start(t, s)
	answers := make(chan error)
	for range workers + queue {
		go func() {
			_, err := r.tagging.TagDocument(context.Background(), one("teks"))
			answers <- err
		}()
	}
	waitFor(t, func() bool { working, waiting := s.gate.load.Busy(); return working == workers && waiting == queue })
	for range 3 {
		_, err := r.tagging.TagDocument(t.Context(), one("teks"))
		wantRetry(t, err, access.Overloaded)
	}
	close(held)
	for range workers + queue {
		if err := <-answers; err != nil {
			t.Errorf("a call that was let in: %v", err)
		}
	}
	if _, err := r.tagging.TagDocument(t.Context(), one("teks")); err != nil {
		t.Errorf("a call after the overload: %v", err)
	}
}

// TestLogsHoldNoText: a call's line has its request id and nothing of what it was about,
// whatever came of it.
func TestLogsHoldNoText(t *testing.T) {
	var log syncBuffer
	s := newFake(t, Config{Log: slog.New(slog.NewJSONHandler(&log, nil)), LogCalls: true}, func(d *classifier.Document) {
		if d.Text == "rahasia panic" {
			panic("kaboom")
		}
	})
	w := startWeb(t, s)
	client := pb.NewTaggingServiceClient(w.conn)
	ctx := metadata.AppendToOutgoingContext(t.Context(), "x-request-id", "req-7")
	var header metadata.MD
	for _, text := range []string{"rahasia", "rahasia panic", ""} {
		_, _ = client.TagDocument(ctx, &pb.TagDocumentRequest{Document: &pb.Document{DocumentId: "rahasia", Title: text, Text: text}}, grpc.Header(&header))
		if got := header.Get("x-request-id"); len(got) != 1 || got[0] != "req-7" {
			t.Errorf("header %q", got)
		}
	}
	_, _ = client.TagDocument(ctx, &pb.TagDocumentRequest{Model: "rahasia", Document: &pb.Document{Text: "a"}})
	got := ask(t, "POST", w.url+"/v1/tag", `{"rahasia":1}`, "X-Request-Id: req-8")
	if id := got.header.Get("X-Request-Id"); id != "req-8" {
		t.Errorf("HTTP header %q", id)
	}
	if id := ask(t, "GET", w.url+"/v1/topics", "", "X-Request-Id: bad id\"").header.Get("X-Request-Id"); id == "" || strings.Contains(id, "bad") {
		t.Errorf("an id unfit for a log is kept: %q", id)
	}
	w.stop()
	<-w.done
	text := log.String()
	if strings.Contains(text, "rahasia") {
		t.Errorf("the log tells what calls were about:\n%s", text)
	}
	for _, want := range []string{`"request_id":"req-7"`, `"caller":"127.0.0.1"`, `"code":"OK"`, `"code":"InvalidArgument"`, `"reason":"DOCUMENT_EMPTY"`, "kaboom", `"level":"ERROR"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %s:\n%s", want, text)
		}
	}
}

// syncBuffer is a buffer for many writers.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
