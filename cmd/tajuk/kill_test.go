package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

var kills = flag.Int("kills", 5, "how often TestFeedbackSurvivesKill and TestArchiveSurvivesKill kill")

// process is a server in a process of its own.
type process struct {
	cmd  *exec.Cmd
	conn *grpc.ClientConn
	http string // address
	log  *watched
}

// startProcess runs tajuk serve with free ports, and waits until it serves.
func startProcess(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{log: &watched{}}
	p.cmd = exec.Command(os.Args[0], append([]string{"serve", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--model", "desk.tajuk"}, args...)...)
	p.cmd.Args[0] = "tajuk" // which makes TestMain run the command
	stderr, err := p.cmd.StderrPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.kill() })
	serving := make(chan string, 1)
	go func() {
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			fmt.Fprintln(p.log, lines.Text())
			if strings.Contains(lines.Text(), "msg=serving") {
				serving <- lines.Text()
			}
		}
	}()
	select {
	case line := <-serving:
		address := regexp.MustCompile(`grpc=(\S+)`).FindStringSubmatch(line)[1]
		if http := regexp.MustCompile(`http=(\S+)`).FindStringSubmatch(line); http != nil {
			p.http = http[1]
		}
		p.conn, err = grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
		if err != nil {
			t.Fatal(err)
		}
	case <-time.After(time.Minute):
		t.Fatalf("no start: %s", p.log)
	}
	return p
}

// kill sends SIGKILL, as a power cut or the kernel short of memory would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	if p.conn != nil {
		p.conn.Close()
	}
}

// writer sends corrections one after the other, and the last again if it got no answer.
type writer struct {
	name  string
	next  int
	acked map[string]string // feedback id by request id
	each  func()            // called after each
}

func (w *writer) write(ctx context.Context, client pb.FeedbackServiceClient) error {
	for {
		id := fmt.Sprintf("%s-%d", w.name, w.next)
		resp, err := client.CreateFeedback(ctx, &pb.CreateFeedbackRequest{RequestId: id, Feedback: &pb.Feedback{
			Document: &pb.Document{DocumentId: id, Text: strings.Repeat("klub menang lagi. ", 100)}, Labels: []string{"sport"},
		}})
		if err != nil {
			return err
		}
		w.acked[id] = resp.FeedbackId
		w.next++
		w.each()
	}
}

// TestFeedbackSurvivesKill kills a server again and again while corrections come in: each
// that was acknowledged is there in the end, and none is there twice.
func TestFeedbackSurvivesKill(t *testing.T) {
	inNewsroom(t)
	writers := make([]*writer, 4)
	var written atomic.Int64
	for i := range writers {
		writers[i] = &writer{name: fmt.Sprint("w", i), acked: map[string]string{}, each: func() { written.Add(1) }}
	}
	for range *kills {
		p := startProcess(t, "--feedback", "corrections")
		written.Store(0)
		var wg sync.WaitGroup
		for _, w := range writers {
			wg.Go(func() { _ = w.write(t.Context(), pb.NewFeedbackServiceClient(p.conn)) })
		}
		enough := 10 + rand.Int64N(100)
		for end := time.Now().Add(time.Minute); written.Load() < enough && time.Now().Before(end); {
			time.Sleep(time.Duration(rand.N(1000)) * time.Microsecond)
		}
		p.kill()
		wg.Wait()
	}
	p := startProcess(t, "--feedback", "corrections")
	stored := map[string]string{}
	for _, f := range listAll(t, pb.NewFeedbackServiceClient(p.conn)) {
		id := f.Document.DocumentId
		if stored[id] != "" {
			t.Errorf("%s is stored as %s and %s", id, stored[id], f.FeedbackId)
		}
		stored[id] = f.FeedbackId
	}
	acked := 0
	for _, w := range writers {
		for id, feedback := range w.acked {
			acked++
			if stored[id] != feedback {
				t.Errorf("%s was acknowledged as %s, and is stored as %q", id, feedback, stored[id])
			}
		}
	}
	if acked < 10*(*kills) || len(stored) > acked+len(writers) {
		t.Errorf("%d acknowledged, %d stored", acked, len(stored))
	}
	t.Logf("%d kills, %d corrections acknowledged, %d stored", *kills, acked, len(stored))
}

func listAll(t *testing.T, client pb.FeedbackServiceClient) (all []*pb.Feedback) {
	t.Helper()
	for token := ""; ; {
		resp, err := client.ListFeedback(t.Context(), &pb.ListFeedbackRequest{PageSize: 1000, PageToken: token})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, resp.Feedback...)
		if token = resp.NextPageToken; token == "" {
			return all
		}
	}
}
