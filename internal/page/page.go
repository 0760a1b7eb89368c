// Package page holds the web page of the service: paste an article or choose a page, see its topics, see the words
// that decided one, send a correction, look at the models and at how far their confidences can be trusted.
//
// [Files] lists what is to be served, each file an [http.Handler] with the pattern that it belongs to:
//
//	for _, f := range page.Files() {
//		mux.Handle("GET "+f.Pattern, f)
//	}
//
// The page asks only the server that it came from, and makes the calls of package tajuk.v1 as JSON. It is
// plain HTML, CSS and JavaScript, in the binary, without a build step. Texts and answers become text nodes,
// never HTML, and the Content-Security-Policy lets no other script, style or host in.
//
// A [File] is immutable and safe for concurrent use. It takes GET and HEAD for granted: which
// methods come here, and who may call what the page calls, is for the server to say.
package page

import (
	"crypto/sha256"
	_ "embed" // the files
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

// Policy is the Content-Security-Policy of every file: nothing from elsewhere, nothing inline, nothing that turns
// strings into HTML or scripts, and no frame around it.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

var (
	//go:embed files/index.html
	indexHTML string
	//go:embed files/app.css
	appCSS string
	//go:embed files/app.js
	appJS string
	//go:embed files/spans.js
	spansJS string
	//go:embed files/words.js
	wordsJS string
	//go:embed files/source.js
	sourceJS string
	//go:embed files/chart.js
	chartJS string
	//go:embed files/core.js
	coreJS string
	//go:embed files/models.js
	modelsJS string
	//go:embed files/icon.svg
	iconSVG string
)

// File is one file of the page.
type File struct {
	// Pattern is the path, as [http.ServeMux] takes it.
	Pattern string

	mediaType, content, tag string
}

// Files returns the page and what it loads.
func Files() []File {
	return []File{
		newFile("/{$}", "text/html; charset=utf-8", indexHTML),
		newFile("/app.css", "text/css; charset=utf-8", appCSS),
		newFile("/app.js", "text/javascript; charset=utf-8", appJS),
		newFile("/spans.js", "text/javascript; charset=utf-8", spansJS),
		newFile("/words.js", "text/javascript; charset=utf-8", wordsJS),
		newFile("/source.js", "text/javascript; charset=utf-8", sourceJS),
		newFile("/chart.js", "text/javascript; charset=utf-8", chartJS),
		newFile("/core.js", "text/javascript; charset=utf-8", coreJS),
		newFile("/models.js", "text/javascript; charset=utf-8", modelsJS),
		newFile("/icon.svg", "image/svg+xml", iconSVG),
	}
}

func newFile(pattern, mediaType, content string) File {
	sum := sha256.Sum256([]byte(content))
	return File{pattern, mediaType, content, `"` + hex.EncodeToString(sum[:12]) + `"`}
}

// ServeHTTP answers with the file, or 304 to who has it. A browser asks each time, so that after an update
// of the server no old script meets a new page.
func (f File) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Type", f.mediaType)
	h.Set("ETag", f.tag)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(f.content))
}
