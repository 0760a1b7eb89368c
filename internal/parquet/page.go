package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

const (
	pageData       = 0
	pageDictionary = 2
	pageDataV2     = 3

	maxPageHeader = 4 << 20 // the smallest and largest value of the page may stand in it
	maxPageValues = 1 << 24
	someHeader    = 4 << 10 // enough for most
)

// pageHeader is what is used of the header of a page.
type pageHeader struct {
	kind       int
	size       int64 // after decompression
	packed     int64 // as in the file
	values     int64
	encoding   int
	crc        uint32
	hasCRC     bool
	oldLevels  bool  // packed as of before 2013
	def, rep   int64 // bytes of levels, version 2
	compressed bool  // the values, version 2
}

// column reads the values of one column in one row group.
type column struct {
	Column
	file     *File
	unpacker *unpacker
	codec    int
	at, end  int64 // in the file

	dictionary []value
	rep, def   runs
	values     decoder
	left       int // values of the page, nulls too
}

// item is a value with its place in lists and whether it is there.
type item struct {
	value
	null bool
	rep  uint32
}

// next returns the next value, io.EOF after the last.
func (c *column) next() (item, error) {
	for c.left == 0 {
		if c.at >= c.end {
			return item{}, io.EOF
		}
		if err := c.page(); err != nil {
			return item{}, err
		}
	}
	c.left--
	rep, err := c.rep.next()
	if err != nil {
		return item{}, err
	}
	def, err := c.def.next()
	if err != nil || def < uint32(c.Column.def) {
		return item{null: true, rep: rep}, err
	}
	v, err := c.values.next()
	return item{value: v, rep: rep}, err
}

// page reads the next page: a dictionary, or values.
func (c *column) page() error {
	h, err := c.header()
	if err != nil {
		return err
	}
	if err := c.check(h); err != nil {
		return err
	}
	data := make([]byte, h.packed)
	if _, err := io.ReadFull(io.NewSectionReader(c.file.r, c.at, h.packed), data); err != nil {
		return err
	}
	c.at += h.packed
	if h.hasCRC && crc32.ChecksumIEEE(data) != h.crc {
		return errors.New("the checksum of a page is wrong")
	}
	switch h.kind {
	case pageDictionary:
		return c.readDictionary(h, data)
	case pageData:
		return c.readPage(h, data)
	case pageDataV2:
		return c.readPageV2(h, data)
	}
	return nil // an index
}

// header reads the header of the next page.
func (c *column) header() (pageHeader, error) {
	for size := int64(someHeader); ; size *= 8 {
		head := make([]byte, min(size, c.end-c.at))
		if _, err := c.file.r.ReadAt(head, c.at); err != nil && err != io.EOF {
			return pageHeader{}, err
		}
		t := &compact{data: head}
		h := t.pageHeader()
		if t.err == io.ErrUnexpectedEOF && size < min(maxPageHeader, c.end-c.at) {
			continue
		}
		if t.err != nil {
			return pageHeader{}, fmt.Errorf("header of a page: %w", t.err)
		}
		c.at += int64(t.at)
		return h, nil
	}
}

func (c *column) check(h pageHeader) error {
	switch {
	case h.packed < 0 || h.packed > c.end-c.at:
		return fmt.Errorf("a page of %d bytes is cut off", h.packed)
	case h.size < 0 || h.size > c.file.maxPage || h.packed > c.file.maxPage:
		return fmt.Errorf("a page of %d bytes is longer than the limit of %d", max(h.size, h.packed), c.file.maxPage)
	case h.values < 0 || h.values > maxPageValues:
		return fmt.Errorf("a page of %d values: at most %d are read", h.values, maxPageValues)
	case h.oldLevels:
		return errors.New("levels in the bit-packed encoding of before 2013 are not read")
	}
	return nil
}

