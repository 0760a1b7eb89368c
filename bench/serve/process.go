package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// server is a server in a process of its own.
type server struct {
	cmd     *exec.Cmd
	address string
}

// listening finds the address in what a server says when it is ready.
var listening = regexp.MustCompile(`msg=serving grpc=(\S+)`)

func start(cmd *exec.Cmd) (*server, error) {
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(stderr)
	said := ""
	for lines.Scan() {
		said += lines.Text() + "\n"
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			go func() {
				for lines.Scan() { // keep the pipe empty
				}
			}()
			return &server{cmd, m[1]}, nil
		}
	}
	return nil, errors.Join(fmt.Errorf("%s did not start: %s", cmd.Path, said), cmd.Wait())
}

func startTajuk(binary string, environment ...string) (*server, error) {
	cmd := exec.Command(binary, "serve", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), environment...)
	return start(cmd)
}

func startEcho(answers string) (*server, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(exec.Command(self, "echo", answers))
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

// dial opens connections; the load generator encodes and decodes nothing by itself.
func (s *server) dial(n int) ([]*grpc.ClientConn, error) {
	conns := make([]*grpc.ClientConn, n)
	for i := range conns {
		var err error
		conns[i], err = grpc.NewClient(s.address, grpc.WithTransportCredentials(insecure.NewCredentials()),
			grpc.WithReadBufferSize(256<<10), grpc.WithWriteBufferSize(256<<10),
			grpc.WithInitialWindowSize(4<<20), grpc.WithInitialConnWindowSize(16<<20))
		if err != nil {
			return nil, err
		}
	}
	return conns, nil
}

// clockTicks are the units of CPU time in /proc, a second.
const clockTicks = 100

// cpu is the CPU time that the server has used so far; 0 where there is no /proc.
func (s *server) cpu() time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), ") ") // after the name
	fields := strings.Fields(rest)
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / clockTicks
}

// resident is how much memory the server has in RAM now, and had at most, in bytes; 0 where there is no /proc.
func (s *server) resident() (now, most int64) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		return 0, 0
	}
	of := func(name string) int64 {
		_, rest, _ := strings.Cut(string(data), name+":")
		kilobytes, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		n, _ := strconv.ParseInt(kilobytes, 10, 64)
		return n << 10
	}
	return of("VmRSS"), of("VmHWM")
}

// startTimes measures how long it takes from starting the program to SERVING over the network.
func startTimes(binary string, n int) ([]time.Duration, error) {
	times := make([]time.Duration, n)
	for i := range times {
		begin := time.Now()
		s, err := startTajuk(binary)
		if err != nil {
			return nil, err
		}
		conns, err := s.dial(1)
		if err != nil {
			return nil, err
		}
		resp, err := healthpb.NewHealthClient(conns[0]).Check(context.Background(), &healthpb.HealthCheckRequest{}, grpc.WaitForReady(true))
		times[i] = time.Since(begin)
		conns[0].Close()
		s.stop()
		if err != nil || resp.Status != healthpb.HealthCheckResponse_SERVING {
			return nil, fmt.Errorf("health %v: %w", resp, err)
		}
	}
	return times, nil
}
