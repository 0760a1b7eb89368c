package navossoc

import (
	"errors"
	"fmt"
	"io"
	"math"
)

// MaxBytes is the longest file that Read takes.
const MaxBytes = 256 << 20

// saved is the struct that the library writes.
type saved struct {
	classes   []string
	learned   int
	seen      int
	datas     map[string]class
	tfidf     bool
	converted bool
}

// Read reads a classifier from r, to its end.
func Read(r io.Reader) (*Classifier, error) {
	buf, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read navossoc classifier: %w", err)
	}
	c, err := decode(buf)
	if err != nil {
		return nil, fmt.Errorf("read navossoc classifier: %w", err)
	}
	return c, nil
}

func decode(buf []byte) (*Classifier, error) {
	switch {
	case len(buf) == 0:
		return nil, errors.New("the file is empty")
	case len(buf) > MaxBytes:
		return nil, fmt.Errorf("the file is longer than %d bytes", MaxBytes)
	}
	d := &decoder{buf: buf, size: len(buf), shapes: map[int]shape{}}
	s := d.saved(d.value())
	if d.err == nil && len(d.buf) > 0 {
		d.fail("%d bytes after the classifier", len(d.buf))
	}
	if d.err != nil {
		return nil, d.err
	}
	return s.classifier()
}

// fields reads a struct of type id, calling read with the name and type of each
// field that is set.
func (d *decoder) fields(id int, what string, read func(name string, id int)) {
	s, ok := d.want(id, structKind, what)
	if !ok {
		return
	}
	d.structure(len(s.fields), func(i int) { read(s.fields[i].name, s.fields[i].id) })
}

func (d *decoder) saved(id int) (s saved) {
	d.fields(id, "the value", func(name string, id int) {
		switch name {
		case "Classes":
			s.classes = d.strings(id, name)
		case "Learned":
			s.learned = d.intField(id, name)
		case "Seen":
			s.seen = d.intField(id, name)
		case "Datas":
			s.datas = mapOf(d, id, name, d.class)
		case "TfIdf":
			s.tfidf = d.basic(id, boolID, name) && d.bool()
		case "DidConvertTfIdf":
			s.converted = d.basic(id, boolID, name) && d.bool()
		default:
			d.fail("unknown field %q; is this a classifier of navossoc/bayesian?", name)
		}
	})
	return s
}

func (d *decoder) class(id int, what string) (k class) {
	d.fields(id, what, func(name string, id int) {
		what := what + ", " + name
		switch name {
		case "Freqs":
			k.freqs = mapOf(d, id, what, d.floatField)
		case "FreqTfs":
			k.samples = mapOf(d, id, what, d.floats)
		case "Total":
			k.total = d.intField(id, what)
		default:
			d.fail("%s: unknown field", what)
		}
	})
	return k
}

// mapOf reads a map of type id from strings to what elem reads. A word that comes
// twice is an error, as no Go map can have been written so.
func mapOf[T any](d *decoder, id int, what string, elem func(id int, what string) T) map[string]T {
	s, ok := d.want(id, mapKind, what)
	if !ok || !d.basic(s.key, stringID, what+" key") {
		return nil
	}
	m := map[string]T{}
	for range d.length(2) {
		key := d.string()
		if _, twice := m[key]; twice {
			d.fail("%s: %q comes twice", what, key)
		}
		m[key] = elem(s.elem, what)
		if d.err != nil {
			return nil
		}
	}
	return m
}

func (d *decoder) strings(id int, what string) (list []string) {
	s, ok := d.want(id, sliceKind, what)
	if !ok || !d.basic(s.elem, stringID, what) {
		return nil
	}
	for n := d.length(1); n > 0 && d.err == nil; n-- {
		list = append(list, d.string())
	}
	return list
}

func (d *decoder) floats(id int, what string) (list []float64) {
	s, ok := d.want(id, sliceKind, what)
	if !ok {
		return nil
	}
	for n := d.length(1); n > 0 && d.err == nil; n-- {
		list = append(list, d.floatField(s.elem, what))
	}
	return list
}

// floatField reads a number that must be a count or weight: finite, not negative.
func (d *decoder) floatField(id int, what string) float64 {
	if !d.basic(id, floatID, what) {
		return 0
	}
	f := d.float()
	if !(f >= 0) || math.IsInf(f, 1) {
		d.fail("%s: %v is no count or weight", what, f)
	}
	return f
}

// mostWords bounds totals so that float64 and sums of them stay exact.
const mostWords = 1 << 50

func (d *decoder) intField(id int, what string) int {
	if !d.basic(id, intID, what) {
		return 0
	}
	n := d.int()
	if n < 0 || n > mostWords {
		d.fail("%s: %d is not in 0 to %d", what, n, mostWords)
	}
	return n
}

// classifier checks that the parts of s agree and puts them together.
func (s *saved) classifier() (*Classifier, error) {
	if len(s.classes) < 2 {
		return nil, fmt.Errorf("%d classes; a classifier has two or more", len(s.classes))
	}
	c := &Classifier{learned: s.learned, tfidf: s.tfidf, converted: s.converted}
	for _, name := range s.classes {
		k, ok := s.datas[name]
		if !ok {
			return nil, fmt.Errorf("class %q has no data, or is listed twice", name)
		}
		delete(s.datas, name)
		k.name, k.weights = name, k.freqs
		if k.total == 0 && len(k.freqs)+len(k.samples) > 0 {
			return nil, fmt.Errorf("class %q has words, but a total of 0", name)
		}
		for word := range k.samples {
			if _, ok := k.freqs[word]; !ok {
				return nil, fmt.Errorf("class %q: %q has documents, but no count", name, word)
			}
		}
		if c.tfidf && !c.converted {
			k.weights = k.weigh(c.learned)
		}
		if c.words += k.total; c.words > mostWords {
			return nil, fmt.Errorf("more than %d words in all", mostWords)
		}
		c.classes = append(c.classes, k)
	}
	for name := range s.datas {
		return nil, fmt.Errorf("there are data for %q, which is no class", name)
	}
	return c, nil
}
