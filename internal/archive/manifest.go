package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/zeebo/xxh3"
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

// manifest is the file, and where in it the lines stood when it was opened: an entry may be long and there may be
// millions, so that they are not kept in memory.
type manifest struct {
	path  string
	lock  string
	file  *os.File             // as it was: lines have their places even if another shard tidies up; nil if there was none
	at    map[outputHash]int64 // of the last line of each output
	twice bool                 // an output stands in several lines
}

// outputHash stands for the name of an output.
type outputHash [16]byte

func hashOutput(name string) outputHash { return xxh3.HashString128(name).Bytes() }

func openManifest(dir string) (*manifest, error) {
	m := &manifest{path: filepath.Join(dir, ManifestName), lock: filepath.Join(dir, stateFolder, "manifest.lock"), at: map[outputHash]int64{}}
	f, err := os.Open(m.path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	m.file = f
	for l, err := range manifestLines(f, m.path) {
		if err != nil {
			f.Close()
			return nil, err
		}
		m.note(l.entry.Output, l.at)
	}
	return m, nil
}

func (m *manifest) close() {
	if m.file != nil {
		m.file.Close()
	}
}

func (m *manifest) note(output string, at int64) {
	key := hashOutput(output)
	_, found := m.at[key]
	m.twice = m.twice || found
	m.at[key] = at
}

// find returns the entry of an output that the manifest had when it was opened.
func (m *manifest) find(output string) (e Entry, found bool, err error) {
	at, found := m.at[hashOutput(output)]
	if !found {
		return e, false, nil
	}
	for l, err := range manifestLines(io.NewSectionReader(m.file, at, 1<<62), m.path) {
		return l.entry, err == nil, err
	}
	return e, false, fmt.Errorf("%s: a line is gone", m.path)
}

// manifestLine is a line and where it begins.
type manifestLine struct {
	at    int64
	data  []byte // with its end; valid until the next
	entry Entry
}

// manifestLines yields whole lines; what follows the last of them was cut off.
func manifestLines(in io.Reader, path string) iter.Seq2[*manifestLine, error] {
	return func(yield func(*manifestLine, error) bool) {
		r := bufio.NewReaderSize(in, 16<<10)
		l := &manifestLine{}
		for number := 1; ; number++ {
			data, err := r.ReadBytes('\n')
			if err == io.EOF {
				return
			}
			l.data, l.entry = data, Entry{}
			if err == nil {
				err = json.Unmarshal(data, &l.entry)
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s:%d: %w", path, number, err))
				return
			}
			if !yield(l, nil) {
				return
			}
			l.at += int64(len(data))
		}
	}
}

// ReadManifest yields the entries of the manifest of a folder of outputs; without one, none. A last line that was cut
// off is not there, any other line that is no entry an error.
func ReadManifest(dir string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		path := filepath.Join(dir, ManifestName)
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err != nil {
			yield(Entry{}, err)
			return
		}
		defer f.Close()
		for l, err := range manifestLines(f, path) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if !yield(l.entry, nil) {
				return
			}
		}
	}
}

// add appends entries. They are on the disk when it returns.
func (m *manifest) add(list []Entry) error {
	var lines bytes.Buffer
	for _, e := range list {
		if err := encodeEntry(&lines, e); err != nil {
			return err
		}
		_, found := m.at[hashOutput(e.Output)]
		m.twice = m.twice || found
	}
	if err := m.locked(func() error { return appendLines(m.path, lines.Bytes()) }); err != nil {
		return fmt.Errorf("%s: %w", m.path, err)
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
		now, err := openManifest(filepath.Dir(m.path)) // other shards may have added to it
		if err != nil {
			return err
		}
		defer now.close()
		return replaceBy(m.path, func(w io.Writer) error {
			for l, err := range manifestLines(io.NewSectionReader(now.file, 0, 1<<62), m.path) {
				if err != nil {
					return err
				}
				if now.at[hashOutput(l.entry.Output)] != l.at {
					continue
				}
				if _, err := w.Write(l.data); err != nil {
					return err
				}
			}
			return nil
		})
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
