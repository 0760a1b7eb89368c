package server

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/grpc/codes"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
)

// variant is the tiny model as its n-th version: its first topic has the threshold n/1000, so that every
// answer in full shows which version it is from.
func variant(t testing.TB, name string, n int) *classifier.Classifier {
	t.Helper()
	c, err := classifier.New(variantModel(t, name, n))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func variantModel(t testing.TB, name string, n int) *model.Model {
	t.Helper()
	return variantOf(t, tinyClassifier(t).Model(), name, n)
}

func variantOf(t testing.TB, base *model.Model, name string, n int) *model.Model {
	t.Helper()
	m := *base
	m.Threshold = slices.Clone(m.Threshold)
	m.Threshold[0] = float64(n) / 1000
	m.Manifest.Name, m.Manifest.Version = name, ""
	version, err := m.Digest()
	if err != nil {
		t.Fatal(err)
	}
	m.Manifest.Version = version
	return &m
}

// shelf is a source that a test fills.
type shelf struct {
	mu     sync.Mutex
	models map[string]*classifier.Classifier
	errs   map[string]error // of Load
	stamps map[string]int
	loads  int
	panics bool
}

func newShelf(list ...*classifier.Classifier) *shelf {
	s := &shelf{models: map[string]*classifier.Classifier{}, errs: map[string]error{}, stamps: map[string]int{}}
	for _, c := range list {
		s.put(c.Model().Manifest.Name, c, nil)
	}
	return s
}

func (s *shelf) put(name string, c *classifier.Classifier, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models[name], s.errs[name] = c, err
	s.stamps[name]++
}

func (s *shelf) Names() ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for name := range s.models {
		names = append(names, name)
	}
	return names, nil
}

func (s *shelf) Stamp(name string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.models[name] == nil && s.errs[name] == nil {
		return "", fmt.Errorf("%s: %w", name, errNothingMeant)
	}
	return fmt.Sprint(s.stamps[name]), nil
}

func (s *shelf) Load(name string) (*classifier.Classifier, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.loads++
	if s.panics {
		panic("a bug that a file brings out")
	}
	return s.models[name], s.errs[name]
}

