package server

import (
	"context"
	"slices"

	"google.golang.org/grpc"
	"google.golang.org/grpc/encoding"
	grpcproto "google.golang.org/grpc/encoding/proto"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/proto"
)

// A message that cannot be decoded, be it no protobuf or text that is not UTF-8, is
// the caller's mistake, but grpc answers INTERNAL the moment its codec fails, before
// any handler or interceptor can object. So the codec below does not fail:
// blameCaller hands it a received to decode into, which keeps the error.

// received is a message to decode into and what came of it.
type received struct {
	message proto.Message
	err     error
}

// codec is grpc's codec for protobuf, which can also decode into a *received.
type codec struct {
	encoding.CodecV2
	buffers mem.BufferPool
}

// newCodec returns a codec with buffers for whole messages of each size up to the largest. Those of grpc are of
// 32 kB and then of 1 MB, and one is cleared all over before each use: for a batch a third of what decoding costs.
func newCodec() codec {
	buffers, err := mem.NewBinaryTieredBufferPool(12, 14, 16, 17, 18, 19, 20, 21, 22, 23)
	if err != nil { // sizes that a machine does not have
		buffers = mem.DefaultBufferPool()
	}
	return codec{encoding.GetCodecV2(grpcproto.Name), buffers}
}

// Unmarshal decodes data into v, a message or a *received.
func (c codec) Unmarshal(data mem.BufferSlice, v any) error {
	r, ok := v.(*received)
	if !ok {
		return c.CodecV2.Unmarshal(data, v)
	}
	whole := data.MaterializeToBuffer(c.buffers)
	defer whole.Free()
	r.err = proto.Unmarshal(whole.ReadOnlyData(), r.message)
	return nil
}

// decode reads the next message with read, a RecvMsg.
func decode(read func(any) error, message proto.Message) error {
	r := received{message: message}
	if err := read(&r); err != nil {
		return err
	}
	if r.err != nil {
		return invalid(reasonMalformed, "", "the request cannot be read: %v", r.err)
	}
	return nil
}

// blameCaller returns desc with handlers that answer INVALID_ARGUMENT to a
// message that cannot be decoded. The server must use codec.
func blameCaller(desc grpc.ServiceDesc) *grpc.ServiceDesc {
	desc.Methods = slices.Clone(desc.Methods)
	for i := range desc.Methods {
		handle := desc.Methods[i].Handler
		desc.Methods[i].Handler = func(srv any, ctx context.Context, read func(any) error, in grpc.UnaryServerInterceptor) (any, error) {
			defer callOf(ctx).arrival.Came() // also if no message came
			return handle(srv, ctx, func(m any) error { return decode(read, m.(proto.Message)) }, in)
		}
	}
	desc.Streams = slices.Clone(desc.Streams)
	for i := range desc.Streams {
		handle := desc.Streams[i].Handler
		desc.Streams[i].Handler = func(srv any, stream grpc.ServerStream) error {
			return handle(srv, decodingStream{stream})
		}
	}
	return &desc
}

type decodingStream struct{ grpc.ServerStream }

// RecvMsg reads the next message.
func (s decodingStream) RecvMsg(m any) error {
	return decode(s.ServerStream.RecvMsg, m.(proto.Message))
}
