package server

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/store"
)

// allowed lets everyone do everything.
func allowed(context.Context, string) error { return nil }

func startStore(t *testing.T, n int, authorize func(context.Context, string) error) (pb.ModelServiceClient, *running, *store.Store, []string) {
	t.Helper()
	s, ids := modelStore(t, n)
	r := startModels(t, loadModels(t, StoreModels(s), ModelsOptions{}), Config{Authorize: authorize})
	return pb.NewModelServiceClient(r.conn), r, s, ids
}

func TestModelService(t *testing.T) {
	client, r, s, ids := startStore(t, 3, allowed)
	list, err := client.ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{Model: "mini"})
	if err != nil || len(list.GetVersions()) != 3 || len(list.GetStatuses()) != 1 {
		t.Fatalf("listed %v, %v", list, err)
	}
	for _, v := range list.GetVersions() {
		if first := v.GetVersion() == ids[0]; v.GetActive() != first || v.GetServing() != first || v.GetTopicCount() != 4 || v.GetAddTime() == nil || v.GetDamage() != "" || v.GetMetrics()["ece"] <= 0 {
			t.Errorf("version %v", v)
		}
	}
	if st := list.GetStatuses()[0]; st.GetModelVersion() != "mini@"+ids[0] || st.GetError() != "" || st.GetResidentCount() != 1 || st.GetServeTime() == nil {
		t.Errorf("status %v", st)
	}

	turned, err := client.ActivateModelVersion(t.Context(), &pb.ActivateModelVersionRequest{Model: "mini@" + ids[1], Reason: "lebih baik"})
	if err != nil || turned.GetPreviousVersion() != ids[0] || !turned.GetVersion().GetServing() || !turned.GetVersion().GetActive() {
		t.Fatalf("activated %v, %v", turned, err)
	}
	if resp, err := r.tagging.TagDocument(t.Context(), one("gol kiper")); err != nil || resp.GetPrediction().GetModelVersion() != "mini@"+ids[1] {
		t.Errorf("the next call: %v, %v", resp, err)
	}
	back, err := client.RollbackModel(t.Context(), &pb.RollbackModelRequest{Model: "mini", Reason: "ternyata tidak"})
	if err != nil || back.GetVersion().GetVersion() != ids[0] || back.GetPreviousVersion() != ids[1] || !back.GetVersion().GetServing() {
		t.Fatalf("rolled back %v, %v", back, err)
	}
	got, err := client.GetModelVersion(t.Context(), &pb.GetModelVersionRequest{Model: "mini@" + ids[1][:11]})
	if err != nil || got.GetVersion().GetVersion() != ids[1] || len(got.GetEvents()) != 3 {
		t.Fatalf("got %v, %v", got, err)
	}
	if e := got.GetEvents()[1]; e.GetAction() != "activate" || e.GetReason() != "lebih baik" || !strings.HasPrefix(e.GetActor(), "grpc") {
		t.Errorf("event %v", e)
	}
	if active, _ := s.Active("mini"); active != ids[0] {
		t.Errorf("%s is active in the store", active)
	}
}

func TestModelServiceFaults(t *testing.T) {
	client, r, s, ids := startStore(t, 2, allowed)
	if err := os.Truncate(filepath.Join(s.Dir(), "mini", ids[1], "model.tajuk"), 99); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		model  string
		code   codes.Code
		reason string
	}{
		{"mini@zz", codes.NotFound, reasonVersionNotFound},
		{"maxi@0123", codes.NotFound, reasonVersionNotFound},
		{"../x@0123", codes.InvalidArgument, reasonModelNotFound},
		{"mini@" + ids[1], codes.FailedPrecondition, reasonVersionDamaged},
		{"mini", codes.InvalidArgument, reasonVersionNotFound},
		{"", codes.InvalidArgument, reasonModelNotFound},
	} {
		_, err := client.ActivateModelVersion(t.Context(), &pb.ActivateModelVersionRequest{Model: test.model})
		wantFault(t, err, test.code, test.reason, "model")
		if strings.Contains(err.Error(), s.Dir()) {
			t.Errorf("%v tells where the store lies", err)
		}
	}
	_, err := client.RollbackModel(t.Context(), &pb.RollbackModelRequest{Model: "mini"})
	wantFault(t, err, codes.FailedPrecondition, reasonNoPrevious, "model")
	_, err = client.RollbackModel(t.Context(), &pb.RollbackModelRequest{Model: "mini", Reason: "a\nb"})
	wantFault(t, err, codes.InvalidArgument, reasonOptionInvalid, "reason")
	_, err = client.GetModelVersion(t.Context(), &pb.GetModelVersionRequest{Model: "maxi"})
	wantFault(t, err, codes.NotFound, reasonVersionNotFound, "model")
	_, err = client.ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{Model: "maxi"})
	wantFault(t, err, codes.NotFound, reasonVersionNotFound, "model")

	list, err := client.ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{})
	if err != nil || len(list.GetVersions()) != 2 {
		t.Fatalf("listed %v, %v", list, err)
	}
	for _, v := range list.GetVersions() {
		if damaged := v.GetVersion() == ids[1]; (v.GetDamage() != "") != damaged {
			t.Errorf("version %v", v)
		}
	}
	if _, err := r.tagging.TagDocument(t.Context(), one("gol kiper")); err != nil {
		t.Error(err)
	}
}

