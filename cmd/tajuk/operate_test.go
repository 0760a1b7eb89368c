package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

// fetch makes an HTTP request and returns what came back.
func fetch(t *testing.T, client *http.Client, method, url, body string, headers ...string) (code int, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		req.Header.Set(name, value)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data)
}

// selfSigned writes a certificate for localhost and its key.
func selfSigned(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		BasicConstraintsValid: true, IsCA: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, "cert.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})))
	writeFile(t, "key.pem", string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER})))
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestServePublic runs the server as on a public address: TLS and tokens, on all addresses.
func TestServePublic(t *testing.T) {
	inNewsroom(t)
	selfSigned(t)
	writeFile(t, "access", fmt.Sprintf("reader read sha256:%x\n", sha256.Sum256([]byte("secret"))))
	p := startProcess(t, "--grpc", ":0", "--http", ":0", "--tls-cert", "cert.pem", "--tls-key", "key.pem", "--access-file", "access")
	roots := x509.NewCertPool()
	cert, err := os.ReadFile("cert.pem")
	if err != nil || !roots.AppendCertsFromPEM(cert) {
		t.Fatal(err)
	}
	conf := &tls.Config{RootCAs: roots, ServerName: "localhost"}
	_, port, err := net.SplitHostPort(p.http)
	if err != nil || !strings.HasPrefix(p.http, "[::]") {
		t.Fatalf("not on all addresses: %s, %v", p.http, err)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: conf, ForceAttemptHTTP2: true}}
	url := "https://localhost:" + port + "/v1/tag"
	body := `{"document":{"text":"dokter merawat pasien di rumah sakit"}}`
	if code, text := fetch(t, client, "POST", url, body); code != 401 || !strings.Contains(text, "TOKEN_MISSING") {
		t.Errorf("without a token: %d %s", code, text)
	}
	if code, text := fetch(t, client, "POST", url, body, "Authorization: Bearer secret"); code != 200 || !strings.Contains(text, `"health"`) {
		t.Errorf("with a token: %d %s", code, text)
	}
	_, port, _ = net.SplitHostPort(p.conn.Target())
	conn, err := grpc.NewClient("localhost:"+port, grpc.WithTransportCredentials(credentials.NewTLS(conf)))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := healthpb.NewHealthClient(conn).Check(t.Context(), &healthpb.HealthCheckRequest{}); err != nil {
		t.Errorf("health: %v", err)
	}
	topics := pb.NewTopicServiceClient(conn)
	if _, err := topics.ListTopics(t.Context(), &pb.ListTopicsRequest{}); status.Code(err) != codes.Unauthenticated {
		t.Errorf("without a token: %v", err)
	}
	ctx := metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer secret")
	if _, err := topics.ListTopics(ctx, &pb.ListTopicsRequest{}); err != nil {
		t.Errorf("with a token: %v", err)
	}
	plain, err := net.Dial("tcp", "localhost:"+port)
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	fmt.Fprint(plain, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
	_ = plain.SetReadDeadline(time.Now().Add(time.Minute))
	if data, _ := io.ReadAll(plain); strings.Contains(string(data), "HTTP/2") || len(data) > 64 {
		t.Errorf("without TLS the server says %q", data)
	}
}

// TestServeStarts: with the built-in model a process gets to SERVING. bench/serve measures how soon.
func TestServeStarts(t *testing.T) {
	p := startProcess(t, "--model", "builtin")
	answer, err := healthpb.NewHealthClient(p.conn).Check(t.Context(), &healthpb.HealthCheckRequest{}, grpc.WaitForReady(true))
	if err != nil || answer.GetStatus() != healthpb.HealthCheckResponse_SERVING {
		t.Errorf("health %v, %v", answer, err)
	}
}

// TestServeDrainsOnSIGTERM: a real process told to stop finishes the stream in flight.
func TestServeDrainsOnSIGTERM(t *testing.T) {
	inNewsroom(t)
	p := startProcess(t)
	stream, err := pb.NewTaggingServiceClient(p.conn).StreamTagDocuments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	send := func(m *pb.StreamTagDocumentsRequest) {
		t.Helper()
		if err := stream.Send(m); err != nil {
			t.Fatal(err)
		}
	}
	docs := &pb.StreamTagDocumentsRequest{Payload: &pb.StreamTagDocumentsRequest_Documents{
		Documents: &pb.StreamTagDocumentsRequest_DocumentBatch{Documents: []*pb.Document{{Text: "klub menang"}}},
	}}
	send(&pb.StreamTagDocumentsRequest{Payload: &pb.StreamTagDocumentsRequest_Setup_{Setup: &pb.StreamTagDocumentsRequest_Setup{}}})
	send(docs)
	if _, err := stream.Recv(); err != nil {
		t.Fatal(err)
	}
	watch, err := healthpb.NewHealthClient(p.conn).Watch(t.Context(), &healthpb.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	wantHealth := func(want healthpb.HealthCheckResponse_ServingStatus) {
		t.Helper()
		if health, err := watch.Recv(); err != nil || health.GetStatus() != want {
			t.Fatalf("health %v, %v, want %v", health, err, want)
		}
	}
	wantHealth(healthpb.HealthCheckResponse_SERVING)
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	wantHealth(healthpb.HealthCheckResponse_NOT_SERVING)
	send(docs)
	if _, err := stream.Recv(); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	_ = stream.CloseSend()
	if _, err := stream.Recv(); err != io.EOF {
		t.Errorf("the end: %v", err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("exit: %v\n%s", err, p.log)
	}
}

// TestServeSendsSpans: with the usual variables set, spans come to a collector.
func TestServeSendsSpans(t *testing.T) {
	inNewsroom(t)
	received := make(chan string, 10)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		data, _ := io.ReadAll(r.Body)
		received <- r.URL.Path + " " + string(data)
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	t.Setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
	p := startProcess(t)
	if _, err := pb.NewTopicServiceClient(p.conn).ListTopics(t.Context(), &pb.ListTopicsRequest{}); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-received:
		for _, want := range []string{"/v1/traces ", "tajuk.v1.TopicService/ListTopics", "service.name"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q lacks %q", got, want)
			}
		}
	case <-time.After(time.Minute):
		t.Errorf("no spans: %s", p.log)
	}
}

// TestServePage: the page is at / unless it is left out, and the calls stay.
func TestServePage(t *testing.T) {
	inNewsroom(t)
	for _, tt := range []struct {
		args []string
		code int
	}{{nil, 200}, {[]string{"--no-page"}, 404}} {
		p := startProcess(t, tt.args...)
		if code, body := fetch(t, http.DefaultClient, "GET", "http://"+p.http+"/", ""); code != tt.code || strings.HasPrefix(body, "<!doctype html>") != (code == 200) {
			t.Errorf("%v: code %d, want %d: %.80s", tt.args, code, tt.code, body)
		}
		if code, body := fetch(t, http.DefaultClient, "GET", "http://"+p.http+"/v1/topics", ""); code != 200 {
			t.Errorf("%v: topics: code %d, %s", tt.args, code, body)
		}
	}
}
