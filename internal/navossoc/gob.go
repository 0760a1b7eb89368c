package navossoc

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// What follows reads the part of the gob format that a saved classifier uses, as
// encoding/gob documents it:
//
//	stream   message*
//	message  length uint, then type int: -id and a definition, or id and a value
//	uint     one byte up to 127; else the negated number of bytes, then these,
//	         most significant first
//	int      uint: the sign in the lowest bit, complemented if negative
//	float64  uint: the bits of the number, bytes reversed
//	bool     uint 0 or 1
//	string   length uint, bytes
//	slice    length uint, elements
//	map      length uint, key and element in turn
//	struct   for each field that is not zero its distance from the field before as
//	         uint, and its value; then 0
//
// Every length is held against the bytes that are left before anything is set aside
// for it, and values are built as they are read, so memory stays within a fixed
// multiple of the file.

// Type ids that need no definition.
const (
	boolID   = 1
	intID    = 2
	floatID  = 4
	stringID = 6
)

// shape is a type that the stream has defined.
type shape struct {
	kind   int // the number of the field of the definition that was set
	name   string
	key    int // of a map
	elem   int // of a map or slice
	fields []field
}

// Kinds of shape that a saved classifier has.
const (
	sliceKind  = 1
	structKind = 2
	mapKind    = 3
)

type field struct {
	name string
	id   int
}

// decoder reads values from buf and remembers the first error; after it all reads
// give zero.
type decoder struct {
	buf    []byte
	size   int // of the whole stream, to tell where an error is
	shapes map[int]shape
	err    error
}

func (d *decoder) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf("byte %d: "+format, append([]any{d.size - len(d.buf)}, args...)...)
	}
	d.buf = d.buf[:0]
}

func (d *decoder) uint() uint64 {
	if len(d.buf) == 0 {
		d.fail("unexpected end")
		return 0
	}
	b := d.buf[0]
	if b <= 0x7f {
		d.buf = d.buf[1:]
		return uint64(b)
	}
	n := -int(int8(b))
	if n > 8 || n >= len(d.buf) {
		d.fail("bad number: %d bytes long, %d bytes left", n, len(d.buf)-1)
		return 0
	}
	var wide [8]byte
	copy(wide[8-n:], d.buf[1:])
	d.buf = d.buf[1+n:]
	return binary.BigEndian.Uint64(wide[:])
}

func (d *decoder) int() int {
	u := d.uint()
	if u&1 != 0 {
		return int(^(u >> 1))
	}
	return int(u >> 1)
}

func (d *decoder) float() float64 {
	return math.Float64frombits(bits.ReverseBytes64(d.uint()))
}

func (d *decoder) bool() bool {
	u := d.uint()
	if u > 1 {
		d.fail("bad bool %d", u)
	}
	return u == 1
}

func (d *decoder) string() string {
	n := d.length(1)
	s := string(d.buf[:n])
	d.buf = d.buf[n:]
	return s
}

// length reads a length, of which each element takes least bytes or more.
func (d *decoder) length(least int) int {
	n := d.uint()
	if n > uint64(len(d.buf)/least) {
		d.fail("length %d is more than the %d bytes left can hold", n, len(d.buf))
		return 0
	}
	return int(n)
}

// want returns the definition of type id and reports whether it is of the kind.
func (d *decoder) want(id, kind int, what string) (shape, bool) {
	s, ok := d.shapes[id]
	if !ok || s.kind != kind {
		d.fail("%s is not of the type it should be (type %d)", what, id)
		return shape{}, false
	}
	return s, d.err == nil
}

// basic fails unless type id is the type that what should have.
func (d *decoder) basic(id, want int, what string) bool {
	if id != want {
		d.fail("%s is of type %d, want type %d", what, id, want)
	}
	return d.err == nil
}

// structure reads a struct of n fields, calling read with the number of each set.
func (d *decoder) structure(n int, read func(i int)) {
	for i := -1; d.err == nil; {
		delta := d.uint()
		if delta == 0 {
			return
		}
		if delta > uint64(n-1-i) {
			d.fail("field %d of a struct of %d fields", i+int(min(delta, math.MaxInt32)), n)
			return
		}
		i += int(delta)
		read(i)
	}
}

// definition reads the definition of a type. Its own type is fixed by the format.
func (d *decoder) definition() shape {
	var s shape
	d.structure(7, func(kind int) {
		s.kind = kind
		switch kind {
		case sliceKind:
			d.structure(2, func(i int) { d.common(&s, i, &s.elem) })
		case mapKind:
			d.structure(3, func(i int) { d.common(&s, i, &s.key, &s.elem) })
		case structKind:
			d.structure(2, func(i int) {
				if i == 0 {
					d.common(&s, 0)
					return
				}
				for n := d.length(1); n > 0 && d.err == nil; n-- {
					s.fields = append(s.fields, d.fieldDefinition())
				}
			})
		default:
			d.fail("a type that no saved classifier has (kind %d)", kind)
		}
	})
	return s
}

// common reads field i of a definition: the name, or one of the ids after it.
func (d *decoder) common(s *shape, i int, ids ...*int) {
	if i > 0 {
		*ids[i-1] = d.int()
		return
	}
	d.structure(2, func(i int) {
		if i == 0 {
			s.name = d.string()
		} else {
			d.int() // the id again
		}
	})
}

func (d *decoder) fieldDefinition() (f field) {
	d.structure(2, func(i int) {
		if i == 0 {
			f.name = d.string()
		} else {
			f.id = d.int()
		}
	})
	return f
}

// value reads the definitions and returns the type of the value that follows them,
// which must be all of the last message and of the stream.
func (d *decoder) value() (id int) {
	for d.err == nil {
		n := d.length(1)
		rest := d.buf[n:]
		id = d.int()
		if id >= 0 {
			if len(rest) > 0 {
				d.fail("%d bytes after the classifier", len(rest))
			}
			return id
		}
		if d.shapes[-id] = d.definition(); d.err == nil && len(d.buf) != len(rest) {
			d.fail("a definition does not fill its message")
		}
	}
	return 0
}
