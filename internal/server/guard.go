package server

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// guard stands before every handler. A panic or an error without a status of its
// own becomes INTERNAL: the log has the detail, the caller does not.
type guard struct {
	log     *slog.Logger
	timeout time.Duration
	next    grpc.UnaryServerInterceptor
}

// unary also gives a deadline to a call that has none.
func (g guard) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (resp any, err error) {
	defer func() { err = g.hide(ctx, info.FullMethod, recover(), err) }()
	if _, set := ctx.Deadline(); !set {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, g.timeout)
		defer cancel()
	}
	return g.next(ctx, req, info, handle)
}

func (g guard) stream(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) (err error) {
	defer func() { err = g.hide(stream.Context(), info.FullMethod, recover(), err) }()
	return handle(srv, stream)
}

// hide returns the error that the caller gets to see.
func (g guard) hide(ctx context.Context, method string, panicked any, err error) error {
	switch _, meant := status.FromError(err); {
	case panicked != nil:
		g.log.ErrorContext(ctx, "call panicked", "method", method, "panic", fmt.Sprint(panicked), "stack", string(debug.Stack()))
	case !meant:
		g.log.ErrorContext(ctx, "call failed", "method", method, "error", err)
	default:
		return err
	}
	return status.Error(codes.Internal, "internal error")
}
