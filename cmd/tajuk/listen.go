package main

import (
	"context"
	"net"

	"github.com/tajuk/tajuk/internal/server"
)

// listenAddresses are where to listen, resolved; empty for nowhere.
type listenAddresses struct{ grpc, http, admin string }

// addresses resolves the flags' addresses, and refuses those that others could reach unprotected.
func (f *serveFlags) addresses(ctx context.Context) (a listenAddresses, err error) {
	protected := f.cert != "" && (f.access != "" || f.clientCA != "")
	for _, l := range []struct {
		to         *string
		flag, text string
		public     bool
	}{
		{&a.grpc, "--grpc", f.grpc, protected || f.insecure},
		{&a.http, "--http", f.http, protected || f.insecure},
		{&a.admin, "--admin", f.admin, false}, // it asks nobody who he is
	} {
		if l.text == "none" || l.text == "" && l.flag == "--admin" {
			if l.flag == "--grpc" {
				return a, usage("--grpc cannot be none").hint("it costs nothing to leave it on loopback")
			}
			continue
		}
		if *l.to, err = listenAddress(ctx, l.flag, l.text, l.public); err != nil {
			return a, err
		}
	}
	return a, nil
}

// listen opens all listeners, or none.
func (a listenAddresses) listen() (l server.Listeners, err error) {
	var open []net.Listener
	for _, to := range []struct {
		listener      *net.Listener
		flag, address string
	}{{&l.GRPC, "--grpc", a.grpc}, {&l.HTTP, "--http", a.http}, {&l.Admin, "--admin", a.admin}} {
		if to.address == "" {
			continue
		}
		if *to.listener, err = net.Listen("tcp", to.address); err != nil {
			for _, o := range open {
				_ = o.Close() // the first error is the one to tell
			}
			return l, failed("cannot listen on %q: %w", to.address, cause(err)).
				hint("is another server running? %s takes another address, port 0 a free port", to.flag)
		}
		open = append(open, *to.listener)
	}
	return l, nil
}

// listenAddress resolves an address, and refuses one that other machines can reach
// unless that is allowed. No host stands for this machine alone, or if allowed for any address.
func listenAddress(ctx context.Context, flag, address string, allowed bool) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", usage("invalid address %q for %s: %w", address, flag, cause(err)).hint("give HOST:PORT, such as 127.0.0.1:50051")
	}
	if _, err := net.DefaultResolver.LookupPort(ctx, "tcp", port); err != nil {
		return "", usage("invalid port %q in %s %q", port, flag, address).hint("give a number from 0 to 65535")
	}
	if allowed {
		return address, nil
	}
	if host == "" {
		host = "127.0.0.1"
	}
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil {
		return "", failed("cannot find the host of %s %q: %w", flag, address, err)
	}
	for _, ip := range found {
		if !ip.Unmap().IsLoopback() {
			return "", publicAddress(flag, address)
		}
	}
	return net.JoinHostPort(found[0].Unmap().String(), port), nil
}

func publicAddress(flag, address string) error {
	if flag == "--admin" {
		return usage("refusing to listen on %q: profiles are for this machine alone", address).hint("listen on 127.0.0.1, and reach it through ssh -L")
	}
	return usage("refusing to listen on %q: other machines could reach it, with no encryption or no password", address).
		hint("listen on 127.0.0.1, give --tls-cert, --tls-key and --access-file, or add --insecure on a network that you trust")
}
