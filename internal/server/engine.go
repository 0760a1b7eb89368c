package server

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"google.golang.org/grpc/status"

	pb "github.com/tajuk/tajuk/api/tajuk/v1"
	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// tagger is the part of [classifier.Tagger] that calls need.
type tagger interface {
	Tag(doc *classifier.Document, p *classifier.Prediction)
	Explain(doc *classifier.Document, topic int) classifier.Explanation
}

// worker is the scratch space of one call at a time.
type worker struct {
	tagger     tagger
	prediction classifier.Prediction
}

// engine is one model with everything that answering from it needs. It is
// immutable but for the pool and the count of users, and safe for concurrent use.
type engine struct {
	model    *model.Model
	version  string // NAME@VERSION
	analyzer *text.Analyzer
	workers  sync.Pool // of *worker

	users   atomic.Int64  // calls that answer from it
	retired atomic.Bool   // another version has taken its place
	idle    func(*engine) // called when the last user of a retired one is done
}

func newEngine(c *classifier.Classifier) *engine {
	return &engine{
		model: c.Model(), version: c.Version(), analyzer: c.Analyzer(),
		workers: sync.Pool{New: func() any { return &worker{tagger: c.NewTagger()} }},
	}
}

// release ends a use that acquire began.
func (e *engine) release() {
	if e.users.Add(-1) == 0 && e.retired.Load() {
		e.idle(e)
	}
}

// tag answers for one document.
func (e *engine) tag(ctx context.Context, d *pb.Document, o options) (*pb.DocumentPrediction, error) {
	w := e.workers.Get().(*worker)
	left := MaxAnswerBytes - errorBytes - len(d.GetDocumentId())
	p := new(pb.DocumentPrediction)
	err := e.tagWith(ctx, w, d, o, &left, p)
	e.workers.Put(w) // not deferred: after a panic the scratch space is not to be trusted
	return p, err
}

// result is the parts of the answer to one of many documents, allocated together.
type result struct {
	result     pb.TagResult
	chosen     pb.TagResult_Prediction
	prediction pb.DocumentPrediction
}

// tagAll answers for the documents of one message, in order. A document that
// cannot be answered for gets an error of its own; only the end of ctx fails all.
func (e *engine) tagAll(ctx context.Context, docs []*pb.Document, o options) ([]*pb.TagResult, error) {
	w := e.workers.Get().(*worker)
	results, parts := make([]*pb.TagResult, len(docs)), make([]result, len(docs))
	left := answerBytes(docs)
	for i, d := range docs {
		r := &parts[i]
		err := e.tagWith(ctx, w, d, o, &left, &r.prediction)
		if f, ok := errors.AsType[*fault](err); ok {
			results[i] = f.item(d.GetDocumentId())
			continue
		}
		if err != nil {
			return nil, err
		}
		r.chosen.Prediction = &r.prediction
		r.result.Result = &r.chosen
		results[i] = &r.result
	}
	e.workers.Put(w) // as in tag
	return results, nil
}

// errorBytes is more than an ItemError takes beside its document id.
const errorBytes = 256

// answerBytes is what the answer to one message may take, less the room that is
// needed if there is an error for every document.
func answerBytes(docs []*pb.Document) int {
	left := MaxAnswerBytes
	for _, d := range docs {
		left -= errorBytes + len(d.GetDocumentId())
	}
	return left
}

// tagWith fills in the answer to d and takes its size off left, or fails if there is too little.
func (e *engine) tagWith(ctx context.Context, w *worker, d *pb.Document, o options, left *int, to *pb.DocumentPrediction) error {
	if err := ctx.Err(); err != nil {
		return status.FromContextError(err).Err()
	}
	doc, f := readDocument(d)
	if f != nil {
		return f
	}
	w.tagger.Tag(&doc, &w.prediction)
	w.prediction.Apply(o.Options)
	a := answer{engine: e, tagger: w.tagger, options: o, left: *left}
	err := a.convert(ctx, &doc, &w.prediction, to)
	if err == nil {
		*left = a.left
	}
	return err
}
