package server

import (
	"context"
	"crypto/rand"
	"net"
	"strings"
	"sync"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/tap"
	"google.golang.org/protobuf/types/known/durationpb"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/access"
)

// The reasons for not even reading a request, beside those of package access.
const (
	reasonTokenMissing = "TOKEN_MISSING"
	reasonTokenInvalid = "TOKEN_INVALID"
	reasonForbidden    = "ROLE_MISSING"
)

// gate stands before every call, over gRPC and HTTP alike: it says who calls, whether he may, and
// whether there is room. It decides on the headers alone, before a message is read.
type gate struct {
	list    *access.ListFile // nil: everyone may call, but for admin calls
	clients *access.Clients
	load    *access.Load
	timeout time.Duration                                // of a unary call with no deadline, from its first byte
	streams map[string]bool                              // full names of the methods that stream
	admin   func(ctx context.Context, role string) error // of Config.Authorize; nil: by role
	metrics *metrics

	overload   sync.Once
	overloaded error // as refusal returns it
}

// call is what is known about a call from its headers, and the context that knows it.
type call struct {
	context.Context
	id      string // request id
	caller  access.Caller
	arrival *access.Arrival
	left    func() // nil, or to be called once after the call
}

type callKey struct{}

// Value finds the call itself, and what the context beneath it knows.
func (c *call) Value(key any) any {
	if _, own := key.(callKey); own {
		return c
	}
	return c.Context.Value(key)
}

// end gives back what the call holds.
func (c *call) end() {
	c.arrival.Came()
	if c.left != nil {
		c.left()
	}
}

// callOf returns what the gate found out about the call of ctx; nothing if it was not asked.
func callOf(ctx context.Context) *call {
	if c, found := ctx.Value(callKey{}).(*call); found {
		return c
	}
	return &call{Context: ctx}
}

// roleFor is the role that a method needs.
func roleFor(method string) access.Role {
	switch {
	case strings.HasPrefix(method, "/grpc.health.v1.Health/"):
		return access.None
	case strings.HasPrefix(method, "/tajuk.v1.FeedbackService/"):
		return access.Feedback
	case method == pb.ModelService_ActivateModelVersion_FullMethodName, method == pb.ModelService_RollbackModel_FullMethodName:
		return access.Admin
	}
	return access.Read
}

// tap lets a gRPC call in. What the call holds against the limits of its caller is given back when its context ends; that it
// has arrived is taken back once its message has come or failed to, by blameCaller, and is forgotten by itself else.
func (g *gate) tap(ctx context.Context, info *tap.Info) (context.Context, error) {
	if roleFor(info.FullMethodName) == access.None {
		return ctx, nil
	}
	p, _ := peer.FromContext(ctx)
	c, err := g.enter(ctx, p, first(info.Header, "authorization"), first(info.Header, "x-request-id"))
	if err != nil {
		return ctx, err
	}
	if err := g.authorize(c, info.FullMethodName); err != nil {
		c.end()
		g.metrics.refused.WithLabelValues(reasonForbidden).Inc()
		return ctx, err
	}
	if g.streams[info.FullMethodName] {
		c.arrival.Came() // its messages wait in another way
	} else if _, set := ctx.Deadline(); !set {
		limited, cancel := context.WithTimeout(ctx, g.timeout) // else a caller could send for ever
		_ = cancel                                             // grpc ends ctx with the call, and limited with it
		c.Context = limited
	}
	if c.left != nil {
		context.AfterFunc(ctx, c.left) // however the call ends; it costs a goroutine, so only where there are limits
	}
	return c, nil
}

func first(header metadata.MD, name string) string {
	if values := header.Get(name); len(values) > 0 {
		return values[0]
	}
	return ""
}

// enter lets a call in by its peer and headers; what it holds must be given back.
func (g *gate) enter(ctx context.Context, p *peer.Peer, authorization, requestID string) (*call, error) {
	caller, err := g.authenticate(p, authorization)
	if err != nil {
		g.metrics.refused.WithLabelValues(reasonOf(err)).Inc()
		return nil, err
	}
	c := &call{Context: ctx, caller: caller}
	var refused *access.Refusal
	if c.arrival, refused = g.load.Arrive(ctx); refused == nil {
		c.left, refused = g.clients.Begin(caller.Name)
	}
	if refused != nil {
		c.arrival.Came()
		g.metrics.refused.WithLabelValues(refused.Reason).Inc()
		return nil, g.refusal(refused)
	}
	c.id = cleanID(requestID)
	return c, nil
}

