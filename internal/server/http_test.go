package server

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/encoding/protojson"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
)

// web is a server on loopback with all its sides.
type web struct {
	url, admin string
	listeners  Listeners
	conn       *grpc.ClientConn
	stop       context.CancelFunc
	done       <-chan error
}

func startWeb(t *testing.T, s *Server) *web {
	t.Helper()
	var l Listeners
	for _, to := range []*net.Listener{&l.GRPC, &l.HTTP, &l.Admin} {
		var err error
		if *to, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	conn, err := grpc.NewClient(l.GRPC.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.ServeAll(ctx, l); close(done) }()
	t.Cleanup(func() { conn.Close(); stop(); <-done })
	return &web{"http://" + l.HTTP.Addr().String(), "http://" + l.Admin.Addr().String(), l, conn, stop, done}
}

func newTiny(t *testing.T, c Config) *Server {
	t.Helper()
	s, err := New(tinyClassifier(t), c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newFake(t *testing.T, c Config, tag func(*classifier.Document)) *Server {
	t.Helper()
	c, err := c.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return newServer(oneEngine(fakeEngine(tag)), c)
}

// reply is what came back over HTTP.
type reply struct {
	code   int
	body   string
	header http.Header
}

// ask makes an HTTP request; headers are "Name: value".
func ask(t *testing.T, method, url, body string, headers ...string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if req.Header.Set(name, value); name == "Host" {
			req.Host = value
		}
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, string(got), resp.Header}
}

// rpcStatus is google.rpc.Status in JSON.
type rpcStatus struct {
	Code    int
	Message string
	Details []struct {
		Reason, Domain  string
		FieldViolations []struct{ Field string }
	}
}

// wantReply checks the code and, of an error, that it is a google.rpc.Status with a reason.
func wantReply(t *testing.T, got reply, code int, reason string) {
	t.Helper()
	if got.code != code || got.header.Get("Content-Type") != "application/json" {
		t.Fatalf("code %d (%s), want %d: %s", got.code, got.header.Get("Content-Type"), code, got.body)
	}
	if code == http.StatusOK {
		return
	}
	var s rpcStatus
	if err := json.Unmarshal([]byte(got.body), &s); err != nil || s.Code == 0 || s.Message == "" {
		t.Fatalf("no status: %v, %s", err, got.body)
	}
	if reason != "" && (len(s.Details) == 0 || s.Details[0].Reason != reason || s.Details[0].Domain != "tajuk.v1") {
		t.Errorf("want reason %s: %s", reason, got.body)
	}
}

// TestHTTPEqualsGRPC: both sides give the same answer, to the last bit of each number.
func TestHTTPEqualsGRPC(t *testing.T) {
	c := tinyClassifier(t)
	w := startWeb(t, newTiny(t, Config{}))
	for _, d := range mixed(12) {
		req := &pb.TagDocumentRequest{Document: d, Options: &pb.TagOptions{View: full}}
		body, err := protojson.Marshal(req)
		if err != nil {
			t.Fatal(err)
		}
		got := ask(t, "POST", w.url+"/v1/tag", string(body))
		wantReply(t, got, 200, "")
		var resp pb.TagDocumentResponse
		if err := protojson.Unmarshal([]byte(got.body), &resp); err != nil {
			t.Fatal(err)
		}
		checkSame(t, c, d, resp.Prediction)
	}
}

func TestHTTPCalls(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	tests := []struct {
		name, method, path, body string
		code                     int
		reason, contains         string
	}{
		{"tag", "POST", "/v1/tag", `{"document":{"document_id":"a","text":"kiper menahan penalti di stadion"}}`, 200, "", `"document_id":"a","outcome":"OUTCOME_TAGGED"`},
		{"camel case is read too", "POST", "/v1/tag", `{"document":{"documentId":"b","text":"kiper gol"}}`, 200, "", `"document_id":"b"`},
		{
			"batch", "POST", "/v1/batchTag", `{"documents":[{"document_id":"x"},{"text":"kiper menahan penalti"}]}`, 200, "",
			`{"results":[{"error":{"document_id":"x","code":3,"reason":"DOCUMENT_EMPTY",`,
		},
		{"analyze", "POST", "/v1/analyze", `{"text":"kiper"}`, 200, "", `"stem":"kiper"`},
		{"topics", "GET", "/v1/topics", "", 200, "", `"iptc_code":"20001065"`},
		{"topics of another model", "GET", "/v1/topics?model=other", "", 404, reasonModelNotFound, `"field":"model"`},
		{"feedback is off", "POST", "/v1/feedback", `{}`, 400, reasonFeedbackDisabled, "--feedback DIR"},
		{"openapi", "GET", "/openapi.json", "", 200, "", `"/v1/batchTag"`},
		{"alive", "GET", "/healthz", "", 200, "", "ALIVE"},
		{"ready", "GET", "/readyz", "", 200, "", `"model_version":"mini@`},

		{"no document", "POST", "/v1/tag", `{}`, 400, reasonDocumentMissing, `"field":"document"`},
		{"no JSON", "POST", "/v1/tag", `{"document"`, 400, reasonMalformed, ""},
		{"nothing", "POST", "/v1/tag", "", 400, reasonDocumentMissing, ""},
		{"unknown field", "POST", "/v1/tag", `{"dokumen":{}}`, 400, reasonMalformed, "dokumen"},
		{"wrong type", "POST", "/v1/tag", `{"document":{"text":7}}`, 400, reasonMalformed, ""},
		{"not UTF-8", "POST", "/v1/tag", "{\"document\":{\"text\":\"\xff\"}}", 400, reasonMalformed, ""},
		{"option out of range", "POST", "/v1/tag", `{"document":{"text":"a"},"options":{"min_confidence":2}}`, 400, reasonOptionInvalid, "options.min_confidence"},
		{"long document", "POST", "/v1/tag", `{"document":{"text":"` + strings.Repeat("x", MaxDocumentBytes+1) + `"}}`, 400, reasonDocumentTooLong, ""},
		{"long body", "POST", "/v1/tag", strings.Repeat(" ", MaxBodyBytes+1), 413, reasonBodyTooLong, ""},
		{"no such path", "GET", "/v1/tags", "", 404, "", "openapi"},
		{"no such page", "GET", "/index", "", 404, "", "openapi"},
		{"wrong method", "GET", "/v1/tag", "", 405, "", "openapi"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ask(t, tt.method, w.url+tt.path, tt.body)
			wantReply(t, got, tt.code, tt.reason)
			var body bytes.Buffer // protojson's spaces differ from build to build
			if err := json.Compact(&body, []byte(got.body)); err != nil || !strings.Contains(body.String(), tt.contains) {
				t.Errorf("%.500s lacks %s: %v", got.body, tt.contains, err)
			}
		})
	}
}

// TestLongBodyIsNotRead: a body that announces too much is refused before it comes.
func TestLongBodyIsNotRead(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /v1/tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n", int64(math.MaxInt64/2))
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.Contains(line, " 413 ") {
		t.Errorf("answer %q, %v", line, err)
	}
}

// TestSlowHTTPClients: who sends slowly is cut off, and others are served meanwhile.
func TestSlowHTTPClients(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{ReadTimeout: 2 * time.Second})) // so long that a busy machine gets the good calls through
	slow := map[string]net.Conn{}
	for name, start := range map[string]string{
		"headers": "POST /v1/tag HTTP/1.1\r\nHost: localhost\r\nX-Half",
		"body":    "POST /v1/tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"document\"",
	} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprint(conn, start)
		slow[name] = conn
	}
	wantReply(t, ask(t, "GET", w.url+"/v1/topics", ""), 200, "")
	for name, conn := range slow {
		_ = conn.SetReadDeadline(time.Now().Add(time.Minute))
		answer, err := io.ReadAll(conn) // to the end: the server must close
		if err != nil || strings.Contains(string(answer), " 200 ") {
			t.Errorf("slow %s: %v, %.100q", name, err, answer)
		}
	}
}

