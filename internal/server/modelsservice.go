package server

import (
	"context"
	"errors"
	"net"
	"slices"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/peer"
	"google.golang.org/protobuf/types/known/timestamppb"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
)

// versions is tajuk.v1.ModelService.
type versions struct {
	pb.UnimplementedModelServiceServer
	models    *Models
	authorize func(ctx context.Context, role string) error
	gate      Gate
}

// refuseAll is Config.Authorize where nobody has said who may.
func refuseAll(context.Context, string) error {
	return &fault{
		codes.PermissionDenied, reasonNotAuthorized, "",
		"this server takes no changes of models from the network: run tajuk models activate on the store itself, and the server takes it up",
	}
}

// ListModelVersions lists what is in the store, or what answers where there is none.
func (v *versions) ListModelVersions(_ context.Context, req *pb.ListModelVersionsRequest) (*pb.ListModelVersionsResponse, error) {
	list, err := v.list(req.GetModel())
	if err != nil {
		return nil, err
	}
	out := &pb.ListModelVersionsResponse{Versions: list}
	for _, s := range v.models.Status() {
		if req.GetModel() == "" || req.GetModel() == s.Name {
			out.Statuses = append(out.Statuses, statusMessage(s))
		}
	}
	return out, nil
}

func (v *versions) list(name string) (out []*pb.ModelVersion, err error) {
	s := v.models.stored()
	if s == nil {
		return v.loaded(name)
	}
	names := []string{name}
	if name == "" {
		if names, err = s.Names(); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		list, err := s.Versions(name)
		if err != nil {
			return nil, storeFault(err)
		}
		for i := range list {
			out = append(out, v.message(&list[i]))
		}
	}
	return out, nil
}

// loaded lists what answers, for want of a store.
func (v *versions) loaded(name string) (out []*pb.ModelVersion, err error) {
	for _, s := range v.models.list() {
		if name != "" && name != s.name {
			continue
		}
		out = append(out, engineMessage(s.active.Load().model))
	}
	if len(out) == 0 {
		return nil, v.models.notServed(name, "model")
	}
	return out, nil
}

// GetModelVersion tells of one version.
func (v *versions) GetModelVersion(_ context.Context, req *pb.GetModelVersionRequest) (*pb.GetModelVersionResponse, error) {
	s := v.models.stored()
	if s == nil {
		e, err := v.models.acquire(req.GetModel(), "model")
		if err != nil {
			return nil, err
		}
		defer e.release()
		return &pb.GetModelVersionResponse{Version: engineMessage(e.model)}, nil
	}
	name, version, err := s.Resolve(req.GetModel())
	if err != nil {
		return nil, storeFault(err)
	}
	m, err := v.find(s, name, version)
	if err != nil {
		return nil, err
	}
	events, err := s.History(name)
	if err != nil && !errors.Is(err, store.ErrDamaged) {
		return nil, storeFault(err)
	}
	return &pb.GetModelVersionResponse{Version: m, Events: eventMessages(events, version)}, nil
}

func (v *versions) find(s *store.Store, name, version string) (*pb.ModelVersion, error) {
	list, err := s.Versions(name)
	if err != nil {
		return nil, storeFault(err)
	}
	for i := range list {
		if list[i].Version == version {
			return v.message(&list[i]), nil
		}
	}
	return nil, &fault{codes.NotFound, reasonVersionNotFound, "model", name + "@" + version + " is not there any more"}
}

// ActivateModelVersion turns the pointer of the store, if the gate lets the version pass, and takes it up at once.
func (v *versions) ActivateModelVersion(ctx context.Context, req *pb.ActivateModelVersionRequest) (*pb.ActivateModelVersionResponse, error) {
	s, err := v.admit(ctx)
	if err != nil {
		return nil, err
	}
	name, version, err := s.Resolve(req.GetModel())
	if err != nil {
		return nil, storeFault(err)
	}
	if name == req.GetModel() {
		return nil, invalid(reasonVersionNotFound, "model", "%.100q names no version: use NAME@VERSION", name)
	}
	n, err := note(ctx, req.GetReason())
	if err != nil {
		return nil, err
	}
	if err := v.gate.pass(ctx, s, name, version); err != nil {
		return nil, err
	}
	e, err := s.Activate(name, version, n)
	if err != nil {
		return nil, storeFault(err)
	}
	m, err := v.turned(s, name, e)
	return &pb.ActivateModelVersionResponse{Version: m, PreviousVersion: e.Previous}, err
}

// RollbackModel turns the pointer back, and takes that version up at once.
func (v *versions) RollbackModel(ctx context.Context, req *pb.RollbackModelRequest) (*pb.RollbackModelResponse, error) {
	s, err := v.admit(ctx)
	if err != nil {
		return nil, err
	}
	n, err := note(ctx, req.GetReason())
	if err != nil {
		return nil, err
	}
	e, err := s.Rollback(req.GetModel(), n)
	if err != nil {
		return nil, storeFault(err)
	}
	m, err := v.turned(s, req.GetModel(), e)
	return &pb.RollbackModelResponse{Version: m, PreviousVersion: e.Previous}, err
}

