package server

import (
	"cmp"
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"math"
	"runtime"
	"time"

	"go.opentelemetry.io/otel/trace"

	"github.com/tajuk/tajuk/internal/access"
	"github.com/tajuk/tajuk/internal/feedback"
)

// Limits on what a caller may send, as published in the .proto files.
const (
	MaxDocumentBytes = 1 << 20 // of one document: id, title and text together
	MaxBatchBytes    = 4 << 20 // of all documents in one message
	MaxDocuments     = 256     // in one message

	// MaxAnswerBytes is the size of the largest answer: what gRPC clients accept
	// unless told otherwise. A document whose answer does not fit gets an error.
	MaxAnswerBytes = 4 << 20
)

// Config holds what an operator may set. The zero value stands for the defaults.
type Config struct {
	// Log receives what callers are not told: panics and calls cut off when
	// draining. Default: discarded.
	Log *slog.Logger
	// LogCalls has a line written about each call: its method, code, time, caller and
	// request id, and nothing of what it was about. Default: failures of the server alone.
	LogCalls bool
	// CallTimeout is the deadline of a unary call whose caller set none. It does not
	// apply to streams, which may go on for hours. Default: 30 s.
	CallTimeout time.Duration
	// ReadTimeout is how long an HTTP request may take to come. Default: 30 s.
	ReadTimeout time.Duration
	// DrainDelay is how long new calls are still taken after the server was told to stop, while
	// its health says already that none should come. Default: not at all.
	DrainDelay time.Duration
	// DrainTimeout is how long calls in flight may go on once the server is told to
	// stop; after that they are cut off. Default: 20 s.
	DrainTimeout time.Duration
	// MaxCalls is the number of calls in flight on one connection; further ones
	// wait in the client. Default: 128.
	MaxCalls int
	// MaxConnections is the number of connections on each listener; further ones wait to
	// be accepted. Default: 1024.
	MaxConnections int

	// Workers is the number of messages worked on at a time: work is computing, so more of it at
	// a time makes each piece slower and no more done. Default: one for each core.
	Workers int
	// Queue is how many calls may wait for a worker; further ones are refused, and so
	// are those that have waited for QueueTimeout, or would miss their deadline. Default: 256 and 1 s.
	Queue        int
	QueueTimeout time.Duration
	// Limits are for each caller. Default: none.
	Limits access.Limits

	// TLS is for gRPC and HTTP. Default: none.
	TLS *tls.Config
	// Access is who may call. Default: everyone may make every call but those of
	// administrators, which nobody may.
	Access *access.ListFile

	// Authorize returns nil if the caller of ctx may do what a role may, or else a status for him. The
	// only role is [RoleAdmin]. Default: those may to whom Access gives that role.
	Authorize func(ctx context.Context, role string) error

	// Gate judges each version that ModelService.ActivateModelVersion is to make active; rolling back asks no
	// gate. Default: none.
	Gate Gate

	// NoPage leaves out the web page at /. Default: it is served.
	NoPage bool
	// Feedback keeps corrections. The caller closes it once Serve has returned.
	// Default: nil, and FeedbackService answers FAILED_PRECONDITION.
	Feedback *feedback.Log
	// Tracing receives a span for each call. Default: none, at no cost.
	Tracing trace.TracerProvider
}

// RoleAdmin is the role of those who may change which version of a model answers.
const RoleAdmin = "admin"

// withDefaults replaces zero values and refuses negative ones.
func (c Config) withDefaults() (Config, error) {
	for _, d := range []struct {
		name    string
		value   *time.Duration
		usually time.Duration
	}{
		{"call timeout", &c.CallTimeout, 30 * time.Second},
		{"read timeout", &c.ReadTimeout, 30 * time.Second},
		{"drain timeout", &c.DrainTimeout, 20 * time.Second},
		{"queue timeout", &c.QueueTimeout, time.Second},
		{"drain delay", &c.DrainDelay, 0},
	} {
		if *d.value < 0 {
			return c, fmt.Errorf("%s %v is negative: use 0 for the default", d.name, *d.value)
		}
		*d.value = cmp.Or(*d.value, d.usually)
	}
	for _, n := range []struct {
		name    string
		value   *int
		usually int
	}{
		{"call limit", &c.MaxCalls, 128},
		{"connection limit", &c.MaxConnections, 1024},
		{"worker limit", &c.Workers, runtime.GOMAXPROCS(0)},
		{"queue limit", &c.Queue, 256},
	} {
		if *n.value < 0 || *n.value > math.MaxInt32 {
			return c, fmt.Errorf("%s %d is negative or beyond 32 bits: use 0 for the default", n.name, *n.value)
		}
		*n.value = cmp.Or(*n.value, n.usually)
	}
	if c.Limits.Rate < 0 || c.Limits.Burst < 0 || c.Limits.Calls < 0 {
		return c, fmt.Errorf("limits of a caller %+v: a negative one, use 0 for none", c.Limits)
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c, nil
}
