package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ManifestName is the file in the folder of outputs that lists them.
const ManifestName = "manifest.jsonl"

// Entry is a line of the manifest: one finished file.
type Entry struct {
	Input        string `json:"input"` // path as it was given
	InputBytes   int64  `json:"input_bytes"`
	InputSHA256  string `json:"input_sha256"`
	Output       string `json:"output"` // below the folder, with slashes
	OutputBytes  int64  `json:"output_bytes"`
	OutputSHA256 string `json:"output_sha256"`
	ModelVersion string `json:"model_version"`
	Settings     string `json:"settings"`         // digest of model and options
	Broken       string `json:"broken,omitempty"` // why the input could not be read to its end
	Tally
}

// manifest is the file, and what it said when it was read.
type manifest struct {
	path    string
	lock    string
	entries map[string]Entry // by output; the last line counts
	twice   bool             // an output stands in several lines
}

func openManifest(dir string) (*manifest, error) {
	m := &manifest{path: filepath.Join(dir, ManifestName), lock: filepath.Join(dir, stateFolder, "manifest.lock"), entries: map[string]Entry{}}
	list, err := ReadManifest(dir)
	for _, e := range list {
		m.note(e)
	}
	return m, err
}

func (m *manifest) note(e Entry) {
	_, found := m.entries[e.Output]
	m.twice = m.twice || found
	m.entries[e.Output] = e
}

// ReadManifest reads the manifest of a folder of outputs; without one, it is empty. A last line that was cut off is
// not there, any other line that is no entry an error.
func ReadManifest(dir string) (list []Entry, err error) {
	path := filepath.Join(dir, ManifestName)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 64<<10)
	for line := 1; ; line++ {
		data, err := r.ReadBytes('\n')
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		var e Entry
		if err := json.Unmarshal(data, &e); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, line, err)
		}
		list = append(list, e)
	}
}

// add appends entries. They are on the disk when it returns.
func (m *manifest) add(list []Entry) error {
	var lines bytes.Buffer
	for _, e := range list {
		if err := encodeEntry(&lines, e); err != nil {
			return err
		}
	}
	err := m.locked(func() error { return appendLines(m.path, lines.Bytes()) })
	if err != nil {
		return fmt.Errorf("%s: %w", m.path, err)
	}
	for _, e := range list {
		m.note(e)
	}
	return nil
}

func encodeEntry(w *bytes.Buffer, e Entry) error {
	enc := json.NewEncoder(w) // ends the line
	enc.SetEscapeHTML(false)
	return enc.Encode(e)
}

// tidy drops lines that later ones replace.
func (m *manifest) tidy() error {
	if !m.twice {
		return nil
	}
	return m.locked(func() error {
		list, err := ReadManifest(filepath.Dir(m.path)) // other shards may have added to it
		if err != nil {
			return err
		}
		last := make(map[string]int)
		for i, e := range list {
			last[e.Output] = i
		}
		var lines bytes.Buffer
		for i, e := range list {
			if last[e.Output] == i {
				if err := encodeEntry(&lines, e); err != nil {
					return err
				}
			}
		}
		return replaceFile(m.path, lines.Bytes())
	})
}

// locked does what no other process may do at the same time.
func (m *manifest) locked(do func() error) error {
	lock := newLock(m.lock)
	if err := lock.Lock(); err != nil {
		return err
	}
	return errors.Join(do(), lock.Unlock())
}