// authenticate finds out who calls. Where nobody need say so, it is the address.
func (g *gate) authenticate(p *peer.Peer, authorization string) (access.Caller, error) {
	name := certificateName(p)
	if g.list == nil {
		if name == "" {
			name = host(p)
		}
		return access.Caller{Name: name, Role: access.Feedback}, nil
	}
	list := g.list.List()
	if scheme, token, found := strings.Cut(authorization, " "); found && strings.EqualFold(scheme, "bearer") {
		if caller, found := list.Token(strings.TrimSpace(token)); found {
			return caller, nil
		}
		return access.Caller{}, &fault{codes.Unauthenticated, reasonTokenInvalid, "", "the token is not known here: ask the operator for one"}
	}
	if caller, found := list.Certificate(name); found {
		return caller, nil
	}
	return access.Caller{}, &fault{codes.Unauthenticated, reasonTokenMissing, "", `no token: send the header "authorization: Bearer TOKEN"`}
}

// certificateName is the common name of a client certificate that TLS has verified, or empty.
func certificateName(p *peer.Peer) string {
	if p == nil {
		return ""
	}
	info, ok := p.AuthInfo.(credentials.TLSInfo)
	if !ok || len(info.State.VerifiedChains) == 0 {
		return ""
	}
	return info.State.VerifiedChains[0][0].Subject.CommonName
}

// host is the address of a peer without its port; of IPv6 the network, as one
// machine has all addresses of it.
func host(p *peer.Peer) string {
	if p == nil || p.Addr == nil {
		return ""
	}
	address, ok := p.Addr.(*net.TCPAddr)
	if !ok {
		return p.Addr.String()
	}
	ip := address.AddrPort().Addr().Unmap().WithZone("")
	if ip.Is4() || ip.IsLoopback() {
		return ip.String()
	}
	network, err := ip.Prefix(64)
	if err != nil { // no address at all
		return ip.String()
	}
	return network.String()
}

// authorize refuses a method to the caller of ctx if he has not the role.
func (g *gate) authorize(ctx context.Context, method string) error {
	need := roleFor(method)
	if need == access.Admin && g.admin != nil {
		return g.admin(ctx, RoleAdmin)
	}
	if callOf(ctx).caller.Role >= need {
		return nil
	}
	if need == access.Admin && g.list == nil {
		return refuseAll(ctx, RoleAdmin)
	}
	return &fault{codes.PermissionDenied, reasonForbidden, "", "this call needs the role " + need.String() + ", given by a line of the server's --access-file"}
}

// role is authorize for the calls of administrators.
func (g *gate) role(ctx context.Context, _ string) error {
	return g.authorize(ctx, pb.ModelService_RollbackModel_FullMethodName)
}

// unary does a call's work when it is its turn.
func (g *gate) unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	if !strings.HasPrefix(info.FullMethod, "/tajuk.v1.") {
		return handle(ctx, req)
	}
	if err := g.authorize(ctx, info.FullMethod); err != nil { // over HTTP the method was not known before
		return nil, err
	}
	callOf(ctx).arrival.Came()
	turn, refused, err := g.load.Begin(ctx)
	if refused != nil {
		g.metrics.refused.WithLabelValues(refused.Reason).Inc()
		return nil, g.refusal(refused)
	}
	if err != nil {
		return nil, status.FromContextError(err).Err()
	}
	defer turn.End()
	return handle(ctx, req)
}

// refusal is the error of a call that is refused. That of a server with too much to do is made once: it has
// no time to lose then.
func (g *gate) refusal(r *access.Refusal) error {
	if r.Reason != access.Overloaded {
		return refusal{r}
	}
	g.overload.Do(func() { g.overloaded = refusal{r}.GRPCStatus().Err() })
	return g.overloaded
}

// refusal is the error of a call that came too soon or at a bad time.
type refusal struct{ *access.Refusal }

var refusalMessages = map[string]string{
	access.RateLimited:  "too many calls: wait as long as retry_delay says",
	access.TooManyCalls: "too many calls in flight: wait for an answer before the next",
	access.Overloaded:   "the server has more to do than it can: wait as long as retry_delay says",
}

// Error returns the message for people.
func (r refusal) Error() string { return refusalMessages[r.Reason] }

// GRPCStatus is how grpc asks an error for its status.
func (r refusal) GRPCStatus() *status.Status {
	s, err := status.New(codes.ResourceExhausted, r.Error()).WithDetails(
		&errdetails.ErrorInfo{Reason: r.Reason, Domain: errorDomain},
		&errdetails.RetryInfo{RetryDelay: durationpb.New(r.Retry)})
	if err != nil {
		return status.New(codes.ResourceExhausted, r.Error())
	}
	return s
}

// reasonOf is the reason that an error carries, or empty.
func reasonOf(err error) string {
	for _, d := range status.Convert(err).Details() {
		if info, ok := d.(*errdetails.ErrorInfo); ok {
			return info.Reason
		}
	}
	return ""
}

// cleanID takes a caller's request id if it is fit for a log, or else makes one.
func cleanID(id string) string {
	fit := func(r rune) bool { return r > ' ' && r < 0x7f && r != '"' }
	if id != "" && len(id) <= maxRequestID && strings.TrimFunc(id, fit) == "" {
		return id
	}
	return rand.Text()[:16]
}