// Nobody may change what answers unless somebody has said who may.
func TestModelServiceRefuses(t *testing.T) {
	asked := ""
	refuse := func(_ context.Context, role string) error {
		asked = role
		return &fault{codes.Unauthenticated, "NO_TOKEN", "", "who are you?"}
	}
	for _, test := range []struct {
		authorize func(context.Context, string) error
		code      codes.Code
		reason    string
	}{{nil, codes.PermissionDenied, reasonNotAuthorized}, {refuse, codes.Unauthenticated, "NO_TOKEN"}} {
		client, _, s, ids := startStore(t, 2, test.authorize)
		_, err := client.ActivateModelVersion(t.Context(), &pb.ActivateModelVersionRequest{Model: "mini@" + ids[1]})
		wantFault(t, err, test.code, test.reason, "")
		_, err = client.RollbackModel(t.Context(), &pb.RollbackModelRequest{Model: "mini"})
		wantFault(t, err, test.code, test.reason, "")
		if active, _ := s.Active("mini"); active != ids[0] {
			t.Error("it was changed all the same")
		}
		if _, err := client.ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{}); err != nil {
			t.Error(err)
		}
	}
	if asked != RoleAdmin {
		t.Errorf("asked for the role %q", asked)
	}
}

// A server without a store tells what it has, and has nothing to change.
func TestModelServiceWithoutStore(t *testing.T) {
	c := tinyClassifier(t)
	r := startModels(t, OneModel(c), Config{Authorize: allowed})
	client := pb.NewModelServiceClient(r.conn)
	list, err := client.ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{})
	if err != nil || len(list.GetVersions()) != 1 || !list.GetVersions()[0].GetServing() || list.GetStatuses()[0].GetModelVersion() != c.Version() {
		t.Errorf("listed %v, %v", list, err)
	}
	for _, name := range []string{"", "mini", c.Version()} {
		got, err := client.GetModelVersion(t.Context(), &pb.GetModelVersionRequest{Model: name})
		if err != nil || got.GetVersion().GetName() != "mini" {
			t.Errorf("got %v, %v", got, err)
		}
	}
	_, err = client.ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{Model: "maxi"})
	wantFault(t, err, codes.NotFound, reasonModelNotFound, "model")
	_, err = client.ActivateModelVersion(t.Context(), &pb.ActivateModelVersionRequest{Model: "mini@1"})
	wantFault(t, err, codes.FailedPrecondition, reasonNoStore, "")
}

// What is meant to answer and cannot is told in the status, without saying where files lie.
func TestModelServiceTellsOfFailure(t *testing.T) {
	s, ids := modelStore(t, 2)
	m := loadModels(t, StoreModels(s), ModelsOptions{})
	client := pb.NewModelServiceClient(startModels(t, m, Config{}).conn)
	damageModel(t, s, ids[1])
	point(t, s, ids[1])
	if err := m.Reload(); err == nil {
		t.Fatal("a damaged version was taken up")
	}
	list, err := client.ListModelVersions(t.Context(), &pb.ListModelVersionsRequest{})
	if err != nil {
		t.Fatal(err)
	}
	st := list.GetStatuses()[0]
	if st.GetModelVersion() != "mini@"+ids[0] || !strings.Contains(st.GetError(), "checksum mismatch") || strings.Contains(st.GetError(), s.Dir()) {
		t.Errorf("status %v", st)
	}
	for _, v := range list.GetVersions() {
		if v.GetServing() != (v.GetVersion() == ids[0]) || v.GetActive() != (v.GetVersion() == ids[1]) {
			t.Errorf("version %v", v)
		}
	}
}

// damageModel changes a byte of a version.
func damageModel(t testing.TB, s *store.Store, version string) {
	t.Helper()
	path := filepath.Join(s.Dir(), "mini", version, "model.tajuk")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// point turns the pointer of a store by hand, with no check.
func point(t testing.TB, s *store.Store, version string) {
	t.Helper()
	path := filepath.Join(s.Dir(), "mini", "active")
	if err := os.WriteFile(path+".new", []byte(version+"\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}
