package server

import (
	"strings"
	"testing"

	"github.com/tajuk/tajuk/internal/page"
)

// TestPage: the page and its files come with their policy, to whoever asks, and by GET and HEAD alone.
func TestPage(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{Access: tokens(t)}))
	wantReply(t, ask(t, "GET", w.url+"/v1/topics", ""), 401, "")
	for _, f := range page.Files() {
		url := w.url + strings.TrimSuffix(f.Pattern, "{$}")
		got := ask(t, "GET", url, "")
		if got.code != 200 || got.body == "" || got.header.Get("Content-Security-Policy") != page.Policy {
			t.Errorf("%s: code %d, policy %q", f.Pattern, got.code, got.header.Get("Content-Security-Policy"))
		}
		if again := ask(t, "GET", url, "", "If-None-Match: "+got.header.Get("ETag")); again.code != 304 || again.body != "" {
			t.Errorf("%s again: code %d", f.Pattern, again.code)
		}
		if head := ask(t, "HEAD", url, ""); head.code != 200 || head.body != "" {
			t.Errorf("HEAD %s: code %d", f.Pattern, head.code)
		}
		for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
			refused := ask(t, method, url, "")
			if wantReply(t, refused, 405, ""); refused.header.Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: allowed %q", method, f.Pattern, refused.header.Get("Allow"))
			}
		}
	}
	wantReply(t, ask(t, "GET", w.url+"/page.js", ""), 404, "")
}

func TestNoPage(t *testing.T) {
	w := startWeb(t, newTiny(t, Config{NoPage: true}))
	for _, path := range []string{"/", "/app.js"} {
		wantReply(t, ask(t, "GET", w.url+path, ""), 404, "")
	}
	wantReply(t, ask(t, "GET", w.url+"/v1/topics", ""), 200, "")
}
