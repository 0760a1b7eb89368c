package model

import (
	"encoding/binary"
	"fmt"
)

// entry is a row of the section table.
type entry struct {
	kind, sum      uint32
	offset, length uint64
}

// readTable returns the section table: its checksum is right, kinds ascend,
// and the sections fill the file without overlap.
func readTable(data []byte) ([]entry, error) {
	le := binary.LittleEndian
	count := le.Uint32(data[12:])
	if count > maxSections || headerSize(int(count)) > uint64(len(data)) {
		return nil, badLength("%d sections in a file of %d bytes", count, len(data))
	}
	end := headerSize(int(count)) - 4
	if err := checkSum("header", data[:end], le.Uint32(data[end:])); err != nil {
		return nil, err
	}
	table := make([]entry, count)
	for i := range table {
		row := data[prefixSize+i*entrySize:]
		table[i] = entry{le.Uint32(row), le.Uint32(row[4:]), le.Uint64(row[8:]), le.Uint64(row[16:])}
	}
	return table, checkTable(table, uint64(len(data)))
}

func checkTable(table []entry, size uint64) error {
	end := headerSize(len(table))
	for i, e := range table {
		if err := checkKind(i, e.kind, table[max(i-1, 0)].kind); err != nil {
			return err
		}
		start := align(end)
		if e.offset != start || start > size || e.length > size-start {
			return badLength("section %s has %d bytes at %d in a file of %d: it must start at %d", sectionName(e.kind), e.length, e.offset, size, start)
		}
		end = start + e.length
	}
	if len(table) < kinds {
		return fmt.Errorf("model: %w: section %s is missing", ErrCorrupt, sectionName(uint32(len(table)+1)))
	}
	if end != size {
		return badLength("the last section stops at byte %d of %d", end, size)
	}
	return nil
}

// checkKind checks the kind of section i: first every known one in its order,
// then optional ones in ascending order.
func checkKind(i int, kind, previous uint32) error {
	switch {
	case i < kinds && kind == uint32(i+1), i >= kinds && kind >= Optional && kind > previous:
		return nil
	case kind > kinds && kind < Optional:
		return fmt.Errorf("model: section %s: %w: use a newer program", sectionName(kind), ErrVersion)
	default:
		return corrupt(kind, "the section is out of order, in position %d", i+1)
	}
}

func checkSum(name string, data []byte, stored uint32) error {
	if computed := checksum(data); computed != stored {
		return fmt.Errorf("model: section %s: %w (stored %08x, computed %08x): the file is damaged, fetch it again", name, ErrChecksum, stored, computed)
	}
	return nil
}

func readSections(data []byte, table []entry) ([]Section, error) {
	sections := make([]Section, len(table))
	for i, e := range table {
		var content []byte // nil if there is none, as in a model never written
		if stop := e.offset + e.length; stop > e.offset {
			content = data[e.offset:stop:stop]
		}
		if err := checkSum(sectionName(e.kind), content, e.sum); err != nil {
			return nil, err
		}
		sections[i] = Section{e.kind, content}
	}
	end := headerSize(len(table))
	for _, e := range table {
		for i, b := range data[end:e.offset] {
			if b != 0 {
				return nil, corrupt(e.kind, "padding byte at %d is %#x, not 0", end+uint64(i), b)
			}
		}
		end = e.offset + e.length
	}
	return sections, nil
}
