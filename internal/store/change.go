package store

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
)

// Addition is a model to be added.
type Addition struct {
	Model  *model.Model
	Report []byte // how it was made or how good it is; nil for none
	Format string // of the report, the end of its file's name: json, html, txt
	Note   Note
}

// Add puts a model into the store, under its own name; its version is its content
// digest. If that version is there already, nothing changes and added is false; a damaged one is
// not replaced, for which its folder must be removed. Add does not activate.
func (s *Store) Add(a Addition) (m Manifest, added bool, err error) {
	if err := CheckName(a.Model.Manifest.Name); err != nil {
		return m, false, err
	}
	if err := a.Note.Validate(); err != nil {
		return m, false, err
	}
	m, list, err := a.contents()
	if err != nil {
		return m, false, err
	}
	unlock, err := s.lock.Lock()
	if err != nil {
		return m, false, fmt.Errorf("store: %w", err)
	}
	defer unlock()
	if _, err := os.Stat(s.path(m.Name, m.Version)); err == nil {
		m, err = s.again(m, a.Note)
		return m, false, err
	}
	if err := s.put(m, list); err != nil {
		return m, false, fmt.Errorf("store: add %s@%s: %w", m.Name, m.Version, err)
	}
	return m, true, s.record(m.Name, Event{Action: ActionAdd, Version: m.Version, Note: a.Note})
}

// contents are the files of the version to be, the manifest last.
func (a *Addition) contents() (m Manifest, list []content, err error) {
	var file bytes.Buffer
	if err := model.Write(&file, a.Model); err != nil {
		return m, nil, err
	}
	written, err := model.Decode(file.Bytes())
	if err != nil {
		return m, nil, err
	}
	c, err := classifier.New(written)
	if err != nil {
		return m, nil, err
	}
	test, err := SelfTest(c)
	if err != nil {
		return m, nil, fmt.Errorf("%s: %w", c.Version(), err)
	}
	list = []content{{modelFile, file.Bytes()}, {selfTestFile, test}}
	if a.Report != nil {
		list = append(list, content{"report." + a.Format, a.Report})
	}
	m = newManifest(written, written.Manifest.Version, list)
	if err := m.validate(); err != nil {
		return m, nil, fmt.Errorf("store: %w", err)
	}
	data, err := m.encode()
	return m, append(list, content{manifestFile, data}), err
}

// again looks at a version that is there already. Its process may have died before it
// was recorded.
func (s *Store) again(m Manifest, n Note) (Manifest, error) {
	there, err := s.check(m.Name, m.Version)
	if err != nil {
		return m, fmt.Errorf("it is in the store already: %w", err)
	}
	if !s.added(m.Name)[m.Version].IsZero() {
		return there, nil
	}
	return there, s.record(m.Name, Event{Action: ActionAdd, Version: m.Version, Note: n})
}

// put writes the files of a version into a hidden folder, which is then renamed.
func (s *Store) put(m Manifest, list []content) error {
	if err := s.disk.mkdir(s.path(m.Name)); err != nil {
		return err
	}
	if err := s.sweep(m.Name); err != nil {
		return err
	}
	temp := s.path(m.Name, "."+m.Version+"."+rand.Text()[:8]+tempSuffix)
	if err := s.disk.mkdir(temp); err != nil {
		return err
	}
	for _, c := range list {
		if err := s.disk.create(filepath.Join(temp, c.name), c.data); err != nil {
			return err
		}
	}
	if err := s.disk.sync(temp); err != nil {
		return err
	}
	if err := s.disk.rename(temp, s.path(m.Name, m.Version)); err != nil {
		return err
	}
	if err := s.disk.sync(s.path(m.Name)); err != nil {
		return err
	}
	return s.disk.sync(s.dir)
}

const tempSuffix = ".tmp"

