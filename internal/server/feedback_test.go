package server

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/feedback"
)

// startFeedback runs a server of the tiny model that keeps corrections.
func startFeedback(t *testing.T) (pb.FeedbackServiceClient, *feedback.Log) {
	t.Helper()
	log, _, err := feedback.Open(t.TempDir(), feedback.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	s, err := New(tinyClassifier(t), Config{Feedback: log})
	if err != nil {
		t.Fatal(err)
	}
	return pb.NewFeedbackServiceClient(start(t, s).conn), log
}

func correct(change func(*pb.CreateFeedbackRequest)) *pb.CreateFeedbackRequest {
	req := &pb.CreateFeedbackRequest{RequestId: "r1", Feedback: &pb.Feedback{
		Document: &pb.Document{DocumentId: "a1", Title: "Kiper", Text: "Kiper menahan penalti."},
		Labels:   []string{"football", "sport"}, NotLabels: []string{"health"},
		ModelVersion: "mini@1", Author: "ani", Comment: "jelas",
	}}
	if change != nil {
		change(req)
	}
	return req
}

func TestFeedback(t *testing.T) {
	client, _ := startFeedback(t)
	send := func(req *pb.CreateFeedbackRequest) *pb.CreateFeedbackResponse {
		t.Helper()
		resp, err := client.CreateFeedback(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
	first := send(correct(nil))
	if again := send(correct(nil)); !proto.Equal(first, again) {
		t.Errorf("sent again: %v, want %v", again, first)
	}
	_, err := client.CreateFeedback(t.Context(), correct(func(r *pb.CreateFeedbackRequest) { r.Feedback.Labels = nil }))
	wantFault(t, err, codes.AlreadyExists, reasonRequestIDReused, "request_id")
	denied := send(correct(func(r *pb.CreateFeedbackRequest) { r.RequestId = ""; r.Feedback.Labels = nil }))
	none := send(correct(func(r *pb.CreateFeedbackRequest) {
		r.RequestId, r.Feedback.NoTopic = "", true
		r.Feedback.Labels, r.Feedback.NotLabels = nil, nil
	}))
	want := []*pb.Feedback{correct(nil).Feedback, correct(nil).Feedback, correct(nil).Feedback}
	want[1].Labels, want[1].Partial = nil, true // what is not denied may apply
	want[2].Labels, want[2].NotLabels, want[2].NoTopic = nil, nil, true
	for i, stored := range []*pb.CreateFeedbackResponse{first, denied, none} {
		want[i].FeedbackId, want[i].CreateTime = stored.FeedbackId, stored.CreateTime
	}
	resp, err := client.ListFeedback(t.Context(), &pb.ListFeedbackRequest{})
	if diff := cmp.Diff(&pb.ListFeedbackResponse{Feedback: want}, resp, protocmp.Transform()); diff != "" || err != nil {
		t.Error(err, diff)
	}
}

func TestListFeedbackByPages(t *testing.T) {
	client, log := startFeedback(t)
	const n = 120
	for i := range n {
		e := feedback.Entry{DocumentID: fmt.Sprint(i), Text: strings.Repeat("x", 100<<10), Labels: []string{"sport"}}
		if _, _, err := log.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	for _, size := range []int32{0, 7, 5000} {
		seen, pages := 0, 0
		for token := ""; ; pages++ {
			resp, err := client.ListFeedback(t.Context(), &pb.ListFeedbackRequest{PageSize: size, PageToken: token})
			if err != nil {
				t.Fatal(err)
			}
			if b := proto.Size(resp); b > MaxAnswerBytes {
				t.Errorf("a page of %d bytes", b)
			}
			for _, f := range resp.Feedback {
				if f.Document.DocumentId != fmt.Sprint(seen) {
					t.Fatalf("page size %d: %s comes as number %d", size, f.Document.DocumentId, seen)
				}
				seen++
			}
			if token = resp.NextPageToken; token == "" {
				break
			}
		}
		if seen != n || pages < 2 {
			t.Errorf("page size %d: %d corrections on %d pages", size, seen, pages)
		}
	}
}

func TestFeedbackRefusals(t *testing.T) {
	client, log := startFeedback(t)
	for _, tt := range []struct {
		name, reason, field string
		change              func(*pb.CreateFeedbackRequest)
	}{
		{"nothing", reasonDocumentMissing, "feedback.document", func(r *pb.CreateFeedbackRequest) { r.Feedback = nil }},
		{"no document", reasonDocumentMissing, "feedback.document", func(r *pb.CreateFeedbackRequest) { r.Feedback.Document = nil }},
		{"empty document", reasonDocumentEmpty, "feedback.document", func(r *pb.CreateFeedbackRequest) { r.Feedback.Document = &pb.Document{} }},
		{"long document", reasonDocumentTooLong, "feedback.document", func(r *pb.CreateFeedbackRequest) {
			r.Feedback.Document.Text = strings.Repeat("x", MaxDocumentBytes)
		}},
		{"no labels", reasonFeedbackEmpty, "feedback.labels", func(r *pb.CreateFeedbackRequest) { r.Feedback.Labels, r.Feedback.NotLabels = nil, nil }},
		{"unknown topic", reasonTopicUnknown, "feedback.labels[1]", func(r *pb.CreateFeedbackRequest) { r.Feedback.Labels[1] = "sprot" }},
		{"unknown topic denied", reasonTopicUnknown, "feedback.not_labels[0]", func(r *pb.CreateFeedbackRequest) { r.Feedback.NotLabels[0] = "sprot" }},
		{"empty topic", reasonFieldInvalid, "feedback.labels[0]", func(r *pb.CreateFeedbackRequest) { r.Feedback.Labels[0] = "" }},
		{"space around a topic", reasonFieldInvalid, "feedback.labels[0]", func(r *pb.CreateFeedbackRequest) { r.Feedback.Labels[0] = " law" }},
		{"topic twice", reasonFieldInvalid, "feedback.labels[1]", func(r *pb.CreateFeedbackRequest) { r.Feedback.Labels[1] = "football" }},
		{"many topics", reasonFieldInvalid, "feedback.labels", func(r *pb.CreateFeedbackRequest) { r.Feedback.Labels = make([]string, maxLabels+1) }},
		{"both ways", reasonFeedbackConflict, "feedback.not_labels[0]", func(r *pb.CreateFeedbackRequest) { r.Feedback.NotLabels[0] = "sport" }},
		{"topics and none", reasonFeedbackConflict, "feedback.no_topic", func(r *pb.CreateFeedbackRequest) { r.Feedback.NoTopic = true }},
		{"long request id", reasonFieldInvalid, "request_id", func(r *pb.CreateFeedbackRequest) { r.RequestId = strings.Repeat("x", maxRequestID+1) }},
		{"long author", reasonFieldInvalid, "feedback.author", func(r *pb.CreateFeedbackRequest) { r.Feedback.Author = strings.Repeat("x", maxAuthor+1) }},
		{"long comment", reasonFieldInvalid, "feedback.comment", func(r *pb.CreateFeedbackRequest) { r.Feedback.Comment = strings.Repeat("x", maxComment+1) }},
		{"long version", reasonFieldInvalid, "feedback.model_version", func(r *pb.CreateFeedbackRequest) { r.Feedback.ModelVersion = strings.Repeat("x", maxLabel+1) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := client.CreateFeedback(t.Context(), correct(tt.change))
			wantFault(t, err, codes.InvalidArgument, tt.reason, tt.field)
		})
	}
	if log.Len() != 0 {
		t.Errorf("%d of them stored", log.Len())
	}
	if _, err := client.CreateFeedback(t.Context(), correct(func(r *pb.CreateFeedbackRequest) {
		r.Feedback.Labels[1], r.AllowNewTopics = "bulu-tangkis", true
	})); err != nil {
		t.Errorf("a new topic that may be new: %v", err)
	}
	for _, req := range []*pb.ListFeedbackRequest{{PageToken: "next"}, {PageToken: "YWZ0ZXIgMTI"}} {
		_, err := client.ListFeedback(t.Context(), req)
		wantFault(t, err, codes.InvalidArgument, reasonPageTokenInvalid, "page_token")
	}
	_, err := client.ListFeedback(t.Context(), &pb.ListFeedbackRequest{PageSize: -1})
	wantFault(t, err, codes.InvalidArgument, reasonFieldInvalid, "page_size")
	log.Close()
	_, err = client.CreateFeedback(t.Context(), correct(nil))
	wantFault(t, err, codes.Unavailable, reasonFeedbackUnavailable, "")
}

func TestFeedbackDisabled(t *testing.T) {
	client := pb.NewFeedbackServiceClient(startTiny(t).conn)
	_, err := client.CreateFeedback(t.Context(), correct(nil))
	wantFault(t, err, codes.FailedPrecondition, reasonFeedbackDisabled, "")
	_, err = client.ListFeedback(t.Context(), &pb.ListFeedbackRequest{})
	wantFault(t, err, codes.FailedPrecondition, reasonFeedbackDisabled, "")
	if !strings.Contains(err.Error(), "--feedback DIR") {
		t.Errorf("%v has no hint", err)
	}
}
