package server

import (
	"errors"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/access"
)

func TestBadRequests(t *testing.T) {
	r := startTiny(t)
	good := article("health", 3)
	options := func(o *pb.TagOptions) *pb.TagDocumentRequest {
		return &pb.TagDocumentRequest{Document: good, Options: o}
	}
	tests := []struct {
		name   string
		req    *pb.TagDocumentRequest
		code   codes.Code
		reason string
		field  string
	}{
		{"no document", &pb.TagDocumentRequest{}, codes.InvalidArgument, reasonDocumentMissing, "document"},
		{"empty document", &pb.TagDocumentRequest{Document: &pb.Document{DocumentId: "x"}}, codes.InvalidArgument, reasonDocumentEmpty, "document"},
		{
			"long document", &pb.TagDocumentRequest{Document: &pb.Document{DocumentId: "x", Text: strings.Repeat("a", MaxDocumentBytes)}},
			codes.InvalidArgument, reasonDocumentTooLong, "document",
		},
		{"unknown model", &pb.TagDocumentRequest{Document: good, Model: "other"}, codes.NotFound, reasonModelNotFound, "model"},
		{"unknown version", &pb.TagDocumentRequest{Document: good, Model: "mini@0"}, codes.NotFound, reasonModelNotFound, "model"},
		{"huge model name", &pb.TagDocumentRequest{Document: good, Model: strings.Repeat("m", 1<<20)}, codes.NotFound, reasonModelNotFound, "model"},
		{"unknown view", options(&pb.TagOptions{View: 9}), codes.InvalidArgument, reasonOptionInvalid, "options.view"},
		{"confidence above 1", options(&pb.TagOptions{MinConfidence: proto.Float64(1.1)}), codes.InvalidArgument, reasonOptionInvalid, "options.min_confidence"},
		{"confidence below 0", options(&pb.TagOptions{MinConfidence: proto.Float64(-0.1)}), codes.InvalidArgument, reasonOptionInvalid, "options.min_confidence"},
		{"confidence NaN", options(&pb.TagOptions{MinConfidence: proto.Float64(math.NaN())}), codes.InvalidArgument, reasonOptionInvalid, "options.min_confidence"},
		{"negative limit", options(&pb.TagOptions{MaxPredictions: -1}), codes.InvalidArgument, reasonOptionInvalid, "options.max_predictions"},
		{"negative evidence", options(&pb.TagOptions{MaxEvidence: -1}), codes.InvalidArgument, reasonOptionInvalid, "options.max_evidence"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := r.tagging.TagDocument(t.Context(), tt.req)
			wantFault(t, err, tt.code, tt.reason, tt.field)
		})
	}
}

func TestBadBatches(t *testing.T) {
	r := startTiny(t)
	batch := func(n, size int) []*pb.Document {
		docs := make([]*pb.Document, n)
		for i := range docs {
			docs[i] = &pb.Document{Text: strings.Repeat("a", size)}
		}
		return docs
	}
	tests := []struct {
		name   string
		docs   []*pb.Document
		reason string
	}{
		{"none", nil, reasonDocumentMissing},
		{"too many", batch(MaxDocuments+1, 1), reasonTooManyDocuments},
		{"too long", batch(5, MaxBatchBytes/5+1), reasonBatchTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := r.tagging.BatchTagDocuments(t.Context(), &pb.BatchTagDocumentsRequest{Documents: tt.docs})
			wantFault(t, err, codes.InvalidArgument, tt.reason, "documents")
		})
	}
	t.Run("as much as allowed", func(t *testing.T) {
		resp, err := r.tagging.BatchTagDocuments(t.Context(), &pb.BatchTagDocumentsRequest{Documents: batch(MaxDocuments, MaxBatchBytes/MaxDocuments)})
		if err != nil || len(resp.Results) != MaxDocuments {
			t.Errorf("%d results, error %v, want %d", len(resp.GetResults()), err, MaxDocuments)
		}
	})
	t.Run("far beyond", func(t *testing.T) {
		_, err := r.tagging.BatchTagDocuments(t.Context(), &pb.BatchTagDocumentsRequest{Documents: batch(2, MaxBatchBytes)})
		wantFault(t, err, codes.ResourceExhausted, "", "") // grpc's own refusal, before decoding
	})
}

func TestBadAnalyzeText(t *testing.T) {
	r := startTiny(t)
	_, err := r.tagging.AnalyzeText(t.Context(), &pb.AnalyzeTextRequest{})
	wantFault(t, err, codes.InvalidArgument, reasonDocumentEmpty, "text")
	_, err = r.tagging.AnalyzeText(t.Context(), &pb.AnalyzeTextRequest{Text: strings.Repeat("a", MaxDocumentBytes+1)})
	wantFault(t, err, codes.InvalidArgument, reasonDocumentTooLong, "text")
	_, err = r.tagging.AnalyzeText(t.Context(), &pb.AnalyzeTextRequest{Text: "a", Model: "@"})
	wantFault(t, err, codes.NotFound, reasonModelNotFound, "model")
}

