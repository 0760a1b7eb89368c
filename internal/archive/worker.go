package archive

import (
	"strconv"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/dates"
	"github.com/tajuk/tajuk/internal/rows"
)

// item is what reading yields: a record, or why there is none.
type item struct {
	record *corpus.Record
	err    error
	again  bool // an earlier record of the file has the same id
}

// weight is the size of an item in bytes.
func (i item) weight() int {
	if i.record == nil {
		return 0
	}
	return len(i.record.Title) + len(i.record.Text)
}

// repeatedID is the fault of a record with the id of an earlier one. It is put into words where it is told: every record may
// have it.
type repeatedID string

func (id repeatedID) Error() string {
	return "id " + strconv.Quote(string(id)) + " is that of an earlier record, too: both are answered"
}

// batch is what became of some items, in order.
type batch struct {
	rows    []byte   // one after the other
	digests []byte   // of the records
	topics  []string // that the results refer to
	notices []classifier.NoticeCode
	items   []answered
}

// answered is one item of a batch.
type answered struct {
	err       error // why there is no record
	again     error // that an earlier record has the same id; nil if none has
	unchanged bool  // there is no row
	rowsEnd   int   // where the rows of the item end
	result    result
}

func (b *batch) reset() {
	clear(b.items) // the results hold on to strings of records
	*b = batch{rows: b.rows[:0], digests: b.digests[:0], topics: b.topics[:0], notices: b.notices[:0], items: b.items[:0]}
}

// worker is the scratch space of one goroutine.
type worker struct {
	tagger     *classifier.Tagger
	options    classifier.Options
	encoder    rows.Encoder
	earlier    *earlier
	digest     recordDigest
	topicIDs   []string
	prediction classifier.Prediction
	months     map[string]string // of dates seen: many articles share one
}

func (r *run) newWorker() *worker {
	w := &worker{
		tagger: r.o.Model.NewTagger(), options: r.o.Tag, encoder: r.encoder,
		earlier: r.earlier, digest: recordDigest{answers: r.o.answers()}, months: make(map[string]string),
	}
	for _, t := range r.o.Model.Model().Manifest.Topics {
		w.topicIDs = append(w.topicIDs, t.ID)
	}
	return w
}

func (w *worker) work(it item, out *batch) {
	if it.err != nil {
		out.items = append(out.items, answered{err: it.err, rowsEnd: len(out.rows)})
		return
	}
	var again error
	if it.again {
		again = it.record.Refuse(repeatedID(it.record.ID))
	}
	doc := &it.record.Document
	digest := w.digest.of(doc)
	out.digests = appendDigest(out.digests, digest)
	if w.earlier.has(digest) {
		out.items = append(out.items, answered{again: again, unchanged: true, rowsEnd: len(out.rows)})
		return
	}
	w.tagger.Tag(doc, &w.prediction)
	w.prediction.Apply(w.options)
	out.rows = w.encoder.Append(out.rows, &rows.Answer{ID: it.record.Name(), Document: doc, Prediction: &w.prediction})
	out.items = append(out.items, answered{again: again, rowsEnd: len(out.rows), result: w.result(it, out)})
}

// result refers to topics and notices that it puts into out.
func (w *worker) result(it item, out *batch) result {
	doc := &it.record.Document
	r := result{outcome: w.prediction.Outcome, month: w.monthOf(doc.Date), source: doc.Source, text: it.weight()}
	topics, notices := len(out.topics), len(out.notices)
	for i := range w.prediction.Topics {
		if t := &w.prediction.Topics[i]; t.Assigned {
			out.topics = append(out.topics, w.topicIDs[t.Topic])
		}
	}
	for _, n := range w.prediction.Notices {
		out.notices = append(out.notices, n.Code)
	}
	r.topics, r.notices = out.topics[topics:], out.notices[notices:]
	return r
}

// monthOf is the month of a date as YYYY-MM, or empty if it is not understood.
func (w *worker) monthOf(date string) string {
	month, seen := w.months[date]
	if seen || date == "" {
		return month
	}
	if day, err := dates.Parse(date); err == nil {
		month = day.Format("2006-01")
	}
	if len(w.months) >= maxDates {
		clear(w.months)
	}
	w.months[strings.Clone(date)] = month // else the whole record may be kept with it
	return month
}

// maxDates bounds worker.months: dates may have seconds.
const maxDates = 4096

// take returns a worker that is free, or a new one: a Tagger is dear to make for one small file.
func (r *run) take() *worker {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := len(r.idle); n > 0 {
		w := r.idle[n-1]
		r.idle = r.idle[:n-1]
		return w
	}
	return r.newWorker()
}

func (r *run) giveBack(workers []*worker) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.idle = append(r.idle, workers...)
}

// digesting is a digest being worked out in the background.
type digesting struct {
	done chan struct{}
	sum  extent
	err  error
}

// startDigest sums a file up while it is read elsewhere, so that this costs no time where there is a core to spare.
func startDigest(path string) *digesting {
	d := &digesting{done: make(chan struct{})}
	go func() {
		defer close(d.done)
		d.sum, d.err = sumFile(path)
	}()
	return d
}

func (d *digesting) wait() (extent, error) {
	<-d.done
	return d.sum, d.err
}