func loadModels(t testing.TB, s Source, o ModelsOptions) *Models {
	t.Helper()
	m, err := LoadModels(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func startModels(t *testing.T, m *Models, c Config) *running {
	t.Helper()
	s, err := NewWithModels(m, c)
	if err != nil {
		t.Fatal(err)
	}
	return start(t, s)
}

// stoppedClock runs a test whose time passes in its sleeps alone, however slow the machine is.
func stoppedClock(t *testing.T, test func(*testing.T)) {
	tinyClassifier(t) // trained outside, as others use it too
	synctest.Test(t, test)
}

func wantServing(t *testing.T, m *Models, want ...string) {
	t.Helper()
	var got []string
	for _, s := range m.Status() {
		got = append(got, s.Version)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q answer, want %q", got, want)
	}
}

// A new version is taken up when its stamp changes; a bad one leaves the old one answering and shows in
// the status and, once, in the log.
func TestRefresh(t *testing.T) { stoppedClock(t, testRefresh) }

func testRefresh(t *testing.T) {
	var log bytes.Buffer
	var reports []Serving
	one, two := variant(t, "mini", 1), variant(t, "mini", 2)
	s := newShelf(one)
	m := loadModels(t, s, ModelsOptions{Log: slog.New(slog.NewTextHandler(&log, nil)), Report: func(r Serving) { reports = append(reports, r) }})
	wantServing(t, m, one.Version())

	if err := m.refreshAll(false); err != nil || s.loads != 1 {
		t.Errorf("nothing changed: %v, %d loads", err, s.loads)
	}
	s.put("mini", two, nil)
	if err := m.refreshAll(false); err != nil {
		t.Error(err)
	}
	wantServing(t, m, two.Version())

	bad := errors.New("the file is damaged")
	s.put("mini", nil, bad)
	for range 3 {
		if err := m.refreshAll(false); !errors.Is(err, bad) {
			t.Errorf("error %v", err)
		}
	}
	wantServing(t, m, two.Version())
	if s.loads != 3 {
		t.Errorf("%d loads: what failed must wait before it is tried again", s.loads)
	}
	status := m.Status()[0]
	if !errors.Is(status.Err, bad) || status.Loads != 2 || status.Failures != 1 || status.Resident != 1 {
		t.Errorf("status %+v", status)
	}
	if n := strings.Count(log.String(), "the file is damaged"); n != 1 {
		t.Errorf("%d lines of the failure in the log, want one:\n%s", n, &log)
	}

	s.put("mini", two, nil)
	if err := m.refreshAll(false); err != nil || m.Status()[0].Err != nil {
		t.Errorf("put right: %v, %+v", err, m.Status())
	}
	if len(reports) != 4 || reports[2].Err == nil || reports[3].Err != nil || reports[1].Version != two.Version() {
		t.Errorf("reports %+v", reports)
	}
}

// What failed is tried again after a while although nothing has changed, and at once when forced.
func TestRetry(t *testing.T) { stoppedClock(t, testRetry) }

func testRetry(t *testing.T) {
	one, two := variant(t, "mini", 1), variant(t, "mini", 2)
	s := newShelf(one)
	m := loadModels(t, s, ModelsOptions{})
	s.put("mini", nil, errors.New("too many open files"))
	_ = m.refreshAll(false)
	s.mu.Lock()
	s.models["mini"], s.errs["mini"] = two, nil // and the stamp stays
	s.mu.Unlock()
	_ = m.refreshAll(false)
	wantServing(t, m, one.Version())
	time.Sleep(firstWait)
	_ = m.refreshAll(false)
	wantServing(t, m, two.Version())

	s.put("mini", nil, errors.New("too many open files"))
	_ = m.refreshAll(false)
	s.mu.Lock()
	s.models["mini"], s.errs["mini"] = one, nil
	s.mu.Unlock()
	if err := m.Reload(); err != nil {
		t.Error(err)
	}
	wantServing(t, m, one.Version())
}

func TestRefreshRefuses(t *testing.T) {
	one := variant(t, "mini", 1)
	s := newShelf(one)
	m := loadModels(t, s, ModelsOptions{})
	s.put("mini", variant(t, "maxi", 1), nil)
	if err := m.Reload(); err == nil || !strings.Contains(err.Error(), `the file holds "maxi"`) {
		t.Errorf("another model in its place: %v", err)
	}
	s.panics = true
	if err := m.Reload(); err == nil || !strings.Contains(err.Error(), "panicked") {
		t.Errorf("a panic: %v", err)
	}
	s.panics = false
	s.mu.Lock()
	s.models = map[string]*classifier.Classifier{}
	s.mu.Unlock()
	if err := m.Reload(); !errors.Is(err, errNothingMeant) {
		t.Errorf("it has gone: %v", err)
	}
	wantServing(t, m, one.Version())
	if m.Status()[0].Err == nil {
		t.Error("a model that has gone does not show in the status")
	}
}

func TestLoadModels(t *testing.T) {
	bad := errors.New("damaged")
	if _, err := LoadModels(newShelf(), ModelsOptions{}); err == nil || !strings.Contains(err.Error(), "there is none") {
		t.Errorf("no model: %v", err)
	}
	if _, err := LoadModels(newShelf(), ModelsOptions{MaxResident: 1}); err == nil {
		t.Error("one resident version was allowed")
	}
	s := newShelf(variant(t, "maxi", 1))
	s.put("mini", nil, bad)
	if _, err := LoadModels(s, ModelsOptions{Default: "mini"}); !errors.Is(err, bad) {
		t.Errorf("the default cannot be loaded: %v", err)
	}
	m := loadModels(t, s, ModelsOptions{}) // the other hides nothing
	wantServing(t, m, variant(t, "maxi", 1).Version(), "")
	s.put("mini", variant(t, "mini", 3), nil)
	if err := m.refreshAll(false); err != nil {
		t.Error(err)
	}
	wantServing(t, m, variant(t, "maxi", 1).Version(), variant(t, "mini", 3).Version())
	if both := variant(t, "maxi", 1).Version() + " " + variant(t, "mini", 3).Version(); m.Topics() != 8 || m.Version() != both {
		t.Errorf("%d topics of %s", m.Topics(), m.Version())
	}
}

// Requests go to the model that they name.
func TestSeveralModels(t *testing.T) {
	maxi, mini := variant(t, "maxi", 1), variant(t, "mini", 2)
	doc := article("economy", 3)
	tag := func(r *running, name string) (*pb.TagDocumentResponse, error) {
		return r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Model: name, Document: doc})
	}
	m := loadModels(t, newShelf(maxi, mini), ModelsOptions{})
	r := startModels(t, m, Config{})
	for name, want := range map[string]string{"maxi": maxi.Version(), "mini": mini.Version(), mini.Version(): mini.Version()} {
		resp, err := tag(r, name)
		if err != nil || resp.GetPrediction().GetModelVersion() != want {
			t.Errorf("model %q: %v, %v, want %s", name, resp, err, want)
		}
		topics, err := r.topics.ListTopics(t.Context(), &pb.ListTopicsRequest{Model: name})
		if err != nil || topics.GetModelVersion() != want {
			t.Errorf("topics of %q: %v, %v", name, topics.GetModelVersion(), err)
		}
		terms, err := r.tagging.AnalyzeText(t.Context(), &pb.AnalyzeTextRequest{Model: name, Text: "gol"})
		if err != nil || terms.GetModelVersion() != want {
			t.Errorf("terms of %q: %v, %v", name, terms.GetModelVersion(), err)
		}
	}
	_, err := tag(r, "")
	wantFault(t, err, codes.InvalidArgument, reasonModelNotFound, "model")
	for _, name := range []string{"midi", "mini@000000000000", "maxi@" + mini.Model().Manifest.Version, "@", "mini@"} {
		_, err := tag(r, name)
		wantFault(t, err, codes.NotFound, reasonModelNotFound, "model")
		if !strings.Contains(err.Error(), mini.Version()) || !strings.Contains(err.Error(), maxi.Version()) {
			t.Errorf("%v does not say what is served", err)
		}
	}
	r = startModels(t, loadModels(t, newShelf(maxi, mini), ModelsOptions{Default: "maxi"}), Config{})
	if resp, err := tag(r, ""); err != nil || resp.GetPrediction().GetModelVersion() != maxi.Version() {
		t.Errorf("the default: %v, %v", resp, err)
	}
}

