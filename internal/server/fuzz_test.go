package server

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/emptypb"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/feedback"
)

// tape is a connection whose other side has sent some bytes and then no more. What is answered is kept.
type tape struct {
	sent     *bytes.Reader
	answered syncBuffer
	once     sync.Once
	closed   chan struct{}
}

func (c *tape) Read(p []byte) (int, error)     { return c.sent.Read(p) }
func (c *tape) Write(p []byte) (int, error)    { return c.answered.Write(p) }
func (c *tape) Close() error                   { c.once.Do(func() { close(c.closed) }); return nil }
func (*tape) LocalAddr() net.Addr              { return loopback }
func (*tape) RemoteAddr() net.Addr             { return loopback }
func (*tape) SetDeadline(time.Time) error      { return nil }
func (*tape) SetReadDeadline(time.Time) error  { return nil }
func (*tape) SetWriteDeadline(time.Time) error { return nil }
func (c *tape) serve(on tapes) (answer string) { on <- c; <-c.closed; return c.answered.String() }
func newTape(parts ...[]byte) *tape {
	return &tape{sent: bytes.NewReader(bytes.Join(parts, nil)), closed: make(chan struct{})}
}
func (tapes) Addr() net.Addr { return loopback }
func (l tapes) Close() error { return nil }

var loopback = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}

// tapes is a listener whose connections are tapes.
type tapes chan *tape

func (l tapes) Accept() (net.Conn, error) {
	c, open := <-l
	if !open {
		return nil, net.ErrClosed
	}
	return c, nil
}

// startFuzzing is a server that takes feedback and whose log tells of panics; quiet says so if there was one.
func startFuzzing(f *testing.F) (s *Server, quiet func(testing.TB)) {
	f.Helper()
	kept, _, err := feedback.Open(f.TempDir(), feedback.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { kept.Close() })
	var log syncBuffer
	config := Config{Log: slog.New(slog.NewTextHandler(&log, nil)), Feedback: kept, CallTimeout: time.Minute}
	if s, err = New(tinyClassifier(f), config); err != nil {
		f.Fatal(err)
	}
	return s, func(t testing.TB) {
		if text := log.String(); strings.Contains(text, "panic") || strings.Contains(text, "call failed") {
			t.Fatalf("the log says: %s", text)
		}
	}
}

// jsonPaths are where FuzzHTTP sends bodies.
var jsonPaths = []string{"/v1/tag", "/v1/batchTag", "/v1/analyze", "/v1/feedback", "/v1/models/mini:activate"}

// FuzzHTTP sends bytes as they are on a connection, or as the body of a call. Nothing may panic, no answer may blame
// the server, and every answer to a call is JSON.
func FuzzHTTP(f *testing.F) {
	s, quiet := startFuzzing(f)
	server := s.newHTTP()
	l := make(tapes)
	go func() { _ = server.Serve(l) }()
	f.Cleanup(func() { close(l); server.Close() })
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"POST /v1/tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 36\r\n\r\n{\"document\":{\"text\":\"kiper penalti\"}}",
		"POST /v1/batchTag HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\nX-Request-Id: a\r\nAuthorization: Bearer x\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
		"GET /v1/topics?model=mini&x=%zz HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\nGET /readyz HTTP/1.0\r\n\r\n",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x00\x01\x00", "GET /metrics HTTP/1.1\r\nHost:localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
	} {
		f.Add(uint8(0), []byte(seed))
	}
	for i, m := range []proto.Message{
		&pb.TagDocumentRequest{Document: article("economy", 1), Options: &pb.TagOptions{View: full}},
		&pb.BatchTagDocumentsRequest{Documents: mixed(3)}, &pb.AnalyzeTextRequest{Text: "kiper"}, correct(nil),
	} {
		body, err := protojson.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i+1), body)
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		if n := int(kind) % (len(jsonPaths) + 1); n == 0 {
			if answer := newTape(data).serve(l); strings.HasPrefix(answer, "HTTP/1.1 500") || strings.HasPrefix(answer, "HTTP/1.0 500") {
				t.Errorf("%q is answered by %q", data, answer)
			}
		} else {
			checkJSON(t, server.Handler, jsonPaths[n-1], data)
		}
		quiet(t)
	})
}

func checkJSON(t *testing.T, h http.Handler, path string, body []byte) {
	r := httptest.NewRequest(http.MethodPost, "http://localhost"+path, bytes.NewReader(body))
	r.RemoteAddr = loopback.String()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code >= 500 || !json.Valid(w.Body.Bytes()) {
		t.Errorf("%s %q: code %d, %q", path, body, w.Code, w.Body)
	}
}

