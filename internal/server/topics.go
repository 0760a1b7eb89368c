package server

import (
	"context"
	"slices"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/model"
)

// topics is tajuk.v1.TopicService.
type topics struct {
	pb.UnimplementedTopicServiceServer
	engine *engine
}

// ListTopics lists the topics of the model in the model's order.
func (t *topics) ListTopics(_ context.Context, req *pb.ListTopicsRequest) (*pb.ListTopicsResponse, error) {
	if err := t.engine.check(req.GetModel(), "model"); err != nil {
		return nil, err
	}
	m := t.engine.model
	out := &pb.ListTopicsResponse{Topics: make([]*pb.Topic, len(m.Manifest.Topics)), ModelVersion: t.engine.version}
	for i, topic := range m.Manifest.Topics {
		out.Topics[i] = &pb.Topic{
			Id: topic.ID, Names: topic.Name, IptcCode: topic.IPTC, Parent: topic.Parent,
			Threshold: m.Threshold[i],
		}
	}
	return out, nil
}

// hasTopic says whether the model has a topic.
func (e *engine) hasTopic(id string) bool {
	return slices.ContainsFunc(e.model.Manifest.Topics, func(t model.Topic) bool { return t.ID == id })
}
