package archive

import (
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// zstdWindow is how far back zstd looks for repetitions. The more it is, the more memory a run takes.
const zstdWindow = 1 << 20

// frames packs what is written. Each frame, a gzip member or a zstd frame, can be unpacked by itself, and one
// after the other they are one packed file; so a file can be cut and continued between two.
type frames struct {
	to   io.Writer
	gzip *gzip.Writer // one of these, or none
	zstd *zstd.Encoder
	open bool
	any  bool // a frame has been written
}

func newFrames(to io.Writer, c Compression, continued bool) *frames {
	f := &frames{to: to, any: continued}
	switch c {
	case Gzip:
		f.gzip = gzip.NewWriter(to)
	case Zstd:
		// One goroutine: the bytes must not depend on how many there are.
		f.zstd, _ = zstd.NewWriter(to, zstd.WithEncoderConcurrency(1), zstd.WithZeroFrames(true), zstd.WithWindowSize(zstdWindow), zstd.WithLowerEncoderMem(true)) // fails for bad options only
	case None:
	}
	return f
}

// Write implements io.Writer, and begins a frame if none is open.
func (f *frames) Write(data []byte) (int, error) {
	if !f.open {
		f.begin()
	}
	switch {
	case f.gzip != nil:
		return f.gzip.Write(data)
	case f.zstd != nil:
		return f.zstd.Write(data)
	}
	return f.to.Write(data)
}

func (f *frames) begin() {
	f.open, f.any = true, true
	if f.gzip != nil {
		f.gzip.Reset(f.to)
	}
	if f.zstd != nil {
		f.zstd.Reset(f.to)
	}
}

// end ends the frame, if one is open.
func (f *frames) end() error {
	if !f.open {
		return nil
	}
	f.open = false
	switch {
	case f.gzip != nil:
		return f.gzip.Close()
	case f.zstd != nil:
		return f.zstd.Close()
	}
	return nil
}

// finish ends the file. Of nothing a packed file holds an empty frame, for no bytes at all are none.
func (f *frames) finish() error {
	if !f.any {
		f.begin()
	}
	return f.end()
}
