package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
)

// Server answers gRPC calls. It serves once: after Serve returns it is done.
type Server struct {
	config Config
	grpc   *grpc.Server
	health healthService
	drain  context.CancelFunc // ends health.draining
}

// New returns a server that answers from c. It fails on a Config out of range.
func New(c *classifier.Classifier, config Config) (*Server, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	return newServer(newEngine(c), config), nil
}

func newServer(e *engine, config Config) *Server {
	draining, drain := context.WithCancel(context.Background())
	s := &Server{
		config: config, drain: drain,
		grpc:   grpc.NewServer(grpcOptions(config)...),
		health: healthService{health.NewServer(), draining},
	}
	s.register(&pb.TaggingService_ServiceDesc, &tagging{engine: e})
	s.register(&pb.TopicService_ServiceDesc, &topics{engine: e})
	s.register(&pb.FeedbackService_ServiceDesc, &corrections{log: config.Feedback, known: e.hasTopic, report: config.Log})
	healthpb.RegisterHealthServer(s.grpc, s.health)
	reflection.Register(s.grpc)
	return s
}

func (s *Server) register(desc *grpc.ServiceDesc, service any) {
	s.grpc.RegisterService(blameCaller(*desc), service)
	s.health.SetServingStatus(desc.ServiceName, healthpb.HealthCheckResponse_SERVING)
}

func grpcOptions(config Config) []grpc.ServerOption {
	g := guard{log: config.Log, timeout: config.CallTimeout}
	return []grpc.ServerOption{
		grpc.ForceServerCodecV2(newCodec()),
		grpc.ChainUnaryInterceptor(g.unary),
		grpc.ChainStreamInterceptor(g.stream),
		grpc.MaxConcurrentStreams(uint32(config.MaxCalls)),

		// More than the limits on documents, so that a message somewhat too long gets
		// an answer that says what is too long about it.
		grpc.MaxRecvMsgSize(MaxBatchBytes + 1<<20),
		grpc.MaxSendMsgSize(2 * MaxAnswerBytes),

		// A connection's worth of batches in flight: 34 % more documents a second in
		// batches of 64 than with grpc's defaults, single documents unchanged.
		grpc.ReadBufferSize(256 << 10),
		grpc.WriteBufferSize(256 << 10),
		grpc.InitialWindowSize(4 << 20),
		grpc.InitialConnWindowSize(16 << 20),

		grpc.ConnectionTimeout(20 * time.Second),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: time.Minute, Timeout: 20 * time.Second}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: 10 * time.Second, PermitWithoutStream: true}),
	}
}

// Serve answers on listener, which it closes, until ctx ends or the listener fails.
// When ctx ends, health turns to NOT_SERVING, new calls are refused, and
// calls in flight may go on for Config.DrainTimeout. Returns nil after that.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	served := make(chan error, 1)
	go func() { served <- s.grpc.Serve(listener) }()
	var err error
	select {
	case err = <-served:
		s.stop()
	case <-ctx.Done():
		s.stop()
		err = <-served
	}
	if err != nil && !errors.Is(err, grpc.ErrServerStopped) { // stopped before it began: as asked
		return fmt.Errorf("serve gRPC on %s: %w", listener.Addr(), err)
	}
	return nil
}

// stop lets calls in flight finish, and cuts off those that take too long. It does
// not wait for a handler that does not notice being cut off.
func (s *Server) stop() {
	s.health.Shutdown()
	s.drain()
	drained := make(chan struct{})
	go func() {
		s.grpc.GracefulStop()
		close(drained)
	}()
	select {
	case <-drained:
	case <-time.After(s.config.DrainTimeout):
		s.config.Log.Warn("calls cut off: still in flight after the drain timeout", "timeout", s.config.DrainTimeout)
		s.grpc.Stop()
	}
}
