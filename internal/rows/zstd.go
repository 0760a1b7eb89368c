package rows

import (
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// pageWindow is longer than a page of a column, so nothing is gained by more.
const pageWindow = 1 << 20

// zstdCodec is the library's, but that it packs with a small window: the library's own keeps 32 MB for it.
type zstdCodec struct {
	compress.Codec
	encoder *zstd.Encoder
}

// NewZstd returns a codec for [WriteParquet] that takes little memory.
func NewZstd() compress.Codec {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(pageWindow),
		zstd.WithLowerEncoderMem(true), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(false))
	if err != nil {
		panic(err) // cannot happen: the options are fixed
	}
	return &zstdCodec{&parquet.Zstd, encoder}
}

// Encode implements compress.Codec.
func (c *zstdCodec) Encode(dst, src []byte) ([]byte, error) {
	return c.encoder.EncodeAll(src, dst[:0]), nil
}
