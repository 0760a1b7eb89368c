package server

import (
	"fmt"
	"log/slog"
	"math"
	"time"

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
	// CallTimeout is the deadline of a unary call whose caller set none. It does not
	// apply to streams, which may go on for hours. Default: 30 s.
	CallTimeout time.Duration
	// DrainTimeout is how long calls in flight may go on once the server is told to
	// stop; after that they are cut off. Default: 20 s.
	DrainTimeout time.Duration
	// MaxCalls is the number of calls in flight on one connection; further ones
	// wait in the client. Default: 128.
	MaxCalls int
	// Feedback keeps corrections. The caller closes it once Serve has returned.
	// Default: nil, and FeedbackService answers FAILED_PRECONDITION.
	Feedback *feedback.Log
}

// withDefaults replaces zero values and refuses negative ones.
func (c Config) withDefaults() (Config, error) {
	switch {
	case c.CallTimeout < 0:
		return c, fmt.Errorf("call timeout %v is negative: use 0 for the default", c.CallTimeout)
	case c.DrainTimeout < 0:
		return c, fmt.Errorf("drain timeout %v is negative: use 0 for the default", c.DrainTimeout)
	case c.MaxCalls < 0 || c.MaxCalls > math.MaxInt32:
		return c, fmt.Errorf("call limit %d is negative or beyond 32 bits: use 0 for the default", c.MaxCalls)
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.CallTimeout == 0 {
		c.CallTimeout = 30 * time.Second
	}
	if c.DrainTimeout == 0 {
		c.DrainTimeout = 20 * time.Second
	}
	if c.MaxCalls == 0 {
		c.MaxCalls = 128
	}
	return c, nil
}
