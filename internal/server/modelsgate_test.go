package server

import (
	"context"
	"errors"
	"strings"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/store"
)

// TestGate: a version that does not meet the conditions is not made active, and the caller learns which; rolling back
// asks no gate.
func TestGate(t *testing.T) {
	conditions, err := store.ReadGate("/secret/gate.txt", strings.NewReader("macro_f1 >= 0.5\nchanged <= 5%\nbrier < 1"))
	if err != nil {
		t.Fatal(err)
	}
	figures, failed := map[string]float64{}, error(nil)
	gate := func(_ context.Context, s *store.Store, name, version string) ([]store.Shortfall, error) {
		if _, err := s.Load(name, version); err != nil {
			return nil, err
		}
		return conditions.Judge(figures), failed
	}
	s, ids := modelStore(t, 2)
	r := startModels(t, loadModels(t, StoreModels(s), ModelsOptions{}), Config{Authorize: allowed, Gate: gate})
	client := pb.NewModelServiceClient(r.conn)
	activate := func(version string) error {
		_, err := client.ActivateModelVersion(t.Context(), &pb.ActivateModelVersionRequest{Model: "mini@" + version})
		return err
	}
	figures = map[string]float64{"macro_f1": 0.6, "changed": 0.07}
	err = activate(ids[1])
	wantFault(t, err, codes.FailedPrecondition, reasonGateClosed, "")
	var violations []*errdetails.PreconditionFailure_Violation
	for _, d := range status.Convert(err).Details() {
		if f, ok := d.(*errdetails.PreconditionFailure); ok {
			violations = f.Violations
		}
	}
	if len(violations) != 2 || violations[0].Subject != "changed <= 5%" || violations[0].Description != "changed <= 5%: it is 7.00%" ||
		violations[1].Description != "brier < 1: it was not measured" || violations[0].Type != "GATE" {
		t.Errorf("violations %v", violations)
	}
	if strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "mini@"+ids[1]) {
		t.Errorf("error %v", err)
	}
	if active, _ := s.Active("mini"); active != ids[0] {
		t.Error("it was made active all the same")
	}
	failed = errors.New("/secret/articles.jsonl: no such file")
	if err := activate(ids[1]); status.Code(err) != codes.Internal || strings.Contains(err.Error(), "secret") {
		t.Errorf("a gate that cannot judge: %v", err)
	}
	wantFault(t, activate("zz"), codes.NotFound, reasonVersionNotFound, "model")
	failed, figures = nil, map[string]float64{"macro_f1": 0.6, "changed": 0.05, "brier": 0.2}
	if err := activate(ids[1]); err != nil {
		t.Errorf("all conditions are met: %v", err)
	}
	figures = nil
	if _, err := client.RollbackModel(t.Context(), &pb.RollbackModelRequest{Model: "mini"}); err != nil {
		t.Errorf("rolled back: %v", err)
	}
}
