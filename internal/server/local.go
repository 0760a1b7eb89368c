package server

import (
	"net"
	"net/http"
	"net/netip"

	"google.golang.org/grpc/codes"
)

const (
	reasonForeignHost   = "FOREIGN_HOST"
	reasonForeignOrigin = "FOREIGN_ORIGIN"
)

// sameOrigin refuses what a browser sends for a page from elsewhere.
func sameOrigin(next http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		f := &fault{codes.PermissionDenied, reasonForeignOrigin, "", "a page of another origin may not make this call"}
		writeStatus(w, http.StatusForbidden, f.GRPCStatus())
	}))
	return p.Handler(next)
}

// localOnly refuses requests that came over loopback and were meant for another host. A page
// of the web could send them, by a name of its own that leads to this machine.
func localOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok && isLoopback(local.String()) && !isLoopback(r.Host) {
			f := &fault{codes.PermissionDenied, reasonForeignHost, "", "this server answers to localhost and to loopback addresses"}
			writeStatus(w, http.StatusForbidden, f.GRPCStatus())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isLoopback says whether a host, with or without a port, is this machine by its loopback.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		host = address
	}
	if len(host) > 1 && host[0] == '[' && host[len(host)-1] == ']' {
		host = host[1 : len(host)-1]
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.Unmap().IsLoopback()
}
