package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows on a terminal how many articles are done. A nil progress shows nothing.
type progress struct {
	bar *progressbar.ProgressBar
	at  int
}

// progressStep is how many articles pass between two looks at the clock.
const progressStep = 64

// progress returns nil unless standard error is a terminal, and standard output is
// not one that the results go to.
func (a *app) progress(what string, results bool) *progress {
	if !isTerminal(a.stderr) || results && isTerminal(a.stdout) {
		return nil
	}
	return &progress{bar: progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(a.stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(), progressbar.OptionSetItsString("articles"),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSpinnerType(14),
		progressbar.OptionClearOnFinish(),
	)}
}

func (p *progress) set(n int) {
	if p != nil && n >= p.at+progressStep {
		_ = p.bar.Add(n - p.at) // not worth failing for
		p.at = n
	}
}

// clear makes room for a message.
func (p *progress) clear() {
	if p != nil {
		_ = p.bar.Clear()
	}
}

// finish takes the bar away.
func (p *progress) finish() {
	if p != nil {
		_ = p.bar.Finish()
	}
}
