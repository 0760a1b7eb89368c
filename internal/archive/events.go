package archive

import (
	"fmt"
	"strings"
)

// progressStep is how many records pass between two calls of Progress.
const progressStep = 64

// underway is a file being read.
type underway struct {
	text   int64 // bytes of title and text taken of it
	before int64 // of those, by an earlier run
}

// packedRatio is how much longer text is than its packed file, until a file has shown it.
const packedRatio = 3

// done estimates how much of a file some text is.
func (r *run) done(t *task, text int64) int64 {
	if strings.HasSuffix(t.name, ".gz") || strings.HasSuffix(t.name, ".zst") {
		text /= packedRatio
	}
	return min(text, t.bytes)
}

// progressed counts an answer.
func (r *run) progressed(w *output, res *result) {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.Records++
	r.status.Text += int64(res.text)
	w.progress.text += int64(res.text)
	if r.status.Records%progressStep == 0 {
		r.tell()
	}
}

// tell calls Progress, with the share of the files under way added.
func (r *run) tell() {
	if r.o.Progress == nil {
		return
	}
	s := r.status
	for w := range r.current {
		s.BytesDone += r.done(&w.task, w.progress.text)
		s.BytesBefore += r.done(&w.task, w.progress.before)
	}
	r.o.Progress(s)
}

// began counts a file as under way, and what an earlier run did of it.
func (r *run) began(w *output) error {
	if w.state.Items > 0 {
		r.note(fmt.Sprintf("%s goes on behind record %d", w.task.shown(), w.state.Items))
	}
	r.events.Lock()
	w.progress = underway{w.state.Tally.Text, w.state.Tally.Text}
	r.current[w] = true
	r.events.Unlock()
	return r.earlierErrors(w.state.Tally.Errors+w.state.Tally.Repeated, w.state.Broken)
}

// ended counts a file, however it ended.
func (r *run) ended(w *output, t task, before bool) {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.FilesDone++
	r.status.BytesDone += t.bytes
	if before {
		r.status.BytesBefore += t.bytes
	}
	if w != nil {
		r.status.BytesBefore += r.done(&t, w.progress.before)
		delete(r.current, w)
	}
	r.tell()
}

// earlierErrors counts what an earlier run met: the limit is for all of them, as if they came now.
func (r *run) earlierErrors(errors int, broken string) error {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.Errors += errors
	if broken != "" {
		r.status.Errors++
	}
	return r.tooMany()
}

func (r *run) tooMany() error {
	if most := r.o.MaxErrors; most != nil && r.status.Errors > *most {
		return fmt.Errorf("%w: %d, and %d allowed", ErrTooMany, r.status.Errors, *most)
	}
	return nil
}

// problem reports what could not be read or written; it returns an error once that were too many.
func (r *run) problem(err error) error {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.Errors++
	if r.o.Problem != nil {
		r.o.Problem(err)
	}
	return r.tooMany()
}

func (r *run) note(text string) {
	r.events.Lock()
	defer r.events.Unlock()
	if r.o.Note != nil {
		r.o.Note(text)
	}
}
