package browser

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long anything may take; a machine may be slow.
const patience = time.Minute

var scratch string // of the whole run

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "tajuk-browser-")
	if err != nil {
		panic(err)
	}
	scratch = dir
	code := m.Run()
	closeBrowser()
	os.RemoveAll(dir)
	os.Exit(code)
}

// command builds tajuk out of the tree that this test stands in.
var command = sync.OnceValues(func() (string, error) {
	file := filepath.Join(scratch, "tajuk")
	build := exec.Command("go", "build", "-o", file, "./cmd/tajuk")
	build.Dir = filepath.Join("..", "..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building tajuk: %w\n%s", err, out)
	}
	return file, nil
})

// server is tajuk serve in a process.
type server struct {
	url      string
	feedback string // folder of the corrections
	cmd      *exec.Cmd
}

// serve starts a server with the built-in model, or what args say.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	file, err := command()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{feedback: filepath.Join(t.TempDir(), "corrections")}
	s.cmd = exec.Command(file, append([]string{"serve", "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--feedback", s.feedback}, args...)...)
	stderr, err := s.cmd.StderrPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	started := make(chan string, 1)
	var log bytes.Buffer
	go func() {
		defer close(started)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if m := serving.FindStringSubmatch(lines.Text()); m != nil {
				started <- m[1]
				_, _ = io.Copy(io.Discard, stderr)
				return
			}
			fmt.Fprintln(&log, lines.Text())
		}
	}()
	select {
	case address, ok := <-started:
		if !ok {
			t.Fatalf("the server does not start:\n%s", &log)
		}
		s.url = "http://" + address
	case <-time.After(patience):
		t.Fatal("the server does not start")
	}
	return s
}

var serving = regexp.MustCompile(`msg=serving.* http=(\S+)`)

// stop kills the server; again does no harm.
func (s *server) stop() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// call makes a call as any client would, and returns its answer in out.
func (s *server) call(t *testing.T, method, path string, in, out any) {
	t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, s.url+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err == nil {
		err = json.Unmarshal(answer, out)
	}
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v: %.500s", path, resp.Status, err, answer)
	}
}

// What the calls answer, as far as the tests look at it.
type (
	document struct {
		Title string `json:"title"`
		Text  string `json:"text"`
	}
	prediction struct {
		Outcome string  `json:"outcome"`
		Topics  []topic `json:"topics"`
	}
	topic struct {
		Topic      string     `json:"topic"`
		Confidence float64    `json:"confidence"`
		Threshold  float64    `json:"threshold"`
		Assigned   bool       `json:"assigned"`
		Evidence   []evidence `json:"evidence"`
	}
	evidence struct {
		Term         string  `json:"term"`
		Contribution float64 `json:"contribution"`
		Spans        []struct {
			Field     string `json:"field"`
			StartByte int    `json:"start_byte"`
			EndByte   int    `json:"end_byte"`
		} `json:"spans"`
	}
)

// tag asks for what the page asks for.
func (s *server) tag(t *testing.T, d document) prediction {
	t.Helper()
	var out struct {
		Prediction prediction `json:"prediction"`
	}
	s.call(t, "POST", "/v1/tag", map[string]any{
		"document": d, "options": map[string]any{"view": "PREDICTION_VIEW_EXPLAIN", "max_evidence": 80},
	}, &out)
	if len(out.Prediction.Topics) == 0 {
		t.Fatal("no topics")
	}
	return out.Prediction
}

// corrections reads what the server has kept on disk.
func (s *server) corrections(t *testing.T) (lines []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.feedback, "*.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			lines = append(lines, line)
		}
	}
	return lines
}
