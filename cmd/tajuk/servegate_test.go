package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/store"
)

// TestServeGate: a server that was told of a gate makes no version active that does not meet it, and takes the
// conditions as the file has them at the time.
func TestServeGate(t *testing.T) {
	inNewsroom(t)
	writeFile(t, "access", fmt.Sprintf("ops admin sha256:%x\n", sha256.Sum256([]byte("secret"))))
	writeFile(t, "conditions.txt", "macro_f1 >= 0.1\nchanged < 0%\n")
	s, err := store.Open("store")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := s.Versions("desk")
	if err != nil {
		t.Fatal(err)
	}
	older := ""
	for _, v := range versions {
		if !v.Active {
			older = "desk@" + v.Version
		}
	}
	p := startProcess(t, "--model", "desk", "--models", "store", "--access-file", "access", "--gate", "conditions.txt", "--gate-data", "multi.jsonl")
	ctx := metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer secret")
	activate := func() error {
		_, err := pb.NewModelServiceClient(p.conn).ActivateModelVersion(ctx, &pb.ActivateModelVersionRequest{Model: older})
		return err
	}
	refused := status.Convert(activate())
	if refused.Code() != codes.FailedPrecondition || len(refused.Details()) != 2 {
		t.Fatalf("refused with %v", refused)
	}
	failure, _ := refused.Details()[1].(*errdetails.PreconditionFailure)
	if list := failure.GetViolations(); len(list) != 1 || list[0].Subject != "changed < 0%" || !strings.Contains(list[0].Description, "it is ") {
		t.Errorf("violations %v", list)
	}
	writeFile(t, "conditions.txt", "macro_f1 >= 0.1\nchanged <= 100%\n")
	if err := activate(); err != nil {
		t.Errorf("with conditions that are met: %v\n%s", err, p.log)
	}
	if err := os.Remove("conditions.txt"); err != nil {
		t.Fatal(err)
	}
	if err := activate(); status.Code(err) != codes.Internal {
		t.Errorf("with no conditions any more: %v", err)
	}
}

// TestServeGateFlags: a mistake shows at the start.
func TestServeGateFlags(t *testing.T) {
	inNewsroom(t)
	writeFile(t, "changed.txt", "changed <= 5%\n")
	writeFile(t, "wrong.txt", "macro_f1 = 1\n")
	for _, tt := range []struct{ args, want string }{
		{"--gate-data multi.jsonl", "add --gate FILE"},
		{"--gate gate.txt", "add --models DIR"},
		{"--models store --gate changed.txt", "add --gate-data FILE"},
		{"--models store --gate wrong.txt", "wrong.txt:1: "},
		{"--models store --gate none.txt", "none.txt"},
	} {
		var talk watched
		args := append([]string{"serve", "--grpc", "127.0.0.1:0", "--http", "none"}, strings.Fields(tt.args)...)
		if code := run(t.Context(), args, nil, nil, &talk, noEnv); code == exitDone || !strings.Contains(talk.String(), tt.want) {
			t.Errorf("%s: exit code %d: %s", tt.args, code, talk.String())
		}
	}
}
