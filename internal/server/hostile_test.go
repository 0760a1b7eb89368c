package server

import (
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/http2"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

var (
	hostile    = flag.Int("hostile", 40, "how many connections TestHostileConnections holds open")
	hostileFor = flag.Duration("hostilefor", 0, "how long TestHostileConnections holds them, beyond what it needs")
)

// TestHostileConnections holds connections open on both sides, idle or sending a byte now and then, while others are
// served. Those that are slow over HTTP are cut off; when all have gone, so have their goroutines and memory.
func TestHostileConnections(t *testing.T) {
	n := *hostile
	w := startWeb(t, newTiny(t, Config{ReadTimeout: 2 * time.Second, MaxConnections: 2*n + 100}))
	good := func() {
		t.Helper()
		if _, err := pb.NewTaggingServiceClient(w.conn).TagDocument(t.Context(), one("kiper menahan penalti")); err != nil {
			t.Errorf("a good call among bad ones: %v", err)
		}
		wantReply(t, ask(t, "POST", w.url+"/v1/tag", `{"document":{"text":"kiper menahan penalti"}}`), 200, "")
	}
	for range 20 {
		good()
	}
	goroutines, memory := calmed(), heap()
	var conns []net.Conn
	open := func(address, begin string) net.Conn {
		t.Helper()
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatalf("connection %d: %v: is the limit of open files (ulimit -n) above %d?", len(conns), err, 4*n+100)
		}
		if _, err := io.WriteString(c, begin); err != nil {
			t.Fatal(err)
		}
		conns = append(conns, c)
		return c
	}
	http, grpc := strings.TrimPrefix(w.url, "http://"), w.conn.Target()
	var slow []net.Conn
	for i := range n {
		open(http, "")
		open(grpc, "")
		if i%4 == 0 {
			slow = append(slow, open(http, "POST /v1/tag HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
				open(http, "POST /v1/tag HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{"))
			open(grpc, http2.ClientPreface[:10])
			open(grpc, http2.ClientPreface+"\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x10\x00\x01")
		}
		if i%10 == 0 {
			good()
		}
	}
	t.Logf("%d connections: %d goroutines in place of %d, heap %.1f MiB in place of %.1f", len(conns), runtime.NumGoroutine(), goroutines, mib(heap()), mib(memory))
	var cut sync.WaitGroup
	for _, c := range slow {
		cut.Go(func() { drip(t, c) })
	}
	for end := time.Now().Add(*hostileFor); ; time.Sleep(100 * time.Millisecond) {
		good()
		if !time.Now().Before(end) {
			break
		}
	}
	cut.Wait()
	for _, c := range conns {
		c.Close()
	}
	waitFor(t, func() bool { return calmed() <= goroutines+5 })
	good()
	after := heap()
	t.Logf("after them: %d goroutines, heap %.1f MiB", runtime.NumGoroutine(), mib(after))
	if after > memory+memory/5+4<<20 {
		t.Errorf("heap grew from %.1f to %.1f MiB", mib(memory), mib(after))
	}
}

// calmed is the number of goroutines once clients of this test hold no idle connections.
func calmed() int {
	http.DefaultClient.CloseIdleConnections()
	return runtime.NumGoroutine()
}

// drip sends a byte now and then until the server cuts the connection off, and wants that to happen.
func drip(t *testing.T, c net.Conn) {
	gone := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, c)
		close(gone)
	}()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); {
		select {
		case <-gone:
			return
		case <-time.After(100 * time.Millisecond):
			_, _ = fmt.Fprint(c, "x")
		}
	}
	t.Error("a slow client is not cut off")
	c.Close()
	<-gone
}
