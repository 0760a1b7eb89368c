package main

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// spans is where the spans of calls go.
type spans struct {
	provider trace.TracerProvider // nil if nobody wants them
	stop     func()               // sends what is left
}

// tracing sets spans up if OpenTelemetry's variables say where they go. All its other variables
// (headers, certificates, sampler, resource) are read by its own packages.
func (a *app) tracing(ctx context.Context, log *slog.Logger) (spans, error) {
	off := spans{stop: func() {}}
	env := func(names ...string) string {
		for _, name := range names {
			if value, set := a.env(name); set && value != "" {
				return value
			}
		}
		return ""
	}
	exporter := env("OTEL_TRACES_EXPORTER")
	wanted := exporter == "otlp" || exporter == "" && env("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT") != ""
	switch {
	case strings.EqualFold(env("OTEL_SDK_DISABLED"), "true"), exporter == "none", exporter == "" && !wanted:
		return off, nil
	case !wanted:
		return off, usage("invalid value %q for OTEL_TRACES_EXPORTER in the environment: give otlp or none", exporter)
	}
	var client otlptrace.Client
	switch protocol := env("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"); protocol {
	case "", "http/protobuf":
		client = otlptracehttp.NewClient()
	case "grpc":
		client = otlptracegrpc.NewClient()
	default:
		return off, usage("invalid value %q for OTEL_EXPORTER_OTLP_PROTOCOL in the environment: give http/protobuf or grpc", protocol)
	}
	to, err := otlptrace.New(ctx, client)
	if err != nil {
		return off, failed("cannot send spans: %w", err)
	}
	about, err := resource.New(ctx, resource.WithTelemetrySDK(), resource.WithAttributes(attribute.String("service.name", "tajuk")), resource.WithFromEnv())
	if err != nil {
		return off, usage("OTEL_RESOURCE_ATTRIBUTES in the environment: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("spans not sent", "error", err) }))
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(to), sdktrace.WithResource(about))
	return spans{provider, func() {
		last, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := provider.Shutdown(last); err != nil {
			log.Warn("spans not sent", "error", err)
		}
	}}, nil
}
