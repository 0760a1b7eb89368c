package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"time"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/server"
)

const serveHelp = `Serve the gRPC services of package tajuk.v1, with health and reflection.

Listens on this machine only, also where the address is a port alone, as in :50051. An address that
other machines can reach is refused unless --insecure says that the network is trusted, as there is
no encryption and no password; with it :50051 stands for every address of this machine.

On SIGTERM or Ctrl-C new calls are refused and those in flight may finish within --drain-timeout.
The log goes to standard error.`

const serveExamples = `  tajuk serve
  tajuk serve --grpc 127.0.0.1:0 --model desk.tajuk`

type serveFlags struct {
	grpc, model, feedback     string
	insecure                  bool
	callTimeout, drainTimeout time.Duration
	maxCalls                  int
}

func (a *app) serveCommand() *cobra.Command {
	c := &cobra.Command{Use: "serve", Short: "answer over gRPC", Long: serveHelp, Example: serveExamples, Args: atMost(0)}
	var f serveFlags
	c.Flags().StringVar(&f.grpc, "grpc", "127.0.0.1:50051", "`ADDRESS` to listen on; port 0 takes a free one")
	modelFlag(c, &f.model)
	c.Flags().StringVar(&f.feedback, "feedback", "", "keep corrections in this `FOLDER`; without it they are refused")
	c.Flags().BoolVar(&f.insecure, "insecure", false, "allow an address that other machines can reach")
	duration(c, &f.callTimeout, "call-timeout", 30*time.Second, "deadline of a call that sets none, except streams")
	duration(c, &f.drainTimeout, "drain-timeout", 20*time.Second, "how long calls in flight may go on when told to stop")
	whole(c, &f.maxCalls, "max-calls", 128, 1, "calls in flight on one connection; further ones wait")
	return a.action(c, func(ctx context.Context, _ []string) error { return a.serve(ctx, f) })
}

func (a *app) serve(ctx context.Context, f serveFlags) error {
	address, err := listenAddress(ctx, f.grpc, f.insecure)
	if err != nil {
		return err
	}
	c, err := a.classifier(f.model)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(a.stderr, nil))
	corrections, err := feedbackLog(f.feedback, log)
	if err != nil {
		return err
	}
	if corrections != nil {
		defer corrections.Close()
	}
	s, err := server.New(c, server.Config{
		Log: log, CallTimeout: f.callTimeout, DrainTimeout: f.drainTimeout, MaxCalls: f.maxCalls, Feedback: corrections,
	})
	if err != nil {
		return usage("%w", err)
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return failed("cannot listen on %q: %w", f.grpc, cause(err)).hint("is another server running? --grpc takes another address, port 0 a free port")
	}
	log.Info("serving", "grpc", listener.Addr().String(), "model", c.Version(), "topics", len(c.Model().Manifest.Topics))
	if err := s.Serve(ctx, listener); err != nil {
		return failed("%w", err)
	}
	log.Info("stopped")
	return nil
}

// listenAddress resolves an address, and refuses one that other machines can reach
// unless that is allowed. No host stands for this machine alone, or if allowed for any address.
func listenAddress(ctx context.Context, address string, allowed bool) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", usage("invalid address %q for --grpc: %w", address, cause(err)).hint("give HOST:PORT, such as 127.0.0.1:50051")
	}
	if _, err := net.DefaultResolver.LookupPort(ctx, "tcp", port); err != nil {
		return "", usage("invalid port %q in --grpc %q", port, address).hint("give a number from 0 to 65535")
	}
	if allowed {
		return address, nil
	}
	if host == "" {
		host = "127.0.0.1"
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return "", failed("cannot find the host of --grpc %q: %w", address, err)
	}
	for _, ip := range found {
		if !ip.Unmap().IsLoopback() {
			return "", publicAddress(address)
		}
	}
	return net.JoinHostPort(found[0].Unmap().String(), port), nil
}

func publicAddress(address string) error {
	return usage("refusing to listen on %q: other machines could reach it, with no encryption and no password", address).
		hint("listen on 127.0.0.1, or add --insecure on a network that you trust")
}

// duration adds a flag for a length of time above zero.
func duration(c *cobra.Command, to *time.Duration, name string, value time.Duration, help string) {
	*to = value
	c.Flags().Var(&parsed[time.Duration]{to, value.String(), "TIME", func(s string) (time.Duration, error) {
		d, err := time.ParseDuration(s)
		if err != nil || d <= 0 {
			return 0, fmt.Errorf("give a length of time such as 30s or 2m")
		}
		return d, nil
	}}, name, help)
}
