package access

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// identity is a certificate with its key, signed by another or by itself.
type identity struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	pem, keyPEM []byte
}

func newIdentity(t *testing.T, name string, issuer *identity) *identity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), BasicConstraintsValid: true, IsCA: issuer == nil,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	id := &identity{certificate: template, key: key}
	if issuer == nil {
		issuer = id
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.certificate, &key.PublicKey, issuer.key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	id.certificate, err = x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	id.pem = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	id.keyPEM = pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})
	return id
}

func (id *identity) tls(t *testing.T) tls.Certificate {
	t.Helper()
	c, err := tls.X509KeyPair(id.pem, id.keyPEM)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func write(t *testing.T, file string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// shake makes a handshake and returns the server's certificate's name.
func shake(server, client *tls.Config) (string, error) {
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	served := make(chan error, 1)
	s := tls.Server(a, server)
	go func() { served <- s.Handshake() }()
	c := tls.Client(b, client)
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	if err := c.Handshake(); err != nil {
		return "", err
	}
	go func() { _, _ = c.Read(make([]byte, 1)) }() // takes the server's refusal in, or its tickets
	if err := <-served; err != nil {
		return "", err
	}
	return c.ConnectionState().PeerCertificates[0].Subject.CommonName, nil
}

func TestTLSReloads(t *testing.T) {
	dir, ca := t.TempDir(), newIdentity(t, "ca", nil)
	first, second := newIdentity(t, "first", ca), newIdentity(t, "second", ca)
	files := TLSFiles{
		Certificate: write(t, filepath.Join(dir, "cert.pem"), first.pem), Key: write(t, filepath.Join(dir, "key.pem"), first.keyPEM),
	}
	var reports []error
	w, err := watch(func(err error) { reports = append(reports, err) }, func(c [][]byte) (*tls.Config, error) { return files.config(c, nil) },
		files.Certificate, files.Key)
	if err != nil {
		t.Fatal(err)
	}
	config := following(w)
	roots := x509.NewCertPool()
	roots.AddCert(ca.certificate)
	want := func(name string, reported int) {
		t.Helper()
		w.checked.Store(0)
		got, err := shake(config, &tls.Config{RootCAs: roots, ServerName: name})
		if err != nil || got != name || len(reports) != reported {
			t.Errorf("certificate %q, %v, reports %v: want %q", got, err, reports, name)
		}
	}
	want("first", 0)
	write(t, files.Certificate, append(second.pem, '\n')) // and the key not yet
	want("first", 1)
	write(t, files.Key, append(second.keyPEM, '\n'))
	want("second", 1)
	if _, err := shake(config, &tls.Config{RootCAs: roots, ServerName: "second", MaxVersion: tls.VersionTLS11}); err == nil {
		t.Error("TLS 1.1 is spoken")
	}
}

func TestMutualTLS(t *testing.T) {
	dir, ca, other := t.TempDir(), newIdentity(t, "ca", nil), newIdentity(t, "other", nil)
	server := newIdentity(t, "server", ca)
	config, err := OpenTLS(TLSFiles{
		Certificate: write(t, filepath.Join(dir, "cert.pem"), server.pem), Key: write(t, filepath.Join(dir, "key.pem"), server.keyPEM),
		ClientCA: write(t, filepath.Join(dir, "ca.pem"), ca.pem),
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(ca.certificate)
	for name, certificates := range map[string][]tls.Certificate{
		"":             {newIdentity(t, "client", ca).tls(t)},
		"none":         nil,
		"a stranger's": {newIdentity(t, "client", other).tls(t)},
	} {
		_, err := shake(config, &tls.Config{RootCAs: roots, ServerName: "server", Certificates: certificates})
		if (err == nil) != (name == "") {
			t.Errorf("client certificate %q: %v", name, err)
		}
	}
}

func TestBadTLSFiles(t *testing.T) {
	dir, ca := t.TempDir(), newIdentity(t, "ca", nil)
	cert, key := write(t, filepath.Join(dir, "cert.pem"), ca.pem), write(t, filepath.Join(dir, "key.pem"), ca.keyPEM)
	for want, files := range map[string]TLSFiles{
		"no such file":          {Certificate: "nowhere", Key: key},
		"certificate " + key:    {Certificate: key, Key: key},
		"no certificate in PEM": {Certificate: cert, Key: key, ClientCA: key},
	} {
		if _, err := OpenTLS(files, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", files, err, want)
		}
	}
}
