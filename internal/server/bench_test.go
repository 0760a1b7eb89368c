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
	docs := mixed(64)
	for _, d := range docs {
		d.Text = strings.Repeat(d.Text+" ", 2500/len(d.Text))
	}
	client, req := pb.NewTaggingServiceClient(conn), &pb.BatchTagDocumentsRequest{Documents: docs}
	b.ReportAllocs()
	b.SetParallelism(2)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if _, err := client.BatchTagDocuments(context.Background(), req); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N*len(docs))/b.Elapsed().Seconds(), "docs/s")
}
