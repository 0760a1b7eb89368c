package server

import (
	"context"
	"fmt"
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/tajuk/tajuk/internal/store"
)

// Gate judges whether a version may become active: it lists the conditions that the version does not meet.
type Gate func(ctx context.Context, s *store.Store, name, version string) ([]store.Shortfall, error)

// pass asks the gate, if there is one.
func (g Gate) pass(ctx context.Context, s *store.Store, name, version string) error {
	if g == nil {
		return nil
	}
	short, err := g(ctx, s, name, version)
	if err != nil {
		return storeFault(err)
	}
	if len(short) > 0 {
		return gateClosed{name + "@" + version, short}
	}
	return nil
}

// gateClosed is the error of a version that does not meet all conditions.
type gateClosed struct {
	version string
	short   []store.Shortfall
}

// Error returns the message for people.
func (g gateClosed) Error() string {
	var list []string
	for _, s := range g.short {
		list = append(list, unmet(s))
	}
	return fmt.Sprintf("model: %s is not made active, as it does not meet the server's conditions: %s", g.version, strings.Join(list, "; "))
}

// unmet is a condition with the figure that does not meet it, without where it stands on the server's disk.
func unmet(s store.Shortfall) string { return strings.TrimPrefix(s.String(), s.Place()+": ") }

// GRPCStatus is how grpc asks an error for its status.
func (g gateClosed) GRPCStatus() *status.Status {
	failure := &errdetails.PreconditionFailure{}
	for _, s := range g.short {
		failure.Violations = append(failure.Violations, &errdetails.PreconditionFailure_Violation{
			Type: "GATE", Subject: s.Condition.String(), Description: unmet(s),
		})
	}
	s := status.New(codes.FailedPrecondition, g.Error())
	if detailed, err := s.WithDetails(&errdetails.ErrorInfo{Reason: reasonGateClosed, Domain: errorDomain}, failure); err == nil {
		return detailed
	}
	return s
}
