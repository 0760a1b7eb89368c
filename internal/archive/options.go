package archive

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"runtime"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
)

// Format is how rows are written.
type Format string

// The formats.
const (
	JSONL   Format = "jsonl"
	CSV     Format = "csv"
	Parquet Format = "parquet"
)

// Compression is how outputs are packed. In Parquet it is the columns that are.
type Compression string

// The compressions.
const (
	None Compression = "none"
	Gzip Compression = "gzip"
	Zstd Compression = "zstd"
)

// DefaultCheckpoint is how many records lie between two checkpoints if Options say nothing. At some thousand
// articles a second that is a few seconds of work.
const DefaultCheckpoint = 20_000

// checkpointText is how many bytes of title and text there are between two checkpoints at most.
const checkpointText = 64 << 20

// Options say what is done.
type Options struct {
	Model *classifier.Classifier
	Tag   classifier.Options // which topics of an answer are wanted
	Input corpus.Options     // how sources are read; Stdin is what the source "-" reads

	Format       Format      // "" is JSONL
	Compression  Compression // "" is None
	IncludeInput bool        // the fields of each record stand beside its answer
	OnlyChanged  []string    // folders of earlier runs: records that they have with this model and Tag are passed over

	Jobs       int   // goroutines that tag; 0 is one a core
	Shard      Shard // which files are done; the zero value is all
	Force      bool  // finished files are done again, and unfinished ones from their start
	MaxErrors  *int  // stop once more records than that could not be read; nil sets no limit
	Checkpoint int   // records between two checkpoints; 0 is DefaultCheckpoint

	// What happens on the way; each may be nil. They are not called at the same time.
	Progress func(Status)
	Problem  func(error)  // a record or file that could not be read or written; the run goes on
	Note     func(string) // for the user: lower case
}

// Status is how far a run is. It is not exact: inside a file, the share read is estimated.
type Status struct {
	Files, FilesDone int
	Bytes, BytesDone int64 // of input files, compressed ones as they are
	BytesBefore      int64 // of those done, what earlier runs did
	Records          int   // answered in this run
	Text             int64 // bytes of title and text of those
	Errors           int   // records and files that could not be read, or written
}

// Shard is one of Of parts of the files. The zero value has all.
type Shard struct{ Index, Of int }

// ParseShard reads "I/N": part I, from 0 on, of N.
func ParseShard(s string) (Shard, error) {
	var sh Shard
	if n, err := fmt.Sscanf(s, "%d/%d", &sh.Index, &sh.Of); err != nil || n != 2 || s != sh.String() {
		return Shard{}, fmt.Errorf("shard %q: give I/N, such as 0/4", s)
	}
	return sh, sh.validate()
}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Of) }

func (s Shard) validate() error {
	if s == (Shard{}) || s.Of > 0 && s.Index >= 0 && s.Index < s.Of {
		return nil
	}
	if s.Of < 1 {
		return fmt.Errorf("shard %v: there must be at least one part", s)
	}
	return fmt.Errorf("shard %v: parts are counted from 0 to %d", s, s.Of-1)
}

// complete fills defaults in and refuses what cannot be done.
func (o *Options) complete() error {
	if o.Format == "" {
		o.Format = JSONL
	}
	if o.Compression == "" {
		o.Compression = None
	}
	if o.Jobs == 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	if o.Checkpoint == 0 {
		o.Checkpoint = DefaultCheckpoint
	}
	switch {
	case o.Format != JSONL && o.Format != CSV && o.Format != Parquet:
		return fmt.Errorf("unknown format %q: give one of jsonl, csv, parquet", o.Format)
	case o.Compression != None && o.Compression != Gzip && o.Compression != Zstd:
		return fmt.Errorf("unknown compression %q: give one of none, gzip, zstd", o.Compression)
	case o.Jobs < 0 || o.Checkpoint < 0:
		return fmt.Errorf("%d jobs, %d records to a checkpoint: give positive numbers", o.Jobs, o.Checkpoint)
	}
	if err := o.Shard.validate(); err != nil {
		return err
	}
	return o.Tag.Validate()
}

// ending is what the names of outputs end in.
func (o *Options) ending() string {
	ending := ".tags." + string(o.Format)
	if o.Format == Parquet {
		return ending
	}
	return ending + map[Compression]string{Gzip: ".gz", Zstd: ".zst"}[o.Compression]
}

// rowsVersion is raised when the same model, options and input give other bytes than before.
const rowsVersion = 1

// answers is the digest of what decides on an answer.
func (o *Options) answers() string {
	return digestOf(rowsVersion, o.Model.Version(), o.Tag)
}

// settings is the digest of everything but the input that decides on the bytes of an output.
func (o *Options) settings(earlier string) string {
	spacing := 0
	if o.ending() != ".tags."+string(o.Format) { // a frame ends at each checkpoint
		spacing = o.Checkpoint
	}
	return digestOf(o.answers(), o.Format, o.Compression, o.IncludeInput, spacing, earlier, o.Input.Format, o.Input.Columns, o.Input.MaxRecord)
}

// digestOf is a digest of plain values.
func digestOf(values ...any) string {
	data, err := json.Marshal(values)
	if err != nil {
		panic(err) // cannot happen: the callers give what JSON has
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}
