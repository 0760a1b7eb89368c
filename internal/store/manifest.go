package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"

	"github.com/tajuk/tajuk/model"
)

// manifestFormat is the format that is written, and the only one read.
const manifestFormat = 1

// maxManifest is more than the largest manifest takes.
const maxManifest = 1 << 20

// Manifest says what a version is, without reading the model, and what its files must be.
type Manifest struct {
	Format     int                `json:"format"`
	Name       string             `json:"name"`
	Version    string             `json:"version"`
	Created    string             `json:"created,omitempty"` // as in the model
	Task       string             `json:"task"`
	Learner    string             `json:"learner"`
	Documents  int                `json:"documents"` // trained on
	Topics     int                `json:"topics"`
	Terms      int                `json:"terms"`
	DataDigest string             `json:"data_digest"`
	Metrics    map[string]float64 `json:"metrics,omitempty"` // on held-out documents, by name
	// Reliability is that of the model, so that it can be shown without reading the model.
	Reliability []model.Bin `json:"reliability,omitempty"`
	Files       []File      `json:"files"`
}

// File is a file of a version.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"` // of the content, hexadecimal
}

// content is a file to be written.
type content struct {
	name string
	data []byte
}

func newManifest(m *model.Model, version string, list []content) Manifest {
	head := &m.Manifest
	out := Manifest{
		Format: manifestFormat, Name: head.Name, Version: version, Created: head.Created, Task: head.Task, Learner: head.Learner,
		Documents: head.Documents, Topics: len(head.Topics), Terms: m.Terms.Len(), DataDigest: head.DataDigest, Metrics: head.Metrics,
		Reliability: m.Reliability,
	}
	for _, c := range list {
		sum := sha256.Sum256(c.data)
		out.Files = append(out.Files, File{c.name, int64(len(c.data)), hex.EncodeToString(sum[:])})
	}
	return out
}

func (m *Manifest) encode() ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	return append(data, '\n'), err
}

// decodeManifest refuses fields that it does not know, as they may be what matters.
func decodeManifest(data []byte) (m Manifest, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return m, fmt.Errorf("something follows the object, at byte %d", d.InputOffset())
	}
	return m, m.validate()
}

var (
	fileName = regexp.MustCompile(`^[a-z][a-z0-9]*\.[a-z]+$`)
	sha256Re = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func (m *Manifest) validate() error {
	if m.Format != manifestFormat {
		return fmt.Errorf("format %d is not known: this program reads format %d", m.Format, manifestFormat)
	}
	if err := model.CheckBins(m.Reliability); err != nil {
		return fmt.Errorf("reliability: %w", err)
	}
	seen := make(map[string]bool)
	for _, f := range m.Files {
		if !fileName.MatchString(f.Name) || f.Name == manifestFile || seen[f.Name] {
			return fmt.Errorf("file %q: no name that a file of a version can have, or twice", f.Name)
		}
		if f.Bytes < 0 || !sha256Re.MatchString(f.SHA256) {
			return fmt.Errorf("file %q: %d bytes and checksum %.80q cannot be", f.Name, f.Bytes, f.SHA256)
		}
		seen[f.Name] = true
	}
	for _, name := range []string{modelFile, selfTestFile} {
		if !seen[name] {
			return fmt.Errorf("no file %q", name)
		}
	}
	return nil
}

// check reads the manifest of a version and compares the sizes of its files.
func (s *Store) check(name, version string) (Manifest, error) {
	m, err := s.readManifest(name, version)
	if err != nil {
		return m, err
	}
	for _, f := range m.Files {
		info, err := os.Stat(s.path(name, version, f.Name))
		if err != nil {
			return m, damaged(name, version, f.Name, "cannot be read: %w", bare(err))
		}
		if info.Size() != f.Bytes {
			return m, damaged(name, version, f.Name, "%d bytes, not the %d of the manifest", info.Size(), f.Bytes)
		}
	}
	return m, nil
}

func (s *Store) readManifest(name, version string) (m Manifest, err error) {
	data, err := readAtMost(s.path(name, version, manifestFile), maxManifest)
	if err != nil {
		return m, damaged(name, version, manifestFile, "cannot be read: %w", bare(err))
	}
	if m, err = decodeManifest(data); err != nil {
		return m, damaged(name, version, manifestFile, "%w", err)
	}
	if m.Name != name || m.Version != version {
		return m, damaged(name, version, manifestFile, "it is that of %s@%s", m.Name, m.Version)
	}
	return m, nil
}

// verified reads the files of a version and compares their checksums.
func (s *Store) verified(m *Manifest) (map[string][]byte, error) {
	out := make(map[string][]byte)
	for _, f := range m.Files {
		data, err := readAtMost(s.path(m.Name, m.Version, f.Name), f.Bytes)
		if err != nil {
			return nil, damaged(m.Name, m.Version, f.Name, "cannot be read: %w", bare(err))
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.SHA256 {
			return nil, damaged(m.Name, m.Version, f.Name, "checksum mismatch: its bytes have changed since it was added")
		}
		out[f.Name] = data
	}
	return out, nil
}

// errTooLong is a file that is longer than it can be.
var errTooLong = errors.New("more than the limit")

// readAtMost reads a file and refuses one that is longer.
func readAtMost(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read: there is nothing to lose
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if size := info.Size(); size > limit || size > math.MaxInt-bytes.MinRead {
		return nil, fmt.Errorf("%d bytes, %w of %d", size, errTooLong, limit)
	}
	buf := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead))
	_, err = buf.ReadFrom(io.LimitReader(f, limit+1))
	return buf.Bytes(), err
}

// damaged wraps ErrDamaged with what is wrong with which file.
func damaged(name, version, file, format string, args ...any) error {
	return fmt.Errorf("%s@%s: %s: %w: %w", name, version, file, ErrDamaged, fmt.Errorf(format, args...))
}

// bare takes off the path, which the message has already.
func bare(err error) error {
	if pe, ok := errors.AsType[*os.PathError](err); ok {
		return pe.Err
	}
	return err
}
