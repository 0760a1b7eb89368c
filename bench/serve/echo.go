package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// echoing answers each document with what tajuk has once answered for it.
type echoing struct {
	pb.UnimplementedTaggingServiceServer
	answers map[string]*pb.DocumentPrediction // by document id
}

func (e echoing) TagDocument(_ context.Context, req *pb.TagDocumentRequest) (*pb.TagDocumentResponse, error) {
	return &pb.TagDocumentResponse{Prediction: e.answers[req.Document.DocumentId]}, nil
}

func (e echoing) results(docs []*pb.Document) []*pb.TagResult {
	out := make([]*pb.TagResult, len(docs))
	for i, d := range docs {
		out[i] = &pb.TagResult{Result: &pb.TagResult_Prediction{Prediction: e.answers[d.DocumentId]}}
	}
	return out
}

func (e echoing) BatchTagDocuments(_ context.Context, req *pb.BatchTagDocumentsRequest) (*pb.BatchTagDocumentsResponse, error) {
	return &pb.BatchTagDocumentsResponse{Results: e.results(req.Documents)}, nil
}

func (e echoing) StreamTagDocuments(stream pb.TaggingService_StreamTagDocumentsServer) error {
	for {
		req, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if docs := req.GetDocuments(); docs != nil {
			if err := stream.Send(&pb.StreamTagDocumentsResponse{Results: e.results(docs.Documents)}); err != nil {
				return err
			}
		}
	}
}

// echo serves until it is killed, and does nothing else. Its buffers and windows are made for batches: those of
// tajuk are narrower, as it must be able to refuse a call before the message comes.
func echo(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var recorded pb.BatchTagDocumentsResponse
	if err := proto.Unmarshal(data, &recorded); err != nil {
		return err
	}
	e := echoing{answers: map[string]*pb.DocumentPrediction{}}
	for _, r := range recorded.Results {
		e.answers[r.GetPrediction().DocumentId] = r.GetPrediction()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := grpc.NewServer(grpc.MaxRecvMsgSize(5<<20), grpc.ReadBufferSize(256<<10), grpc.WriteBufferSize(256<<10),
		grpc.InitialWindowSize(4<<20), grpc.InitialConnWindowSize(16<<20))
	pb.RegisterTaggingServiceServer(s, e)
	fmt.Fprintf(os.Stderr, "msg=serving grpc=%s\n", listener.Addr())
	return s.Serve(listener)
}

// record asks tajuk about every document, for echo to repeat.
func record(s *server, docs []*pb.Document, file string) error {
	conns, err := s.dial(1)
	if err != nil {
		return err
	}
	defer conns[0].Close()
	var all pb.BatchTagDocumentsResponse
	for rest := docs; len(rest) > 0; rest = rest[min(batch, len(rest)):] {
		resp, err := pb.NewTaggingServiceClient(conns[0]).BatchTagDocuments(context.Background(),
			&pb.BatchTagDocumentsRequest{Documents: rest[:min(batch, len(rest))]}, grpc.WaitForReady(true))
		if err != nil {
			return err
		}
		all.Results = append(all.Results, resp.Results...)
	}
	data, err := proto.Marshal(&all)
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}
