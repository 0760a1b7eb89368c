package server

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// callMetrics are the usual metrics of a gRPC server, under the names that the interceptors of
// go-grpc-middleware have made usual. Those look each of them up by its labels for every call.
type callMetrics struct {
	started, handled, received, sent *prometheus.CounterVec
	took                             *prometheus.HistogramVec
	methods                          sync.Map // of *methodMetrics by full name
}

// methodMetrics are those of one method.
type methodMetrics struct {
	started, received, sent, succeeded prometheus.Counter
	took                               prometheus.Observer
	handled                            *prometheus.CounterVec // by code
}

func newCallMetrics() *callMetrics {
	counter := func(name, help string, more ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, append(more, "grpc_type", "grpc_service", "grpc_method"))
	}
	return &callMetrics{
		started:  counter("grpc_server_started_total", "Total number of RPCs started on the server."),
		handled:  counter("grpc_server_handled_total", "Total number of RPCs completed on the server, regardless of success or failure.", "grpc_code"),
		received: counter("grpc_server_msg_received_total", "Total number of RPC stream messages received on the server."),
		sent:     counter("grpc_server_msg_sent_total", "Total number of gRPC stream messages sent by the server."),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "grpc_server_handling_seconds", Buckets: latencies,
			Help: "Histogram of response latency (seconds) of gRPC that had been application-level handled by the server.",
		}, []string{"grpc_type", "grpc_service", "grpc_method"}),
	}
}

func (c *callMetrics) register(r prometheus.Registerer) {
	for _, m := range []prometheus.Collector{c.started, c.handled, c.received, c.sent, c.took} {
		r.MustRegister(m)
	}
}

// of returns the metrics of a method, of which there are only as many as the server has.
func (c *callMetrics) of(kind, fullName string) *methodMetrics {
	if m, found := c.methods.Load(fullName); found {
		return m.(*methodMetrics)
	}
	service, method, _ := strings.Cut(strings.TrimPrefix(fullName, "/"), "/")
	handled := c.handled.MustCurryWith(prometheus.Labels{"grpc_type": kind, "grpc_service": service, "grpc_method": method})
	m, _ := c.methods.LoadOrStore(fullName, &methodMetrics{
		started: c.started.WithLabelValues(kind, service, method), received: c.received.WithLabelValues(kind, service, method),
		sent: c.sent.WithLabelValues(kind, service, method), took: c.took.WithLabelValues(kind, service, method),
		handled: handled, succeeded: handled.WithLabelValues(codes.OK.String()),
	})
	return m.(*methodMetrics)
}

func (m *methodMetrics) ended(err error, took time.Duration) {
	if err == nil {
		m.succeeded.Inc()
	} else {
		m.handled.WithLabelValues(status.Code(err).String()).Inc()
	}
	m.took.Observe(took.Seconds())
}

// counting has calls counted.
type counting struct {
	calls *callMetrics
	next  grpc.UnaryServerInterceptor
}

func (c counting) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	start, m := time.Now(), c.calls.of("unary", info.FullMethod)
	m.started.Inc()
	m.received.Inc()
	resp, err := c.next(ctx, req, info, handle)
	if err == nil {
		m.sent.Inc()
	}
	m.ended(err, time.Since(start))
	return resp, err
}

func (c counting) stream(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	start, m := time.Now(), c.calls.of(streamKind(info), info.FullMethod)
	m.started.Inc()
	err := handle(srv, countedStream{stream, m})
	m.ended(err, time.Since(start))
	return err
}

func streamKind(info *grpc.StreamServerInfo) string {
	switch {
	case info.IsClientStream && info.IsServerStream:
		return "bidi_stream"
	case info.IsClientStream:
		return "client_stream"
	}
	return "server_stream"
}

// countedStream counts messages.
type countedStream struct {
	grpc.ServerStream
	metrics *methodMetrics
}

// SendMsg sends a message.
func (s countedStream) SendMsg(m any) error {
	err := s.ServerStream.SendMsg(m)
	if err == nil {
		s.metrics.sent.Inc()
	}
	return err
}

// RecvMsg receives a message.
func (s countedStream) RecvMsg(m any) error {
	err := s.ServerStream.RecvMsg(m)
	if err == nil {
		s.metrics.received.Inc()
	}
	return err
}
