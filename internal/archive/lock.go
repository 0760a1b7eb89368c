package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrBusy says that another run writes to the folder, or does this shard.
var ErrBusy = errors.New("another run is at work here")

// newLock returns a lock that other users of the folder can take as well.
func newLock(path string) *flock.Flock { return flock.New(path, flock.SetPermissions(0o666)) }

// locks are held by a run.
type locks []*flock.Flock

// takeLocks keeps runs apart: a whole run wants the folder for itself; a shard shares it with other shards of as many.
func takeLocks(state string, s Shard) (held locks, err error) {
	defer func() {
		if err != nil {
			held.release()
		}
	}()
	whole := newLock(filepath.Join(state, "run.lock"))
	if s == (Shard{}) {
		return held.take(whole, whole.TryLock)
	}
	if held, err = held.take(whole, whole.TryRLock); err != nil {
		return held, err
	}
	own := newLock(filepath.Join(state, fmt.Sprintf("shard-%d-of-%d.lock", s.Index, s.Of)))
	if held, err = held.take(own, own.TryLock); err != nil {
		return held, err
	}
	return held, noOtherShards(state, s.Of)
}

func (l locks) take(lock *flock.Flock, try func() (bool, error)) (locks, error) {
	ok, err := try()
	if err == nil && !ok {
		err = fmt.Errorf("%s: %w", lock.Path(), ErrBusy)
	}
	if err != nil {
		return l, err
	}
	return append(l, lock), nil
}

// noOtherShards refuses to work beside shards of another number, which would do the same files.
func noOtherShards(state string, of int) error {
	all, err := filepath.Glob(filepath.Join(state, "shard-*-of-*.lock"))
	if err != nil {
		return err
	}
	for _, path := range all {
		var s Shard
		if _, err := fmt.Sscanf(filepath.Base(path), "shard-%d-of-%d.lock", &s.Index, &s.Of); err != nil || s.Of == of {
			continue
		}
		other := newLock(path)
		if held, err := locks(nil).take(other, other.TryRLock); err != nil {
			return err
		} else {
			held.release()
		}
	}
	return nil
}

func (l locks) release() {
	for _, lock := range l {
		_ = lock.Unlock() // the process's end would do as well
	}
}

// makeFolders makes the folder of outputs and that of the state in it.
func makeFolders(dir string) (state string, err error) {
	state = filepath.Join(dir, stateFolder)
	return state, os.MkdirAll(state, 0o777)
}
