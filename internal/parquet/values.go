package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Encodings of values.
const (
	encPlain           = 0
	encPlainDictionary = 2
	encRuns            = 3
	encDelta           = 5
	encDeltaLengths    = 6
	encDeltaStrings    = 7
	encRunsDictionary  = 8
	encSplit           = 9
)

// value is one value of any physical type.
type value struct {
	bits  uint64 // of numbers and truth values
	bytes []byte // of the others, valid while the page is
}

// decoder reads the values of a page, one after the other.
type decoder interface {
	next() (value, error)
}

var errDictionary = errors.New("values out of a dictionary that is not there")

// newDecoder reads the values that are not null of a page.
func newDecoder(encoding int, e element, data []byte, dictionary []value) (decoder, error) {
	switch encoding {
	case encPlain:
		if e.physical == physBool {
			return &bools{data: data}, nil
		}
		return &plain{e, data}, nil
	case encPlainDictionary, encRunsDictionary:
		if dictionary == nil {
			return nil, errDictionary
		}
		if len(data) == 0 {
			return &looked{}, nil // no values but nulls
		}
		if data[0] > 32 {
			return nil, errBroken
		}
		return &looked{runs{data: data[1:], width: uint(data[0])}, dictionary}, nil
	case encRuns:
		if e.physical == physBool && len(data) >= 4 {
			return &flags{runs{data: data[4:], width: 1}}, nil
		}
	case encDelta:
		if e.physical == physInt32 || e.physical == physInt64 {
			d, err := newDeltas(data)
			return (*deltaNumbers)(d), err
		}
	case encDeltaLengths:
		if e.physical == physBytes {
			return newDeltaLengths(data)
		}
	case encDeltaStrings:
		if e.physical == physBytes || e.physical == physFixed {
			return newDeltaStrings(data)
		}
	case encSplit:
		if size := fixedSize(e); size > 0 {
			return &split{data: data, size: size, physical: e.physical}, nil
		}
	}
	return nil, fmt.Errorf("values of type %d in encoding %d are not read", e.physical, encoding)
}

// fixedSize is the length of a value, where all have one.
func fixedSize(e element) int {
	switch e.physical {
	case physInt32, physFloat:
		return 4
	case physInt64, physDouble:
		return 8
	case physInt96:
		return 12
	case physFixed:
		return max(0, e.length)
	}
	return 0
}

// plain reads values as they are.
type plain struct {
	element
	data []byte
}

func (p *plain) next() (value, error) {
	size := fixedSize(p.element)
	if p.physical == physBytes {
		if len(p.data) < 4 {
			return value{}, errBroken
		}
		n := binary.LittleEndian.Uint32(p.data)
		p.data = p.data[4:]
		if n > uint32(min(len(p.data), 1<<31-1)) {
			return value{}, errBroken
		}
		size = int(n)
	} else if size == 0 {
		return value{}, errBroken
	}
	if size > len(p.data) {
		return value{}, errBroken
	}
	v := valueOf(p.physical, p.data[:size])
	p.data = p.data[size:]
	return v, nil
}

// valueOf makes a value of its bytes.
func valueOf(physical int, b []byte) value {
	switch physical {
	case physInt32, physFloat:
		return value{bits: uint64(binary.LittleEndian.Uint32(b))}
	case physInt64, physDouble:
		return value{bits: binary.LittleEndian.Uint64(b)}
	}
	return value{bytes: b}
}

// bools reads a bit a value.
type bools struct {
	data []byte
	at   int
}

func (b *bools) next() (value, error) {
	v, err := bitsAt(b.data, b.at, 1)
	b.at++
	return value{bits: v}, err
}

// flags reads truth values in runs.
type flags struct{ runs }

func (f *flags) next() (value, error) {
	v, err := f.runs.next()
	return value{bits: uint64(v)}, err
}

// looked looks values up in a dictionary.
type looked struct {
	runs
	dictionary []value
}

func (l *looked) next() (value, error) {
	i, err := l.runs.next()
	if err != nil || int64(i) >= int64(len(l.dictionary)) {
		return value{}, errors.Join(err, errBroken)
	}
	return l.dictionary[i], nil
}

type deltaNumbers deltas

func (d *deltaNumbers) next() (value, error) {
	v, err := (*deltas)(d).next()
	return value{bits: uint64(v)}, err
}

// deltaLengths reads strings behind their lengths.
type deltaLengths struct {
	lengths *deltas
	data    []byte
}

func newDeltaLengths(data []byte) (*deltaLengths, error) {
	lengths, err := newDeltas(data)
	if err != nil {
		return nil, err
	}
	rest, err := lengths.rest()
	return &deltaLengths{lengths, rest}, err
}

func (d *deltaLengths) next() (value, error) {
	n, err := d.lengths.next()
	if err != nil || n < 0 || n > int64(len(d.data)) {
		return value{}, errors.Join(err, errBroken)
	}
	v := value{bytes: d.data[:n]}
	d.data = d.data[n:]
	return v, nil
}

// deltaStrings reads strings of which each begins like the one before.
type deltaStrings struct {
	prefixes *deltas
	rest     *deltaLengths
	last     []byte
}

func newDeltaStrings(data []byte) (*deltaStrings, error) {
	prefixes, err := newDeltas(data)
	if err != nil {
		return nil, err
	}
	behind, err := prefixes.rest()
	if err != nil {
		return nil, err
	}
	rest, err := newDeltaLengths(behind)
	return &deltaStrings{prefixes: prefixes, rest: rest}, err
}

func (d *deltaStrings) next() (value, error) {
	n, err := d.prefixes.next()
	if err != nil || n < 0 || n > int64(len(d.last)) {
		return value{}, errors.Join(err, errBroken)
	}
	end, err := d.rest.next()
	if err != nil {
		return value{}, err
	}
	d.last = append(d.last[:n], end.bytes...)
	return value{bytes: d.last}, nil
}

// split reads numbers whose first bytes stand together, then their second ones, and so on.
type split struct {
	data     []byte
	size     int
	physical int
	at       int
	scratch  [16]byte
}

func (s *split) next() (value, error) {
	n := len(s.data) / s.size
	if s.at >= n || s.size > len(s.scratch) {
		return value{}, errBroken
	}
	for i := range s.size {
		s.scratch[i] = s.data[i*n+s.at]
	}
	s.at++
	return valueOf(s.physical, s.scratch[:s.size]), nil
}
