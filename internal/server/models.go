package server

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc/codes"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/store"
)

// Models are the models that a server answers from, by name. A model may be replaced while it
// answers: a call ends with the version that it began with, and a version that no call
// uses any more is let go. It is safe for concurrent use.
type Models struct {
	source  Source // nil: what there is stays
	options ModelsOptions
	slots   atomic.Pointer[map[string]*slot] // those that answer; replaced as a whole when one appears

	mu      sync.Mutex       // guards what follows, and replacing slots
	pending map[string]*slot // those of which no version could be taken up yet
}

// slot is a model of one name, in whatever version.
type slot struct {
	name   string
	keep   int                    // versions that stay in memory although nothing uses them, for those who ask by version
	active atomic.Pointer[engine] // nil until the first version is taken up
	loads  atomic.Uint64          // versions taken up
	failed atomic.Uint64          // attempts to do so that did not succeed

	refreshing sync.Mutex // one attempt at a time; guards what follows
	stamp      string     // of the last attempt that was carried out
	retry      time.Time  // when to try again if that failed
	wait       time.Duration

	mu       sync.Mutex // guards what follows
	resident []*engine  // in memory, by when they were taken up: the active one, those in use and those kept
	since    time.Time  // when the active one began to answer
	err      error      // why the last attempt did not succeed
}

// OneModel returns a model that stays.
func OneModel(c *classifier.Classifier) *Models { return oneEngine(newEngine(c)) }

func oneEngine(e *engine) *Models {
	s := &slot{name: e.model.Manifest.Name}
	s.put(e)
	m := &Models{}
	m.slots.Store(&map[string]*slot{s.name: s})
	return m
}

// put makes e answer, and lets go of the version before, unless it is kept, once no call uses it.
func (s *slot) put(e *engine) {
	e.idle = func(*engine) { s.drop() }
	s.mu.Lock()
	s.resident = append(s.resident, e)
	s.since, s.err = time.Now(), nil
	old := s.active.Swap(e) // under the lock: what is in memory and does not answer may be dropped
	s.mu.Unlock()
	s.loads.Add(1)
	if old != nil {
		old.retired.Store(true)
		s.drop()
	}
}

// drop forgets the versions that are retired and not in use, but for those kept.
func (s *slot) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trim(s.keep)
}

// trim forgets the versions that are retired and not in use, but for so many, the last ones. The lock is held.
func (s *slot) trim(keep int) {
	active := s.active.Load()
	var left []*engine
	for _, e := range slices.Backward(s.resident) {
		switch {
		case e == active || e.users.Load() > 0:
		case keep > 0 && e.version != active.version:
			keep--
		default:
			continue
		}
		left = append(left, e)
	}
	slices.Reverse(left)
	s.resident = left
}

// acquireVersion returns a version that is in memory, by NAME@VERSION, nil if it is not. The caller releases it.
func (s *slot) acquireVersion(version string) *engine {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range slices.Backward(s.resident) {
		if e.version == version {
			e.users.Add(1) // under the lock, so that drop sees it
			return e
		}
	}
	return nil
}

// acquire returns what answers now. The caller releases it.
func (s *slot) acquire() *engine {
	for {
		e := s.active.Load()
		e.users.Add(1)
		if s.active.Load() == e { // so that whoever retires it has seen the user
			return e
		}
		e.release()
	}
}

// acquire returns the engine for a request that names a model in a field: NAME, NAME@VERSION of a version that
// is in memory, or nothing if there is but one. The caller releases it.
func (m *Models) acquire(name, field string) (*engine, error) {
	s := m.find(name)
	if s == nil {
		return nil, m.notServed(name, field)
	}
	e := s.acquire()
	if name != "" && name != s.name && name != e.version {
		e.release()
		if e = s.acquireVersion(name); e == nil {
			return nil, m.notServed(name, field)
		}
	}
	return e, nil
}

