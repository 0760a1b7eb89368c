package archive

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/zeebo/xxh3"

	"github.com/tajuk/tajuk/internal/corpus"
)

// stateFolder is in the folder of outputs. Its dot hides it from whoever reads outputs.
const stateFolder = ".tajuk"

// task is one input file and its output.
type task struct {
	path  string      // of the input; "-" for standard input
	name  string      // with slashes
	bytes int64       // size of the input, 0 if not known
	info  os.FileInfo // when the digest was begun
}

// shown is what the input is called in messages.
func (t *task) shown() string {
	if t.path == "-" {
		return t.name
	}
	return t.path
}

// Kinds of files in the state folder.
const (
	rowsFile       = ".rows"
	errorsFile     = ".errors"
	digestsFile    = ".digests"
	checkpointFile = ".checkpoint"
	parquetFile    = ".parquet"
	stdinFile      = ".stdin"
)

// stateFile names a file that belongs to an output.
func stateFile(dir, output, kind string) string {
	sum := xxh3.HashString128(output).Bytes()
	return filepath.Join(dir, stateFolder, hex.EncodeToString(sum[:])+kind)
}

// DuplicateError says that two inputs would have the same output.
type DuplicateError struct{ Name, First, Second string }

func (e *DuplicateError) Error() string {
	if e.First == e.Second {
		return fmt.Sprintf("input %q is given twice", e.First)
	}
	return fmt.Sprintf("inputs %q and %q have the same name, %q", e.First, e.Second, e.Name)
}

// planner finds the input files of a run.
type planner struct {
	out   string // folder of outputs, absolute and without links
	input corpus.Options
	shard Shard
	tasks []task
	lost  []error           // files and folders that cannot be looked at
	seen  map[string]string // path by name; nil for one source, in which no name comes twice
}

func (p *planner) plan(sources []string) error {
	if len(sources) > 1 {
		p.seen = make(map[string]string)
	}
	for _, source := range sources {
		base := filepath.Dir(source)
		if info, err := os.Stat(source); err == nil && info.IsDir() {
			base = source
		}
		for path, err := range corpus.Files([]string{source}, p.input) {
			if err != nil {
				p.lost = append(p.lost, err)
				continue
			}
			if base == source && p.isOurs(path) {
				continue
			}
			if err := p.add(path, base); err != nil {
				return err
			}
		}
	}
	return nil
}

// ours are the names that this package gives to files.
var ours = regexp.MustCompile(`\.tags\.(jsonl|csv|parquet)(\.gz|\.zst)?$|\.errors\.jsonl$`)

// isOurs tells outputs, for their folder may lie in a folder of inputs, or be one.
func (p *planner) isOurs(path string) bool {
	if !ours.MatchString(path) && filepath.Base(path) != ManifestName {
		return false
	}
	real, err := filepath.Abs(path)
	if err == nil {
		if r, err := filepath.EvalSymlinks(real); err == nil {
			real = r
		}
	}
	rel, err := filepath.Rel(p.out, real)
	return err == nil && filepath.IsLocal(rel)
}

func (p *planner) add(path, base string) error {
	t := task{path: path, name: "stdin"}
	if path != "-" {
		rel, err := below(base, path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		t.name = filepath.ToSlash(rel)
		if info, err := os.Stat(path); err == nil {
			t.bytes = info.Size()
		}
	}
	if first, found := p.seen[t.name]; found {
		return &DuplicateError{t.name, first, path}
	}
	if p.seen != nil {
		p.seen[t.name] = path
	}
	if p.shard.has(t.name) {
		p.tasks = append(p.tasks, t)
	}
	return nil
}

// below is filepath.Rel, but mostly a part of path itself: there may be millions.
func below(base, path string) (string, error) {
	if rel, ok := strings.CutPrefix(path, base+string(filepath.Separator)); ok {
		return rel, nil
	}
	return filepath.Rel(base, path)
}

// has tells whether a file of that name belongs to the part. That depends on the name alone, so that machines
// agree on it without asking each other.
func (s Shard) has(name string) bool {
	return s.Of <= 1 || xxh3.HashString(name)%uint64(s.Of) == uint64(s.Index)
}

// resolved is a path without links, as far as it exists.
func resolved(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return strings.TrimSuffix(abs, string(filepath.Separator))
}
