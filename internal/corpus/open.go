package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	gzipMark = "\x1f\x8b"
	zstdMark = "\x28\xb5\x2f\xfd"
	bom      = "\xef\xbb\xbf"

	// bufferSize holds a hundred articles and stays in the second-level cache.
	bufferSize = 256 << 10
	// maxWindow is the largest zstd window accepted, the default limit of the
	// zstd program; a file may ask for gigabytes.
	maxWindow = 128 << 20
)

// opener opens one source after the other, reusing its buffers: a folder
// may hold a hundred thousand small files.
type opener struct {
	stdin io.Reader
	raw   *bufio.Reader
	out   *bufio.Reader // after decompression; nil until needed
}

func newOpener(stdin io.Reader) *opener {
	return &opener{stdin: stdin, raw: bufio.NewReaderSize(nil, bufferSize)}
}

// input is an opened source, decompressed and without byte order mark.
type input struct {
	*bufio.Reader
	size  int64 // bytes to come, -1 if not known
	close func()
}

// open opens path, "-" being standard input. The input is valid until the next call.
func (o *opener) open(path string) (*input, error) {
	in, err := o.openRaw(path)
	if err != nil {
		return nil, err
	}
	if err := o.decompress(in, path); err != nil {
		in.close()
		return nil, err
	}
	if head, _ := in.Peek(len(bom)); string(head) == bom {
		_, _ = in.Discard(len(bom)) // peeked, so there
	}
	return in, nil
}

func (o *opener) openRaw(path string) (*input, error) {
	if path == "-" {
		if o.stdin == nil {
			return nil, errors.New("no standard input here: give a file")
		}
		o.raw.Reset(o.stdin)
		return &input{o.raw, -1, func() {}}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	size := int64(-1)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	o.raw.Reset(f)
	return &input{o.raw, size, func() { f.Close() }}, nil
}

// decompress puts a decompressor before in if its first bytes ask for one.
func (o *opener) decompress(in *input, name string) error {
	head, err := in.Peek(len(zstdMark))
	var unpacked io.ReadCloser
	switch {
	case err != nil && err != io.EOF && len(head) == 0:
		return err
	case bytes.HasPrefix(head, []byte(gzipMark)):
		if unpacked, err = gzip.NewReader(in.Reader); err != nil {
			return compressionError("gzip", err)
		}
		o.unpack(in, "gzip", unpacked)
	case bytes.HasPrefix(head, []byte(zstdMark)):
		d, err := zstd.NewReader(in.Reader, zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return compressionError("zstd", err)
		}
		o.unpack(in, "zstd", d.IOReadCloser())
	case len(head) == 0 && trimCompression(name) != name:
		return errors.New("the file is empty, not even a compressed nothing: was it cut off?")
	}
	return nil
}

func (o *opener) unpack(in *input, kind string, unpacked io.ReadCloser) {
	if o.out == nil {
		o.out = bufio.NewReaderSize(nil, bufferSize)
	}
	o.out.Reset(&unpacker{kind, unpacked})
	closeRaw := in.close
	*in = input{o.out, -1, func() { unpacked.Close(); closeRaw() }}
}

// unpacker says in its errors which compression is broken.
type unpacker struct {
	kind string
	r    io.Reader
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		err = compressionError(u.kind, err)
	}
	return n, err
}

// brokenError is a broken compressed stream.
type brokenError struct {
	kind string
	err  error
}

func compressionError(kind string, err error) error { return &brokenError{kind, err} }

func (e *brokenError) Error() string {
	if errors.Is(e.err, io.ErrUnexpectedEOF) {
		return "the " + e.kind + " file is cut off"
	}
	return "broken " + e.kind + " file: " + strings.TrimPrefix(e.err.Error(), e.kind+": ")
}

func (e *brokenError) Unwrap() error { return e.err }
