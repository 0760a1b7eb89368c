package main

import (
	"context"
	"math"
	"regexp"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/corpus"
)

// startServe runs the command, and returns a connection to it and what stops it and
// returns its exit code.
func startServe(t *testing.T) (conn *grpc.ClientConn, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	started := make(chan struct{})
	talk := &watched{text: "msg=serving", then: func() { close(started) }}
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"serve", "--grpc", "localhost:0", "--http", "127.0.0.1:0", "--model", "desk.tajuk"}, nil, nil, talk, noEnv)
	}()
	select {
	case <-started:
	case <-time.After(time.Minute):
		cancel()
		t.Fatalf("no start: %s", talk.String())
	}
	address := regexp.MustCompile(`grpc=(\S+)`).FindStringSubmatch(talk.String())[1]
	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(); cancel() })
	return conn, func() int { cancel(); return <-done }
}

// TestServe calls the command over the network, and stops it.
func TestServe(t *testing.T) {
	inNewsroom(t)
	conn, stop := startServe(t)
	if h, err := healthpb.NewHealthClient(conn).Check(t.Context(), &healthpb.HealthCheckRequest{}); err != nil || h.GetStatus() != healthpb.HealthCheckResponse_SERVING {
		t.Errorf("health %v, %v", h, err)
	}
	topics, err := pb.NewTopicServiceClient(conn).ListTopics(t.Context(), &pb.ListTopicsRequest{})
	if err != nil || len(topics.GetTopics()) != 3 {
		t.Errorf("topics %v, %v", topics, err)
	}
	if code := stop(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
}

// TestServeEqualsTag: an article gets the same answer over gRPC as from tag, to the last bit.
func TestServeEqualsTag(t *testing.T) {
	inNewsroom(t)
	conn, stop := startServe(t)
	tagging := pb.NewTaggingServiceClient(conn)
	files := []string{"multi.jsonl", "articles.jsonl", "berita.txt"}
	answers := tagJSON(t, "", append([]string{"--all", "--explain"}, files...)...)
	for rec, err := range corpus.Read(t.Context(), files, corpus.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		resp, err := tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{
			Document: &pb.Document{DocumentId: rec.Name(), Title: rec.Title, Text: rec.Text},
			Options:  &pb.TagOptions{View: pb.PredictionView_PREDICTION_VIEW_EXPLAIN},
		})
		if err != nil {
			t.Fatal(err)
		}
		compareAnswers(t, &answers[0], resp.GetPrediction())
		answers = answers[1:]
	}
	if len(answers) > 0 {
		t.Errorf("%d answers too many", len(answers))
	}
	stop()
}

func compareAnswers(t *testing.T, tag *jsonAnswer, served *pb.DocumentPrediction) {
	t.Helper()
	if tag.ID != served.GetDocumentId() || "OUTCOME_"+tag.Outcome != served.GetOutcome().String() || tag.ModelVersion != served.GetModelVersion() ||
		len(tag.Topics) != len(served.GetTopics()) || len(tag.Topics) == 0 || len(tag.Notices) != len(served.GetNotices()) {
		t.Fatalf("tag says %+v, serve %v", tag, served)
	}
	for i, a := range tag.Topics {
		b := served.GetTopics()[i]
		if a.Topic != b.GetTopic() || a.Assigned != b.GetAssigned() ||
			math.Float64bits(a.Confidence) != math.Float64bits(b.GetConfidence()) || math.Float64bits(a.Threshold) != math.Float64bits(b.GetThreshold()) {
			t.Errorf("%s: tag says %+v, serve %v", tag.ID, a, b)
		}
		for j, e := range b.GetEvidence() { // serve leaves the weakest out
			if a.Evidence[j].Term != e.GetTerm() || math.Float64bits(a.Evidence[j].Value) != math.Float64bits(e.GetContribution()) {
				t.Errorf("%s: tag explains %s by %+v, serve by %v", tag.ID, a.Topic, a.Evidence[j], e)
			}
		}
	}
}
