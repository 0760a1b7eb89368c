package store

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var errDied = errors.New("the process died")

// dying is a disk of a process that dies at a step: it does some of that step, or nothing, and
// nothing afterwards.
type dying struct {
	files
	left int  // steps that succeed
	torn bool // whether half of the last step's data is written
}

func (d *dying) dies() bool {
	d.left--
	return d.left < 0
}

func (d *dying) half() bool { return d.torn && d.left == -1 }

func (d *dying) mkdir(path string) error {
	if d.dies() {
		return errDied
	}
	return d.files.mkdir(path)
}

func (d *dying) create(path string, data []byte) error {
	if d.dies() {
		if d.half() {
			_ = d.files.create(path, data[:len(data)/2])
		}
		return errDied
	}
	return d.files.create(path, data)
}

func (d *dying) extend(path string, line []byte) error {
	if d.dies() {
		if d.half() {
			_ = d.files.extend(path, line[:len(line)/2])
		}
		return errDied
	}
	return d.files.extend(path, line)
}

func (d *dying) rename(from, to string) error {
	if d.dies() {
		return errDied
	}
	return d.files.rename(from, to)
}

func (d *dying) sync(folder string) error {
	if d.dies() {
		return errDied
	}
	return d.files.sync(folder)
}

func (d *dying) remove(path string) error {
	if d.dies() {
		return errDied
	}
	return d.files.remove(path)
}

// TestCrashes lets a process die at every step of every change, and looks at what the next finds.
func TestCrashes(t *testing.T) {
	changes := []struct {
		name   string
		do     func(s *Store, ids []string) error
		active [2]int // index in ids of what is active before and after
		trail  [2]int // how many were active before, before and after
	}{
		{"add", func(s *Store, _ []string) error { return second3(s.Add(Addition{Model: version(t, 9)})) }, [2]int{1, 1}, [2]int{2, 2}},
		{"activate", func(s *Store, ids []string) error { return second(s.Activate("mini", ids[2], Note{})) }, [2]int{1, 2}, [2]int{2, 3}},
		{"rollback", func(s *Store, _ []string) error { return second(s.Rollback("mini", Note{})) }, [2]int{1, 0}, [2]int{2, 1}},
	}
	before, ids := filled(t, 3)
	activate(t, before, ids[0])
	activate(t, before, ids[1])
	for _, change := range changes {
		for _, torn := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s torn=%v", change.name, torn), func(t *testing.T) {
				for step := 0; ; step++ {
					s := newStore(t)
					if err := os.CopyFS(s.Dir(), os.DirFS(before.Dir())); err != nil {
						t.Fatal(err)
					}
					err := change.do(open(s.Dir(), &dying{left: step, torn: torn}), ids)
					if err == nil {
						if step < 3 {
							t.Errorf("done in %d steps: the disk is not used", step)
						}
						return
					}
					if !errors.Is(err, errDied) {
						t.Fatalf("step %d: %v", step, err)
					}
					afterCrash(t, s, ids, change.active)
					if err := change.do(s, ids); err != nil && !errors.Is(err, ErrNoPrevious) { // had the pointer turned already
						t.Fatalf("step %d: done again: %v", step, err)
					}
					events, _ := s.History("mini")
					// Had the pointer turned before the process died, doing a roll-back again goes back further.
					if past := trail(events); !slices.Contains(change.trail[:], len(past)) || last(past) != mustActive(t, s) {
						t.Errorf("step %d: trail %v of %+v", step, past, events)
					}
					noLeftovers(t, s)
				}
			})
		}
	}
}

func second3[A, B any](_ A, _ B, err error) error { return err }

func mustActive(t *testing.T, s *Store) string {
	t.Helper()
	v, err := s.Active("mini")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// afterCrash wants the state before or after the change, and every listed version whole.
func afterCrash(t *testing.T, s *Store, ids []string, active [2]int) {
	t.Helper()
	got := mustActive(t, s)
	if got != ids[active[0]] && got != ids[active[1]] {
		t.Errorf("%s is active", got)
	}
	list, err := s.Versions("mini")
	if err != nil || len(list) < 3 {
		t.Fatalf("%d versions, %v", len(list), err)
	}
	for _, v := range list {
		if _, err := s.Load("mini", v.Version); err != nil {
			t.Error(err)
		}
	}
}

// noLeftovers wants nothing hidden once another version has been added.
func noLeftovers(t *testing.T, s *Store) {
	t.Helper()
	if _, added, err := s.Add(Addition{Model: version(t, 10)}); err != nil || !added {
		t.Fatalf("added: %v, %v", added, err)
	}
	entries, err := os.ReadDir(s.path("mini"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s is left", e.Name())
		}
	}
}
