package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"math"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/page"
)

// MaxBodyBytes is the size of the largest body of an HTTP request: a full batch, escaped
// as JSON.
const MaxBodyBytes = 2 * MaxBatchBytes

const reasonBodyTooLong = "BODY_TOO_LONG"

// newHTTP returns the HTTP side of s: the calls as JSON, and what operators look at.
func (s *Server) newHTTP() *http.Server {
	mux := http.NewServeMux()
	mux.Handle("/v1/", s.calls(s.gateway()))
	mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, http.StatusOK, pb.OpenAPI) })
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, []byte(`{"status":"ALIVE"}`))
	})
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", s.calls(s.metricsHandler()))
	if !s.config.NoPage {
		addPage(mux)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		writeStatus(w, http.StatusNotFound, noRoute(http.StatusNotFound))
	})
	return &http.Server{
		Handler:   promhttp.InstrumentHandlerDuration(s.metrics.http, sameOrigin(s.traced(mux))),
		TLSConfig: s.config.TLS,
		// A client that sends or reads slowly holds a connection and no more, and not for long.
		ReadHeaderTimeout: min(5*time.Second, s.config.ReadTimeout),
		ReadTimeout:       s.config.ReadTimeout,
		WriteTimeout:      s.config.ReadTimeout + s.config.CallTimeout + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.config.Log.Handler(), slog.LevelWarn),
	}
}

// addPage adds the web page, which holds no data and so is open to all; its calls are judged as any.
func addPage(mux *http.ServeMux) {
	for _, f := range page.Files() {
		mux.Handle("GET "+f.Pattern, f)
		mux.HandleFunc(f.Pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Allow", "GET, HEAD")
			writeStatus(w, http.StatusMethodNotAllowed, noRoute(http.StatusMethodNotAllowed))
		})
	}
}

func (s *Server) metricsHandler() http.Handler {
	return promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{Registry: s.metrics.registry})
}

// ready says whether calls should be sent here, and which model answers them.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	code := http.StatusOK
	resp, err := s.health.Check(r.Context(), &healthpb.HealthCheckRequest{})
	if err != nil || resp.Status != healthpb.HealthCheckResponse_SERVING {
		code = http.StatusServiceUnavailable
	}
	body, _ := json.Marshal(map[string]string{"status": resp.GetStatus().String(), "model_version": s.models.Version()}) // of strings: cannot fail
	writeJSON(w, code, body)
}

// gateway turns JSON into calls.
func (s *Server) gateway() *runtime.ServeMux {
	mux := runtime.NewServeMux(
		runtime.WithMarshalerOption(runtime.MIMEWildcard, &runtime.JSONPb{
			MarshalOptions: protojson.MarshalOptions{UseProtoNames: true, EmitDefaultValues: true},
		}),
		runtime.WithErrorHandler(writeError),
		runtime.WithRoutingErrorHandler(func(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, _ *http.Request, code int) {
			writeStatus(w, code, noRoute(code))
		}),
	)
	for _, register := range []func(context.Context, *runtime.ServeMux, grpc.ClientConnInterface) error{
		func(ctx context.Context, m *runtime.ServeMux, c grpc.ClientConnInterface) error {
			return pb.RegisterTaggingServiceHandlerClient(ctx, m, pb.NewTaggingServiceClient(c))
		},
		func(ctx context.Context, m *runtime.ServeMux, c grpc.ClientConnInterface) error {
			return pb.RegisterTopicServiceHandlerClient(ctx, m, pb.NewTopicServiceClient(c))
		},
		func(ctx context.Context, m *runtime.ServeMux, c grpc.ClientConnInterface) error {
			return pb.RegisterModelServiceHandlerClient(ctx, m, pb.NewModelServiceClient(c))
		},
		func(ctx context.Context, m *runtime.ServeMux, c grpc.ClientConnInterface) error {
			return pb.RegisterFeedbackServiceHandlerClient(ctx, m, pb.NewFeedbackServiceClient(c))
		},
	} {
		if err := register(context.Background(), mux, s.local); err != nil {
			s.config.Log.Error("routes not registered", "error", err) // cannot happen: it never fails
		}
	}
	return mux
}

