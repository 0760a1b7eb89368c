package server

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/feedback"
)

// The reasons of FeedbackService, as listed there in the .proto file.
const (
	reasonFeedbackDisabled    = "FEEDBACK_DISABLED"
	reasonFeedbackEmpty       = "FEEDBACK_EMPTY"
	reasonFeedbackConflict    = "FEEDBACK_CONFLICT"
	reasonTopicUnknown        = "TOPIC_UNKNOWN"
	reasonFieldInvalid        = "FIELD_INVALID"
	reasonRequestIDReused     = "REQUEST_ID_REUSED"
	reasonPageTokenInvalid    = "PAGE_TOKEN_INVALID"
	reasonFeedbackUnavailable = "FEEDBACK_UNAVAILABLE"
)

// Limits on the fields of a correction, as published in the .proto file.
const (
	maxRequestID = 128
	maxAuthor    = 256
	maxComment   = 4096
	maxLabels    = 256
	maxLabel     = 256 // bytes of one topic, and of a model version

	defaultPage = 50
	maxPage     = 1000
)

// corrections is tajuk.v1.FeedbackService.
type corrections struct {
	pb.UnimplementedFeedbackServiceServer
	log    *feedback.Log // nil: none are kept
	known  func(topic string) bool
	report *slog.Logger
}

func (c *corrections) enabled() error {
	if c.log == nil {
		return &fault{codes.FailedPrecondition, reasonFeedbackDisabled, "", "this server keeps no feedback: start it with --feedback DIR"}
	}
	return nil
}

// CreateFeedback stores a correction, on disk before it answers.
func (c *corrections) CreateFeedback(ctx context.Context, req *pb.CreateFeedbackRequest) (*pb.CreateFeedbackResponse, error) {
	if err := c.enabled(); err != nil {
		return nil, err
	}
	e, f := c.entry(req)
	if f != nil {
		return nil, f
	}
	id, created, err := c.log.Append(ctx, e)
	switch {
	case errors.Is(err, feedback.ErrReused):
		return nil, &fault{codes.AlreadyExists, reasonRequestIDReused, "request_id", fmt.Sprintf("%q came before with other content: use an id of its own for each correction", req.RequestId)}
	case err != nil && ctx.Err() != nil:
		return nil, status.FromContextError(ctx.Err()).Err()
	case err != nil:
		c.report.ErrorContext(ctx, "feedback not stored", "error", err)
		return nil, &fault{codes.Unavailable, reasonFeedbackUnavailable, "", "the correction could not be stored: send it again with the same request_id; the server's log has the reason"}
	}
	return &pb.CreateFeedbackResponse{FeedbackId: feedback.FormatID(id), CreateTime: timestamppb.New(created)}, nil
}

// entry checks a request.
func (c *corrections) entry(req *pb.CreateFeedbackRequest) (feedback.Entry, *fault) {
	f := req.GetFeedback()
	if f.GetDocument() == nil {
		return feedback.Entry{}, invalid(reasonDocumentMissing, "feedback.document", "no document: send the article that is corrected")
	}
	doc, bad := readDocument(f.Document)
	if bad != nil {
		bad.field = "feedback." + bad.field
		return feedback.Entry{}, bad
	}
	for _, check := range []*fault{
		atMostBytes("request_id", req.RequestId, maxRequestID), atMostBytes("feedback.author", f.Author, maxAuthor),
		atMostBytes("feedback.comment", f.Comment, maxComment), atMostBytes("feedback.model_version", f.ModelVersion, maxLabel),
		c.labels("feedback.labels", f.Labels, req.AllowNewTopics), c.labels("feedback.not_labels", f.NotLabels, req.AllowNewTopics),
		consistent(f),
	} {
		if check != nil {
			return feedback.Entry{}, check
		}
	}
	return feedback.Entry{
		RequestID: req.RequestId, DocumentID: doc.ID, Title: doc.Title, Text: doc.Text,
		Labels: f.Labels, NotLabels: f.NotLabels,
		Partial:      f.Partial || len(f.Labels) == 0 && !f.NoTopic, // topics denied say nothing of the others
		ModelVersion: f.ModelVersion, Author: f.Author, Comment: f.Comment,
	}, nil
}

func atMostBytes(field, value string, most int) *fault {
	if len(value) > most {
		return invalid(reasonFieldInvalid, field, "%d bytes: at most %d are allowed", len(value), most)
	}
	return nil
}

