package server

import (
	"context"

	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/text"
)

// AnalyzeText lists the terms of a text.
func (t *tagging) AnalyzeText(_ context.Context, req *pb.AnalyzeTextRequest) (*pb.AnalyzeTextResponse, error) {
	e, err := t.models.acquire(req.GetModel(), "model")
	if err != nil {
		return nil, err
	}
	defer e.release()
	if req.GetText() == "" {
		return nil, invalid(reasonDocumentEmpty, "text", "no text: send some")
	}
	if n := len(req.Text); n > MaxDocumentBytes {
		return nil, invalid(reasonDocumentTooLong, "text", "%d bytes: at most %d are allowed", n, MaxDocumentBytes)
	}
	out := &pb.AnalyzeTextResponse{Terms: terms(e.analyzer.Terms(req.Text)), ModelVersion: e.version}
	if proto.Size(out) > MaxAnswerBytes {
		return nil, tooLong("send less text")
	}
	return out, nil
}

func terms(in []text.Term) []*pb.AnalyzeTextResponse_Term {
	out := make([]*pb.AnalyzeTextResponse_Term, len(in))
	for i, t := range in {
		out[i] = &pb.AnalyzeTextResponse_Term{
			Text: t.Token, Form: t.Form, Stem: t.Stem,
			StartByte: int32(t.Start), EndByte: int32(t.End),
			Kind: pb.AnalyzeTextResponse_Term_Kind(t.Kind), StopWord: t.Stop, Reason: t.Reason,
		}
	}
	return out
}