// receive sends one batch on a stream and returns the version that answers.
func receive(t *testing.T, stream pb.TaggingService_StreamTagDocumentsClient) string {
	t.Helper()
	if err := stream.Send(documents(article("health", 1))); err != nil {
		t.Fatal(err)
	}
	resp, err := stream.Recv()
	if err != nil {
		t.Fatal(err)
	}
	return resp.GetResults()[0].GetPrediction().GetModelVersion()
}

// A stream keeps the version that it began with; versions in memory are bounded, and those that
// nothing uses any more are let go.
func TestResidentVersions(t *testing.T) {
	var v []*classifier.Classifier
	for n := range 5 {
		v = append(v, variant(t, "mini", n))
	}
	s := newShelf(v[0])
	m := loadModels(t, s, ModelsOptions{MaxResident: 3})
	r := startModels(t, m, Config{})
	var streams []pb.TaggingService_StreamTagDocumentsClient
	for n := range 3 { // the third version is the last that fits
		s.put("mini", v[n], nil)
		if err := m.refreshAll(false); err != nil {
			t.Fatal(err)
		}
		streams = append(streams, open(t.Context(), t, r, setup("", nil)))
		receive(t, streams[n])
	}
	s.put("mini", v[3], nil)
	if err := m.refreshAll(false); !errors.Is(err, errFull) {
		t.Errorf("a fourth version: %v", err)
	}
	for n, stream := range streams {
		if got := receive(t, stream); got != v[n].Version() {
			t.Errorf("stream %d is answered by %s, want %s", n, got, v[n].Version())
		}
	}
	wantServing(t, m, v[2].Version())
	_ = streams[0].CloseSend()
	if _, err := streams[0].Recv(); err == nil {
		t.Fatal("the stream goes on")
	}
	waitFor(t, func() bool { return m.Status()[0].Resident == 2 })
	if err := m.refreshAll(false); err != nil { // waits for no backoff
		t.Error(err)
	}
	wantServing(t, m, v[3].Version())
	for _, stream := range streams[1:] {
		_ = stream.CloseSend()
		_, _ = stream.Recv()
	}
	waitFor(t, func() bool { return m.Status()[0].Resident == 1 })
}

