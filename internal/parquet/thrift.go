package parquet

import (
	"encoding/binary"
	"errors"
	"io"
)

// Types of Thrift's compact protocol.
const (
	thriftTrue   = 1
	thriftFalse  = 2
	thriftByte   = 3
	thriftI16    = 4
	thriftI32    = 5
	thriftI64    = 6
	thriftDouble = 7
	thriftBinary = 8
	thriftList   = 9
	thriftSet    = 10
	thriftMap    = 11
	thriftStruct = 12
)

// maxDepth of structures in each other is more than any footer has.
const maxDepth = 32

var errThrift = errors.New("the structure is broken")

// compact reads Thrift's compact protocol. Its first error is kept, and then everything is zero.
type compact struct {
	data  []byte
	at    int
	depth int
	err   error
}

func (c *compact) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *compact) byte() byte {
	if c.err != nil || c.at >= len(c.data) {
		c.fail(io.ErrUnexpectedEOF)
		return 0
	}
	c.at++
	return c.data[c.at-1]
}

func (c *compact) uvarint() uint64 {
	if c.err != nil {
		return 0
	}
	u, n := binary.Uvarint(c.data[c.at:])
	switch {
	case n == 0:
		c.fail(io.ErrUnexpectedEOF)
	case n < 0:
		c.fail(errThrift)
	default:
		c.at += n
		return u
	}
	return 0
}

func (c *compact) bytes() []byte {
	n := c.uvarint()
	if c.err != nil || n > uint64(len(c.data)-c.at) {
		c.fail(io.ErrUnexpectedEOF)
		return nil
	}
	c.at += int(n)
	return c.data[c.at-int(n) : c.at]
}

// fields calls field for every field of a structure. The field must be consumed, by skip at least.
func (c *compact) fields(field func(id int, kind byte)) {
	if c.depth++; c.depth > maxDepth {
		c.fail(errThrift)
	}
	id := 0
	for c.err == nil {
		head := c.byte()
		kind, delta := head&15, int(head>>4)
		if kind == 0 {
			break
		}
		if id += delta; delta == 0 {
			id = int(unzigzag(c.uvarint()))
		}
		field(id, kind)
	}
	c.depth--
}

// structure is fields for a field that must be a structure.
func (c *compact) structure(kind byte, field func(id int, kind byte)) {
	if kind != thriftStruct {
		c.fail(errThrift)
		return
	}
	c.fields(field)
}

// list calls item for every item of a list, of at most max.
func (c *compact) list(kind byte, max int, item func(kind byte)) {
	if kind != thriftList && kind != thriftSet {
		c.fail(errThrift)
		return
	}
	head := c.byte()
	n := uint64(head >> 4)
	if n == 15 {
		n = c.uvarint()
	}
	if n > uint64(max) {
		c.fail(errThrift)
	}
	for range n {
		if c.err != nil {
			return
		}
		item(head & 15)
	}
}

// int reads a whole number of any width.
func (c *compact) int(kind byte) int64 {
	switch kind {
	case thriftByte:
		return int64(int8(c.byte()))
	case thriftI16, thriftI32, thriftI64:
		return unzigzag(c.uvarint())
	}
	c.fail(errThrift)
	return 0
}

func (c *compact) string(kind byte) string {
	if kind != thriftBinary {
		c.fail(errThrift)
		return ""
	}
	return string(c.bytes())
}

// bool reads a field; in a list it would be a byte.
func (c *compact) bool(kind byte) bool {
	if kind != thriftTrue && kind != thriftFalse {
		c.fail(errThrift)
	}
	return kind == thriftTrue
}

// skip passes over a field.
func (c *compact) skip(kind byte) {
	switch kind {
	case thriftTrue, thriftFalse:
	case thriftByte:
		c.byte()
	case thriftI16, thriftI32, thriftI64:
		c.uvarint()
	case thriftDouble:
		for range 8 {
			c.byte()
		}
	case thriftBinary:
		c.bytes()
	case thriftList, thriftSet:
		c.nested(func() { c.list(kind, len(c.data), c.skipItem) })
	case thriftMap:
		c.nested(c.skipMap)
	case thriftStruct:
		c.fields(func(_ int, kind byte) { c.skip(kind) })
	default:
		c.fail(errThrift)
	}
}

func (c *compact) nested(read func()) {
	if c.depth++; c.depth > maxDepth {
		c.fail(errThrift)
		return
	}
	read()
	c.depth--
}

// skipItem passes over an item of a list, where a truth value takes a byte.
func (c *compact) skipItem(kind byte) {
	if kind == thriftTrue || kind == thriftFalse {
		kind = thriftByte
	}
	c.skip(kind)
}

func (c *compact) skipMap() {
	n := c.uvarint()
	if n == 0 {
		return
	}
	kinds := c.byte()
	for range n {
		if c.err != nil {
			return
		}
		c.skipItem(kinds >> 4)
		c.skipItem(kinds & 15)
	}
}

func unzigzag(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }
