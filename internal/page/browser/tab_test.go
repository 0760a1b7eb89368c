package browser

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

var screens = flag.String("screens", "", "keep pictures of the page in this folder")

var closeBrowser = func() {}

// chromium runs the one browser of all tests. Without one the test is skipped.
func chromium(t *testing.T) context.Context {
	t.Helper()
	file := os.Getenv("TAJUK_CHROMIUM")
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && file == "" {
			file = found
		}
	}
	if file == "" {
		t.Skip("no Chromium: apt-get install chromium, or set TAJUK_CHROMIUM to the path of one")
	}
	ctx, err := browser(file)
	if err != nil {
		t.Fatalf("%s does not start: %v", file, err)
	}
	return ctx
}

var launch = struct {
	sync.Once
	ctx context.Context
	err error
}{}

func browser(file string) (context.Context, error) {
	launch.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:],
			chromedp.ExecPath(file), chromedp.WSURLReadTimeout(patience),
			chromedp.NoSandbox, // as root, in a container, there is none
			chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		)
		allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(allocator)
		launch.ctx, launch.err = ctx, chromedp.Do(ctx)
		closeBrowser = func() { cancel(); stop() }
	})
	return launch.ctx, launch.err
}

// tab is the page in a tab, with a profile of its own.
type tab struct {
	t      *testing.T
	ctx    context.Context
	server *server

	mu       sync.Mutex
	requests []string // addresses asked for
	problems []string // errors thrown or logged, but for calls that were refused
}

// view is what the reader has before him.
type view struct {
	language string // of the browser
	dark     bool
	phone    bool
}

// open opens the page and waits until it knows the models.
func open(t *testing.T, s *server, v view) *tab {
	t.Helper()
	p := &tab{t: t, server: s}
	ctx, cancel := chromedp.NewContext(chromium(t), chromedp.WithNewBrowserContext(), chromedp.WithListener(p.note))
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // makes the tab, which a deadline here would close
		t.Fatal(err)
	}
	p.ctx, cancel = context.WithTimeout(ctx, 3*patience)
	t.Cleanup(cancel)
	t.Cleanup(p.judge)
	call(p, network.Enable, network.EnableParams{})
	call(p, log.Enable, cdp.Empty{})
	p.see(v)
	call(p, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: noteViolations})
	p.load()
	return p
}

// noteViolations keeps what the Content-Security-Policy stops.
const noteViolations = `globalThis.violations = [];
addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI));`

// call calls the browser's debugging protocol.
func call[P, R any](p *tab, command cdp.Command[P, R], params P) {
	p.t.Helper()
	if _, err := chromedp.Call(p.ctx, command, params); err != nil {
		p.t.Fatalf("%s: %v", command.Method, err)
	}
}

// load loads the page, or loads it again.
func (p *tab) load() {
	p.t.Helper()
	p.do(chromedp.Navigate(p.server.url + "/"))
	p.wait(`document.readyState === "complete" && at("status").textContent !== ""`)
}

func (p *tab) see(v view) {
	p.t.Helper()
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	width, height := int64(1280), int64(900)
	if v.phone {
		width, height = 390, 844
	}
	language := v.language
	if language == "" {
		language = "en"
	}
	call(p, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: v.phone})
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: v.phone})
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	call(p, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: "tajuk test", AcceptLanguage: language})
}

func (p *tab) note(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		p.problems = append(p.problems, thrown(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		p.problems = append(p.problems, fmt.Sprintf("console.%s", e.Type))
	case *log.EventEntryAdded:
		if e.Entry.Source != log.EntrySourceNetwork {
			p.problems = append(p.problems, fmt.Sprintf("%s %s: %s", e.Entry.Source, e.Entry.Level, e.Entry.Text))
		}
	}
}

func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception != nil {
		return e.Exception.Description
	}
	return e.Text
}

// watched returns what the page has asked for elsewhere, and done that it may not.
func (p *tab) watched() (elsewhere, problems []string) {
	violations := value[[]string](p, "violations")
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, url := range p.requests {
		if !strings.HasPrefix(url, p.server.url+"/") {
			elsewhere = append(elsewhere, url)
		}
	}
	return elsewhere, append(violations, p.problems...)
}

// forget drops what was noted: a test has provoked it.
func (p *tab) forget() {
	p.eval("violations = []")
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests, p.problems = nil, nil
}

func (p *tab) judge() {
	if p.t.Failed() {
		p.shot("failed-" + strings.ReplaceAll(p.t.Name(), "/", "-"))
		return
	}
	elsewhere, problems := p.watched()
	if len(elsewhere) > 0 {
		p.t.Errorf("the page asked for %q", elsewhere)
	}
	if len(problems) > 0 {
		p.t.Errorf("the browser reports %q", problems)
	}
}

func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// value evaluates an expression in the page, and awaits it if it is a promise.
func value[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (p *tab) eval(expression string) { p.t.Helper(); value[chromedp.Void](p, expression) }

func (p *tab) text(expression string) string { p.t.Helper(); return value[string](p, expression) }

func (p *tab) is(expression string) bool { p.t.Helper(); return value[bool](p, "!!("+expression+")") }

// wait waits until an expression is true. (chromedp.Poll would need a policy that allows eval.)
func (p *tab) wait(expression string) {
	p.t.Helper()
	for end := time.Now().Add(patience); !p.is(expression); {
		if time.Now().After(end) {
			p.t.Fatalf("not true within %v: %s; status %q", patience, expression, p.text(`at("status").textContent`))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// click clicks with a mouse on what a selector finds first.
func (p *tab) click(selector string) {
	p.t.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// put puts text into a field as pasting does.
func (p *tab) put(selector, text string) {
	p.t.Helper()
	p.do(chromedp.Focus(chromedp.CSS(selector)))
	p.eval(fmt.Sprintf(`document.querySelector(%q).select()`, selector))
	if text == "" {
		p.key(kb.Backspace, 0)
		return
	}
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

// key presses a key with modifiers.
func (p *tab) key(key string, modifiers chromedp.Modifier) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(modifiers)))
}

// tag puts an article in and waits for its topics.
func (p *tab) tag(d document) {
	p.t.Helper()
	p.put("#title", d.Title)
	p.put("#text", d.Text)
	p.click("#writing .primary")
	p.answered()
}

func (p *tab) answered() {
	p.t.Helper()
	p.wait(`!at("reading").hidden && at("topics").children.length > 0`)
}

// shot keeps a picture of the whole page, if asked to.
func (p *tab) shot(name string) {
	if *screens == "" {
		return
	}
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Logf("no picture: %v", err)
		return
	}
	if err := os.WriteFile(filepath.Join(*screens, name+".png"), picture, 0o666); err != nil {
		p.t.Log(err)
	}
}
