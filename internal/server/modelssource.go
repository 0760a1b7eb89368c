package server

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
)

// errNothingMeant says that no version of a model is meant to answer yet.
var errNothingMeant = errors.New("no version is active")

// StoreModels is the active version of each model in a store.
func StoreModels(s *store.Store) Source { return storeSource{s} }

type storeSource struct{ store *store.Store }

// Names lists the models of the store.
func (s storeSource) Names() ([]string, error) { return s.store.Names() }

// Stamp is the active version, and the size and time of its files, which show whether
// one that was damaged has been put right.
func (s storeSource) Stamp(name string) (string, error) {
	version, err := s.store.Active(name)
	if errors.Is(err, store.ErrNoActive) {
		return "", fmt.Errorf("model %q: %w", name, errNothingMeant)
	}
	if err != nil {
		return "", err
	}
	folder := filepath.Join(s.store.Dir(), name, version)
	entries, _ := os.ReadDir(folder) // one that is not there is for Load to tell of
	stamp := version
	for _, e := range entries {
		stamp += fileStamp(filepath.Join(folder, e.Name()))
	}
	return stamp, nil
}

// Load loads the active version.
func (s storeSource) Load(name string) (*classifier.Classifier, error) {
	version, err := s.store.Active(name)
	if err != nil {
		return nil, err
	}
	return s.store.Load(name, version)
}

// settled is how long after a change the size and time of a file are sure to tell of another one; until
// then its content is looked at, too.
const settled = 5 * time.Second

func fileStamp(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	stamp := fmt.Sprintf(" %s %d %d", filepath.Base(path), info.Size(), info.ModTime().UnixNano())
	if time.Since(info.ModTime()) < settled {
		stamp += fmt.Sprintf(" %x", digest(path))
	}
	return stamp
}

// digest is the hash of a file, nil if it cannot be read.
func digest(path string) []byte {
	f, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer func() { _ = f.Close() }() // only read: there is nothing to lose
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return nil
	}
	return hash.Sum(nil)
}

// FileModel is the model of a name in a file, which may be replaced by others of that name. It is read
// again when its size, time or content change, and taken up if its content has. Best replace it by
// renaming another over it; one that is being written is refused until it is whole.
func FileModel(path, name string) Source { return fileSource{path, name} }

type fileSource struct{ path, name string }

// Names is that one name.
func (f fileSource) Names() ([]string, error) { return []string{f.name}, nil }

// Stamp is the size and time of the file, and its hash while that is not enough.
func (f fileSource) Stamp(string) (string, error) {
	if _, err := os.Stat(f.path); err != nil {
		return "", err
	}
	return fileStamp(f.path), nil
}

// Load reads and checks the file.
func (f fileSource) Load(string) (*classifier.Classifier, error) { return loadFile(f.path) }

func loadFile(path string) (*classifier.Classifier, error) {
	m, err := model.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c, err := classifier.New(m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if _, err := store.SelfTest(c); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}
