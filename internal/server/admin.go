package server

import (
	"net/http"
	"net/http/pprof"
	"time"
)

// newAdmin returns what only someone on the machine itself may see: profiles, which tell
// of memory and so of texts, and the metrics.
func (s *Server) newAdmin() *http.Server {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	mux.Handle("GET /metrics", s.metricsHandler())
	return &http.Server{Handler: localOnly(mux), ReadHeaderTimeout: 5 * time.Second}
}
