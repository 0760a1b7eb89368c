package server

import (
	"io"
	"testing"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
)

// TestCallMetrics: calls and their messages are counted by method, kind and code.
func TestCallMetrics(t *testing.T) {
	w := startWeb(t, newFake(t, Config{}, func(d *classifier.Document) {
		if d.Text == "panic" {
			panic("kaboom")
		}
	}))
	client := pb.NewTaggingServiceClient(w.conn)
	for _, text := range []string{"a", "b", "", "panic"} {
		_, _ = client.TagDocument(t.Context(), one(text))
	}
	stream, err := client.StreamTagDocuments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*pb.StreamTagDocumentsRequest{setup("", nil), documents(article("economy", 1)), documents(article("economy", 2))} {
		if err := stream.Send(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := stream.CloseSend(); err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = stream.Recv()
	}
	if err != io.EOF {
		t.Fatal(err)
	}
	const (
		unary = `grpc_method="TagDocument",grpc_service="tajuk.v1.TaggingService",grpc_type="unary"} `
		bidi  = `grpc_method="StreamTagDocuments",grpc_service="tajuk.v1.TaggingService",grpc_type="bidi_stream"} `
	)
	wantMetrics(t, w, "", []string{
		`grpc_server_started_total{` + unary + "4", `grpc_server_msg_received_total{` + unary + "4", `grpc_server_msg_sent_total{` + unary + "2",
		`grpc_server_handled_total{grpc_code="OK",` + unary + "2", `grpc_server_handled_total{grpc_code="InvalidArgument",` + unary + "1",
		`grpc_server_handled_total{grpc_code="Internal",` + unary + "1", `grpc_server_handling_seconds_count{` + unary + "4",
		`grpc_server_started_total{` + bidi + "1", `grpc_server_msg_received_total{` + bidi + "3", `grpc_server_msg_sent_total{` + bidi + "2",
		`grpc_server_handled_total{grpc_code="OK",` + bidi + "1", `grpc_server_handling_seconds_count{` + bidi + "1",
		`grpc_server_handling_seconds_bucket{grpc_method="TagDocument",grpc_service="tajuk.v1.TaggingService",grpc_type="unary",le="10"} 4`,
	})
}
