package access

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
)

// TLSFiles names PEM files.
type TLSFiles struct {
	Certificate, Key string // of the server, with its chain
	// ClientCA holds the authorities whose client certificates are accepted. If it is set, a
	// caller without such a certificate is refused.
	ClientCA string
}

// OpenTLS reads files for a server that speaks TLS 1.2 or later. New connections use the files as they are
// then, within a second; files that have become wrong are told to report and change nothing.
func OpenTLS(files TLSFiles, report func(error), protocols ...string) (*tls.Config, error) {
	names := []string{files.Certificate, files.Key}
	if files.ClientCA != "" {
		names = append(names, files.ClientCA)
	}
	w, err := watch(report, func(c [][]byte) (*tls.Config, error) { return files.config(c, protocols) }, names...)
	if err != nil {
		return nil, err
	}
	return following(w), nil
}

// following is a config that uses for each connection what the files say then.
func following(w *watched[*tls.Config]) *tls.Config {
	c := (*w.get()).Clone()
	c.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { return *w.get(), nil }
	return c
}

func (f TLSFiles) config(contents [][]byte, protocols []string) (*tls.Config, error) {
	certificate, err := tls.X509KeyPair(contents[0], contents[1])
	if err != nil {
		return nil, fmt.Errorf("certificate %s with key %s: %w", f.Certificate, f.Key, err)
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{certificate}, NextProtos: protocols}
	if f.ClientCA != "" {
		c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
		if !c.ClientCAs.AppendCertsFromPEM(contents[2]) {
			return nil, fmt.Errorf("client authorities %s: no certificate in PEM found", f.ClientCA)
		}
	}
	return c, nil
}
