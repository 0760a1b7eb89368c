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
	models *Models
}

// ListTopics lists the topics of the model in the model's order.
func (t *topics) ListTopics(_ context.Context, req *pb.ListTopicsRequest) (*pb.ListTopicsResponse, error) {
	e, err := t.models.acquire(req.GetModel(), "model")
	if err != nil {
		return nil, err
	}
	defer e.release()
	m := e.model
	out := &pb.ListTopicsResponse{Topics: make([]*pb.Topic, len(m.Manifest.Topics)), ModelVersion: e.version}
	for i, topic := range m.Manifest.Topics {
		out.Topics[i] = &pb.Topic{
			Id: topic.ID, Names: topic.Name, IptcCode: topic.IPTC, Parent: topic.Parent,
			Threshold: m.Threshold[i],
		}
	}
	return out, nil
}

// hasTopic says whether the model that answers who names none has a topic.
func (m *Models) hasTopic(id string) bool {
	e, err := m.acquire("", "")
	if err != nil {
		return false
	}
	defer e.release()
	return slices.ContainsFunc(e.model.Manifest.Topics, func(t model.Topic) bool { return t.ID == id })
}
