package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	lib "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// What a footer may hold at most.
const (
	maxFooter    = 64 << 20
	maxList      = 1 << 20 // of a list in it
	maxGroupRows = 1 << 40
	magic        = "PAR1"
)

// File is an opened Parquet file.
type File struct {
	r       io.ReaderAt
	size    int64
	maxPage int64
	lib     *lib.File
	columns []Column
	left    []string
}

// Open reads the footer of a file of size bytes, in which no page is longer than maxPage.
func Open(r io.ReaderAt, size, maxPage int64) (f *File, err error) {
	defer recovered(&err)
	if err := checkFooter(r, size); err != nil {
		return nil, err
	}
	file, err := lib.OpenFile(r, size, lib.SkipPageIndex(true), lib.SkipBloomFilters(true))
	if err != nil {
		return nil, fmt.Errorf("broken Parquet footer: %w", err)
	}
	f = &File{r: r, size: size, maxPage: maxPage, lib: file}
	for _, top := range file.Root().Columns() {
		if c, ok := columnOf(top); ok {
			f.columns = append(f.columns, c)
		} else {
			f.left = append(f.left, top.Name())
		}
	}
	return f, nil
}

// Columns returns the columns that can be read, in the order of the file.
func (f *File) Columns() []Column { return f.columns }

// Left returns the names of the columns that cannot.
func (f *File) Left() []string { return f.left }

// recovered makes an error of a panic, which is how the library meets some broken files.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("broken in a way that parquet-go cannot read: %v", p)
	}
}

// checkFooter decodes the footer within bounds before the library does so without.
func checkFooter(r io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < int64(len(magic)+len(tail)) {
		return errors.New("not a Parquet file: it is too short for one")
	}
	if _, err := r.ReadAt(tail[:], size-8); err != nil && err != io.EOF {
		return err
	}
	switch string(tail[4:]) {
	case magic:
	case "PARE":
		return errEncrypted
	default:
		return errors.New("the Parquet file has no footer: was it cut off?")
	}
	length := int64(binary.LittleEndian.Uint32(tail[:]))
	if length > maxFooter || length > size-int64(len(tail)+len(magic)) {
		return fmt.Errorf("broken Parquet footer: it claims %d bytes", length)
	}
	data := make([]byte, length)
	if _, err := r.ReadAt(data, size-8-length); err != nil && err != io.EOF {
		return err
	}
	var meta format.FileMetaData
	if _, err := decode(data, &meta); err != nil {
		return fmt.Errorf("broken Parquet footer: %w", err)
	}
	return checkGroups(&meta)
}

var errEncrypted = errors.New("the Parquet file is encrypted, which is not read")

func checkGroups(meta *format.FileMetaData) error {
	if meta.EncryptionAlgorithm.Value != nil {
		return errEncrypted
	}
	for i, g := range meta.RowGroups {
		if g.NumRows < 0 || g.NumRows > maxGroupRows {
			return fmt.Errorf("broken Parquet footer: row group %d claims %d rows", i+1, g.NumRows)
		}
		for _, c := range g.Columns {
			if c.CryptoMetadata.Value != nil {
				return errEncrypted
			}
			if !isRead(c.MetaData.Codec) {
				return fmt.Errorf("the Parquet file is compressed by %v, which is not read: write it anew with Snappy or zstd", c.MetaData.Codec)
			}
		}
	}
	return nil
}

// isRead tells whether a codec is read. LZ4_RAW is not: parquet-go 0.32 takes it and gives other values
// than were written (its issue 608).
func isRead(codec format.CompressionCodec) bool {
	switch codec {
	case format.Uncompressed, format.Snappy, format.Gzip, format.Brotli, format.Zstd:
		return true
	}
	return false
}

// decode decodes a structure at the start of data with the library's decoder, and returns its length.
func decode(data []byte, structure any) (int, error) {
	r := bounded{new(thrift.CompactProtocol).NewReaderFromBytes(data), len(data)}
	err := thrift.NewDecoder(r).Decode(structure)
	return r.BytesRead(), err
}

// bounded refuses lists that are longer than what is left of the data: the library makes room for
// a list before it reads the items.
type bounded struct {
	thrift.BytesReader
	size int
}

// ReadList reads the head of a list.
func (b bounded) ReadList() (thrift.List, error) {
	l, err := b.BytesReader.ReadList()
	if err == nil && (int(l.Size) > b.size-b.BytesRead() || l.Size > maxList) {
		err = fmt.Errorf("a list claims %d items", l.Size)
	}
	return l, err
}

// Discard passes over bytes, which the library asks for where a reader has it.
func (b bounded) Discard(n int) (int, error) {
	return b.BytesReader.(interface{ Discard(n int) (int, error) }).Discard(n)
}
