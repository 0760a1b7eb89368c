package server

import (
	"context"
	"io"

	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/access"
	"github.com/tajuk/tajuk/model"
)

// tagging is tajuk.v1.TaggingService.
type tagging struct {
	pb.UnimplementedTaggingServiceServer
	models  *Models
	load    *access.Load
	observe func(*model.Model, *classifier.Prediction)
}

// TagDocument tags one document.
func (t *tagging) TagDocument(ctx context.Context, req *pb.TagDocumentRequest) (*pb.TagDocumentResponse, error) {
	e, o, err := t.begin(req.GetModel(), req.GetOptions(), "")
	if err != nil {
		return nil, err
	}
	defer e.release()
	if req.GetDocument() == nil {
		return nil, invalid(reasonDocumentMissing, "document", "no document: send one")
	}
	p, err := e.tag(ctx, req.Document, o)
	if err != nil {
		return nil, err
	}
	return &pb.TagDocumentResponse{Prediction: p}, nil
}

// BatchTagDocuments tags the documents of one message.
func (t *tagging) BatchTagDocuments(ctx context.Context, req *pb.BatchTagDocumentsRequest) (*pb.BatchTagDocumentsResponse, error) {
	e, o, err := t.begin(req.GetModel(), req.GetOptions(), "")
	if err != nil {
		return nil, err
	}
	defer e.release()
	if err := checkDocuments(req.GetDocuments(), "documents"); err != nil {
		return nil, err
	}
	results, err := e.tagAll(ctx, req.Documents, o)
	if err != nil {
		return nil, err
	}
	return &pb.BatchTagDocumentsResponse{Results: results}, nil
}

// StreamTagDocuments answers message by message. The next message is read only
// once the answer to the last is handed over, so a caller who does not
// read his answers is held back by flow control.
func (t *tagging) StreamTagDocuments(stream pb.TaggingService_StreamTagDocumentsServer) error {
	first, err := stream.Recv()
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return err
	}
	setup := first.GetSetup()
	if setup == nil {
		return invalid(reasonStreamOutOfOrder, "setup", "a stream starts with a setup message, not with %s", payloadName(first))
	}
	e, o, err := t.begin(setup.GetModel(), setup.GetOptions(), "setup.")
	if err != nil {
		return err
	}
	defer e.release()
	for {
		req, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := t.answer(stream, e, req, o); err != nil {
			return err
		}
	}
}

// answer tags the documents of one message of a stream.
func (t *tagging) answer(stream pb.TaggingService_StreamTagDocumentsServer, e *engine, req *pb.StreamTagDocumentsRequest, o options) error {
	batch := req.GetDocuments()
	if batch == nil {
		return invalid(reasonStreamOutOfOrder, "documents", "after setup a stream has documents, not %s", payloadName(req))
	}
	if err := checkDocuments(batch.Documents, "documents.documents"); err != nil {
		return err
	}
	results, err := t.tagInTurn(stream.Context(), e, batch.Documents, o)
	if err != nil {
		return err
	}
	return stream.Send(&pb.StreamTagDocumentsResponse{Results: results})
}

// tagInTurn tags when it is a message's turn. The turn is over before the answer is sent, as one that is not
// read must not keep others from theirs, and it is over after a panic too.
func (t *tagging) tagInTurn(ctx context.Context, e *engine, docs []*pb.Document, o options) ([]*pb.TagResult, error) {
	turn, err := t.load.BeginPatient(ctx)
	if err != nil {
		return nil, status.FromContextError(err).Err()
	}
	defer turn.End()
	return e.tagAll(ctx, docs, o)
}

// payloadName names a message in its place in an error.
func payloadName(req *pb.StreamTagDocumentsRequest) string {
	switch {
	case req.GetSetup() != nil:
		return "another setup"
	case req.GetDocuments() != nil:
		return "documents"
	}
	return "an empty message"
}

// begin checks what the calls that tag have in common. The fields lie below prefix. The caller releases
// the engine, which answers for the whole call whatever is swapped meanwhile.
func (t *tagging) begin(name string, o *pb.TagOptions, prefix string) (*engine, options, error) {
	e, err := t.models.acquire(name, prefix+"model")
	if err != nil {
		return nil, options{}, err
	}
	read, err := readOptions(o, prefix+"options")
	if err != nil {
		e.release()
		return nil, options{}, err
	}
	read.observe = t.observe
	return e, read, nil
}
