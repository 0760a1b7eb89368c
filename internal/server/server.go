package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/access"
)

// Server answers calls. It serves once: after Serve returns it is done.
type Server struct {
	config  Config
	grpc    *grpc.Server
	local   *inprocess
	gate    *gate
	metrics *metrics
	models  *Models
	health  healthService
	drain   context.CancelFunc // ends health.draining
}

// Listeners are where a server answers. GRPC must be set; a nil one is left out.
type Listeners struct {
	GRPC  net.Listener
	HTTP  net.Listener // calls as JSON, health and metrics
	Admin net.Listener // profiles and metrics; on loopback, as it asks nobody who he is
}

// New returns a server that answers from c. It fails on a Config out of range.
func New(c *classifier.Classifier, config Config) (*Server, error) {
	return NewWithModels(OneModel(c), config)
}

// NewWithModels returns a server that answers from models, which the caller watches. It fails on
// a Config out of range.
func NewWithModels(models *Models, config Config) (*Server, error) {
	config, err := config.withDefaults()
	if err != nil {
		return nil, err
	}
	return newServer(models, config), nil
}

func newServer(models *Models, config Config) *Server {
	config.Log = slog.New(withCall{config.Log.Handler()})
	draining, drain := context.WithCancel(context.Background())
	s := &Server{config: config, drain: drain, health: healthService{health.NewServer(), draining}, models: models}
	load := access.NewLoad(config.Workers, config.Queue, config.QueueTimeout)
	s.metrics = newMetrics(models, load)
	s.metrics.corrections(config.Feedback)
	s.gate = &gate{
		list: config.Access, clients: access.NewClients(config.Limits), load: load, timeout: config.CallTimeout,
		streams: map[string]bool{}, metrics: s.metrics, admin: config.Authorize,
	}
	s.local = &inprocess{map[string]method{}, s.unary()}
	s.grpc = grpc.NewServer(s.grpcOptions()...)
	s.register(&pb.TaggingService_ServiceDesc, &tagging{models: models, load: load, observe: s.metrics.document})
	s.register(&pb.TopicService_ServiceDesc, &topics{models: models})
	s.register(&pb.FeedbackService_ServiceDesc, &corrections{log: config.Feedback, known: models.hasTopic, report: config.Log})
	s.register(&pb.ModelService_ServiceDesc, &versions{models: models, authorize: s.gate.role, gate: config.Gate})
	healthpb.RegisterHealthServer(s.grpc, s.health)
	reflection.Register(s.grpc)
	s.findStreams()
	return s
}

func (s *Server) register(desc *grpc.ServiceDesc, service any) {
	s.grpc.RegisterService(blameCaller(*desc), service)
	s.local.register(desc, service)
	s.health.SetServingStatus(desc.ServiceName, healthpb.HealthCheckResponse_SERVING)
}

// findStreams tells the gate which methods may go on for hours.
func (s *Server) findStreams() {
	for service, info := range s.grpc.GetServiceInfo() {
		for _, m := range info.Methods {
			if m.IsClientStream || m.IsServerStream {
				s.gate.streams["/"+service+"/"+m.Name] = true
			}
		}
	}
}

// unary is what every unary call passes through, over gRPC and HTTP, after the gate. Each interceptor knows
// the next, as chaining them anew for every call costs allocations.
func (s *Server) unary() grpc.UnaryServerInterceptor {
	g := guard{s.config.Log, s.config.CallTimeout, s.gate.unary}
	l := callLog{s.config.Log, s.config.LogCalls, g.unary}
	count := s.metrics.calls.UnaryServerInterceptor()
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
		return count(ctx, req, info, func(ctx context.Context, req any) (any, error) { return l.unary(ctx, req, info, handle) })
	}
}