// noRoute is the answer to a path or a method that is not there.
func noRoute(code int) *status.Status {
	switch code {
	case http.StatusNotFound:
		return status.New(codes.NotFound, "no such path: /openapi.json lists the calls")
	case http.StatusMethodNotAllowed:
		return status.New(codes.Unimplemented, "not with this method: /openapi.json lists the calls")
	}
	return status.New(codes.InvalidArgument, "the path cannot be read")
}

// calls stands before what only callers may see: it lets them in or not, and reads the
// body, up to its limit, before anything is made of it.
func (s *Server) calls(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := s.gate.enter(r.Context(), httpPeer(r), r.Header.Get("Authorization"), r.Header.Get("X-Request-Id"))
		if err != nil {
			w.Header().Set("Connection", "close") // the body is not read
			writeError(r.Context(), nil, nil, w, r, err)
			return
		}
		defer c.end()
		w.Header().Set("X-Request-Id", c.id)
		r = r.WithContext(c)
		if !readBody(w, r) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readBody replaces the body by its bytes. It answers itself and returns false if
// that cannot be done.
func readBody(w http.ResponseWriter, r *http.Request) bool {
	if r.ContentLength > MaxBodyBytes {
		w.Header().Set("Connection", "close")
		bodyTooLong(w)
		return false
	}
	var body bytes.Buffer
	if r.ContentLength > 0 {
		body.Grow(int(min(r.ContentLength, 64<<10))) // what is announced need not come
	}
	_, err := io.Copy(&body, http.MaxBytesReader(w, r.Body, MaxBodyBytes))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		bodyTooLong(w)
		return false
	}
	if err != nil {
		w.Header().Set("Connection", "close")
		f := &fault{codes.DeadlineExceeded, reasonMalformed, "", "the body did not come in time or not whole"}
		writeStatus(w, http.StatusRequestTimeout, f.GRPCStatus())
		return false
	}
	r.Body = io.NopCloser(&body)
	return true
}

func bodyTooLong(w http.ResponseWriter) {
	f := &fault{codes.ResourceExhausted, reasonBodyTooLong, "", "the body exceeds " + strconv.Itoa(MaxBodyBytes) + " bytes: send less in a request"}
	writeStatus(w, http.StatusRequestEntityTooLarge, f.GRPCStatus())
}

// httpPeer says of an HTTP request what grpc says of a call.
func httpPeer(r *http.Request) *peer.Peer {
	p := &peer.Peer{}
	if addr, err := net.ResolveTCPAddr("tcp", r.RemoteAddr); err == nil {
		p.Addr = addr
	}
	if r.TLS != nil {
		p.AuthInfo = credentials.TLSInfo{State: *r.TLS}
	}
	return p
}

// writeError answers with an error as google.rpc.Status.
func writeError(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, _ *http.Request, err error) {
	s := status.Convert(err)
	if s.Code() == codes.InvalidArgument && len(s.Details()) == 0 { // from the gateway: ours have details
		s = invalid(reasonMalformed, "", "the request cannot be read: %.200s", s.Message()).GRPCStatus()
	}
	code := runtime.HTTPStatusFromCode(s.Code())
	if code == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="tajuk"`)
	}
	for _, d := range s.Details() {
		if retry, ok := d.(*errdetails.RetryInfo); ok {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(retry.RetryDelay.AsDuration().Seconds()))))
		}
	}
	writeStatus(w, code, s)
}

func writeStatus(w http.ResponseWriter, code int, s *status.Status) {
	body, err := protojson.Marshal(s.Proto())
	if err != nil { // a detail of an unknown type
		body, _ = json.Marshal(map[string]any{"code": s.Code(), "message": s.Message()})
	}
	writeJSON(w, code, body)
}

func writeJSON(w http.ResponseWriter, code int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(code)
	_, _ = w.Write(body) // the client may have left
}
