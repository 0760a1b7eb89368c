package main

import (
	"context"
	"log/slog"
	"net"
	"time"

	"github.com/spf13/cobra"

	"github.com/tajuk/tajuk/internal/access"
	"github.com/tajuk/tajuk/internal/server"
)

const serveHelp = `Serve the services of package tajuk.v1 over gRPC, with health and reflection, and over HTTP as JSON.

Listens on this machine only, also where the address is a port alone, as in :50051. An address that
other machines can reach is refused unless there is TLS and callers must say who they are (--tls-cert
with --access-file or --tls-client-ca), or --insecure says that the network is trusted. Then :50051
stands for every address of this machine.

--access-file has a line NAME ROLE sha256:HEX for each token and NAME ROLE cert:NAME for each client
certificate; roles are read, feedback and admin. It and the files of TLS may change at any time.

Flags may also stand in a YAML file (--config), without their dashes; the environment beats the file,
and a flag beats both. Spans go where the usual OTEL_EXPORTER_OTLP_ENDPOINT says, if it is set.

With --models it answers from the active version of each model in the store; --model then names the one
that answers who names none. Another version that becomes active, or a --model file that is replaced, is
taken up within --reload-interval, on SIGHUP at once: it is verified beside the old one, which goes on
answering if the new one is bad. A stream ends with the version that it began with.

On SIGTERM or Ctrl-C new calls are refused and those in flight may finish within --drain-timeout.
The log goes to standard error and never holds text of an article.`

const serveExamples = `  tajuk serve
  tajuk serve --grpc 127.0.0.1:0 --model desk.tajuk
  tajuk serve --feedback corrections --client-rate 100 --log-calls
  tajuk serve --models store --model desk`

type serveFlags struct {
	grpc, http, admin, model, feedback, config string
	cert, key, clientCA, access, logFormat     string
	insecure, logCalls, noPage                 bool
	callTimeout, readTimeout, drainTimeout     time.Duration
	drainDelay                                 time.Duration
	queueTimeout                               time.Duration
	maxCalls, maxConnections, workers, queue   int
	clientRate                                 float64
	clientCalls                                int
	reload                                     reloadFlags
	gate                                       gateFlags
}

func (a *app) serveCommand() *cobra.Command {
	c := &cobra.Command{Use: "serve", Short: "answer over gRPC and HTTP", Long: serveHelp, Example: serveExamples, Args: atMost(0)}
	var f serveFlags
	f.add(c)
	return a.action(c, func(ctx context.Context, _ []string) error {
		if err := a.configFile(c.Flags(), f.config); err != nil {
			return err
		}
		return a.serve(ctx, f)
	})
}

func (f *serveFlags) add(c *cobra.Command) {
	text := func(to *string, name, value, help string) { c.Flags().StringVar(to, name, value, help) }
	text(&f.grpc, "grpc", "127.0.0.1:50051", "`ADDRESS` of gRPC; port 0 takes a free one")
	text(&f.http, "http", "127.0.0.1:8080", "`ADDRESS` of HTTP, or none")
	c.Flags().BoolVar(&f.noPage, "no-page", false, "leave out the web page at /")
	text(&f.admin, "admin", "", "loopback `ADDRESS` for profiles and metrics; without it there is none")
	modelFlag(c, &f.model)
	text(&f.feedback, "feedback", "", "keep corrections in this `FOLDER`; without it they are refused")
	text(&f.config, "config", "", "YAML `FILE` with any of these flags")

	c.Flags().BoolVar(&f.insecure, "insecure", false, "allow an address that other machines can reach without TLS and tokens")
	text(&f.cert, "tls-cert", "", "PEM `FILE` with the server's certificate and its chain")
	text(&f.key, "tls-key", "", "PEM `FILE` with the key of --tls-cert")
	text(&f.clientCA, "tls-client-ca", "", "PEM `FILE` with the authorities of client certificates; then each client needs one")
	text(&f.access, "access-file", "", "`FILE` of who may call, with which role")
	nonNegative(c, &f.clientRate, "client-rate", "calls a second of one client; 0 for no limit")
	whole(c, &f.clientCalls, "client-calls", 0, 0, "calls in flight of one client; 0 for no limit")

	duration(c, &f.callTimeout, "call-timeout", 30*time.Second, "deadline of a call that sets none, except streams")
	duration(c, &f.readTimeout, "read-timeout", 30*time.Second, "how long an HTTP request may take to come")
	optionalDuration(c, &f.drainDelay, "drain-delay", "how long new calls are still taken when told to stop, while health says no more should come")
	duration(c, &f.drainTimeout, "drain-timeout", 20*time.Second, "how long calls in flight may go on when told to stop")
	whole(c, &f.maxCalls, "max-calls", 128, 1, "calls in flight on one connection; further ones wait")
	whole(c, &f.maxConnections, "max-connections", 1024, 1, "connections to gRPC and to HTTP; further ones wait")
	optionalWhole(c, &f.workers, "workers", 1, "messages worked on at a time (one for each core)")
	whole(c, &f.queue, "queue", 256, 1, "calls that may wait for a worker; further ones are refused")
	duration(c, &f.queueTimeout, "queue-timeout", time.Second, "how long a call may wait for a worker before it is refused")
	c.Flags().BoolVar(&f.logCalls, "log-calls", false, "write a line about each call, without what it was about")
	choice(c, &f.logFormat, "log-format", []string{"text", "json"}, "", "format of the log")
	f.reload.add(c)
	f.gate.add(c)
}

