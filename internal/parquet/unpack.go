package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// Compression codecs.
const (
	codecNone   = 0
	codecSnappy = 1
	codecGzip   = 2
	codecBrotli = 4
	codecZstd   = 6
	codecLZ4    = 7 // without a frame
)

var errSize = errors.New("a page has another length than its header says")

// unpacker decompresses pages of at most limit bytes.
type unpacker struct {
	limit int64
	zstd  *zstd.Decoder // nil until needed
}

// unpack decompresses data, which makes size bytes, and takes no more memory than the limit.
func (u *unpacker) unpack(codec int, data []byte, size int) ([]byte, error) {
	switch codec {
	case codecNone:
		if len(data) != size {
			return nil, errSize
		}
		return data, nil
	case codecSnappy:
		return unpackSnappy(data, size)
	case codecLZ4:
		return unpackLZ4(data, size)
	case codecGzip:
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("page: %w", err)
		}
		return readPage(r, size)
	case codecBrotli:
		return readPage(brotli.NewReader(bytes.NewReader(data)), size)
	case codecZstd:
		return u.unpackZstd(data, size)
	}
	return nil, fmt.Errorf("compression %d is not read: use snappy, gzip, zstd, brotli or lz4_raw", codec)
}

// readPage reads the size bytes that r must have.
func readPage(r io.Reader, size int) ([]byte, error) {
	var page bytes.Buffer
	n, err := page.ReadFrom(io.LimitReader(r, int64(size)+1))
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	if n != int64(size) {
		return nil, errSize
	}
	return page.Bytes(), nil
}

func unpackSnappy(data []byte, size int) ([]byte, error) {
	const most = 64 // bytes that three can stand for
	if n, err := snappy.DecodedLen(data); err != nil || n != size || size > most*len(data) {
		return nil, errSize
	}
	return snappy.Decode(nil, data)
}

func unpackLZ4(data []byte, size int) ([]byte, error) {
	const most = 255 // bytes that one can stand for
	if size > most*(len(data)+1) {
		return nil, errSize
	}
	page := make([]byte, size)
	n, err := lz4.UncompressBlock(data, page)
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	if n != size {
		return nil, errSize
	}
	return page, nil
}

func (u *unpacker) unpackZstd(data []byte, size int) ([]byte, error) {
	if u.zstd == nil {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(uint64(u.limit)))
		if err != nil {
			return nil, fmt.Errorf("page: %w", err)
		}
		u.zstd = d
	}
	page, err := u.zstd.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	if len(page) != size {
		return nil, errSize
	}
	return page, nil
}
