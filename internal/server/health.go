package server

import (
	"context"

	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// healthService is grpc.health.v1 whose watches end when the server drains. They
// would last for ever, and so would the drain.
type healthService struct {
	*health.Server
	draining context.Context // ends when draining starts
}

// Watch sends the status of a service each time it changes.
func (h healthService) Watch(req *healthpb.HealthCheckRequest, stream healthpb.Health_WatchServer) error {
	ctx, cancel := context.WithCancel(stream.Context())
	defer cancel()
	defer context.AfterFunc(h.draining, cancel)()
	err := h.Server.Watch(req, watch{stream, ctx})
	if h.draining.Err() != nil { // which the watch may have missed
		return stream.Send(&healthpb.HealthCheckResponse{Status: healthpb.HealthCheckResponse_NOT_SERVING})
	}
	return err
}

// watch is a stream with another context.
type watch struct {
	healthpb.Health_WatchServer
	ctx context.Context
}

// Context returns the context that ends the watch.
func (w watch) Context() context.Context { return w.ctx }
