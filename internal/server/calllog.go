package server

import (
	"context"
	"log/slog"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// callLog writes a line about each call that is over, if asked to, and gives callers the request
// id. What a call was about is never written: no text, no ids of documents, no messages of errors.
type callLog struct {
	log  *slog.Logger
	all  bool
	next grpc.UnaryServerInterceptor
}

func (l callLog) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	start := time.Now()
	resp, err := l.next(ctx, req, info, handle)
	if id := callOf(ctx).id; id != "" {
		_ = grpc.SetHeader(ctx, metadata.Pairs("x-request-id", id)) // fails only once headers are sent
	}
	l.ended(ctx, info.FullMethod, start, err)
	return resp, err
}

func (l callLog) stream(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	start := time.Now()
	if id := callOf(stream.Context()).id; id != "" {
		_ = stream.SetHeader(metadata.Pairs("x-request-id", id))
	}
	err := handle(srv, stream)
	l.ended(stream.Context(), info.FullMethod, start, err)
	return err
}

func (l callLog) ended(ctx context.Context, method string, start time.Time, err error) {
	if !l.all {
		return
	}
	code := status.Code(err)
	attrs := []slog.Attr{
		slog.String("method", method), slog.String("code", code.String()), slog.Duration("took", time.Since(start).Round(time.Microsecond)),
	}
	if reason := reasonOf(err); reason != "" {
		attrs = append(attrs, slog.String("reason", reason))
	}
	level := slog.LevelInfo
	if code == codes.Internal || code == codes.Unknown || code == codes.DataLoss {
		level = slog.LevelError
	}
	l.log.LogAttrs(ctx, level, "call", attrs...)
}

// withCall is a log handler that adds who called and the request id to each line about a call.
type withCall struct{ slog.Handler }

// Handle adds the attributes.
func (h withCall) Handle(ctx context.Context, r slog.Record) error {
	if c := callOf(ctx); c.id != "" {
		r.AddAttrs(slog.String("request_id", c.id), slog.String("caller", c.caller.Name))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs keeps the wrapping.
func (h withCall) WithAttrs(attrs []slog.Attr) slog.Handler {
	return withCall{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the wrapping.
func (h withCall) WithGroup(name string) slog.Handler { return withCall{h.Handler.WithGroup(name)} }