// find returns the slot that a request means, nil if there is none.
func (m *Models) find(name string) *slot {
	slots := *m.slots.Load()
	if name == "" {
		name = m.options.Default
	}
	if name == "" && len(slots) == 1 {
		for _, s := range slots {
			return s
		}
	}
	if s := slots[name]; s != nil {
		return s
	}
	if i := strings.LastIndexByte(name, '@'); i >= 0 {
		return slots[name[:i]]
	}
	return nil
}

func (m *Models) notServed(name, field string) *fault {
	var versions []string
	for _, s := range m.list() {
		versions = append(versions, s.versions()...)
	}
	served := `"` + strings.Join(versions, `", "`) + `"`
	switch s := m.find(name); {
	case s != nil && name != "":
		return &fault{codes.NotFound, reasonModelNotFound, field, fmt.Sprintf("%.100q is not in memory here: use %q for the version that answers, "+
			"or one of %s; serve keeps as many earlier ones as --keep-versions says", name, s.name, served)}
	case name == "":
		return invalid(reasonModelNotFound, field, "several models are served and none is named: use one of %s", served)
	case m.find("") != nil:
		served += " or leave it empty"
	}
	return &fault{codes.NotFound, reasonModelNotFound, field, fmt.Sprintf("%.100q is not served here: use %s", name, served)}
}

// list returns the slots that answer, by name.
func (m *Models) list() []*slot {
	slots := *m.slots.Load()
	list := make([]*slot, 0, len(slots))
	for _, name := range slices.Sorted(maps.Keys(slots)) {
		list = append(list, slots[name])
	}
	return list
}

// versions are the NAME@VERSION in memory, the one that answers first.
func (s *slot) versions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []string{s.version()}
	for _, e := range slices.Backward(s.resident) {
		if !slices.Contains(list, e.version) {
			list = append(list, e.version)
		}
	}
	return list
}

// Serving is what answers for one model, and how that came about.
type Serving struct {
	Name     string
	Version  string    // NAME@VERSION that answers; empty if none could be taken up yet
	Since    time.Time // when it began to
	Resident int       // versions in memory: the one that answers, those that older calls still use, and those kept
	Loads    uint64    // versions taken up, the first one too
	Failures uint64    // attempts to take one up that did not succeed
	Err      error     // why the last attempt did not succeed; nil if it did
}

// Status says what answers for each model, by name, and which ones cannot be made to.
func (m *Models) Status() []Serving {
	var list []Serving
	for _, s := range m.list() {
		list = append(list, s.status())
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(m.pending)) {
		if status := m.pending[name].status(); status.Err != nil {
			list = append(list, status)
		}
	}
	return list
}

func (s *slot) status() Serving {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Serving{
		Name: s.name, Version: s.version(), Since: s.since, Resident: len(s.resident),
		Loads: s.loads.Load(), Failures: s.failed.Load(), Err: s.err,
	}
}

// version is NAME@VERSION of what answers, empty if nothing does.
func (s *slot) version() string {
	if e := s.active.Load(); e != nil {
		return e.version
	}
	return ""
}

// Version is NAME@VERSION of what answers a request that names no model, or of all models where
// such a request is refused.
func (m *Models) Version() string {
	if s := m.find(""); s != nil {
		return s.version()
	}
	var versions []string
	for _, s := range m.list() {
		versions = append(versions, s.version())
	}
	return strings.Join(versions, " ")
}

// Topics is how many topics what [Models.Version] names can give.
func (m *Models) Topics() int {
	if s := m.find(""); s != nil {
		return len(s.active.Load().model.Manifest.Topics)
	}
	n := 0
	for _, s := range m.list() {
		n += len(s.active.Load().model.Manifest.Topics)
	}
	return n
}

// stored is the store that the models come from, nil if they do not.
func (m *Models) stored() *store.Store {
	if s, ok := m.source.(storeSource); ok {
		return s.store
	}
	return nil
}
