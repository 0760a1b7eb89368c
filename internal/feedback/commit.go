package feedback

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/tajuk/tajuk/internal/disk"
)

// Entries written at once are bounded by these.
const (
	maxBatch      = 256
	maxBatchBytes = 8 << 20
)

// run writes what is in the queue until told to stop.
func (l *Log) run() {
	defer close(l.done)
	for {
		select {
		case p := <-l.queue:
			l.commit(p)
		case <-l.stop:
			return
		}
	}
}

// batch is what one fsync is for.
type batch struct {
	all    []*pending // in order of arrival
	fresh  []*pending // those to be written
	staged map[requestKey]request
	next   uint64
}

// commit stores first and all who wait besides, and answers them.
func (l *Log) commit(first *pending) {
	b := &batch{staged: map[requestKey]request{}, next: l.next}
	l.buf = l.buf[:0]
	l.stage(b, first)
	for more := true; more && len(b.all) < maxBatch && len(l.buf) < maxBatchBytes; {
		select {
		case p := <-l.queue:
			l.stage(b, p)
		default:
			more = false
		}
	}
	err := l.write(l.buf)
	if err == nil {
		l.publish(b)
	}
	for _, p := range b.all {
		p.result <- err
	}
}

// stage appends p to what is to be written, or answers it if it is no good.
func (l *Log) stage(b *batch, p *pending) {
	if p.entry.RequestID == "" {
		l.encode(b, p)
		return
	}
	key, digest := keyOf(p.entry.RequestID), p.entry.digest()
	old, found := b.staged[key]
	if !found {
		old, found = l.requests[key] // only this goroutine writes it
	}
	switch {
	case !found:
		if l.encode(b, p) {
			b.staged[key] = request{digest, len(l.places) + len(b.fresh) - 1}
		}
	case old.digest != digest:
		p.result <- ErrReused
	default:
		p.repeat = old.index
		b.all = append(b.all, p) // answered with the rest: the first may be in this very batch
	}
}

func (l *Log) encode(b *batch, p *pending) bool {
	p.entry.ID = b.next
	p.entry.Created = l.options.Now().UTC().Truncate(time.Microsecond)
	start := len(l.buf)
	buf, err := appendLine(l.buf, &p.entry)
	if n := len(buf) - start; err == nil && n > MaxLineBytes {
		err = fmt.Errorf("an entry of %d bytes: at most %d are kept", n, MaxLineBytes)
	}
	if err != nil {
		p.result <- err
		return false
	}
	l.buf = buf
	p.place = place{id: p.entry.ID, offset: int64(start), size: int32(len(buf) - start)}
	b.next++
	b.all, b.fresh = append(b.all, p), append(b.fresh, p)
	return true
}

// publish makes what is on disk visible.
func (l *Log) publish(b *batch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	start := l.size - int64(len(l.buf))
	for _, p := range b.fresh {
		p.place.offset += start
		p.place.segment = int32(len(l.segments) - 1)
		l.places = append(l.places, p.place)
	}
	for key, r := range b.staged {
		l.requests[key] = r
	}
	l.next = b.next
}

// write appends data to the last segment and has the disk confirm it. After an
// error the segment is what it was before, or the log takes no more.
func (l *Log) write(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	if l.broken != nil {
		return fmt.Errorf("the log must be opened again, since earlier: %w", l.broken)
	}
	if err := l.rotate(int64(len(data))); err != nil {
		return err
	}
	if _, err := l.active.WriteAt(data, l.size); err != nil {
		if undo := l.active.Truncate(l.size); undo != nil {
			l.broken = undo
		}
		return err
	}
	if err := l.active.Sync(); err != nil {
		l.broken = err // the kernel may have dropped the pages and call them clean
		return err
	}
	l.size += int64(len(data))
	return nil
}

// rotate begins a next segment if n more bytes are too many for this one.
func (l *Log) rotate(n int64) error {
	if l.active != nil && (l.size == 0 || l.size+n <= l.options.SegmentBytes) {
		return nil
	}
	name := segmentName(1)
	if len(l.segments) > 0 {
		number, _ := segmentNumber(l.segments[len(l.segments)-1])
		name = segmentName(number + 1)
	}
	f, err := os.OpenFile(filepath.Join(l.dir, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := disk.SyncFolder(l.dir); err != nil {
		f.Close()
		_ = os.Remove(f.Name()) // the first error is the one to tell
		return err
	}
	if l.active != nil {
		l.active.Close()
	}
	l.mu.Lock()
	l.segments = append(l.segments, name)
	l.mu.Unlock()
	l.active, l.size = f, 0
	return nil
}
