package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Clients as docs/clients.md calls them.
const (
	goClient     = "go run ./examples/go"
	pythonClient = ".tmp/venv/bin/python examples/python/tag.py"
)

// clients runs the commands of clients in a folder that has what they need.
type clients struct {
	root    string
	replace []string          // words of a command, and what stands for them in this test
	missing map[string]string // why a client cannot run here
}

// newClients builds the Go client and makes the stubs of the Python client, and goes into a newsroom.
func newClients(t *testing.T) *clients {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	c := &clients{root: root, missing: map[string]string{}}
	dir := t.TempDir()
	binary := filepath.Join(dir, "client")
	if out, err := exec.Command("go", "build", "-o", binary, filepath.Join(root, "examples", "go")).CombinedOutput(); err != nil {
		t.Fatalf("building the Go client: %v\n%s", err, out)
	}
	c.replace = append(c.replace, goClient, binary, "docs/halaman.html", filepath.Join(root, "docs", "halaman.html"))
	c.addPython(t, dir)
	for _, tool := range []string{"curl", "grpcurl"} {
		if _, err := exec.LookPath(tool); err != nil {
			c.missing[tool+" "] = tool + " is not installed"
		}
	}
	inNewsroom(t)
	return c
}

// addPython makes stubs beside a copy of the client, so that nothing is written into the checkout.
func (c *clients) addPython(t *testing.T, dir string) {
	t.Helper()
	python, asked := os.LookupEnv("TAJUK_PYTHON")
	if !asked {
		python = "python3"
	}
	out, err := exec.Command(python, "-c", "import grpc, grpc_status, grpc_tools").CombinedOutput()
	if err == nil {
		out, err = exec.Command("make", "-C", c.root, "pythonstubs", "PYTHON="+python, "STUBS="+dir).CombinedOutput()
	}
	if err != nil && asked {
		t.Fatalf("TAJUK_PYTHON=%s: %v\n%s", python, err, out)
	}
	if err != nil {
		c.missing[pythonClient] = fmt.Sprintf("no Python with grpcio, or no make: run make venv and set TAJUK_PYTHON to the full path of .tmp/venv/bin/python (%v)", err)
		return
	}
	script := filepath.Join(dir, "tag.py")
	text, err := os.ReadFile(filepath.Join(c.root, "examples", "python", "tag.py"))
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, script, string(text))
	c.replace = append(c.replace, pythonClient, python+" "+script)
}

// serve runs a server, which the commands find under the given name in place of its address.
func (c *clients) serve(t *testing.T, name string, args ...string) *process {
	t.Helper()
	p := startProcess(t, append([]string{"--model", "builtin"}, args...)...)
	c.replace = append(c.replace, name+":50051", p.conn.Target(), name+":8080", p.http)
	return p
}

// serveProtected is serve with TLS, whose certificate is in ca.pem, and the token "secret".
func (c *clients) serveProtected(t *testing.T, name string) {
	t.Helper()
	selfSigned(t)
	if err := os.Rename("cert.pem", "ca.pem"); err != nil {
		t.Fatal(err)
	}
	writeFile(t, "access", fmt.Sprintf("reader read sha256:%x\n", sha256.Sum256([]byte("secret"))))
	c.serve(t, name, "--tls-cert", "ca.pem", "--tls-key", "key.pem", "--access-file", "access")
}

