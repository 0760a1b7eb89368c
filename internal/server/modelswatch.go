package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"time"

	"github.com/tajuk/tajuk/classifier"
)

// Source is where models come from.
type Source interface {
	// Names lists the models that there are.
	Names() ([]string, error)
	// Stamp changes whenever Load may return another version, or have another error. It is
	// asked for again and again, and must be cheap.
	Stamp(name string) (string, error)
	// Load returns the version that is meant to answer, verified.
	Load(name string) (*classifier.Classifier, error)
}

// ModelsOptions say how models are taken up. The zero value stands for the defaults.
type ModelsOptions struct {
	// Default is the name of the model that answers requests that name none. Default: the only one
	// there is; where there are several, such requests are refused.
	Default string
	// MaxResident is the number of versions of one model that may be in memory: the one that answers, the one
	// that is being taken up, and older ones that calls still use, such as streams that go on for
	// hours. A further one waits. At least 2. Default: 4.
	MaxResident int
	// Keep is the number of earlier versions that stay in memory, for requests that name them by NAME@VERSION, although
	// no call uses them. They give way to one that is being taken up. At most MaxResident - 1. Default: none.
	Keep int
	// Log receives what was taken up and what could not be. Default: discarded.
	Log *slog.Logger
	// Report is called after each attempt to take a version up that changed something, with what
	// answers now; for metrics. Default: nothing.
	Report func(Serving)
}

func (o ModelsOptions) withDefaults() (ModelsOptions, error) {
	if o.MaxResident == 0 {
		o.MaxResident = 4
	}
	if o.MaxResident < 2 {
		return o, fmt.Errorf("%d resident versions: at least 2 are needed, one that answers and one that is being taken up", o.MaxResident)
	}
	if o.Keep < 0 || o.Keep > o.MaxResident-1 {
		return o, fmt.Errorf("%d earlier versions kept: from 0 to %d are possible where %d versions may be in memory", o.Keep, o.MaxResident-1, o.MaxResident)
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Report == nil {
		o.Report = func(Serving) {}
	}
	return o, nil
}

// How long to wait before what could not be loaded is tried again although nothing changed.
const (
	firstWait = time.Second
	maxWait   = time.Minute
)

// LoadModels loads the models of a source. One that cannot be loaded is logged and waits until it
// can, unless it is the default or there is no other: then that is the error.
func LoadModels(source Source, o ModelsOptions) (*Models, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	m := &Models{source: source, options: o}
	m.slots.Store(&map[string]*slot{})
	err = m.Reload()
	if len(*m.slots.Load()) == 0 {
		return nil, fmt.Errorf("no model to serve: %w", errors.Join(err, errNoModels(err)))
	}
	if o.Default != "" && m.find("") == nil {
		if _, failed := source.Load(o.Default); failed != nil {
			return nil, failed
		}
		return nil, fmt.Errorf("model %q: it cannot be loaded", o.Default)
	}
	return m, nil
}

// errFull says that a version has to wait for older ones.
var errFull = errors.New("as many versions are in memory as may be")

// errNoModels is an error if there is no other.
func errNoModels(err error) error {
	if err == nil {
		return errors.New("there is none")
	}
	return nil
}

// Watch takes up what changes, looking every so often, until ctx ends.
func (m *Models) Watch(ctx context.Context, every time.Duration) {
	if m.source == nil {
		return
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = m.refreshAll(false) // it is in the log and in the status
		}
	}
}

// Reload looks at once, and reads and verifies what answers even if it seems not to have changed. The error,
// which is in the log and the status too, says what could not be taken up.
func (m *Models) Reload() error {
	if m.source == nil {
		return nil
	}
	return m.refreshAll(true)
}

func (m *Models) refreshAll(force bool) error {
	names, err := m.source.Names()
	errs := []error{err}
	for _, s := range m.list() { // also those that have gone: they go on answering, and their status says so
		if !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
	}
	for _, name := range names {
		errs = append(errs, m.refresh(name, force))
	}
	return errors.Join(errs...)
}