func (s *Server) grpcOptions() []grpc.ServerOption {
	g := guard{log: s.config.Log}
	options := []grpc.ServerOption{
		grpc.ForceServerCodecV2(newCodec()),
		grpc.InTapHandle(s.gate.tap),
		grpc.UnaryInterceptor(s.unary()),
		grpc.ChainStreamInterceptor(s.metrics.calls.StreamServerInterceptor(), callLog{log: s.config.Log, all: s.config.LogCalls}.stream, g.stream),
		grpc.MaxConcurrentStreams(uint32(s.config.MaxCalls)),
		grpc.MaxHeaderListSize(64 << 10),
		// Goroutines that are kept have grown their stacks, which new ones have to grow in several copies. They take turns:
		// of many more than there are calls in flight each stack has left the cache and been shrunk when its turn comes.
		grpc.NumStreamWorkers(uint32(32 * s.config.Workers)),

		// More than the limits on documents, so that a message somewhat too long gets
		// an answer that says what is too long about it.
		grpc.MaxRecvMsgSize(MaxBatchBytes + 1<<20),
		grpc.MaxSendMsgSize(2 * MaxAnswerBytes),

		grpc.ReadBufferSize(64 << 10),   // each connection has one, also while it is idle
		grpc.WriteBufferSize(256 << 10), // answers to a whole batch
		// What a caller may send before his call is let in: the rest of a message is asked for once it is read. With room
		// for whole batches, those that are refused delay the headers of others until the answers come too late.
		grpc.InitialWindowSize(64 << 10),
		grpc.InitialConnWindowSize(16 << 20),

		grpc.ConnectionTimeout(20 * time.Second),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: time.Minute, Timeout: 20 * time.Second}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: 10 * time.Second, PermitWithoutStream: true}),
	}
	if s.config.TLS != nil {
		options = append(options, grpc.Creds(credentials.NewTLS(s.config.TLS)))
	}
	return append(options, tracing(s.config.Tracing)...)
}

// Serve is ServeAll with gRPC alone.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	return s.ServeAll(ctx, Listeners{GRPC: listener})
}

// ServeAll answers on listeners, which it closes, until ctx ends or one of them fails.
// When ctx ends, health turns to NOT_SERVING. After Config.DrainDelay new calls are refused, and
// calls in flight may go on for Config.DrainTimeout. Returns nil after that.
func (s *Server) ServeAll(ctx context.Context, l Listeners) error {
	lasting, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	defer context.AfterFunc(ctx, func() {
		s.health.Shutdown()
		time.AfterFunc(s.config.DrainDelay, stop)
	})()
	group, ctx := errgroup.WithContext(lasting)
	group.Go(func() error { return s.serveGRPC(ctx, l.GRPC) })
	if l.HTTP != nil {
		h := s.newHTTP()
		if isLoopback(l.HTTP.Addr().String()) {
			h.Handler = localOnly(h.Handler)
		}
		group.Go(func() error { return s.serveHTTP(ctx, "HTTP", h, l.HTTP) })
	}
	if l.Admin != nil {
		group.Go(func() error { return s.serveHTTP(ctx, "admin", s.newAdmin(), l.Admin) })
	}
	return group.Wait()
}

func (s *Server) serveGRPC(ctx context.Context, l net.Listener) error {
	return serve(ctx, "gRPC", l, func() error { return s.grpc.Serve(netutil.LimitListener(l, s.config.MaxConnections)) }, s.stop)
}

func (s *Server) serveHTTP(ctx context.Context, name string, h *http.Server, l net.Listener) error {
	limited := netutil.LimitListener(l, s.config.MaxConnections)
	run := func() error { return h.Serve(limited) }
	if h.TLSConfig != nil {
		run = func() error { return h.ServeTLS(limited, "", "") }
	}
	return serve(ctx, name, l, run, func() {
		drain, cancel := context.WithTimeout(context.Background(), s.config.DrainTimeout)
		defer cancel()
		if h.Shutdown(drain) != nil {
			_ = h.Close() // what was still going on is cut off, and says so itself
		}
	})
}

// serve runs until ctx ends or run fails, and then stops it.
func serve(ctx context.Context, name string, l net.Listener, run func() error, stop func()) error {
	served := make(chan error, 1)
	go func() { served <- run() }()
	var err error
	select {
	case err = <-served:
		stop()
	case <-ctx.Done():
		stop()
		err = <-served
	}
	if err != nil && !errors.Is(err, grpc.ErrServerStopped) && !errors.Is(err, http.ErrServerClosed) { // stopped: as asked
		return fmt.Errorf("serve %s on %s: %w", name, l.Addr(), err)
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
