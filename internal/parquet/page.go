package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/snappy"
	lib "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

const (
	someHeader    = 4 << 10 // enough for most
	maxPageHeader = 4 << 20 // the smallest and largest value of the page may stand in it
	maxPageValues = 1 << 24
)

var errBroken = errors.New("the values are broken")

// values reads the values of one column in one row group, page by page.
type values struct {
	file    *File
	leaf    *lib.Column
	codec   format.CompressionCodec
	at, end int64 // of the pages that are not read
	pages   lib.Pages

	page   lib.Page // nil if none
	reader lib.ValueReader
	left   int64 // values of the page
	buffer [64]lib.Value
	ahead  []lib.Value // of buffer
}

// values begins to read a column in a row group.
func (f *File) values(group int, leaf *lib.Column) (*values, error) {
	m := f.lib.Metadata().RowGroups[group].Columns[leaf.Index()].MetaData
	start := m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		start = m.DictionaryPageOffset
	}
	if start < 0 || m.TotalCompressedSize < 0 || m.TotalCompressedSize > f.size-start {
		return nil, errors.New("it lies outside the file")
	}
	if leaf.Compression().CompressionCodec() != m.Codec {
		return nil, fmt.Errorf("compression by %v, where the first row group has another, is not read", m.Codec)
	}
	pages := f.lib.RowGroups()[group].ColumnChunks()[leaf.Index()].Pages()
	return &values{file: f, leaf: leaf, codec: m.Codec, at: start, end: start + m.TotalCompressedSize, pages: pages}, nil
}

// peek returns the next value, valid until the following call, io.EOF after the last; skip is to pass over it.
func (v *values) peek() (*lib.Value, error) {
	if len(v.ahead) == 0 {
		if err := v.fill(); err != nil {
			return nil, err
		}
	}
	return &v.ahead[0], nil
}

func (v *values) skip() { v.ahead = v.ahead[1:] }

// fill reads some values.
func (v *values) fill() (err error) {
	defer recovered(&err)
	for v.left == 0 {
		if err := v.turn(); err != nil {
			return err
		}
	}
	n, err := v.reader.ReadValues(v.buffer[:min(int64(len(v.buffer)), v.left)])
	if err == io.EOF && n > 0 {
		err = nil
	}
	if n == 0 && (err == nil || err == io.EOF) {
		err = errBroken
	}
	v.left -= int64(n)
	v.ahead = v.buffer[:n]
	return err
}

// turn turns to the next page of values.
func (v *values) turn() error {
	count, err := v.check()
	if err != nil {
		return err
	}
	lib.Release(v.page)
	v.page = nil
	page, err := v.pages.ReadPage()
	if err != nil {
		return err
	}
	if page.NumValues() != count {
		return errBroken
	}
	v.page, v.reader, v.left = page, page.Values(), count
	return nil
}

func (v *values) close() {
	defer func() { _ = recover() }() // what is given back may be broken as well
	lib.Release(v.page)
	_ = v.pages.Close()
}

// check looks at the headers of all pages that the library will read up to the next one of
// values, before it takes memory for what they claim, and returns the number of values.
func (v *values) check() (int64, error) {
	for v.at < v.end {
		h, err := v.header()
		if err != nil {
			return 0, fmt.Errorf("header of a page: %w", err)
		}
		count, levels := sizes(h)
		packed, size := int64(h.CompressedPageSize), int64(h.UncompressedPageSize)
		switch {
		case packed < 0 || packed > v.end-v.at || levels < 0 || levels > min(packed, size):
			return 0, fmt.Errorf("a page of %d bytes is cut off", packed)
		case size < 0 || max(size, packed) > v.file.maxPage:
			return 0, fmt.Errorf("a page of %d bytes is longer than the limit of %d", max(size, packed), v.file.maxPage)
		case count < 0 || count > maxPageValues:
			return 0, fmt.Errorf("a page of %d values: at most %d are read", count, maxPageValues)
		}
		if v.codec == format.Snappy && packs(h) && packed > levels {
			if err := v.checkSnappy(v.at+levels, packed-levels, size-levels); err != nil {
				return 0, err
			}
		}
		if h.CRC == 0 && inDictionary(h) {
			if err := v.checkRuns(h, packed, size, count, levels); err != nil {
				return 0, err
			}
		}
		if v.at += packed; h.Type == format.DataPage || h.Type == format.DataPageV2 {
			return count, nil
		}
	}
	return 0, io.EOF
}

// sizes returns how many values a page claims, and bytes of levels that are not compressed.
func sizes(h *format.PageHeader) (count, levels int64) {
	switch h.Type {
	case format.DataPage:
		return int64(h.DataPageHeader.V.NumValues), 0
	case format.DataPageV2:
		two := &h.DataPageHeaderV2.V
		return int64(two.NumValues), int64(two.RepetitionLevelsByteLength) + int64(two.DefinitionLevelsByteLength)
	}
	return int64(h.DictionaryPageHeader.V.NumValues), 0
}

// packs tells whether a page is compressed where its column is.
func packs(h *format.PageHeader) bool {
	two := &h.DataPageHeaderV2
	return h.Type != format.DataPageV2 || !two.V.IsCompressed.Valid || two.V.IsCompressed.V
}

// header decodes the next header, out of as much as that takes.
func (v *values) header() (*format.PageHeader, error) {
	for size := int64(someHeader); ; size *= 8 {
		data := make([]byte, min(size, v.end-v.at))
		if _, err := v.file.r.ReadAt(data, v.at); err != nil && err != io.EOF {
			return nil, err
		}
		h := new(format.PageHeader)
		n, err := decode(data, h)
		if err != nil && size < min(maxPageHeader, v.end-v.at) {
			continue
		}
		v.at += int64(n)
		return h, err
	}
}

// checkSnappy looks at the length that Snappy's data begin with, for which the library takes memory.
func (v *values) checkSnappy(at, packed, size int64) error {
	head := make([]byte, min(binary.MaxVarintLen64, packed))
	if _, err := v.file.r.ReadAt(head, at); err != nil && err != io.EOF {
		return err
	}
	claimed, err := snappy.DecodedLen(head)
	if err != nil {
		return err
	}
	if int64(claimed) > size {
		return fmt.Errorf("a page of %d bytes claims to unpack to %d", size, claimed)
	}
	return nil
}
