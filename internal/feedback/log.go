package feedback

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Errors that callers tell apart.
var (
	ErrReused = errors.New("the request id came before with other content") // of Append
	ErrClosed = errors.New("the log is closed")
	ErrLocked = errors.New("another process has the log open") // of Open
)

// MaxLineBytes is the longest line that is written or read.
const MaxLineBytes = 8 << 20

// Options are settings of a log. The zero value stands for the defaults.
type Options struct {
	// SegmentBytes is the size at which a next file is begun. Default: 64 MiB.
	SegmentBytes int64
	// Now gives the time of entries. Default: time.Now.
	Now func() time.Time
}

// Log is an open log of entries.
type Log struct {
	dir     string
	options Options
	lock    *flock.Flock

	queue      chan *pending
	stop, done chan struct{}
	close      func() error // once

	// Of the goroutine that writes.
	next   uint64 // ID
	buf    []byte
	active *os.File // the last segment, or nil if there is none yet
	size   int64    // of active, all of it on disk
	broken error    // why nothing can be written any more

	mu       sync.RWMutex // guards what follows
	segments []string     // file names
	places   []place      // of entries, by ID
	requests map[requestKey]request
}

// place is where an entry stands.
type place struct {
	id      uint64
	offset  int64
	size    int32
	segment int32
}

// request is an entry stored for a request id.
type request struct {
	digest uint64
	index  int // in places
}

// pending is an entry on its way to the disk.
type pending struct {
	entry  Entry
	result chan error
	repeat int // index in places of the entry that this one repeats, or -1
	place  place
}

// Open opens the log in dir, which it makes if need be. Report says what was found
// damaged; an error is about the disk or about another process.
func Open(dir string, options Options) (*Log, *Report, error) {
	if options.SegmentBytes <= 0 {
		options.SegmentBytes = 64 << 20
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, fmt.Errorf("feedback folder: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	if held, err := lock.TryLock(); err != nil {
		return nil, nil, fmt.Errorf("feedback folder %s: %w", dir, err)
	} else if !held {
		return nil, nil, fmt.Errorf("feedback folder %s: %w", dir, ErrLocked)
	}
	l := &Log{
		dir: dir, options: options, lock: lock, next: 1, requests: map[requestKey]request{},
		queue: make(chan *pending), stop: make(chan struct{}), done: make(chan struct{}),
	}
	l.close = sync.OnceValue(l.shut)
	report, err := l.recover()
	if err != nil {
		_ = lock.Unlock() // the first error is the one to tell
		return nil, nil, fmt.Errorf("feedback folder %s: %w", dir, err)
	}
	go l.run()
	return l, report, nil
}

// Close waits for what is being written and closes the log. A second call does nothing.
func (l *Log) Close() error { return l.close() }

func (l *Log) shut() error {
	close(l.stop)
	<-l.done
	var err error
	if l.active != nil {
		err = l.active.Close()
	}
	return errors.Join(err, l.lock.Unlock())
}

// Len returns the number of entries.
func (l *Log) Len() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.places)
}

// Append stores e, whose ID and Created are ignored, and returns both. If an entry
// with the same request id and content is there, it returns that one's; with other content it fails
// with ErrReused. If ctx ends while waiting, the entry may or may not be stored.
func (l *Log) Append(ctx context.Context, e Entry) (id uint64, created time.Time, err error) {
	p := &pending{entry: e, repeat: -1, result: make(chan error, 1)}
	select {
	case l.queue <- p:
	case <-l.stop:
		return 0, time.Time{}, ErrClosed
	case <-ctx.Done():
		return 0, time.Time{}, context.Cause(ctx)
	}
	select {
	case err = <-p.result:
	case <-ctx.Done():
		return 0, time.Time{}, context.Cause(ctx)
	}
	if err == nil && p.repeat >= 0 {
		l.mu.RLock()
		at := l.places[p.repeat]
		l.mu.RUnlock()
		p.entry, err = l.read(at)
	}
	return p.entry.ID, p.entry.Created, err
}