// admit returns the store to a caller who may change it.
func (v *versions) admit(ctx context.Context) (*store.Store, error) {
	if err := v.authorize(ctx, RoleAdmin); err != nil {
		return nil, err
	}
	s := v.models.stored()
	if s == nil {
		return nil, &fault{
			codes.FailedPrecondition, reasonNoStore, "",
			"the server answers from one model and from no store: start it with --models DIR",
		}
	}
	return s, nil
}

// turned takes up what is active now, and tells of it.
func (v *versions) turned(s *store.Store, name string, e store.Event) (*pb.ModelVersion, error) {
	_ = v.models.refresh(name, true) // a failure is in the log and in the status, and the version is active all the same
	return v.find(s, name, e.Version)
}

// note is who asks for a change, by address, and why.
func note(ctx context.Context, reason string) (store.Note, error) {
	n := store.Note{By: "grpc", Reason: reason}
	if p, ok := peer.FromContext(ctx); ok {
		n.By = "grpc " + p.Addr.String()
		if host, _, err := net.SplitHostPort(p.Addr.String()); err == nil {
			n.By = "grpc " + host
		}
	}
	if err := n.Validate(); err != nil {
		return n, invalid(reasonOptionInvalid, "reason", "%v", err)
	}
	return n, nil
}

// storeFault is what a caller may see of an error of the store. Others have no status, and are hidden.
func storeFault(err error) error {
	for _, f := range []struct {
		of     error
		code   codes.Code
		reason string
	}{
		{store.ErrDamaged, codes.FailedPrecondition, reasonVersionDamaged},
		{store.ErrNoActive, codes.FailedPrecondition, reasonNoActive},
		{store.ErrNoPrevious, codes.FailedPrecondition, reasonNoPrevious},
		{store.ErrAmbiguous, codes.InvalidArgument, reasonVersionNotFound},
		{store.ErrNotFound, codes.NotFound, reasonVersionNotFound},
		{store.ErrName, codes.InvalidArgument, reasonModelNotFound},
	} {
		if errors.Is(err, f.of) {
			return &fault{f.code, f.reason, "model", err.Error()}
		}
	}
	return err
}

func (v *versions) message(in *store.Version) *pb.ModelVersion {
	out := &pb.ModelVersion{
		Name: in.Name, Version: in.Version, Active: in.Active, Task: in.Task, Learner: in.Learner,
		DocumentCount: int32(in.Documents), TopicCount: int32(in.Topics), TermCount: int32(in.Terms),
		Metrics: in.HeldOut(), AddTime: timestamp(in.Added), Reliability: reliabilityBins(in.Reliability),
	}
	if s := v.models.find(in.Name); s != nil {
		out.Serving = s.version() == in.Name+"@"+in.Version
	}
	if in.Damage != nil {
		out.Damage = in.Damage.Error()
	}
	return out
}

// engineMessage is a version that lies in no store.
func engineMessage(m *model.Model) *pb.ModelVersion {
	head := &m.Manifest
	return &pb.ModelVersion{
		Name: head.Name, Version: head.Version, Active: true, Serving: true, Task: head.Task, Learner: head.Learner,
		DocumentCount: int32(head.Documents), TopicCount: int32(len(head.Topics)), TermCount: int32(m.Terms.Len()),
		Metrics: (&store.Manifest{Metrics: head.Metrics}).HeldOut(), Reliability: reliabilityBins(m.Reliability),
	}
}

func statusMessage(s Serving) *pb.ModelStatus {
	out := &pb.ModelStatus{Name: s.Name, ModelVersion: s.Version, ServeTime: timestamp(s.Since), ResidentCount: int32(s.Resident)}
	if s.Err != nil {
		out.Error = errorText(s.Err)
	}
	return out
}

// errorText is an error for a caller, who is not told where files lie.
func errorText(err error) string {
	if _, known := errors.AsType[*fault](storeFault(err)); known || errors.Is(err, errNothingMeant) || errors.Is(err, errFull) {
		return err.Error()
	}
	return "it cannot be loaded: see the server's log"
}

func eventMessages(events []store.Event, version string) (out []*pb.ModelEvent) {
	events = slices.DeleteFunc(events, func(e store.Event) bool { return e.Version != version && e.Previous != version })
	for _, e := range events {
		out = append(out, &pb.ModelEvent{
			Time: timestamp(e.Time), Action: e.Action, Version: e.Version, PreviousVersion: e.Previous, Actor: e.By, Reason: e.Reason,
		})
	}
	return out
}

// timestamp is unset for a time that is not known.
func timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}
