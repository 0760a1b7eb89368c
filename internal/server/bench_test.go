package server

import (
	"context"
	"net"
	"strings"
	"testing"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// BenchmarkBatch is 64 documents of about 2.5 kB a call over loopback, client
// included, with a model so small that the calls are most of the cost.
func BenchmarkBatch(b *testing.B) {
	docs := articles(64)
	req := &pb.BatchTagDocumentsRequest{Documents: docs}
	benchmark(b, 2, len(docs), func(client pb.TaggingServiceClient) error {
		_, err := client.BatchTagDocuments(context.Background(), req)
		return err
	})
}

// BenchmarkUnary is the same with one document a call and 32 callers to a core.
func BenchmarkUnary(b *testing.B) {
	req := &pb.TagDocumentRequest{Document: articles(1)[0]}
	benchmark(b, 32, 1, func(client pb.TaggingServiceClient) error {
		_, err := client.TagDocument(context.Background(), req)
		return err
	})
}

func articles(n int) []*pb.Document {
	docs := mixed(n)
	for _, d := range docs {
		d.Text = strings.Repeat(d.Text+" ", 2500/len(d.Text))
	}
	return docs
}

func benchmark(b *testing.B, callers, documents int, call func(pb.TaggingServiceClient) error) {
	s, err := New(tinyClassifier(b), Config{})
	if err != nil {
		b.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, listener) }()
	defer func() { stop(); <-done }()
	conn, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	client := pb.NewTaggingServiceClient(conn)
	b.ReportAllocs()
	b.SetParallelism(callers)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if err := call(client); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N*documents)/b.Elapsed().Seconds(), "docs/s")
}
