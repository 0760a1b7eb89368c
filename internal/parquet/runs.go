package parquet

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/format"
)

// checkRuns counts what the runs of a page of places in a dictionary claim, for which the library
// takes memory. It costs unpacking the page once more, and so is for pages without a checksum.
func (v *values) checkRuns(h *format.PageHeader, packed, size, count, levels int64) error {
	data := make([]byte, packed)
	if _, err := io.ReadFull(io.NewSectionReader(v.file.r, v.at, packed), data); err != nil {
		return err
	}
	data = data[levels:]
	if packs(h) && v.codec != format.Uncompressed && len(data) > 0 {
		unpacked, err := v.leaf.Compression().Decode(make([]byte, size-levels), data)
		if err != nil {
			return err
		}
		data = unpacked
	}
	for _, most := range []int{v.leaf.MaxRepetitionLevel(), v.leaf.MaxDefinitionLevel()} {
		if h.Type != format.DataPage || most == 0 {
			continue
		}
		if len(data) < 4 || uint64(binary.LittleEndian.Uint32(data)) > uint64(len(data)-4) {
			return errBroken
		}
		data = data[4+binary.LittleEndian.Uint32(data):]
	}
	if len(data) == 0 {
		return nil
	}
	return countRuns(data[1:], uint64(data[0]), uint64(count))
}

// countRuns refuses runs of far more values than there are; some writers fill up the last one.
func countRuns(data []byte, width, count uint64) error {
	for total := uint64(0); len(data) > 0; {
		head, n := binary.Uvarint(data)
		if n <= 0 || head > 1<<32 || width > 32 {
			return errBroken
		}
		run, size := head>>1, (width+7)/8
		if head&1 == 1 {
			run, size = run*8, run*width
		}
		if total += run; total > 2*count+1024 {
			return fmt.Errorf("a page of %d values claims %d", count, total)
		}
		data = data[n:]
		data = data[min(size, uint64(len(data))):]
	}
	return nil
}

// inDictionary tells whether the values of a page are places in a dictionary.
func inDictionary(h *format.PageHeader) bool {
	encoding := h.DataPageHeader.V.Encoding
	if h.Type == format.DataPageV2 {
		encoding = h.DataPageHeaderV2.V.Encoding
	}
	const old = 2 // PLAIN_DICTIONARY, the same by its first name
	return h.Type != format.DictionaryPage && (encoding == format.RLEDictionary || encoding == old)
}
