package server

import (
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
)

// checkBins wants the bins of a model, and that they stand for its calibration error.
func checkBins(t *testing.T, want []model.Bin, v *pb.ModelVersion) {
	t.Helper()
	if len(want) == 0 || !slices.EqualFunc(v.GetReliability(), reliabilityBins(want), func(a, b *pb.ReliabilityBin) bool { return proto.Equal(a, b) }) {
		t.Fatalf("bins %v, want %v", v.GetReliability(), want)
	}
	gaps, all := 0.0, 0.0
	for _, b := range v.GetReliability() {
		gaps += float64(b.GetCount()) * max(b.GetConfidence()-b.GetRight(), b.GetRight()-b.GetConfidence())
		all += float64(b.GetCount())
	}
	if ece := v.GetMetrics()["ece"]; all == 0 || max(gaps/all-ece, ece-gaps/all) > 1e-5 {
		t.Errorf("the bins give a calibration error of %v, the metrics %v", gaps/all, ece)
	}
}

// TestReliability: a version tells how its confidences did, whether it lies in a store or not.
func TestReliability(t *testing.T) {
	c := tinyClassifier(t)
	list, err := pb.NewModelServiceClient(startTiny(t).conn).ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	checkBins(t, c.Model().Reliability, list.GetVersions()[0])

	client, _, s, ids := startStore(t, 2, nil)
	for _, id := range ids {
		stored, err := s.Load("mini", id)
		if err != nil {
			t.Fatal(err)
		}
		got, err := client.GetModelVersion(t.Context(), &pb.GetModelVersionRequest{Model: "mini@" + id})
		if err != nil {
			t.Fatal(err)
		}
		checkBins(t, stored.Model().Reliability, got.GetVersion())
	}
}

// TestReliabilityNotRecorded: a model of a program that recorded nothing is served as ever.
func TestReliabilityNotRecorded(t *testing.T) {
	old := *tinyClassifier(t).Model()
	old.Reliability, old.Manifest.Version = nil, ""
	c, err := classifier.New(&old)
	if err != nil {
		t.Fatal(err)
	}
	server, err := New(c, Config{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := pb.NewModelServiceClient(start(t, server).conn).ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{})
	if err != nil || len(list.GetVersions()) != 1 || list.GetVersions()[0].GetReliability() != nil {
		t.Errorf("%v, %v", list, err)
	}
}
