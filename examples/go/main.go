// Command go is an example of a client of the tajuk service over gRPC: it tags one article, the article in a page, a batch in
// which one article is empty, and a stream, and prints a line for each article.
//
//	go run ./examples/go --address 127.0.0.1:50051
//	TAJUK_TOKEN=secret go run ./examples/go --address tags.example:50051 --ca ca.pem
//
// It exits with 1 if a call fails. An article that the service refuses fails no call: it has an error of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// retries makes gRPC itself send a call again that was refused for load or met no server. Tagging changes
// nothing, so that this is safe.
const retries = `{"methodConfig": [{
  "name": [{"service": "tajuk.v1.TaggingService"}],
  "retryPolicy": {
    "maxAttempts": 5, "initialBackoff": "0.4s", "maxBackoff": "3s", "backoffMultiplier": 2,
    "retryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED"]
  }
}]}`

var (
	fishing = &pb.Document{DocumentId: "fishing", Title: "Menlu bahas patroli laut dengan Filipina", Text: "Menteri luar negeri membahas patroli angkatan laut dalam perundingan bilateral di Manila."}
	prices  = &pb.Document{DocumentId: "prices", Title: "Inflasi naik karena harga beras", Text: "Bank sentral menahan suku bunga setelah inflasi naik dua bulan berturut-turut."}
	empty   = &pb.Document{DocumentId: "empty"}
	match   = &pb.Document{DocumentId: "match", Title: "Tuan rumah menang lewat adu penalti", Text: "Kiper menepis dua tendangan, dan klub itu melaju ke final turnamen sepak bola."}
	short   = &pb.Document{DocumentId: "short", Text: "Baca juga"}
)

func main() {
	address := flag.String("address", "127.0.0.1:50051", "where the service listens, HOST:PORT")
	ca := flag.String("ca", "", "PEM `file` of the authority of its certificate; without it the connection is not encrypted")
	flag.Parse()
	if err := run(*address, *ca, os.Getenv("TAJUK_TOKEN"), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", describe(err))
		os.Exit(1)
	}
}

func run(address, ca, token string, out io.Writer) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	conn, err := connect(address, ca, token)
	if err != nil {
		return err
	}
	defer conn.Close()
	client := pb.NewTaggingServiceClient(conn)
	for _, f := range []func(context.Context, pb.TaggingServiceClient, io.Writer) error{tagOne, tagPage, tagBatch, tagStream} {
		if err := f(ctx, client, out); err != nil {
			return err
		}
	}
	return nil
}

// connect takes one connection, which is meant to be kept and shared by all goroutines of a program.
func connect(address, ca, token string) (*grpc.ClientConn, error) {
	options := []grpc.DialOption{grpc.WithDefaultServiceConfig(retries)}
	if ca == "" {
		if token != "" {
			return nil, errors.New("a token is sent over TLS alone: give --ca, or unset TAJUK_TOKEN")
		}
		return grpc.NewClient(address, append(options, grpc.WithTransportCredentials(insecure.NewCredentials()))...)
	}
	tls, err := credentials.NewClientTLSFromFile(ca, "")
	if err != nil {
		return nil, fmt.Errorf("reading --ca %s: %w", ca, err)
	}
	options = append(options, grpc.WithTransportCredentials(tls))
	if token != "" {
		options = append(options, grpc.WithPerRPCCredentials(bearer(token)))
	}
	return grpc.NewClient(address, options...)
}

// bearer is a token as credentials of each call.
type bearer string

func (b bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(b)}, nil
}

func (bearer) RequireTransportSecurity() bool { return true }

func tagOne(ctx context.Context, client pb.TaggingServiceClient, out io.Writer) error {
	resp, err := client.TagDocument(ctx, &pb.TagDocumentRequest{Document: fishing})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "one\n  %s\n", line(resp.Prediction))
	return nil
}