// run runs a command line with the given token, or skips the test if its client is not there.
func (c *clients) run(t *testing.T, line, token string) (stdout, stderr string, code int) {
	t.Helper()
	for client, why := range c.missing {
		if strings.Contains(" "+line, " "+client) {
			t.Skip(why)
		}
	}
	cmd := exec.CommandContext(t.Context(), "sh", "-c", strings.NewReplacer(c.replace...).Replace(line))
	cmd.Env = append(os.Environ(), "TAJUK_TOKEN="+token, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
	var out, talk bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &talk
	err := cmd.Run()
	if failed := (*exec.ExitError)(nil); err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return out.String(), talk.String(), cmd.ProcessState.ExitCode()
}

// TestClientsPage runs the calls of docs/clients.md against servers in processes of their own, and compares what
// they print with what the page shows, if it shows anything.
func TestClientsPage(t *testing.T) {
	c := newClients(t)
	c.serve(t, "127.0.0.1")
	c.serveProtected(t, "tags.example")
	name := filepath.Join(c.root, "docs", "clients.md")
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	fresh := console.ReplaceAllStringFunc(string(page), func(block string) string {
		commands := strings.Split(strings.TrimSuffix(block, "```"), "$ ")
		for i, command := range commands[1:] {
			line, shown, _ := strings.Cut(command, "\n")
			if strings.HasPrefix(line, "make ") || strings.HasPrefix(line, "export ") {
				continue // addPython makes the stubs, callPage gives the token
			}
			ran++
			commands[i+1] = line + "\n" + c.callPage(t, line, shown)
		}
		return strings.Join(commands, "$ ") + "```"
	})
	if ran < 9 {
		t.Errorf("only %d calls found", ran)
	}
	if *update && fresh != string(page) {
		if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// callPage runs one call of the page and returns the output that the page should show for it.
func (c *clients) callPage(t *testing.T, line, shown string) (fresh string) {
	t.Helper()
	fresh = shown
	t.Run(line, func(t *testing.T) {
		token := ""
		if strings.Contains(line, "tags.example") {
			token = "secret"
		}
		stdout, stderr, code := c.run(t, line, token)
		if code != 0 || stdout == "" {
			t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
		}
		if shown == "" {
			return
		}
		if fresh = stdout; fresh != shown && !*update {
			t.Errorf("printed:\n%s\nthe page shows:\n%s\nrun make golden and read the difference", fresh, shown)
		}
	})
	return fresh
}

// TestClientErrors: a client whose call fails says why and exits with 1.
func TestClientErrors(t *testing.T) {
	c := newClients(t)
	c.serve(t, "127.0.0.1")
	c.serveProtected(t, "tags.example")
	cases := []struct{ name, args, token, want string }{
		{"unknown token", "--address tags.example:50051 --ca ca.pem", "guess", "TOKEN_INVALID"},
		{"no token", "--address tags.example:50051 --ca ca.pem", "", "TOKEN_MISSING"},
		{"token in the clear", "--address 127.0.0.1:50051", "secret", "over TLS alone"},
		{"no such file", "--ca none.pem", "", "none.pem"},
	}
	for _, client := range []string{goClient, pythonClient} {
		for _, tc := range cases {
			t.Run(filepath.Base(client)+" "+tc.name, func(t *testing.T) {
				stdout, stderr, code := c.run(t, client+" "+tc.args, tc.token)
				if code != 1 || stdout != "" || !strings.HasPrefix(stderr, "error: ") || !strings.Contains(stderr, tc.want) {
					t.Errorf("exit code %d, printed %q, want exit code 1 and %q:\n%s", code, stdout, tc.want, stderr)
				}
			})
		}
	}
}

// TestClientsRetry: a client that calls more often than it may waits and comes through.
func TestClientsRetry(t *testing.T) {
	c := newClients(t)
	for _, client := range []string{goClient, pythonClient} {
		name := filepath.Base(client)
		t.Run(name, func(t *testing.T) {
			p := c.serve(t, name+".example", "--client-rate", "0.5", "--admin", "127.0.0.1:0")
			stdout, stderr, code := c.run(t, client+" --address "+name+".example:50051", "")
			if code != 0 || !strings.Contains(stdout, "stream\n") {
				t.Errorf("exit code %d: %s%s", code, stdout, stderr)
			}
			admin := regexp.MustCompile(`admin=(\S+)`).FindStringSubmatch(p.log.String())[1]
			if _, metrics := fetch(t, http.DefaultClient, "GET", "http://"+admin+"/metrics", ""); !strings.Contains(metrics, `tajuk_refused_total{reason="RATE_LIMITED"}`) {
				t.Errorf("no call was refused: %s", metrics)
			}
		})
	}
}