// Callers branch on reasons, so the .proto file must list every one.
func TestReasonsArePublished(t *testing.T) {
	for file, reasons := range map[string][]string{
		"tagging_service.proto": {
			reasonMalformed, reasonDocumentMissing, reasonDocumentEmpty, reasonDocumentTooLong, reasonTooManyDocuments,
			reasonBatchTooLong, reasonOptionInvalid, reasonStreamOutOfOrder, reasonModelNotFound, reasonAnswerTooLong,
			reasonTokenMissing, reasonTokenInvalid, reasonForbidden, access.RateLimited, access.TooManyCalls, access.Overloaded,
			reasonBodyTooLong, reasonForeignHost, reasonForeignOrigin,
		},
		"feedback_service.proto": {
			reasonFeedbackDisabled, reasonFeedbackEmpty, reasonFeedbackConflict, reasonTopicUnknown, reasonFieldInvalid,
			reasonRequestIDReused, reasonPageTokenInvalid, reasonFeedbackUnavailable,
		},
	} {
		spec, err := os.ReadFile("../../api/tajuk/v1/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, reason := range reasons {
			if !strings.Contains(string(spec), "//   "+reason+" ") {
				t.Errorf("reason %s is not listed in %s", reason, file)
			}
		}
	}
}

// FuzzBatch sends any message through validation, tagging and conversion.
func FuzzBatch(f *testing.F) {
	add := func(req *pb.BatchTagDocumentsRequest) {
		data, err := proto.Marshal(req)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	add(&pb.BatchTagDocumentsRequest{Documents: mixed(3), Options: &pb.TagOptions{View: explain, MaxEvidence: 1}})
	add(&pb.BatchTagDocumentsRequest{Documents: append(mixed(1), nil), Options: &pb.TagOptions{View: full, MinConfidence: proto.Float64(0.3)}})
	add(&pb.BatchTagDocumentsRequest{Model: "mini", Options: &pb.TagOptions{View: 7, MaxPredictions: -3}})
	service := &tagging{models: OneModel(tinyClassifier(f))}
	f.Fuzz(func(t *testing.T, data []byte) {
		var req pb.BatchTagDocumentsRequest
		if proto.Unmarshal(data, &req) != nil {
			t.Skip("not a message")
		}
		resp, err := service.BatchTagDocuments(t.Context(), &req)
		if err != nil {
			if _, ok := errors.AsType[*fault](err); !ok {
				t.Fatalf("error %v is no fault", err)
			}
			return
		}
		checkBatch(t, &req, resp)
	})
}

// checkBatch checks what holds for every batch that is answered.
func checkBatch(t *testing.T, req *pb.BatchTagDocumentsRequest, resp *pb.BatchTagDocumentsResponse) {
	t.Helper()
	if len(resp.Results) != len(req.Documents) {
		t.Fatalf("%d results for %d documents", len(resp.Results), len(req.Documents))
	}
	for i, r := range resp.Results {
		id := req.Documents[i].GetDocumentId()
		p, e := r.GetPrediction(), r.GetError()
		if (p == nil) == (e == nil) {
			t.Fatalf("result %d has both or neither of answer and error", i)
		}
		if p.GetDocumentId()+e.GetDocumentId() != id {
			t.Errorf("result %d is of %q, want %q", i, p.GetDocumentId()+e.GetDocumentId(), id)
		}
		for j, topic := range p.GetTopics() {
			if !(topic.Confidence >= 0 && topic.Confidence <= 1) || j > 0 && topic.Confidence > p.Topics[j-1].Confidence {
				t.Errorf("result %d: confidence %v out of range or order", i, topic.Confidence)
			}
		}
	}
	if _, err := proto.Marshal(resp); err != nil {
		t.Errorf("the answer cannot be sent: %v", err)
	}
}

func TestConfig(t *testing.T) {
	c := tinyClassifier(t)
	for _, bad := range []Config{{CallTimeout: -1}, {DrainTimeout: -1}, {MaxCalls: -1}, {MaxCalls: 1 << 32}} {
		if _, err := New(c, bad); err == nil || !strings.Contains(err.Error(), "negative") {
			t.Errorf("config %+v: error %v, want a refusal", bad, err)
		}
	}
	full, err := Config{}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	off := []string{"LogCalls", "NoPage", "DrainDelay", "Limits", "TLS", "Access", "Authorize", "Feedback", "Gate", "Tracing"} // what is not done unless asked for
	for i, v := 0, reflect.ValueOf(full); i < v.NumField(); i++ {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && !slices.Contains(off, name) {
			t.Errorf("field %s has no default", name)
		}
	}
}