// refresh takes up what is meant to answer for a model, if that may have changed.
func (m *Models) refresh(name string, force bool) error {
	s := m.slot(name)
	s.refreshing.Lock()
	defer s.refreshing.Unlock()
	stamp, err := m.source.Stamp(name)
	switch {
	case errors.Is(err, errNothingMeant) && s.version() == "":
		return nil
	case err != nil:
		return m.fail(s, err)
	case !force && stamp == s.stamp && (s.lastError() == nil || time.Now().Before(s.retry)):
		return s.lastError()
	case s.full(m.options.MaxResident): // the stamp stays, so that it is tried again
		return m.fail(s, fmt.Errorf("model %q: %w: %d, and calls still use the older ones", name, errFull, m.options.MaxResident))
	}
	if stamp != s.stamp {
		s.wait = 0
	}
	s.stamp = stamp
	c, err := m.load(name)
	if err != nil {
		return m.fail(s, err)
	}
	m.take(s, c)
	return nil
}

// slot returns that of a model, a new one if it was not there before.
func (m *Models) slot(name string) *slot {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s := (*m.slots.Load())[name]; s != nil {
		return s
	}
	if m.pending[name] == nil {
		if m.pending == nil {
			m.pending = make(map[string]*slot)
		}
		m.pending[name] = &slot{name: name, keep: m.options.Keep}
	}
	return m.pending[name]
}

// publish has a slot that has its first version answer.
func (m *Models) publish(s *slot) {
	m.mu.Lock()
	defer m.mu.Unlock()
	slots := maps.Clone(*m.slots.Load())
	slots[s.name] = s
	m.slots.Store(&slots)
	delete(m.pending, s.name)
}

// load is Load of the source, whose panics are errors: what is wrong with a file must not end the server.
func (m *Models) load(name string) (c *classifier.Classifier, err error) {
	defer func() {
		if p := recover(); p != nil {
			m.options.Log.Error("loading a model panicked", "model", name, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			err = fmt.Errorf("model %q: loading it panicked", name)
		}
	}()
	if c, err = m.source.Load(name); err != nil {
		return nil, err
	}
	if got := c.Model().Manifest.Name; got != name {
		return nil, fmt.Errorf("model %q: the file holds %q", name, got)
	}
	return c, nil
}

// take makes c answer, unless it is the version that does already.
func (m *Models) take(s *slot, c *classifier.Classifier) {
	s.wait = 0
	old := s.version()
	if c.Version() == old {
		if s.setError(nil) != nil {
			m.options.Log.Info("model is well again", "model", old)
			m.options.Report(s.status())
		}
		return
	}
	s.put(newEngine(c))
	if old == "" {
		m.publish(s)
		m.options.Log.Info("model loaded", "model", c.Version())
	} else {
		m.options.Log.Info("model swapped", "model", c.Version(), "before", old)
	}
	m.options.Report(s.status())
}

// fail keeps why a version was not taken up, and says it once.
func (m *Models) fail(s *slot, err error) error {
	s.wait = min(max(2*s.wait, firstWait), maxWait)
	s.retry = time.Now().Add(s.wait)
	s.failed.Add(1)
	if last := s.setError(err); last == nil || last.Error() != err.Error() {
		m.options.Log.Error("model not swapped", "model", s.name, "serving", s.version(), "error", err)
		m.options.Report(s.status())
	}
	return err
}

func (s *slot) lastError() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// setError replaces the error and returns the one before.
func (s *slot) setError(err error) (last error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last, s.err = s.err, err
	return last
}

// full reports that another version would be one too many, having made room for it.
func (s *slot) full(most int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for keep := s.keep; keep > 0 && len(s.resident) >= most; {
		keep--
		s.trim(keep)
	}
	return len(s.resident) >= most
}
