package archive

import (
	"fmt"
)

// progressStep is how many records pass between two calls of Progress.
const progressStep = 64

// progressed counts an answer.
func (r *run) progressed(w *output, res *result) {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.Records++
	r.status.Text += int64(res.text)
	r.current[w] += int64(res.text)
	if r.status.Records%progressStep == 0 {
		r.tell()
	}
}

// tell calls Progress with the share of the files under way added: text is about as long as its file, but for packed ones.
func (r *run) tell() {
	if r.o.Progress == nil {
		return
	}
	s := r.status
	for w, text := range r.current {
		s.BytesDone += min(text, w.task.bytes)
	}
	r.o.Progress(s)
}

// resumed counts what an earlier run did of a file.
func (r *run) resumed(w *output) {
	r.note(fmt.Sprintf("%s goes on behind record %d", w.task.path, w.state.Items))
	r.earlierErrors(w.state.Tally.Errors, w.state.Broken)
	r.events.Lock()
	defer r.events.Unlock()
	r.current[w] = w.state.Tally.Text
}

func (r *run) earlierErrors(errors int, broken string) {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.Errors += errors
	if broken != "" {
		r.status.Errors++
	}
}

// left counts a file, however it ended.
func (r *run) left(t task) {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.FilesDone++
	r.status.BytesDone += t.bytes
	for w := range r.current {
		if w.task.name == t.name {
			delete(r.current, w)
		}
	}
	r.tell()
}

// problem reports what could not be read or written; it returns an error once that were too many.
func (r *run) problem(err error) error {
	r.events.Lock()
	defer r.events.Unlock()
	r.status.Errors++
	if r.o.Problem != nil {
		r.o.Problem(err)
	}
	if most := r.o.MaxErrors; most != nil && r.status.Errors > *most {
		return fmt.Errorf("%w: %d, and %d allowed", ErrTooMany, r.status.Errors, *most)
	}
	return nil
}

func (r *run) note(text string) {
	r.events.Lock()
	defer r.events.Unlock()
	if r.o.Note != nil {
		r.o.Note(text)
	}
}