// grpcMethods are where FuzzGRPC sends messages.
var grpcMethods = []string{
	pb.TaggingService_TagDocument_FullMethodName, pb.TaggingService_BatchTagDocuments_FullMethodName,
	pb.TaggingService_AnalyzeText_FullMethodName, pb.TopicService_ListTopics_FullMethodName,
	pb.FeedbackService_CreateFeedback_FullMethodName, pb.FeedbackService_ListFeedback_FullMethodName,
	pb.ModelService_ListModelVersions_FullMethodName, pb.ModelService_GetModelVersion_FullMethodName,
	pb.TaggingService_StreamTagDocuments_FullMethodName,
}

// blames are the codes that a caller may get for a message, whatever it is.
var blames = []codes.Code{codes.OK, codes.InvalidArgument, codes.NotFound, codes.AlreadyExists, codes.FailedPrecondition, codes.ResourceExhausted}

// FuzzGRPC sends bytes as frames on a connection, after the preface, or as a message of a call. Nothing may panic, and
// a message, whatever it is, is answered or blamed on the caller.
func FuzzGRPC(f *testing.F) {
	s, quiet := startFuzzing(f)
	l := make(tapes)
	go func() { _ = s.grpc.Serve(l) }()
	f.Cleanup(func() { close(l); s.grpc.Stop() })
	conn := dialBuffer(f, s)
	if err := send(conn, pb.TopicService_ListTopics_FullMethodName, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(uint8(0), frames(f, pb.TaggingService_TagDocument_FullMethodName, &pb.TagDocumentRequest{Document: article("economy", 1)}))
	f.Add(uint8(0), frames(f, pb.TaggingService_StreamTagDocuments_FullMethodName, setup("", nil)))
	f.Add(uint8(0), []byte{0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0, 9})
	for i, m := range []proto.Message{
		&pb.TagDocumentRequest{Document: article("economy", 1), Options: &pb.TagOptions{View: full}},
		&pb.BatchTagDocumentsRequest{Documents: mixed(3)}, &pb.AnalyzeTextRequest{Text: "kiper"}, &pb.ListTopicsRequest{Model: "mini"}, correct(nil),
		&pb.ListFeedbackRequest{PageSize: 3, PageToken: "x"}, &pb.ListModelVersionsRequest{}, &pb.GetModelVersionRequest{Model: "mini@1"}, setup("mini", nil),
	} {
		message, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i+1), message)
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		if n := int(kind) % (len(grpcMethods) + 1); n == 0 {
			newTape([]byte(http2.ClientPreface), []byte("\x00\x00\x00\x04\x00\x00\x00\x00\x00"), data).serve(l)
		} else if err := send(conn, grpcMethods[n-1], data); !slices.Contains(blames, status.Code(err)) {
			t.Errorf("%s %q: %v", grpcMethods[n-1], data, err)
		}
		quiet(t)
	})
}

// dialBuffer connects to a server without a network.
func dialBuffer(f *testing.F, s *Server) *grpc.ClientConn {
	f.Helper()
	l := bufconn.Listen(1 << 20)
	go func() { _ = s.grpc.Serve(l) }()
	conn, err := grpc.NewClient("passthrough:///bufconn", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return l.DialContext(ctx) }))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { conn.Close() })
	return conn
}

// send sends one message, encoded already, to a method.
func send(conn *grpc.ClientConn, method string, message []byte) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	stream, err := conn.NewStream(ctx, &grpc.StreamDesc{ClientStreams: true, ServerStreams: true}, method, grpc.ForceCodecV2(rawCodec{}))
	if err != nil {
		return err
	}
	if err := stream.SendMsg(message); err != nil && err != io.EOF {
		return err
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	if err := stream.RecvMsg(new(emptypb.Empty)); err != io.EOF { // keeps what it does not know
		return err
	}
	return nil
}

// frames is a call as a client would send it.
func frames(t testing.TB, method string, m proto.Message) []byte {
	t.Helper()
	message, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var block, out bytes.Buffer
	encoder := hpack.NewEncoder(&block)
	for _, h := range [][2]string{
		{":method", "POST"}, {":scheme", "http"}, {":path", method}, {":authority", "localhost"}, {"content-type", "application/grpc"}, {"te", "trailers"}, {"grpc-timeout", "9S"},
	} {
		if err := encoder.WriteField(hpack.HeaderField{Name: h[0], Value: h[1]}); err != nil {
			t.Fatal(err)
		}
	}
	w := http2.NewFramer(&out, nil)
	data := append(binary.BigEndian.AppendUint32([]byte{0}, uint32(len(message))), message...)
	if err := w.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block.Bytes(), EndHeaders: true}); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteData(1, true, data); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
