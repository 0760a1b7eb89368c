package parquet

import (
	"encoding/binary"
	"errors"
	"io"
)

var errBroken = errors.New("the values are broken")

// runs reads whole numbers of few bits, repeated or packed: levels and places in a dictionary.
type runs struct {
	data   []byte
	width  uint
	left   int    // of the current run
	packed []byte // the run, if it is packed
	bit    int    // read of packed
	value  uint32 // of the run, if it is repeated
}

func (r *runs) next() (uint32, error) {
	if r.width == 0 {
		return 0, nil
	}
	for r.left == 0 {
		if err := r.run(); err != nil {
			return 0, err
		}
	}
	r.left--
	if r.packed == nil {
		return r.value, nil
	}
	v, err := bitsAt(r.packed, r.bit, r.width)
	r.bit += int(r.width)
	return uint32(v), err
}

// run begins the next run.
func (r *runs) run() error {
	head, n := binary.Uvarint(r.data)
	if n <= 0 || head>>1 > 1<<31 {
		return errBroken
	}
	r.data = r.data[n:]
	count := int(head >> 1)
	if head&1 == 0 {
		size := int(r.width+7) / 8
		if size > len(r.data) {
			return errBroken
		}
		var value [4]byte
		copy(value[:], r.data[:size])
		r.data, r.packed, r.left = r.data[size:], nil, count
		r.value = binary.LittleEndian.Uint32(value[:])
		return nil
	}
	size := min(count*int(r.width), len(r.data)) // the last run may be shorter than it says
	r.packed, r.data, r.left, r.bit = r.data[:size:size], r.data[size:], count*8, 0
	return nil
}

// bitsAt returns width bits of data from bit at on, the lowest first.
func bitsAt(data []byte, at int, width uint) (uint64, error) {
	if width == 0 {
		return 0, nil
	}
	i, shift := at>>3, uint(at&7)
	if at+int(width) > 8*len(data) {
		return 0, io.ErrUnexpectedEOF
	}
	var word [9]byte
	copy(word[:], data[i:])
	v := binary.LittleEndian.Uint64(word[:8]) >> shift
	if shift+width > 64 {
		v |= uint64(word[8]) << (64 - shift)
	}
	if width < 64 {
		v &= 1<<width - 1
	}
	return v, nil
}

// deltas reads whole numbers written as differences, packed in blocks.
type deltas struct {
	data    []byte
	perMini int    // values in a mini block
	minis   int    // mini blocks in a block
	total   int    // values
	given   int    // of total
	last    int64  // value
	least   int64  // difference in the block
	widths  []byte // of the mini blocks to come
	width   uint
	mini    []byte
	at      int // value in the mini block
}

func newDeltas(data []byte) (*deltas, error) {
	c := &compact{data: data}
	block, minis, total := c.uvarint(), c.uvarint(), c.uvarint()
	first := unzigzag(c.uvarint())
	if c.err != nil || minis == 0 || block == 0 || block > 1<<16 || minis > block || block%minis != 0 || block/minis%8 != 0 || total > 1<<31 {
		return nil, errBroken
	}
	return &deltas{
		data: data[c.at:], perMini: int(block / minis), minis: int(minis), total: int(total),
		last: first, at: int(block / minis),
	}, nil
}

func (d *deltas) next() (int64, error) {
	if d.given >= d.total {
		return 0, errBroken
	}
	if d.given++; d.given == 1 {
		return d.last, nil
	}
	if d.at == d.perMini {
		if err := d.nextMini(); err != nil {
			return 0, err
		}
	}
	v, err := bitsAt(d.mini, d.at*int(d.width), d.width)
	d.at++
	d.last += d.least + int64(v)
	return d.last, err
}

// nextMini begins the next mini block.
func (d *deltas) nextMini() error {
	if len(d.widths) == 0 {
		u, n := binary.Uvarint(d.data)
		if n <= 0 || len(d.data)-n < d.minis {
			return errBroken
		}
		d.least, d.widths, d.data = unzigzag(u), d.data[n:n+d.minis], d.data[n+d.minis:]
	}
	d.width, d.widths = uint(d.widths[0]), d.widths[1:]
	if d.width > 64 {
		return errBroken
	}
	size := min(d.perMini*int(d.width)/8, len(d.data))
	d.mini, d.data, d.at = d.data[:size], d.data[size:], 0
	return nil
}

// rest returns what follows all the values.
func (d *deltas) rest() ([]byte, error) {
	end := *d
	for end.given < end.total {
		if _, err := end.next(); err != nil {
			return nil, err
		}
	}
	return end.data, nil
}