// sweep removes what processes that died left behind. The lock is held, so nobody uses it.
func (s *Store) sweep(name string) error {
	entries, err := os.ReadDir(s.path(name))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") && strings.HasSuffix(e.Name(), tempSuffix) {
			if err := s.disk.remove(s.path(name, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// Load verifies a version and prepares it for tagging: checksums of all files, the checks of
// the model's own format, and the self-test. What it refuses wraps [ErrDamaged].
func (s *Store) Load(name, version string) (*classifier.Classifier, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	if info, err := os.Stat(s.path(name, version)); !versionPattern.MatchString(version) || errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, fmt.Errorf("model %q: version %q is %w", name, version, ErrNotFound)
	}
	m, err := s.readManifest(name, version)
	if err != nil {
		return nil, err
	}
	data, err := s.verified(&m)
	if err != nil {
		return nil, err
	}
	read, err := model.Decode(data[modelFile])
	if err != nil {
		return nil, damaged(name, version, modelFile, "%w", err)
	}
	if read.Manifest.Name != name || read.Manifest.Version != version {
		return nil, damaged(name, version, modelFile, "it is %s@%s", read.Manifest.Name, read.Manifest.Version)
	}
	c, err := classifier.New(read)
	if err != nil {
		return nil, damaged(name, version, modelFile, "%w", err)
	}
	if err := runSelfTest(c, data[selfTestFile]); err != nil {
		return nil, damaged(name, version, selfTestFile, "%w", err)
	}
	return c, nil
}

// Activate makes a version the active one, having verified it. If it is active already, nothing
// changes and is recorded: the event's Previous is then its Version.
func (s *Store) Activate(name, version string, n Note) (Event, error) {
	if _, err := s.Load(name, version); err != nil {
		return Event{}, err
	}
	return s.turn(name, n, func(_ []Event, active string) (Event, error) {
		return Event{Action: ActionActivate, Version: version, Previous: active, Note: n}, nil
	})
}

// Rollback makes the version active that was so before the present one, having verified it. Done
// again, it goes back further.
func (s *Store) Rollback(name string, n Note) (Event, error) {
	if _, err := s.versions(name); err != nil {
		return Event{}, err
	}
	return s.turn(name, n, func(events []Event, active string) (Event, error) {
		past := trail(events)
		if len(past) < 2 {
			return Event{}, fmt.Errorf("model %q: %w", name, ErrNoPrevious)
		}
		target := past[len(past)-2]
		if _, err := s.Load(name, target); err != nil {
			return Event{}, fmt.Errorf("the version before: %w", err)
		}
		return Event{Action: ActionRollback, Version: target, Previous: active, Note: n}, nil
	})
}

// turn records a change and then turns the pointer, so that nothing is ever active without a
// line that says why. If the line before did not take effect, that is recorded first.
func (s *Store) turn(name string, n Note, next func(events []Event, active string) (Event, error)) (e Event, err error) {
	if err := n.Validate(); err != nil {
		return e, err
	}
	unlock, err := s.lock.Lock()
	if err != nil {
		return e, fmt.Errorf("store: %w", err)
	}
	defer unlock()
	events, err := s.History(name)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return e, err
	}
	active, err := s.Active(name)
	if err != nil && !errors.Is(err, ErrNoActive) && !errors.Is(err, ErrDamaged) {
		return e, err
	}
	if past := trail(events); last(past) != active {
		e := Event{Action: ActionRecover, Version: active, Previous: last(past)}
		if err := s.record(name, e); err != nil {
			return e, err
		}
		events = append(slices.Clone(events), e)
	}
	if e, err = next(events, active); err != nil || e.Version == active {
		return e, err
	}
	if err := s.record(name, e); err != nil {
		return e, err
	}
	if err := replace(s.disk, s.path(name, activeFile), s.path(name, "."+activeFile+tempSuffix), []byte(e.Version+"\n")); err != nil {
		return e, fmt.Errorf("store: %s %s@%s: %w", e.Action, name, e.Version, err)
	}
	return e, nil
}
