package browser

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// failure waits until the page says that something failed, and what.
func (p *tab) failure(id string) string {
	p.t.Helper()
	p.wait(fmt.Sprintf(`at(%q).classList.contains("failed")`, id))
	return p.text(fmt.Sprintf(`at(%q).textContent`, id))
}

// send puts a text in and asks for its topics, whatever comes of it.
func (p *tab) send(text string) {
	p.t.Helper()
	p.put("#text", text)
	p.click("#writing .primary")
}

// TestServerGone: it is said that the server does not answer, and the text is kept.
func TestServerGone(t *testing.T) {
	s := serve(t)
	p := open(t, s, view{language: "id"})
	s.stop()
	p.send(fishing.Text)
	if got := p.failure("status"); got != "Server tidak terjangkau." {
		t.Errorf("the page says %q", got)
	}
	if p.text(`at("text").value`) != fishing.Text || p.is(`at("writing").hidden`) {
		t.Error("the text is lost")
	}
	p.shot("server-gone")
}

// TestRefusals: what the server refuses is said in the reader's language.
func TestRefusals(t *testing.T) {
	s := serve(t)
	for language, want := range map[string]string{"id": "Teks terlalu panjang: paling banyak 1 MiB.", "en": "The text is too long: at most 1 MiB."} {
		t.Run("long text "+language, func(t *testing.T) {
			p := open(t, s, view{language: language})
			p.eval(`at("text").value = "kata ".repeat(250000)`) // as pasting, but quicker
			p.click("#writing .primary")
			if got := p.failure("status"); got != want {
				t.Errorf("the page says %q", got)
			}
			// and then a text that fits
			p.send(fishing.Text)
			p.answered()
			if p.is(`at("status").classList.contains("failed")`) {
				t.Error("still failed")
			}
		})
	}
	t.Run("nothing", func(t *testing.T) {
		p := open(t, s, view{})
		p.send(" ")
		p.wait(`at("status").textContent === "Paste a text or a headline first."`)
	})
	t.Run("too often", func(t *testing.T) {
		p := open(t, serve(t, "--client-rate", "0.01"), view{})
		p.send(fishing.Text)
		if got := p.failure("status"); !strings.HasPrefix(got, "Too many requests. Try again in ") {
			t.Errorf("the page says %q", got)
		}
	})
	t.Run("no corrections", func(t *testing.T) {
		p := open(t, serve(t, "--feedback", ""), view{})
		p.tag(fishing)
		p.click("#correction button")
		if got := p.failure("sent"); got != "This server keeps no corrections." {
			t.Errorf("the page says %q", got)
		}
	})
}

// TestTokens: a server that knows its callers is asked with the token that the reader gives; one that may not correct is told so.
func TestTokens(t *testing.T) {
	access := filepath.Join(t.TempDir(), "access")
	line := func(name, role string) string {
		return fmt.Sprintf("%s %s sha256:%x\n", name, role, sha256.Sum256([]byte(name)))
	}
	if err := os.WriteFile(access, []byte(line("pembaca", "read")+line("penyunting", "feedback")), 0o600); err != nil {
		t.Fatal(err)
	}
	p := open(t, serve(t, "--access-file", access), view{})
	p.wait(`!at("access").hidden`)
	give := func(token string) {
		p.t.Helper()
		p.put("#token", token)
		p.click("#access button")
	}
	give("tebakan")
	p.wait(`at("models-status").textContent === "That token is not known." && !at("access").hidden`)
	give("pembaca")
	p.wait(`at("access").hidden && at("versions").rows.length === 2`)
	p.tag(fishing)
	p.click("#correction button")
	if got := p.failure("sent"); got != "This token may not do that." {
		t.Errorf("the page says %q", got)
	}
	if p.is(`Object.values({...localStorage, ...sessionStorage}).some((v) => v.includes("pembaca")) || document.cookie`) {
		t.Error("the token is kept")
	}
	p.load()
	p.wait(`!at("access").hidden`)
	give("penyunting")
	p.wait(`at("access").hidden`)
	p.tag(fishing)
	p.click("#correction button")
	p.wait(`at("sent").textContent.startsWith("Stored: ")`)
}
