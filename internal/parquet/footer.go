package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// What a footer may hold at most, in memory that is 100 MB.
const (
	maxFooter  = 64 << 20
	maxSchema  = 1 << 16
	maxChunks  = 1 << 20
	magicBytes = "PAR1"
)

// Physical types.
const (
	physBool = iota
	physInt32
	physInt64
	physInt96
	physFloat
	physDouble
	physBytes
	physFixed
	physNone = -1
)

// Repetition of a schema element.
const (
	required = iota
	optional
	repeated
)

// Logical types, by their field in the union, and converted ones, which older programs write.
const (
	logicalString    = 1
	logicalList      = 3
	logicalEnum      = 4
	logicalDecimal   = 5
	logicalDate      = 6
	logicalTime      = 7
	logicalTimestamp = 8
	logicalInteger   = 10
	logicalJSON      = 12
	logicalUUID      = 14

	convertedNone = -1
)

// ofConverted gives for a converted type the logical one that replaced it.
var ofConverted = map[int]int{
	0: logicalString, 3: logicalList, 4: logicalEnum, 5: logicalDecimal, 6: logicalDate, 7: logicalTime, 8: logicalTime,
	9: logicalTimestamp, 10: logicalTimestamp, 11: logicalInteger, 12: logicalInteger, 13: logicalInteger, 14: logicalInteger,
	15: logicalInteger, 16: logicalInteger, 17: logicalInteger, 18: logicalInteger, 19: logicalJSON, 20: 13, 21: 0xff,
}

// element is a node of the schema, in depth-first order.
type element struct {
	name       string
	physical   int
	length     int // of physFixed
	repetition int
	children   int
	logical    int // 0 if none
	unit       int // of a timestamp: 1 milli-, 2 micro-, 3 nanoseconds
	utc        bool
	unsigned   bool
}

// chunk says where the values of a column in a row group are.
type chunk struct {
	codec       int
	start, size int64
}

type rowGroup struct {
	rows   int64
	chunks []chunk
}

// footer is what is used of the metadata of a file.
type footer struct {
	schema []element
	groups []rowGroup
}

// readFooter reads and parses the metadata at the end of a file.
func readFooter(r io.ReaderAt, size int64) (*footer, error) {
	var tail [8]byte
	if size < int64(len(magicBytes)+len(tail)) {
		return nil, errors.New("not a Parquet file: it is too short for one")
	}
	if _, err := r.ReadAt(tail[:], size-8); err != nil && err != io.EOF {
		return nil, err
	}
	if string(tail[4:]) == "PARE" {
		return nil, errors.New("the Parquet file is encrypted, which is not read")
	}
	if string(tail[4:]) != magicBytes {
		return nil, errors.New("the Parquet file has no footer: was it cut off?")
	}
	length := int64(binary.LittleEndian.Uint32(tail[:]))
	if length > maxFooter || length > size-int64(len(tail)+len(magicBytes)) {
		return nil, fmt.Errorf("broken Parquet footer: it claims %d bytes", length)
	}
	data := make([]byte, length)
	if _, err := r.ReadAt(data, size-8-length); err != nil && err != io.EOF {
		return nil, err
	}
	return parseFooter(data)
}

func parseFooter(data []byte) (*footer, error) {
	c := &compact{data: data}
	var f footer
	chunks, encrypted := 0, false
	c.fields(func(id int, kind byte) {
		switch id {
		case 2:
			c.list(kind, maxSchema, func(kind byte) { f.schema = append(f.schema, c.element(kind)) })
		case 4:
			c.list(kind, maxChunks, func(kind byte) { f.groups = append(f.groups, c.rowGroup(kind, &chunks, &encrypted)) })
		case 8:
			encrypted = true
			c.skip(kind)
		default:
			c.skip(kind)
		}
	})
	if c.err != nil {
		return nil, fmt.Errorf("broken Parquet footer: %w", c.err)
	}
	if encrypted {
		return nil, errors.New("the Parquet file is encrypted, which is not read")
	}
	return &f, nil
}

func (c *compact) element(kind byte) element {
	e := element{physical: physNone}
	converted := convertedNone
	c.structure(kind, func(id int, kind byte) {
		switch id {
		case 1:
			e.physical = int(c.int(kind))
		case 2:
			e.length = int(c.int(kind))
		case 3:
			e.repetition = int(c.int(kind))
		case 4:
			e.name = c.string(kind)
		case 5:
			e.children = int(c.int(kind))
		case 6:
			converted = int(c.int(kind))
		case 10:
			c.structure(kind, func(id int, kind byte) { e.logical = id; c.logical(&e, id, kind) })
		default:
			c.skip(kind)
		}
	})
	if e.logical == 0 && converted != convertedNone {
		e.convert(converted)
	}
	return e
}

// logical reads the parameters of a logical type.
func (c *compact) logical(e *element, logical int, kind byte) {
	switch logical {
	case logicalTimestamp:
		c.structure(kind, func(id int, kind byte) {
			switch id {
			case 1:
				e.utc = c.bool(kind)
			case 2:
				c.structure(kind, func(id int, kind byte) { e.unit = id; c.skip(kind) })
			default:
				c.skip(kind)
			}
		})
	case logicalInteger:
		c.structure(kind, func(id int, kind byte) {
			if id == 2 {
				e.unsigned = !c.bool(kind)
				return
			}
			c.skip(kind)
		})
	default:
		c.skip(kind)
	}
}

// convert takes over an old way of saying what a column means.
func (e *element) convert(converted int) {
	e.logical = ofConverted[converted]
	switch converted {
	case 9, 10:
		e.unit, e.utc = converted-8, true
	case 11, 12, 13, 14:
		e.unsigned = true
	}
}

func (c *compact) rowGroup(kind byte, chunks *int, encrypted *bool) rowGroup {
	var g rowGroup
	c.structure(kind, func(id int, kind byte) {
		switch id {
		case 1:
			c.list(kind, maxChunks-*chunks, func(kind byte) {
				*chunks++
				g.chunks = append(g.chunks, c.chunk(kind, encrypted))
			})
		case 3:
			g.rows = c.int(kind)
		default:
			c.skip(kind)
		}
	})
	return g
}

func (c *compact) chunk(kind byte, encrypted *bool) chunk {
	var k chunk
	c.structure(kind, func(id int, kind byte) {
		switch id {
		case 3:
			c.columnData(kind, &k)
		case 8, 9:
			*encrypted = true
			c.skip(kind)
		default:
			c.skip(kind)
		}
	})
	return k
}

func (c *compact) columnData(kind byte, k *chunk) {
	var data, dictionary int64
	c.structure(kind, func(id int, kind byte) {
		switch id {
		case 4:
			k.codec = int(c.int(kind))
		case 7:
			k.size = c.int(kind)
		case 9:
			data = c.int(kind)
		case 11:
			dictionary = c.int(kind)
		default:
			c.skip(kind)
		}
	})
	if k.start = data; dictionary > 0 && dictionary < data {
		k.start = dictionary
	}
}
