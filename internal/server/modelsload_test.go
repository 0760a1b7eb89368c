package server

import (
	"context"
	"flag"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/internal/builtin"
	"github.com/tajuk/tajuk/internal/store"
	"github.com/tajuk/tajuk/model"
)

var largeSwaps = flag.Int("swaps", 20, "how often TestSwapsOfLargeModels swaps, without -short")

// TestSwapsUnderLoad swaps a small model while it answers.
func TestSwapsUnderLoad(t *testing.T) {
	swaps := 200
	if testing.Short() {
		swaps = 40
	}
	newSwapping(t, tinyClassifier(t).Model()).run(swaps)
}

// TestSwapsOfLargeModels swaps models of the size of the built-in one, and looks at the memory.
func TestSwapsOfLargeModels(t *testing.T) {
	m, err := builtin.Load()
	if err != nil {
		t.Fatal(err)
	}
	swaps := *largeSwaps
	if testing.Short() {
		swaps = 5
	}
	s := newSwapping(t, m)
	s.run(5)
	before := heap()
	s.run(swaps)
	after := heap()
	t.Logf("heap %.1f MiB before, %.1f MiB after %d swaps; %d calls and %d documents were answered",
		mib(before), mib(after), swaps, s.calls.Load(), s.documents.Load())
	if float64(after) > 1.2*float64(before) {
		t.Errorf("heap grew from %.1f to %.1f MiB", mib(before), mib(after))
	}
}

func mib(n uint64) float64 { return float64(n) / (1 << 20) }

// heap is what is in use once nothing more can be freed.
func heap() uint64 {
	for range 3 { // pools keep what they hold for two collections
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// swapping is a server whose model is swapped while callers ask for answers.
type swapping struct {
	t       *testing.T
	store   *store.Store
	models  *Models
	server  *running
	good    []string
	bad     []string           // damaged
	numbers map[string]float64 // the threshold of the first topic, by NAME@VERSION
	topic   string             // the first one

	calls, documents atomic.Int64
}

func newSwapping(t *testing.T, base *model.Model) *swapping {
	s, ids := storeOf(t, base, 8)
	w := &swapping{t: t, store: s, good: ids[:6], bad: ids[6:], numbers: map[string]float64{}, topic: base.Manifest.Topics[0].ID}
	for n, id := range ids {
		w.numbers["mini@"+id] = float64(n) / 1000
	}
	for _, id := range w.bad {
		damageModel(t, s, id)
	}
	w.models = loadModels(t, StoreModels(s), ModelsOptions{})
	w.server = startModels(t, w.models, Config{QueueTimeout: time.Minute}) // callers are few: none may be refused on a slow machine
	return w
}

// run makes so many swaps, one in ten of them to a damaged version, while callers go on.
func (w *swapping) run(swaps int) {
	ctx, stop := context.WithCancel(w.t.Context())
	defer stop()
	var running sync.WaitGroup
	running.Go(func() { w.models.Watch(ctx, 2*time.Millisecond) })
	for _, caller := range []func(context.Context) error{w.one, w.one, w.batch, w.stream} {
		running.Go(func() {
			for ctx.Err() == nil {
				if err := caller(ctx); err != nil && ctx.Err() == nil {
					w.t.Errorf("a call failed: %v", err)
					return
				}
				w.calls.Add(1)
			}
		})
	}
	failures := 0
	for n := range swaps {
		if n%10 == 9 {
			w.toBad(w.bad[n/10%len(w.bad)])
			failures++
		} else {
			w.toGood(w.good[n%len(w.good)])
		}
		before := w.calls.Load()
		waitFor(w.t, func() bool { return w.calls.Load() > before })
	}
	stop()
	running.Wait()
	if failures != swaps/10 {
		w.t.Errorf("%d of %d swaps were to damaged versions", failures, swaps)
	}
	waitFor(w.t, func() bool { return w.models.Status()[0].Resident == 1 })
}

func (w *swapping) toGood(version string) {
	if _, err := w.store.Activate("mini", version, store.Note{}); err != nil {
		w.t.Error(err)
	}
	waitFor(w.t, func() bool { return w.models.Version() == "mini@"+version && w.models.Status()[0].Err == nil })
}

// toBad turns the pointer by hand, as Activate would refuse.
func (w *swapping) toBad(version string) {
	before := w.models.Version()
	point(w.t, w.store, version)
	waitFor(w.t, func() bool { return w.models.Status()[0].Err != nil })
	if got := w.models.Version(); got != before {
		w.t.Errorf("%s answers in place of %s while the pointer is on a damaged version", got, before)
	}
}

func (w *swapping) one(ctx context.Context) error {
	resp, err := w.server.tagging.TagDocument(ctx, &pb.TagDocumentRequest{Document: article("economy", 1), Options: &pb.TagOptions{View: full}})
	if err != nil {
		return err
	}
	return w.check(resp.GetPrediction().GetModelVersion(), resp.GetPrediction())
}

func (w *swapping) batch(ctx context.Context) error {
	resp, err := w.server.tagging.BatchTagDocuments(ctx, &pb.BatchTagDocumentsRequest{Documents: mixed(32), Options: &pb.TagOptions{View: full}})
	if err != nil {
		return err
	}
	return w.checkAll(resp.GetResults()[0].GetPrediction().GetModelVersion(), resp.GetResults())
}

// stream tags some messages, all of which one version must answer.
func (w *swapping) stream(ctx context.Context) error {
	stream, err := w.server.tagging.StreamTagDocuments(ctx)
	if err != nil {
		return err
	}
	if err := stream.Send(setup("mini", &pb.TagOptions{View: full})); err != nil {
		return err
	}
	version := ""
	for range 20 {
		if err := stream.Send(documents(mixed(4)...)); err != nil {
			return err
		}
		resp, err := stream.Recv()
		if err != nil {
			return err
		}
		if version == "" {
			version = resp.GetResults()[0].GetPrediction().GetModelVersion()
		}
		if err := w.checkAll(version, resp.GetResults()); err != nil {
			return err
		}
	}
	if err := stream.CloseSend(); err != nil {
		return err
	}
	if _, err := stream.Recv(); err != io.EOF {
		return fmt.Errorf("the stream ends with %w", err)
	}
	return nil
}

func (w *swapping) checkAll(version string, results []*pb.TagResult) error {
	for _, r := range results {
		if err := w.check(version, r.GetPrediction()); err != nil {
			return err
		}
	}
	return nil
}

// check wants an answer to be all of one version, by its name and by its content.
func (w *swapping) check(version string, p *pb.DocumentPrediction) error {
	w.documents.Add(1)
	i := slices.IndexFunc(p.GetTopics(), func(t *pb.TopicPrediction) bool { return t.GetTopic() == w.topic })
	switch want, known := w.numbers[p.GetModelVersion()]; {
	case p.GetModelVersion() != version:
		return fmt.Errorf("version %s amid %s", p.GetModelVersion(), version)
	case !known || i < 0:
		return fmt.Errorf("version %q, topics %v", p.GetModelVersion(), p.GetTopics())
	case p.GetTopics()[i].GetThreshold() != want:
		return fmt.Errorf("version %s has the threshold %v, want %v", version, p.GetTopics()[i].GetThreshold(), want)
	}
	return nil
}