// TestPagesFromElsewhere: a page in a browser cannot make calls, by its origin or by a
// name of its own for this machine.
func TestPagesFromElsewhere(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	body := `{"document":{"text":"kiper menahan penalti"}}`
	for _, header := range []string{"Origin: http://evil.example", "Sec-Fetch-Site: cross-site"} {
		wantReply(t, ask(t, "POST", w.url+"/v1/tag", body, header), 403, reasonForeignOrigin)
	}
	for _, host := range []string{"evil.example", "evil.example:8080", "10.0.0.1", "localhost.evil.example"} {
		wantReply(t, ask(t, "POST", w.url+"/v1/tag", body, "Host: "+host), 403, reasonForeignHost)
	}
	for _, host := range []string{"localhost", "localhost:99", "127.0.0.1", "[::1]", "[::1]:8080"} {
		wantReply(t, ask(t, "POST", w.url+"/v1/tag", body, "Host: "+host), 200, "")
	}
	if got := ask(t, "GET", w.admin+"/debug/pprof/", "", "Host: evil.example"); got.code != 403 {
		t.Errorf("profiles for another host: %d", got.code)
	}
}

func TestAdmin(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{}))
	if got := ask(t, "GET", w.admin+"/debug/pprof/goroutine?debug=1", ""); got.code != 200 || !strings.Contains(got.body, "goroutine profile") {
		t.Errorf("profile: %d", got.code)
	}
	if got := ask(t, "GET", w.admin+"/metrics", ""); got.code != 200 || !strings.Contains(got.body, "tajuk_model_info") {
		t.Errorf("metrics: %d", got.code)
	}
	wantReply(t, ask(t, "GET", w.url+"/debug/pprof/", ""), 404, "")
}