// labels checks one list of topics.
func (c *corrections) labels(field string, topics []string, mayBeNew bool) *fault {
	if len(topics) > maxLabels {
		return invalid(reasonFieldInvalid, field, "%d topics: at most %d are allowed", len(topics), maxLabels)
	}
	for i, topic := range topics {
		switch at := fmt.Sprintf("%s[%d]", field, i); {
		case topic == "" || len(topic) > maxLabel || strings.TrimSpace(topic) != topic:
			return invalid(reasonFieldInvalid, at, "topic %.60q is empty, longer than %d bytes or has space around it", topic, maxLabel)
		case slices.Contains(topics[:i], topic):
			return invalid(reasonFieldInvalid, at, "topic %q comes twice", topic)
		case !mayBeNew && !c.known(topic):
			return invalid(reasonTopicUnknown, at, "the model has no topic %q: see ListTopics, or set allow_new_topics", topic)
		}
	}
	return nil
}

func consistent(f *pb.Feedback) *fault {
	if len(f.Labels) == 0 && len(f.NotLabels) == 0 && !f.NoTopic {
		return invalid(reasonFeedbackEmpty, "feedback.labels", "neither labels nor not_labels: give topics, or set no_topic")
	}
	if f.NoTopic && (len(f.Labels) > 0 || f.Partial) {
		return invalid(reasonFeedbackConflict, "feedback.no_topic", "no topic applies, but labels or partial are set")
	}
	for i, topic := range f.NotLabels {
		if slices.Contains(f.Labels, topic) {
			return invalid(reasonFeedbackConflict, fmt.Sprintf("feedback.not_labels[%d]", i), "topic %q is in labels too: keep one", topic)
		}
	}
	return nil
}

// ListFeedback lists corrections, oldest first.
func (c *corrections) ListFeedback(ctx context.Context, req *pb.ListFeedbackRequest) (*pb.ListFeedbackResponse, error) {
	if err := c.enabled(); err != nil {
		return nil, err
	}
	size := int(req.GetPageSize())
	if size < 0 {
		return nil, invalid(reasonFieldInvalid, "page_size", "%d is negative: use 0 for the default", size)
	}
	if size == 0 {
		size = defaultPage
	}
	after, bad := parsePageToken(req.GetPageToken())
	if bad != nil {
		return nil, bad
	}
	// A line is never shorter than the message made of it, save for the last field's tags.
	entries, more, err := c.log.List(after, min(size, maxPage), MaxAnswerBytes-MaxAnswerBytes/8)
	if err != nil {
		c.report.ErrorContext(ctx, "feedback not read", "error", err)
		return nil, &fault{codes.DataLoss, reasonFeedbackUnavailable, "", "a stored correction cannot be read: the server's log has the reason"}
	}
	out := &pb.ListFeedbackResponse{}
	for i := range entries {
		out.Feedback = append(out.Feedback, correction(&entries[i]))
	}
	if more {
		out.NextPageToken = pageToken(entries[len(entries)-1].ID)
	}
	return out, nil
}

func correction(e *feedback.Entry) *pb.Feedback {
	return &pb.Feedback{
		FeedbackId: feedback.FormatID(e.ID), CreateTime: timestamppb.New(e.Created.Truncate(time.Microsecond)),
		Document: &pb.Document{DocumentId: e.DocumentID, Title: e.Title, Text: e.Text},
		Labels:   e.Labels, NotLabels: e.NotLabels, Partial: e.Partial, NoTopic: len(e.Labels) == 0 && !e.Partial,
		ModelVersion: e.ModelVersion, Author: e.Author, Comment: e.Comment,
	}
}

// pageToken stands for the entries after one.
func pageToken(after uint64) string {
	return base64.RawURLEncoding.EncodeToString([]byte("after " + feedback.FormatID(after)))
}

func parsePageToken(token string) (after uint64, f *fault) {
	if token == "" {
		return 0, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(token)
	id, found := strings.CutPrefix(string(text), "after ")
	if err == nil && found {
		after, err = feedback.ParseID(id)
	}
	if err != nil || !found {
		return 0, invalid(reasonPageTokenInvalid, "page_token", "%.60q is no page token: take next_page_token of the answer before, or leave it empty", token)
	}
	return after, nil
}