// log is the log that the flags ask for.
func (a *app) log(format string) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(a.stderr, nil))
	}
	return slog.New(slog.NewTextHandler(a.stderr, nil))
}

func (a *app) serve(ctx context.Context, f serveFlags) error {
	start := time.Now()
	log := a.log(f.logFormat)
	config, err := f.serverConfig(log)
	if err != nil {
		return err
	}
	if config.Gate, err = a.gate(f.gate, log); err != nil {
		return err
	}
	addresses, err := f.addresses(ctx)
	if err != nil {
		return err
	}
	models, err := a.served(f.model, f.reload, log)
	if err != nil {
		return err
	}
	if config.Feedback, err = feedbackLog(f.feedback, log); err != nil {
		return err
	}
	if config.Feedback != nil {
		defer func() {
			if err := config.Feedback.Close(); err != nil {
				log.Error("feedback not closed", "error", err)
			}
		}()
	}
	spans, err := a.tracing(ctx, log)
	if err != nil {
		return err
	}
	defer spans.stop()
	config.Tracing = spans.provider
	s, err := server.NewWithModels(models, config)
	if err != nil {
		return usage("%w", err)
	}
	listeners, err := addresses.listen()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer watchModels(ctx, models, f.reload.every)()
	defer cancel()
	log.Info("serving", "grpc", listeners.GRPC.Addr().String(), "http", address(listeners.HTTP), "admin", address(listeners.Admin),
		"tls", config.TLS != nil, "access", config.Access != nil, "model", models.Version(), "topics", models.Topics(),
		"started_in", time.Since(start).Round(time.Millisecond))
	if f.insecure {
		log.Warn("insecure: on other addresses than loopback, whoever can reach them may listen in and call")
	}
	if err := s.ServeAll(ctx, listeners); err != nil {
		return failed("%w", err)
	}
	log.Info("stopped")
	return nil
}

func address(l net.Listener) string {
	if l == nil {
		return "none"
	}
	return l.Addr().String()
}

// serverConfig is what of the flags concerns the server, without the feedback.
func (f *serveFlags) serverConfig(log *slog.Logger) (server.Config, error) {
	config := server.Config{
		Log: log, LogCalls: f.logCalls, CallTimeout: f.callTimeout, ReadTimeout: f.readTimeout, DrainDelay: f.drainDelay, DrainTimeout: f.drainTimeout,
		MaxCalls: f.maxCalls, MaxConnections: f.maxConnections, Workers: f.workers, Queue: f.queue, QueueTimeout: f.queueTimeout,
		Limits: access.Limits{Rate: f.clientRate, Calls: f.clientCalls}, NoPage: f.noPage,
	}
	report := func(err error) { log.Error("a changed file cannot be used: what was read before stays", "error", err) }
	if (f.cert == "") != (f.key == "") {
		return config, usage("--tls-cert and --tls-key go together").hint("give both or neither")
	}
	if f.clientCA != "" && f.cert == "" {
		return config, usage("--tls-client-ca needs --tls-cert").hint("client certificates are a part of TLS")
	}
	var err error
	if f.cert != "" {
		files := access.TLSFiles{Certificate: f.cert, Key: f.key, ClientCA: f.clientCA}
		if config.TLS, err = access.OpenTLS(files, report, "h2", "http/1.1"); err != nil {
			return config, failed("%w", err).hint("give PEM files")
		}
	}
	if f.access != "" {
		if config.Access, err = access.OpenList(f.access, report); err != nil {
			return config, failed("%w", err).hint("a line is NAME ROLE sha256:HEX; docs/security.md says how to make one")
		}
	}
	return config, nil
}
