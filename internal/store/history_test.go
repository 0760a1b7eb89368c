package store

import (
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestRollback(t *testing.T) {
	s, ids := filled(t, 3)
	a, b, c := ids[0], ids[1], ids[2]
	for _, v := range []string{a, b, b, c} {
		activate(t, s, v)
	}
	back := func(want string) {
		t.Helper()
		e, err := s.Rollback("mini", Note{"redaksi", "terlalu banyak tag"})
		if err != nil || e.Version != want {
			t.Fatalf("rolled back to %v, %v, want %s", e, err, want)
		}
		wantActive(t, s, want)
	}
	back(b)
	activate(t, s, c)
	back(b)
	back(a)
	if _, err := s.Rollback("mini", Note{}); !errors.Is(err, ErrNoPrevious) {
		t.Errorf("before the first: %v", err)
	}
	events, err := s.History("mini")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		got = append(got, e.Action)
	}
	want := strings.Fields("add add add activate activate activate rollback activate rollback rollback")
	if !slices.Equal(got, want) {
		t.Errorf("history %q, want %q: activating what is active leaves no line", got, want)
	}
	e := events[len(events)-1]
	if e.By != "redaksi" || e.Reason != "terlalu banyak tag" || e.Previous != b || time.Since(e.Time) > time.Minute {
		t.Errorf("recorded %+v", e)
	}
}

func TestNote(t *testing.T) {
	s, ids := filled(t, 1)
	for _, bad := range []string{"a\nb", "\x1b[31m", "\xff", strings.Repeat("x", maxNote+1)} {
		if _, err := s.Activate("mini", ids[0], Note{Reason: bad}); err == nil {
			t.Errorf("reason %.20q was taken", bad)
		}
		if _, _, err := s.Add(Addition{Model: version(t, 5), Note: Note{By: bad}}); err == nil {
			t.Errorf("name %.20q was taken", bad)
		}
	}
}

func TestTrail(t *testing.T) {
	event := func(action, version string) Event { return Event{Action: action, Version: version} }
	for _, test := range []struct {
		events []Event
		want   string
	}{
		{nil, ""},
		{[]Event{event(ActionAdd, "a")}, ""},
		{[]Event{event(ActionActivate, "a"), event(ActionActivate, "b"), event(ActionRollback, "a")}, "a"},
		{[]Event{event(ActionActivate, "a"), event(ActionActivate, "b"), event(ActionRecover, "a")}, "a"},
		{[]Event{event(ActionActivate, "a"), event(ActionRecover, "")}, ""},
		{[]Event{event(ActionActivate, "a"), event(ActionActivate, "b"), event(ActionRollback, "a"), event(ActionRecover, "b")}, "a b"},
		{[]Event{event(ActionActivate, "a"), event(ActionRecover, "c")}, "c"}, // by hand
		{[]Event{event(ActionRollback, "a")}, "a"},                            // a damaged history
	} {
		if got := strings.Join(trail(test.events), " "); got != test.want {
			t.Errorf("%v: %q, want %q", test.events, got, test.want)
		}
	}
}

// A line that cannot be read is named and hides no other, and what is added next is a line of its own.
func TestDamagedHistory(t *testing.T) {
	s, ids := filled(t, 2)
	activate(t, s, ids[0])
	f, err := os.OpenFile(s.path("mini", historyFile), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"action":"delete"}` + "\n" + `{"time":"2026-0`); err != nil {
		t.Fatal(err)
	}
	f.Close()
	activate(t, s, ids[1])
	events, err := s.History("mini")
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "line 4") || !strings.Contains(err.Error(), "line 5") {
		t.Errorf("error %v, want the lines", err)
	}
	if len(events) != 4 || events[3].Version != ids[1] {
		t.Errorf("events %+v", events)
	}
	if e, err := s.Rollback("mini", Note{}); err != nil || e.Version != ids[0] {
		t.Errorf("rolled back to %v, %v", e, err)
	}
}

// Many at once, as several processes would be: each with a lock file of its own.
func TestConcurrentChanges(t *testing.T) {
	s, ids := filled(t, 4)
	activate(t, s, ids[0])
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			other, err := Open(s.Dir())
			if err != nil {
				t.Error(err)
				return
			}
			for j := range 5 {
				if _, err := other.Activate("mini", ids[(i+j)%4], Note{}); err != nil {
					t.Error(err)
				}
				if _, _, err := other.Add(Addition{Model: version(t, 10+j)}); err != nil {
					t.Error(err)
				}
				if _, err := other.Active("mini"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	events, err := s.History("mini")
	if err != nil {
		t.Fatal(err)
	}
	active, adds := "", 0
	for _, e := range events {
		switch e.Action {
		case ActionAdd:
			adds++
			continue
		case ActionRecover:
			t.Errorf("%+v: nothing died", e)
		}
		if e.Previous != active {
			t.Errorf("%+v follows one that left %q active", e, active)
		}
		active = e.Version
	}
	wantActive(t, s, active)
	if adds != 9 {
		t.Errorf("%d lines of adding, want 9", adds)
	}
}
