package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDocumentsShowWorkingCalls: each call of curl or grpcurl that a document shows is answered without an
// error, by a server with the built-in model.
func TestDocumentsShowWorkingCalls(t *testing.T) {
	documents := map[string]string{}
	for _, name := range []string{"README.md", "docs/service.md"} {
		data, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		documents[name] = string(data)
	}
	inNewsroom(t)
	p := startProcess(t, "--model", "builtin", "--feedback", "corrections")
	addresses := strings.NewReplacer("127.0.0.1:8080", p.http, "127.0.0.1:50051", p.conn.Target())
	line := regexp.MustCompile(`(?m)^\$ ((curl|grpcurl) .*)$`)
	for name, text := range documents {
		calls := line.FindAllStringSubmatch(text, -1)
		if len(calls) < 4 {
			t.Errorf("only %d calls found in %s", len(calls), name)
		}
		for _, call := range calls {
			t.Run(name+" "+call[1], func(t *testing.T) {
				if _, err := exec.LookPath(call[2]); err != nil {
					t.Skipf("%s is not installed", call[2])
				}
				command := strings.Replace(addresses.Replace(call[1]), "curl ", "curl -sS ", 1)
				if call[2] == "grpcurl" {
					command = addresses.Replace(call[1])
				}
				out, err := exec.Command("sh", "-c", command).CombinedOutput()
				if err != nil || len(out) == 0 || strings.HasPrefix(string(out), `{"code"`) || strings.Contains(string(out), "ERROR") {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
	}
}

// TestThreatsNameTests: each test that docs/security.md names is there.
func TestThreatsNameTests(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "security.md"))
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, pattern := range []string{"*_test.go", "../../internal/*/*_test.go", "../../internal/page/browser/*_test.go", "../../extract/page/*_test.go", "../../model/*_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			code.Write(text)
		}
	}
	names := regexp.MustCompile("`((Test|Fuzz)[A-Za-z0-9]+)`").FindAllStringSubmatch(string(data), -1)
	if len(names) < 30 {
		t.Errorf("only %d tests named", len(names))
	}
	for _, name := range names {
		if !strings.Contains(code.String(), "func "+name[1]+"(") {
			t.Errorf("no test %s", name[1])
		}
	}
	for line := range strings.Lines(string(data)) {
		if cells := strings.Split(line, "|"); len(cells) == 5 && !strings.Contains(cells[3], "`") && !strings.Contains(line, "---") && !strings.Contains(line, "| test |") {
			t.Errorf("a threat without a test: %s", line)
		}
	}
}
