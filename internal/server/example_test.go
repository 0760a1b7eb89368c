package server_test

import (
	"context"
	"fmt"
	"log"
	"net"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/server"
	"github.com/tajuk/tajuk/text"
)

// A server on loopback, asked by a client about one headline.
func Example() {
	s, err := server.New(train(), server.Config{})
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error)
	go func() { served <- s.Serve(ctx, listener) }()

	conn, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	resp, err := pb.NewTaggingServiceClient(conn).TagDocument(ctx, &pb.TagDocumentRequest{
		Document: &pb.Document{DocumentId: "a1", Title: "Kiper menahan penalti di stadion"},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, topic := range resp.Prediction.Topics {
		fmt.Println(resp.Prediction.DocumentId, resp.Prediction.Outcome, topic.Topic)
	}
	conn.Close()
	stop()
	fmt.Println(<-served)
	// Output:
	// a1 OUTCOME_TAGGED sepak-bola
	// <nil>
}

// train learns two topics from a handful of made-up articles.
func train() *classifier.Classifier {
	words := map[string]string{
		"sepak-bola": "kiper penalti stadion gol wasit pelatih",
		"ekonomi":    "inflasi pajak anggaran ekspor subsidi rupiah",
	}
	bagger := classifier.NewBagger(text.DefaultConfig())
	var bags []classifier.Bag
	for topic, vocabulary := range words {
		w := strings.Fields(vocabulary)
		for i := range 12 {
			body := fmt.Sprintf("Kabar tentang %s dan %s serta %s nomor%d.", w[i%6], w[(i+1)%6], w[(i+2)%6], i)
			bags = append(bags, bagger.Bag(&classifier.Document{ID: body, Text: body, Labels: []string{topic}}))
		}
	}
	m, err := classifier.Train(context.Background(), bags, classifier.TrainOptions{Learner: classifier.NB})
	if err != nil {
		log.Fatal(err)
	}
	c, err := classifier.New(m)
	if err != nil {
		log.Fatal(err)
	}
	return c
}
