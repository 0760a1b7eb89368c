package page

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
)

func get(f File, method string, headers map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", nil)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	f.ServeHTTP(w, r)
	return w
}

func TestHeaders(t *testing.T) {
	tags := map[string]bool{}
	for _, f := range Files() {
		got := get(f, "GET", nil)
		if got.Code != http.StatusOK || got.Body.String() != f.content || got.Body.Len() == 0 {
			t.Errorf("%s: code %d, %d bytes", f.Pattern, got.Code, got.Body.Len())
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": Policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cache-Control": "no-cache", "Content-Type": f.mediaType,
		} {
			if got.Header().Get(name) != want {
				t.Errorf("%s: %s is %q, want %q", f.Pattern, name, got.Header().Get(name), want)
			}
		}
		tags[got.Header().Get("ETag")] = true
	}
	if len(tags) != len(Files()) {
		t.Errorf("%d tags of %d files", len(tags), len(Files()))
	}
}

// TestPolicy: no directive lets in what is inline, made of strings or from another host.
func TestPolicy(t *testing.T) {
	for _, loose := range []string{"unsafe", "*", "http", "data:", "blob:"} {
		if strings.Contains(Policy, loose) {
			t.Errorf("the policy holds %s", loose)
		}
	}
	for _, strict := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'", "trusted-types 'none'"} {
		if !strings.Contains(Policy, strict) {
			t.Errorf("the policy lacks %s", strict)
		}
	}
}

func TestRevalidation(t *testing.T) {
	for _, f := range Files() {
		if got := get(f, "HEAD", nil); got.Code != http.StatusOK || got.Body.Len() != 0 {
			t.Errorf("HEAD %s: code %d, %d bytes", f.Pattern, got.Code, got.Body.Len())
		}
		if got := get(f, "GET", map[string]string{"If-None-Match": f.tag}); got.Code != http.StatusNotModified || got.Body.Len() != 0 {
			t.Errorf("%s again: code %d, %d bytes", f.Pattern, got.Code, got.Body.Len())
		}
		if got := get(f, "GET", map[string]string{"If-None-Match": `"old"`}); got.Code != http.StatusOK {
			t.Errorf("%s after an update: code %d", f.Pattern, got.Code)
		}
	}
}

// forbidden is what no file may hold: requests to elsewhere, HTML or scripts out of strings, anything inline.
var forbidden = regexp.MustCompile(`(?i)\b(?:https?|wss?|ftp|data|blob|javascript):|["'(]//|@import|\burl\(|` +
	`innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write|DOMParser|createContextualFragment|srcdoc|` +
	`\beval\b|new Function|set(?:Timeout|Interval)\(["'` + "`" + `]|sendBeacon|WebSocket|EventSource|XMLHttpRequest|import\(|` +
	`<style|\sstyle=|<[^>]+\son[a-z]+=|<script(?:>|\s+[^s>])|<(?:iframe|object|embed|base)\b`)

// svgNamespace is a name, which no browser asks for.
const svgNamespace = ` xmlns="http://www.w3.org/2000/svg"`

func TestNothingForbidden(t *testing.T) {
	for _, f := range Files() {
		if found := forbidden.FindString(strings.ReplaceAll(f.content, svgNamespace, "")); found != "" {
			t.Errorf("%s holds %q", f.Pattern, found)
		}
	}
	for _, bad := range []string{
		`<img src="//cdn.example/x.png">`, `fetch("https://x.example")`, `e.innerHTML = text`, `eval(x)`, `new Function("x")`,
		`<script>x()</script>`, `<script type="module">`, `<p onclick="x()">`, `<p style="color:red">`, `@import "x.css";`,
		`background: url(x.png)`, `setTimeout("x()")`, `document.write(x)`, `<a href="javascript:x()">`, `new WebSocket(x)`,
	} {
		if !forbidden.MatchString(bad) {
			t.Errorf("%s would go unnoticed", bad)
		}
	}
}

// TestReferences: what the page loads is served, what its script looks for by id is there, and the calls
// are those of the service.
func TestReferences(t *testing.T) {
	served := map[string]bool{}
	for _, f := range Files() {
		served[f.Pattern] = true
	}
	loads := regexp.MustCompile(`<(?:script|link)[^>]+(?:src|href)="([^"]+)"`).FindAllStringSubmatch(indexHTML, -1)
	if len(loads) != len(served)-1 {
		t.Errorf("the page loads %d files of %d", len(loads), len(served)-1)
	}
	for _, m := range loads {
		if !served[m[1]] {
			t.Errorf("%s is not served", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(?:at|onSubmit)\("([a-z-]+)"`).FindAllStringSubmatch(scripts, -1) {
		if strings.Count(indexHTML, ` id="`+m[1]+`"`) != 1 {
			t.Errorf("the page does not have one element %q", m[1])
		}
	}
	calls := regexp.MustCompile(`"(/v1/[a-zA-Z]+)`).FindAllStringSubmatch(scripts, -1)
	if len(calls) < 5 {
		t.Errorf("%d calls were found", len(calls))
	}
	for _, m := range calls {
		if !strings.Contains(string(pb.OpenAPI), `"`+m[1]+`"`) {
			t.Errorf("the service has no %s", m[1])
		}
	}
}
