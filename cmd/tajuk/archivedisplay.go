package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/tajuk/tajuk/internal/archive"
)

// errorsShown is how many errors of an archive are printed; its files list all.
const errorsShown = 20

// reportEvery is how long it takes to the next line of progress where there is no terminal.
const reportEvery = time.Minute

// archiveDisplay tells how far a run is: by a bar on a terminal, else by a line a minute.
type archiveDisplay struct {
	app    *app
	start  time.Time
	last   time.Time
	bar    *progressbar.ProgressBar // nil without a terminal
	errors int
}

func (a *app) archiveDisplay() *archiveDisplay {
	now := time.Now()
	d := &archiveDisplay{app: a, start: now, last: now}
	if isTerminal(a.stderr) {
		d.bar = progressbar.NewOptions64(1,
			progressbar.OptionSetWriter(a.stderr), progressbar.OptionThrottle(200*time.Millisecond),
			progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false), progressbar.OptionSetWidth(20),
			progressbar.OptionClearOnFinish())
	}
	return d
}

func (d *archiveDisplay) progress(s archive.Status) {
	if d.bar != nil {
		if now := time.Now(); now.Sub(d.last) >= 200*time.Millisecond {
			d.last = now
			d.bar.ChangeMax64(max(1, s.Bytes))
			d.bar.Describe(d.words(s))
			_ = d.bar.Set64(min(s.BytesDone, s.Bytes)) // not worth failing for
		}
		return
	}
	if now := time.Now(); now.Sub(d.last) >= reportEvery {
		d.last = now
		d.app.note("%s", d.words(s))
	}
}

// words say how far a run is.
func (d *archiveDisplay) words(s archive.Status) string {
	text := fmt.Sprintf("%d of %s, %s, %s", s.FilesDone, count(s.Files, "file"), d.speed(s), count(s.Errors, "error"))
	if left, ok := d.left(s); ok {
		text += fmt.Sprintf(", about %v left", left)
	}
	return text
}

// speed is that of this run: earlier ones do not count.
func (d *archiveDisplay) speed(s archive.Status) string {
	seconds := max(time.Since(d.start).Seconds(), 1e-3)
	return fmt.Sprintf("%s in %v, %.1f MB/s", count(s.Records, "article"), round(time.Since(d.start)), float64(s.Text)/1e6/seconds)
}

// left estimates how long a run will take yet.
func (d *archiveDisplay) left(s archive.Status) (time.Duration, bool) {
	done := s.BytesDone - s.BytesBefore
	if done <= 0 || s.BytesDone >= s.Bytes {
		return 0, false
	}
	ahead := float64(s.Bytes-s.BytesDone) / float64(done)
	return round(time.Duration(ahead * float64(time.Since(d.start)))), true
}

func (d *archiveDisplay) problem(err error) {
	if d.errors++; d.errors > errorsShown+1 {
		return
	}
	d.clear()
	if d.errors > errorsShown {
		d.app.note("more errors are in the files that end in .errors.jsonl")
		return
	}
	fmt.Fprintf(d.app.stderr, "%v\n", err)
}

func (d *archiveDisplay) note(text string) {
	d.clear()
	d.app.note("%s", text)
}

// clear makes room for a message.
func (d *archiveDisplay) clear() {
	if d.bar != nil {
		_ = d.bar.Clear()
	}
}

func (d *archiveDisplay) finish() {
	if d.bar != nil {
		_ = d.bar.Finish()
	}
}