// Requests may name a version that is in memory and does not answer for its model any more; so many are kept, and
// they give way to others.
func TestPinnedVersions(t *testing.T) {
	var v []*classifier.Classifier
	for n := range 5 {
		v = append(v, variant(t, "mini", n))
	}
	s := newShelf(v[0], variant(t, "maxi", 9))
	m := loadModels(t, s, ModelsOptions{MaxResident: 3, Keep: 1})
	r := startModels(t, m, Config{})
	turn := func(n int) {
		t.Helper()
		s.put("mini", v[n], nil)
		if err := m.refreshAll(false); err != nil {
			t.Fatal(err)
		}
	}
	want := func(inMemory ...int) {
		t.Helper()
		for n := range v {
			resp, err := r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Model: v[n].Version(), Document: article("economy", 1)})
			if slices.Contains(inMemory, n) {
				if err != nil || resp.GetPrediction().GetModelVersion() != v[n].Version() {
					t.Errorf("version %d: %v, %v", n, resp.GetPrediction().GetModelVersion(), err)
				}
				continue
			}
			wantFault(t, err, codes.NotFound, reasonModelNotFound, "model")
			for _, hint := range []string{v[inMemory[0]].Version(), v[inMemory[len(inMemory)-1]].Version(), `use "mini" for`, "--keep-versions"} {
				if !strings.Contains(err.Error(), hint) {
					t.Errorf("version %d: %v lacks the hint %s", n, err, hint)
				}
			}
		}
	}
	want(0)
	turn(1)
	want(1, 0)
	turn(2)
	want(2, 1)
	stream := open(t.Context(), t, r, setup(v[1].Version(), nil)) // of the kept one, which so is in use
	if got := receive(t, stream); got != v[1].Version() {
		t.Errorf("the stream is answered by %s", got)
	}
	turn(3)
	want(3, 2, 1)
	turn(4) // 2 gives way
	want(4, 3, 1)
	_ = stream.CloseSend()
	_, _ = stream.Recv()
	waitFor(t, func() bool { return m.Status()[1].Resident == 2 })
	want(4, 3)
	turn(3) // back: it is there once
	want(3, 4)
	if n := m.Status()[1].Resident; n != 2 {
		t.Errorf("%d versions in memory", n)
	}
	for _, o := range []ModelsOptions{{Keep: -1}, {Keep: 4}, {Keep: 2, MaxResident: 2}} {
		if _, err := LoadModels(s, o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

// A handler that panics, and a request that is refused, use a version no longer than others.
func TestReleased(t *testing.T) {
	m := oneEngine(fakeEngine(func(*classifier.Document) { panic("boom") }))
	config, err := Config{}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, newServer(m, config))
	_, _ = r.tagging.TagDocument(t.Context(), one("x"))
	_, _ = r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Model: "fake@2"})
	_, _ = r.tagging.TagDocument(t.Context(), &pb.TagDocumentRequest{Options: &pb.TagOptions{View: 9}})
	_, _ = r.tagging.BatchTagDocuments(t.Context(), &pb.BatchTagDocumentsRequest{})
	_, _ = open(t.Context(), t, r, setup("", nil), documents(article("health", 1))).Recv()
	waitFor(t, func() bool { return m.list()[0].active.Load().users.Load() == 0 })
}
