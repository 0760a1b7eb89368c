package server

import (
	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/model"
)

// reliabilityBins are what a model recorded about its own confidences, nil if that is nothing.
func reliabilityBins(in []model.Bin) []*pb.ReliabilityBin {
	var out []*pb.ReliabilityBin
	for _, b := range in {
		out = append(out, &pb.ReliabilityBin{From: b.From, To: b.To, Count: int32(b.Count), Confidence: b.Confidence, Right: b.Right})
	}
	return out
}
