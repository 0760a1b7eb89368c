package server

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// rawCodec sends bytes as they are, as a careless client would.
type rawCodec struct{}

func (rawCodec) Name() string { return "proto" }

func (rawCodec) Marshal(v any) (mem.BufferSlice, error) {
	data, ok := v.([]byte)
	if !ok {
		return nil, fmt.Errorf("%T is not bytes", v)
	}
	return mem.BufferSlice{mem.SliceBuffer(data)}, nil
}

func (rawCodec) Unmarshal(data mem.BufferSlice, v any) error {
	return proto.Unmarshal(data.Materialize(), v.(proto.Message))
}

// TestCodecReadsWhatCameInPieces: messages of every size of buffer, cut anywhere, one after the other so that buffers are
// used again.
func TestCodecReadsWhatCameInPieces(t *testing.T) {
	c, random := newCodec(), rand.New(rand.NewPCG(1, 2))
	for size := 1; size < 6<<20; size += size/2 + random.IntN(1000) {
		want := &pb.TagDocumentRequest{Document: &pb.Document{Text: strings.Repeat(string(rune('a'+random.IntN(26))), size)}}
		data, err := proto.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var pieces mem.BufferSlice
		for len(data) > 0 {
			n := min(len(data), 1+random.IntN(16<<10))
			pieces, data = append(pieces, mem.SliceBuffer(data[:n])), data[n:]
		}
		got := new(pb.TagDocumentRequest)
		r := received{message: got}
		if err := c.Unmarshal(pieces, &r); err != nil || r.err != nil || !proto.Equal(got, want) {
			t.Fatalf("%d bytes in %d pieces: %v, %v", size, len(pieces), err, r.err)
		}
	}
}

func field(n protowire.Number, value string) string {
	return string(protowire.AppendString(protowire.AppendTag(nil, n, protowire.BytesType), value))
}

func TestMalformedMessages(t *testing.T) {
	r := startTiny(t)
	document := field(3, "kota \xff raya") // Document.text that is not UTF-8
	tests := []struct {
		name, method, message string
	}{
		{"text not UTF-8", pb.TaggingService_TagDocument_FullMethodName, field(2, document)},
		{"batch not UTF-8", pb.TaggingService_BatchTagDocuments_FullMethodName, field(2, document)},
		{"analysis not UTF-8", pb.TaggingService_AnalyzeText_FullMethodName, field(2, "\xc3")},
		{"model not UTF-8", pb.TopicService_ListTopics_FullMethodName, field(1, "\xfe")},
		{"no protobuf", pb.TaggingService_TagDocument_FullMethodName, "\x12\xff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var resp pb.TagDocumentResponse
			err := r.conn.Invoke(t.Context(), tt.method, []byte(tt.message), &resp, grpc.ForceCodecV2(rawCodec{}))
			wantFault(t, err, codes.InvalidArgument, reasonMalformed, "")
		})
	}
	t.Run("stream", func(t *testing.T) {
		desc := &pb.TaggingService_ServiceDesc.Streams[0]
		stream, err := r.conn.NewStream(t.Context(), desc, pb.TaggingService_StreamTagDocuments_FullMethodName, grpc.ForceCodecV2(rawCodec{}))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range []string{field(1, ""), field(2, field(1, document))} {
			if err := stream.SendMsg([]byte(m)); err != nil {
				t.Fatal(err)
			}
		}
		wantFault(t, stream.RecvMsg(new(pb.StreamTagDocumentsResponse)), codes.InvalidArgument, reasonMalformed, "")
	})
}
