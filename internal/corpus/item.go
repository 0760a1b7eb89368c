package corpus

import (
	"context"
	"iter"
)

// Item is a record of which the costly part, finding the article in a page, is still to be done.
type Item struct{ rec *Record }

// Decode returns the record, or a [*RecordError] if it turns out to be none. It may be called once,
// on any goroutine.
func (it Item) Decode() (*Record, error) {
	rec := it.rec
	err := rec.extract()
	if err == nil {
		err = validate(&rec.Document)
	}
	if err != nil {
		return nil, rec.Refuse(err)
	}
	return rec, nil
}

// Size is about how many bytes the item holds.
func (it Item) Size() int { return len(it.rec.page) + len(it.rec.Title) + len(it.rec.Text) }

// Items yields what [Read] does, before it is decoded: a caller with many cores hands the items to
// them. Errors are those of Read, but for the ones that Decode returns.
func Items(ctx context.Context, sources []string, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if err := o.validate(); err != nil {
			yield(Item{}, err)
			return
		}
		r := reader{ctx: ctx, options: o, opener: newOpener(o.Stdin), yield: yield}
		for path, err := range Files(sources, o) {
			if err != nil && !yield(Item{}, err) || err == nil && !r.file(path) {
				return
			}
		}
	}
}
