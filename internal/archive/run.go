package archive

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/tajuk/tajuk/internal/disk"
	"github.com/tajuk/tajuk/internal/rows"
)

// ErrTooMany ends a run that met more errors than [Options.MaxErrors].
var ErrTooMany = errors.New("too many errors")

// Summary is what a run came to, with what earlier runs had finished.
type Summary struct {
	Tally
	Files    int     // finished
	Before   int     // of those, by an earlier run
	Broken   int     // of those, files that could not be read to their end
	Failed   int     // files that could not be read at all, or whose output could not be written
	Bytes    int64   // of the input files that are finished
	Troubled []Entry // of finished files with errors: the first thousand, without counts by month and source
	Done     Status  // of this run alone
}

// maxTroubled bounds Summary.Troubled.
const maxTroubled = 1000

// A group of small files is worked on one file a job, and put on the record together: there may be millions. What is not
// on the record is done again after a kill.
const (
	smallFile  = 1 << 20
	groupFiles = 256
	groupBytes = 32 << 20
)

// run is a run under way.
type run struct {
	o        Options
	dir      string // of outputs
	settings string
	encoder  rows.Encoder
	earlier  *earlier
	manifest *manifest
	summary  Summary

	mu      sync.Mutex
	idle    []*worker
	events  sync.Mutex // one event at a time
	status  Status
	current map[*output]bool // under way
}

// Run tags sources into dir, which it makes if need be. The error is about the run as a whole; what is wrong with one file
// or record goes to [Options.Problem] and is counted. The summary is never nil.
func Run(ctx context.Context, sources []string, dir string, o Options) (*Summary, error) {
	r := &run{o: o, dir: dir, current: map[*output]bool{}}
	if err := r.o.complete(); err != nil {
		return &r.summary, err
	}
	state, err := makeFolders(dir)
	if err != nil {
		return &r.summary, fmt.Errorf("cannot make the folder of outputs: %w", err)
	}
	held, err := takeLocks(state, r.o.Shard)
	if err != nil {
		return &r.summary, err
	}
	defer held.release()
	p := planner{out: resolved(dir), input: r.o.Input, shard: r.o.Shard}
	if err := p.plan(sources); err != nil {
		return &r.summary, err
	}
	if err := r.prepare(); err != nil {
		return &r.summary, err
	}
	defer r.manifest.close()
	err = r.all(ctx, &p)
	r.summary.Done = r.status
	return &r.summary, err
}

// prepare reads what earlier runs left.
func (r *run) prepare() (err error) {
	for _, e := range r.o.OnlyChanged {
		if resolved(e) == resolved(r.dir) {
			return fmt.Errorf("%s is the folder of the outputs: what is there would be replaced by what has changed; give a new folder for that", e)
		}
	}
	if r.earlier, err = readEarlier(r.o.OnlyChanged, r.o.Model.Version()); err != nil {
		return err
	}
	r.settings = r.o.settings(r.earlier.digest)
	o := rows.Options{Input: r.o.IncludeInput}
	if r.o.Format == CSV {
		r.encoder = rows.NewCSV(r.o.Model, o)
	} else {
		r.encoder = rows.NewJSON(r.o.Model, o)
	}
	if r.manifest, err = openManifest(r.dir); err != nil {
		return fmt.Errorf("cannot go on from an earlier run: %w", err)
	}
	return nil
}

func (r *run) all(ctx context.Context, p *planner) error {
	r.status.Files = len(p.tasks)
	for _, t := range p.tasks {
		r.status.Bytes += t.bytes
	}
	for _, err := range p.lost {
		r.summary.Failed++
		if err := r.problem(err); err != nil {
			return err
		}
	}
	for _, group := range groups(p.tasks) {
		if err := r.group(ctx, group); err != nil {
			return err
		}
	}
	return r.manifest.tidy()
}

// groups cuts tasks into runs of small files, and the others one by one.
func groups(tasks []task) (list [][]task) {
	start, bytes := 0, int64(0)
	for i, t := range tasks {
		big := t.bytes > smallFile || t.path == "-"
		if start < i && (big || i-start == groupFiles || bytes >= groupBytes) {
			list = append(list, tasks[start:i])
			start, bytes = i, 0
		}
		bytes += t.bytes
		if big {
			list = append(list, tasks[i:i+1])
			start, bytes = i+1, 0
		}
	}
	if start < len(tasks) {
		list = append(list, tasks[start:])
	}
	return list
}

// group does the files of a group and puts those that are finished on the record, also if the run must end.
func (r *run) group(ctx context.Context, tasks []task) error {
	done := make([]*finished, len(tasks))
	failures := make([]error, len(tasks))
	jobs := r.o.Jobs
	g, inner := errgroup.WithContext(ctx)
	if len(tasks) > 1 {
		g.SetLimit(r.o.Jobs)
		jobs = 1
	}
	for i, t := range tasks {
		g.Go(func() error {
			if inner.Err() != nil {
				return inner.Err()
			}
			done[i], failures[i] = r.file(inner, t, jobs)
			if isOfFile(failures[i]) {
				return nil
			}
			return failures[i]
		})
	}
	err := g.Wait()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if recorded := r.record(done); recorded != nil {
		return recorded
	}
	for _, failure := range failures {
		if isOfFile(failure) {
			r.summary.Failed++
			if tooMany := r.problem(failure); err == nil {
				err = tooMany
			}
		}
	}
	return err
}

// isOfFile tells an error of one file alone.
func isOfFile(err error) bool {
	_, isInput := errors.AsType[*inputError](err)
	_, isOutput := errors.AsType[*OutputError](err)
	return isInput || isOutput
}

// record puts finished files into the manifest, and makes room.
func (r *run) record(done []*finished) error {
	var fresh []Entry
	folders := make(map[string]bool)
	for _, f := range done {
		if f == nil {
			continue
		}
		r.count(f)
		if !f.before {
			fresh = append(fresh, f.entry)
			for p := path.Dir(f.entry.Output); !folders[p]; p = path.Dir(p) {
				folders[p] = true
			}
		}
	}
	for p := range folders {
		if err := disk.SyncFolder(filepath.Join(r.dir, filepath.FromSlash(p))); err != nil {
			return &OutputError{r.dir, err}
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if err := r.manifest.add(fresh); err != nil {
		return &OutputError{r.manifest.path, err}
	}
	for _, f := range done {
		if f != nil && f.output != nil {
			if err := f.output.clean(); err != nil {
				return &OutputError{f.output.final(), err}
			}
		}
	}
	return nil
}

func (r *run) count(f *finished) {
	e := f.entry
	r.summary.Files++
	r.summary.Bytes += e.InputBytes
	r.summary.merge(&e.Tally)
	if e.Broken != "" {
		r.summary.Broken++
	}
	if e.Errors > 0 || e.Repeated > 0 || e.Broken != "" {
		if e.Months, e.Sources = nil, nil; len(r.summary.Troubled) < maxTroubled {
			r.summary.Troubled = append(r.summary.Troubled, e)
		}
	}
	if f.before {
		r.summary.Before++
	}
}