// site is a page as it came from a site.
const site = `<!doctype html><html><head><title>Harga cabai turun di pasar | Harian Contoh</title></head><body>
<nav><a href="/">Beranda</a> <a href="/bola">Sepak bola</a></nav><h1>Harga cabai turun di pasar</h1>
<p>Pedagang menurunkan harga cabai setelah panen raya petani di lereng gunung berlangsung sejak awal pekan ini.</p>
<p><a href="/1">Baca juga: Kiper muda dipanggil tim nasional</a></p></body></html>`

// tagPage finds the article in a page and tags that: menus and links to other stories would count otherwise.
func tagPage(ctx context.Context, client pb.TaggingServiceClient, out io.Writer) error {
	article, err := client.ExtractArticle(ctx, &pb.ExtractArticleRequest{Page: &pb.ExtractArticleRequest_Content{Content: []byte(site)}})
	if err != nil {
		return err
	}
	document := &pb.Document{DocumentId: article.Title, Title: article.Title, Text: article.Text}
	resp, err := client.TagDocument(ctx, &pb.TagDocumentRequest{Document: document})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "page\n  %s\n", line(resp.Prediction))
	return nil
}

func tagBatch(ctx context.Context, client pb.TaggingServiceClient, out io.Writer) error {
	resp, err := client.BatchTagDocuments(ctx, &pb.BatchTagDocumentsRequest{Documents: []*pb.Document{prices, empty, match}})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "batch")
	printResults(out, resp.Results)
	return nil
}

// tagStream sends and receives at the same time: a caller that only sends is not read from any more once its
// answers have filled the buffers between.
func tagStream(ctx context.Context, client pb.TaggingServiceClient, out io.Writer) error {
	ctx, cancel := context.WithCancel(ctx) // ends the sender if this returns early
	defer cancel()
	stream, err := client.StreamTagDocuments(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "stream")
	go send(stream, []*pb.Document{fishing, prices}, []*pb.Document{match, short})
	for {
		resp, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		printResults(out, resp.Results)
	}
}

// send sends the setup, then the batches. It stops at an error and says nothing of it: Recv returns the reason.
func send(stream pb.TaggingService_StreamTagDocumentsClient, batches ...[]*pb.Document) {
	setup := &pb.StreamTagDocumentsRequest_Setup{Options: &pb.TagOptions{MaxPredictions: 3}}
	if stream.Send(&pb.StreamTagDocumentsRequest{Payload: &pb.StreamTagDocumentsRequest_Setup_{Setup: setup}}) != nil {
		return
	}
	for _, batch := range batches {
		documents := &pb.StreamTagDocumentsRequest_DocumentBatch{Documents: batch}
		if stream.Send(&pb.StreamTagDocumentsRequest{Payload: &pb.StreamTagDocumentsRequest_Documents{Documents: documents}}) != nil {
			return
		}
	}
	_ = stream.CloseSend() // never fails but with the stream
}

// printResults prints a line for each article, be it an answer or an error.
func printResults(out io.Writer, results []*pb.TagResult) {
	for _, r := range results {
		if e := r.GetError(); e != nil {
			fmt.Fprintf(out, "  %s: error %s: %s\n", e.DocumentId, e.Reason, e.Message)
			continue
		}
		fmt.Fprintf(out, "  %s\n", line(r.GetPrediction()))
	}
}

func line(p *pb.DocumentPrediction) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s: %s", p.DocumentId, strings.TrimPrefix(p.Outcome.String(), "OUTCOME_"))
	for _, t := range p.Topics {
		fmt.Fprintf(&s, " %s %.2f", t.Topic, t.Confidence)
	}
	for _, n := range p.Notices {
		fmt.Fprintf(&s, " (%s)", strings.TrimPrefix(n.Code.String(), "CODE_"))
	}
	return s.String()
}

// describe adds to the message of an error the reason that a program would branch on.
func describe(err error) string {
	s, ok := status.FromError(err)
	if !ok {
		return err.Error()
	}
	for _, d := range s.Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			return fmt.Sprintf("%s: %s", info.Reason, s.Message())
		}
	}
	return fmt.Sprintf("%s: %s", s.Code(), s.Message())
}