// TestDrainDelay: told to stop, a server says at once that no calls should come, and takes for a
// while those that come all the same.
func TestDrainDelay(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{DrainDelay: time.Hour}))
	w.stop()
	waitFor(t, func() bool { return ask(t, "GET", w.url+"/readyz", "").code == 503 })
	if got := ask(t, "GET", w.url+"/v1/topics", ""); got.code != 200 {
		t.Errorf("a call in the delay: %+v", got)
	}
	if _, err := pb.NewTopicServiceClient(w.conn).ListTopics(t.Context(), &pb.ListTopicsRequest{}); err != nil {
		t.Errorf("a call in the delay: %v", err)
	}
	w.listeners.GRPC.Close() // ends the server before the hour is over
	if err := <-w.done; err == nil {
		t.Error("served without a listener")
	}
	w = startWeb(t, newTiny(t, Config{DrainDelay: time.Millisecond}))
	w.stop()
	if err := <-w.done; err != nil {
		t.Errorf("after the delay: %v", err)
	}
}

func TestHTTPPanic(t *testing.T) {
	w := startWeb(t, newFake(t, Config{}, func(*classifier.Document) { panic("the secret detail") }))
	for range 2 {
		got := ask(t, "POST", w.url+"/v1/tag", `{"document":{"text":"teks"}}`)
		if wantReply(t, got, 500, ""); strings.Contains(got.body, "secret") {
			t.Errorf("the caller learns %s", got.body)
		}
	}
}

// TestHTTPDrain: the call in flight is answered, and /readyz says before that no more should come.
func TestHTTPDrain(t *testing.T) {
	begun, held := make(chan struct{}), make(chan struct{})
	s := newFake(t, Config{}, func(*classifier.Document) { close(begun); <-held })
	w := startWeb(t, s)
	answered := make(chan reply, 1)
	go func() { answered <- ask(t, "POST", w.url+"/v1/tag", `{"document":{"text":"teks"}}`) }()
	<-begun
	s.health.Shutdown()
	if got := ask(t, "GET", w.url+"/readyz", ""); got.code != 503 || !strings.Contains(got.body, "NOT_SERVING") {
		t.Errorf("ready while draining: %+v", got)
	}
	w.stop()
	close(held)
	if got := <-answered; got.code != 200 {
		t.Errorf("the call in flight: %+v", got)
	}
	if err := <-w.done; err != nil {
		t.Error(err)
	}
}
