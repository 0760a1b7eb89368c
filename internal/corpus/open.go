package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
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

	// bufferSize holds some thirty articles: what was read is still in the caches when it is decoded.
	bufferSize = 64 << 10
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
	name  string      // for places
	id    string      // of the article, if the whole source is one
	size  int64       // bytes to come, -1 if not known
	file  io.ReaderAt // the source from its start, if it is a file as it is; else nil
	close func()
}

// open opens path, "-" being standard input. The input is valid until the next call.
func (o *opener) open(path string) (*input, error) {
	in, err := o.openRaw(path)
	if err != nil {
		return nil, err
	}
	return in, o.prepare(in)
}

// openMember opens a file in an archive, of size bytes if that is true. It is
// valid until the next call.
func (o *opener) openMember(name string, content io.ReadCloser, size int64) (*input, error) {
	o.raw.Reset(content)
	in := &input{Reader: o.raw, name: name, id: name, size: size, close: func() { content.Close() }}
	return in, o.prepare(in)
}

// prepare skips to the text of in, or closes it.
func (o *opener) prepare(in *input) error {
	if err := o.decompress(in); err != nil {
		in.close()
		return err
	}
	if head, _ := in.Peek(len(bom)); string(head) == bom {
		_, _ = in.Discard(len(bom)) // peeked, so there
	}
	return nil
}

func (o *opener) openRaw(path string) (*input, error) {
	if path == "-" {
		if o.stdin == nil {
			return nil, errors.New("no standard input here: give a file")
		}
		o.raw.Reset(o.stdin)
		return &input{Reader: o.raw, name: shown(path), size: -1, close: func() {}}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	in := &input{Reader: o.raw, name: path, id: path, size: -1, close: func() { f.Close() }}
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		in.size, in.file = info.Size(), f
	}
	o.raw.Reset(f)
	return in, nil
}

// random returns in for reading at any place, and its size. What is not a file as it is comes
// into memory, if it is not longer than max bytes.
func (in *input) random(max int) (io.ReaderAt, int64, error) {
	if in.file != nil {
		return in.file, in.size, nil
	}
	var content bytes.Buffer
	n, err := content.ReadFrom(io.LimitReader(in, int64(max)+1))
	if err != nil {
		return nil, 0, err
	}
	if n > int64(max) {
		return nil, 0, fmt.Errorf("more than %d bytes of a kind that is read from its end: unpack it into a file of its own first", max)
	}
	return bytes.NewReader(content.Bytes()), n, nil
}

// decompress puts a decompressor before in if its first bytes ask for one.
func (o *opener) decompress(in *input) error {
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
	case len(head) == 0 && trimCompression(in.name) != in.name:
		return errors.New("the file is empty, not even a compressed nothing: was it cut off?")
	}
	return nil
}

func (o *opener) unpack(in *input, kind string, unpacked io.ReadCloser) {
	if o.out == nil {
		o.out = bufio.NewReaderSize(nil, bufferSize)
	}
	o.out.Reset(&explaining{unpacked, func(err error) error { return compressionError(kind, err) }})
	closeRaw := in.close
	in.Reader, in.size, in.file = o.out, -1, nil
	in.close = func() { unpacked.Close(); closeRaw() }
}

// explaining says in its errors what is broken.
type explaining struct {
	r       io.Reader
	explain func(error) error
}

func (e *explaining) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	if err != nil && err != io.EOF {
		err = e.explain(err)
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