func (c *column) readDictionary(h pageHeader, data []byte) error {
	data, err := c.unpacker.unpack(c.codec, data, int(h.size))
	if err != nil {
		return err
	}
	if h.encoding != encPlain && h.encoding != encPlainDictionary {
		return fmt.Errorf("a dictionary in encoding %d is not read", h.encoding)
	}
	values := &plain{c.element, data}
	c.dictionary = make([]value, 0, min(h.values, int64(len(data))))
	for range h.values {
		v, err := values.next()
		if err != nil {
			return fmt.Errorf("dictionary: %w", err)
		}
		c.dictionary = append(c.dictionary, v)
	}
	return nil
}

func (c *column) readPage(h pageHeader, data []byte) error {
	data, err := c.unpacker.unpack(c.codec, data, int(h.size))
	if err != nil {
		return err
	}
	if c.rep, data, err = levels(c.Column.rep, data); err != nil {
		return err
	}
	if c.def, data, err = levels(c.Column.def, data); err != nil {
		return err
	}
	return c.begin(h, data)
}

// levels cuts levels with their length before them off data.
func levels(max int, data []byte) (runs, []byte, error) {
	if max == 0 {
		return runs{}, data, nil
	}
	if len(data) < 4 {
		return runs{}, nil, errBroken
	}
	n := int64(binary.LittleEndian.Uint32(data))
	if data = data[4:]; n > int64(len(data)) {
		return runs{}, nil, errBroken
	}
	return runs{data: data[:n], width: width(max)}, data[n:], nil
}

// readPageV2 reads a page whose levels are never compressed.
func (c *column) readPageV2(h pageHeader, data []byte) error {
	if h.rep < 0 || h.def < 0 || h.rep+h.def > int64(len(data)) || h.rep+h.def > h.size {
		return errBroken
	}
	c.rep = runs{data: data[:h.rep], width: width(c.Column.rep)}
	c.def = runs{data: data[h.rep : h.rep+h.def], width: width(c.Column.def)}
	data = data[h.rep+h.def:]
	if h.compressed && len(data) > 0 {
		var err error
		if data, err = c.unpacker.unpack(c.codec, data, int(h.size-h.rep-h.def)); err != nil {
			return err
		}
	}
	return c.begin(h, data)
}

func (c *column) begin(h pageHeader, data []byte) (err error) {
	c.left = int(h.values)
	if c.left > 0 {
		c.values, err = newDecoder(h.encoding, c.element, data, c.dictionary)
	}
	return err
}

func (c *compact) pageHeader() pageHeader {
	h := pageHeader{compressed: true}
	c.fields(func(id int, kind byte) {
		switch id {
		case 1:
			h.kind = int(c.int(kind))
		case 2:
			h.size = c.int(kind)
		case 3:
			h.packed = c.int(kind)
		case 4:
			h.crc, h.hasCRC = uint32(c.int(kind)), true
		case 5, 7:
			c.structure(kind, func(id int, kind byte) { c.versionOne(&h, id, kind) })
		case 8:
			c.structure(kind, func(id int, kind byte) { c.versionTwo(&h, id, kind) })
		default:
			c.skip(kind)
		}
	})
	return h
}

// versionOne reads fields of a page of version 1 or a dictionary.
func (c *compact) versionOne(h *pageHeader, id int, kind byte) {
	const bitPacked = 4
	switch id {
	case 1:
		h.values = c.int(kind)
	case 2:
		h.encoding = int(c.int(kind))
	case 3, 4:
		if kind == thriftTrue || kind == thriftFalse {
			return // a dictionary that is sorted, or not
		}
		h.oldLevels = c.int(kind) == bitPacked || h.oldLevels
	default:
		c.skip(kind)
	}
}

func (c *compact) versionTwo(h *pageHeader, id int, kind byte) {
	switch id {
	case 1:
		h.values = c.int(kind)
	case 4:
		h.encoding = int(c.int(kind))
	case 5:
		h.def = c.int(kind)
	case 6:
		h.rep = c.int(kind)
	case 7:
		h.compressed = c.bool(kind)
	default:
		c.skip(kind)
	}
}
