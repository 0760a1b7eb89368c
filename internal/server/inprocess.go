package server

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// inprocess calls the unary methods of a server through its interceptors, without a network and
// without encoding anything. It is how HTTP comes to the same handlers as gRPC.
type inprocess struct {
	methods   map[string]method // by full name
	intercept grpc.UnaryServerInterceptor
}

type method struct {
	service any
	handle  grpc.MethodHandler
}

func (c *inprocess) register(desc *grpc.ServiceDesc, service any) {
	for _, m := range desc.Methods {
		c.methods["/"+desc.ServiceName+"/"+m.MethodName] = method{service, m.Handler}
	}
}

// Invoke carries out one call. The request's strings are shared, all else is copied.
func (c *inprocess) Invoke(ctx context.Context, name string, args, reply any, _ ...grpc.CallOption) error {
	m, found := c.methods[name]
	if !found {
		return status.Errorf(codes.Unimplemented, "no method %s", name)
	}
	if md, set := metadata.FromOutgoingContext(ctx); set {
		ctx = metadata.NewIncomingContext(ctx, md)
	}
	ctx = grpc.NewContextWithServerTransportStream(ctx, silent(name))
	read := func(request any) error {
		proto.Merge(request.(proto.Message), args.(proto.Message))
		return nil
	}
	resp, err := m.handle(m.service, ctx, read, c.intercept)
	if err != nil {
		return err
	}
	proto.Merge(reply.(proto.Message), resp.(proto.Message))
	return nil
}

// NewStream refuses: no stream is offered over HTTP.
func (c *inprocess) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, status.Error(codes.Unimplemented, "streams are for gRPC")
}

// silent is a transport stream on which headers are lost: the HTTP side sets its own.
type silent string

// Method returns the full name of the method.
func (s silent) Method() string { return string(s) }

// SetHeader does nothing.
func (s silent) SetHeader(metadata.MD) error { return nil }

// SendHeader does nothing.
func (s silent) SendHeader(metadata.MD) error { return nil }

// SetTrailer does nothing.
func (s silent) SetTrailer(metadata.MD) error { return nil }
