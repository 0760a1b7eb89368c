package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// What callers tell apart. Every error says which model, version or file it is about.
var (
	ErrNoStore    = errors.New("no such folder")
	ErrNotFound   = errors.New("not in the store")
	ErrAmbiguous  = errors.New("stands for several versions")
	ErrName       = errors.New("not a name that a model can have")
	ErrNoActive   = errors.New("no version is active")
	ErrNoPrevious = errors.New("no version was active before")
	ErrDamaged    = errors.New("damaged")
)

// Store is a folder of models.
type Store struct {
	dir  string
	disk disk
	lock *lockedfile.Mutex
}

// Open opens a folder that is there.
func Open(dir string) (*Store, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("store %q: %w", dir, ErrNoStore)
	case err != nil:
		return nil, fmt.Errorf("store %q: %w", dir, err)
	case !info.IsDir():
		return nil, fmt.Errorf("store %q: it is a file, not a folder", dir)
	}
	return open(dir, files{}), nil
}

// Create opens a folder, which it makes if it is not there.
func Create(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	return Open(dir)
}

func open(dir string, d disk) *Store {
	return &Store{dir: dir, disk: d, lock: lockedfile.MutexAt(filepath.Join(dir, ".lock"))}
}

// Dir is the folder.
func (s *Store) Dir() string { return s.dir }

// maxName is the length of a name in bytes, well below what file systems allow.
const maxName = 100

// Names are plain file names, neither hidden nor of a place above; versions are the digests
// that the model package gives.
var (
	namePattern    = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]*$`)
	versionPattern = regexp.MustCompile(`^[0-9a-f]{12}$`)
)

// CheckName refuses what cannot be the name of a model in a store. The word builtin is
// refused because it stands for another model.
func CheckName(name string) error {
	switch {
	case !namePattern.MatchString(name):
		return fmt.Errorf("name %q: %w: letters, digits, dots, hyphens and underscores, a letter or digit first", name, ErrName)
	case len(name) > maxName:
		return fmt.Errorf("name %.20q…: %w: %d bytes, at most %d are allowed", name, ErrName, len(name), maxName)
	case name == "builtin":
		return fmt.Errorf("name %q: %w: it stands for the model that the program carries", name, ErrName)
	}
	return nil
}

// Version is one version of a model as it lies in the store.
type Version struct {
	Manifest
	Active bool      `json:"active"`
	Added  time.Time `json:"added,omitzero"` // zero if the history does not say
	// Damage is what is wrong with the manifest or the sizes of the files; nil says no more than
	// that these are right, see [Store.Load].
	Damage error `json:"-"`
}

// Names lists the models in order. What is not a folder with the name of a model is passed over.
func (s *Store) Names() ([]string, error) {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && CheckName(e.Name()) == nil {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// Versions lists the versions of a model, newest first. An active version that is not there is
// listed, as damaged.
func (s *Store) Versions(name string) ([]Version, error) {
	ids, err := s.versions(name)
	if err != nil {
		return nil, err
	}
	active, err := s.Active(name)
	if err == nil && !slices.Contains(ids, active) {
		ids = append(ids, active)
	}
	added := s.added(name)
	list := make([]Version, len(ids))
	for i, id := range ids {
		m, err := s.check(name, id)
		if err != nil {
			m = Manifest{Name: name, Version: id}
		}
		list[i] = Version{Manifest: m, Active: id == active, Added: added[id], Damage: err}
	}
	slices.SortStableFunc(list, func(a, b Version) int {
		return cmp.Or(b.Added.Compare(a.Added), strings.Compare(a.Version, b.Version))
	})
	return list, nil
}

// versions are the folders with the name of a version, in order.
func (s *Store) versions(name string) ([]string, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(filepath.Join(s.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("model %q: %w", name, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	var ids []string
	for _, e := range entries {
		if e.IsDir() && versionPattern.MatchString(e.Name()) {
			ids = append(ids, e.Name())
		}
	}
	return ids, nil
}

// added is when versions were added.
func (s *Store) added(name string) map[string]time.Time {
	times := make(map[string]time.Time)
	events, _ := s.History(name) // without it the order is that of the names
	for _, e := range events {
		if _, seen := times[e.Version]; !seen && e.Action == ActionAdd {
			times[e.Version] = e.Time
		}
	}
	return times
}

// Resolve finds what NAME, the active version, or NAME@VERSION stands for. VERSION may be
// the beginning of a version, if no other begins so.
func (s *Store) Resolve(ref string) (name, version string, err error) {
	name, prefix, pinned := strings.Cut(ref, "@")
	if !pinned {
		if version, err = s.Active(name); err != nil {
			return "", "", err
		}
		return name, version, nil
	}
	ids, err := s.versions(name)
	if err != nil {
		return "", "", err
	}
	if prefix == "" {
		return "", "", fmt.Errorf("model %q: no version after the @: %w", ref, ErrNotFound)
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return !strings.HasPrefix(id, prefix) })
	switch len(ids) {
	case 0:
		return "", "", fmt.Errorf("model %q: version %q is %w", name, prefix, ErrNotFound)
	case 1:
		return name, ids[0], nil
	}
	return "", "", fmt.Errorf("model %q: version %q %w: %s", name, prefix, ErrAmbiguous, strings.Join(ids, ", "))
}

// maxPointer is more than a version takes.
const maxPointer = 64

// Active is the active version of a model.
func (s *Store) Active(name string) (string, error) {
	if err := CheckName(name); err != nil {
		return "", err
	}
	folder := filepath.Join(s.dir, name)
	data, err := readAtMost(filepath.Join(folder, activeFile), maxPointer)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(folder); err != nil {
			return "", fmt.Errorf("model %q: %w", name, ErrNotFound)
		}
		return "", fmt.Errorf("model %q: %w", name, ErrNoActive)
	}
	if errors.Is(err, errTooLong) {
		return "", fmt.Errorf("model %q: %s: %w: %w", name, activeFile, ErrDamaged, err)
	}
	if err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	version, ended := strings.CutSuffix(string(data), "\n")
	if !ended || !versionPattern.MatchString(version) {
		return "", fmt.Errorf("model %q: %s holds %.40q, not a version: %w", name, activeFile, data, ErrDamaged)
	}
	return version, nil
}

// The files of a model and of a version.
const (
	activeFile   = "active"
	historyFile  = "history.jsonl"
	manifestFile = "manifest.json"
	modelFile    = "model.tajuk"
	selfTestFile = "selftest.jsonl"
)

func (s *Store) path(name string, rest ...string) string {
	return filepath.Join(append([]string{s.dir, name}, rest...)...)
}
