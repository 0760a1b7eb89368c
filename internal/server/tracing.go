package server

import (
	"net/http"
	"strings"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
)

// tracing are the options that make spans of gRPC calls; none if nobody wants them.
func tracing(provider trace.TracerProvider) []grpc.ServerOption {
	if provider == nil {
		return nil
	}
	return []grpc.ServerOption{grpc.StatsHandler(otelgrpc.NewServerHandler(
		otelgrpc.WithTracerProvider(provider), otelgrpc.WithPropagators(propagation.TraceContext{}),
		otelgrpc.WithMeterProvider(noop.NewMeterProvider()), // metrics are Prometheus' business
	))}
}

// traced makes a span of each HTTP request, if anyone wants spans.
func (s *Server) traced(next http.Handler) http.Handler {
	if s.config.Tracing == nil {
		return next
	}
	tracer := s.config.Tracing.Tracer("github.com/tajuk/tajuk/internal/server")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := tracer.Start(ctx, r.Method+" "+route(r.URL.Path), trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		seen := &statusWriter{ResponseWriter: w, code: http.StatusOK}
		next.ServeHTTP(seen, r.WithContext(ctx))
		span.SetAttributes(attribute.Int("http.response.status_code", seen.code))
		if seen.code >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, http.StatusText(seen.code))
		}
	})
}

// route is a path that is ours: others come from callers, and would be names without end.
func route(path string) string {
	if rest, found := strings.CutPrefix(path, "/v1/models/"); found {
		_, action, _ := strings.Cut(rest, ":")
		if action == "activate" || action == "rollback" {
			return "/v1/models/{model}:" + action
		}
		return "/v1/models/{model}"
	}
	switch path {
	case "/v1/models", "/v1/tag", "/v1/batchTag", "/v1/analyze", "/v1/extract", "/v1/topics", "/v1/feedback", "/healthz", "/readyz", "/metrics", "/openapi.json":
		return path
	}
	return "/other"
}

// statusWriter remembers the status code.
type statusWriter struct {
	http.ResponseWriter
	code int
}

// WriteHeader remembers code.
func (w *statusWriter) WriteHeader(code int) {
	w.code = code
	w.ResponseWriter.WriteHeader(code)
}

// Unwrap lets http.ResponseController find what is wrapped.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
