package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"
)

// What is recorded.
const (
	ActionAdd      = "add"
	ActionActivate = "activate"
	ActionRollback = "rollback"
	// ActionRecover says that the change recorded before it did not take place: the process
	// died between writing the line and turning the pointer. Version is what was active all along.
	ActionRecover = "recover"
)

// Event is a line of the history.
type Event struct {
	Time     time.Time `json:"time"`
	Action   string    `json:"action"`
	Version  string    `json:"version"`            // added, or active from then on; empty if none
	Previous string    `json:"previous,omitempty"` // active until then
	Note
}

// Note is who changes something and why.
type Note struct {
	By     string `json:"by,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// maxNote is the length of who and why, in bytes each.
const maxNote = 1000

// Validate refuses what is too long or not plain text on one line.
func (n *Note) Validate() error {
	for _, text := range []string{n.By, n.Reason} {
		switch {
		case len(text) > maxNote:
			return fmt.Errorf("who or why %.20q… has %d bytes: at most %d are allowed", text, len(text), maxNote)
		case !utf8.ValidString(text) || bytes.ContainsFunc([]byte(text), unicode.IsControl):
			return fmt.Errorf("who or why %q is not plain text on one line", text)
		}
	}
	return nil
}

// History lists what happened to a model, oldest first. Lines that cannot be read are left out, and an error
// that wraps [ErrDamaged] names them beside the list of the others.
func (s *Store) History(name string) ([]Event, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(s.path(name, historyFile))
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(s.path(name)); err != nil {
			return nil, fmt.Errorf("model %q: %w", name, ErrNotFound)
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	events, bad := decodeHistory(data)
	if len(bad) > 0 {
		return events, fmt.Errorf("model %q: %s: %w: %w", name, historyFile, ErrDamaged, errors.Join(bad...))
	}
	return events, nil
}

func decodeHistory(data []byte) (events []Event, bad []error) {
	line := 0
	for text := range bytes.Lines(data) {
		line++
		var e Event
		if err := json.Unmarshal(text, &e); err != nil {
			bad = append(bad, fmt.Errorf("line %d cannot be read: %w", line, err))
			continue
		}
		if err := e.validate(); err != nil {
			bad = append(bad, fmt.Errorf("line %d: %w", line, err))
			continue
		}
		events = append(events, e)
	}
	return events, bad
}

func (e *Event) validate() error {
	if !slices.Contains([]string{ActionAdd, ActionActivate, ActionRollback, ActionRecover}, e.Action) {
		return fmt.Errorf("unknown action %q", e.Action)
	}
	for _, version := range []string{e.Version, e.Previous} {
		if version != "" && !versionPattern.MatchString(version) {
			return fmt.Errorf("%q is not a version", version)
		}
	}
	n := e.Note
	return n.Validate()
}

// record adds a line to the history.
func (s *Store) record(name string, e Event) error {
	e.Time = time.Now().UTC().Truncate(time.Millisecond)
	data, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	if err := s.disk.extend(s.path(name, historyFile), append(data, '\n')); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	return s.disk.sync(s.path(name))
}

// trail is the versions that were active, the present one last; a roll-back takes one off.
func trail(events []Event) (versions []string) {
	var before []string
	for _, e := range events {
		switch e.Action {
		case ActionAdd:
			continue
		case ActionActivate:
			before = slices.Clone(versions)
		case ActionRollback:
			before = slices.Clone(versions)
			versions = versions[:max(0, len(versions)-1)]
		case ActionRecover:
			versions = slices.Clone(before)
		}
		if e.Version != "" && last(versions) != e.Version {
			versions = append(versions, e.Version)
		}
	}
	return versions
}

func last(versions []string) string {
	if len(versions) == 0 {
		return ""
	}
	return versions[len(versions)-1]
}
