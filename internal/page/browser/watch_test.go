package browser

import (
	"slices"
	"strings"
	"testing"
)

// TestWatch: what the tests watch for would be noticed, and the policy stops it.
func TestWatch(t *testing.T) {
	p := open(t, serve(t), view{})
	p.eval(`new Promise((done) => {
		const image = document.createElement("img");
		image.onerror = done;
		image.src = "http://elsewhere.example/x.png";
		document.body.append(image);
	})`)
	p.eval(`fetch("http://elsewhere.example/").catch(() => {})`)
	p.eval(`try { document.body.innerHTML = "<p>" } catch {}`)
	p.eval(`new Promise((done) => setTimeout(() => { done(); throw new Error("a slip"); }))`)
	p.wait(`violations.length >= 3`)
	_, problems := p.watched()
	for _, want := range []string{"img-src http://elsewhere.example/x.png", "connect-src", "require-trusted-types-for", "a slip"} {
		if !strings.Contains(strings.Join(problems, "\n"), want) {
			t.Errorf("%s went unnoticed: %q", want, problems)
		}
	}
	// A request that nothing stops is seen as well as one that the policy stops.
	other := serve(t)
	p.eval(`location.assign("` + other.url + `/healthz")`)
	p.wait(`location.pathname === "/healthz"`)
	p.eval(noteViolations)
	elsewhere, _ := p.watched()
	for _, want := range []string{"http://elsewhere.example/x.png", other.url + "/healthz"} {
		if !slices.Contains(elsewhere, want) {
			t.Errorf("%s went unnoticed: %q", want, elsewhere)
		}
	}
	p.forget()
}
