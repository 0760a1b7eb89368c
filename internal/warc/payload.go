package warc

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

var (
	// ErrTooLong is returned for a payload beyond the limit of its reader.
	ErrTooLong = errors.New("the payload is longer than the limit")

	errLongHeader = fmt.Errorf("a header of more than %d bytes, or with a longer line than is read", maxHeader)
)

// maxWindow is the largest window of a zstd payload: what HTTP allows.
const maxWindow = 8 << 20

// maxEncodings is more than any server applies.
const maxEncodings = 3

// Payload is what a record holds: a file, or what a server answered.
type Payload struct {
	Status      int    // of HTTP; 0 without HTTP
	ContentType string // with its parameters, as written
	body        *bufio.Reader
	truncated   bool
	chunked     bool
	encodings   []string // in the order in which they were applied
}

// Payload reads the HTTP header of a response; other records are their own payload.
func (rec *Record) Payload() (*Payload, error) {
	p := &Payload{ContentType: rec.ContentType, body: bufio.NewReader(rec.Block), truncated: rec.Truncated}
	if !rec.IsHTTP() {
		return p, nil
	}
	p.ContentType = ""
	status, err := p.line()
	if err != nil {
		return nil, fmt.Errorf("HTTP header: %w", err)
	}
	if p.Status, err = parseStatus(string(status)); err != nil {
		return nil, err
	}
	size := 0
	err = readFields(p.field, func() ([]byte, error) {
		line, err := p.line()
		if size += len(line); size > maxHeader {
			return nil, errLongHeader
		}
		return line, err
	})
	if err != nil {
		return nil, fmt.Errorf("HTTP header: %w", err)
	}
	return p, nil
}

// IsHTTP tells a block that starts with an HTTP header.
func (rec *Record) IsHTTP() bool {
	kind, _, _ := strings.Cut(rec.ContentType, ";")
	return rec.Type == Response && strings.EqualFold(strings.TrimSpace(kind), "application/http")
}

func (p *Payload) line() ([]byte, error) {
	line, err := p.body.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		return p.longLine(line)
	}
	if err == io.EOF && len(line) > 0 {
		err = nil // a header without a body may end with its last line
	}
	return line, err
}

// longLine joins a line longer than the buffer, as cookies can be.
func (p *Payload) longLine(first []byte) ([]byte, error) {
	line := bytes.Clone(first)
	for len(line) <= maxHeader {
		more, err := p.body.ReadSlice('\n')
		line = append(line, more...)
		if err != bufio.ErrBufferFull {
			return line, err
		}
	}
	return nil, errLongHeader
}

// parseStatus reads a line like "HTTP/1.1 200 OK".
func parseStatus(line string) (int, error) {
	words := strings.Fields(line)
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return 0, fmt.Errorf("an HTTP answer starts like HTTP/1.1 200, not with %.40q", line)
	}
	status, err := strconv.Atoi(words[1])
	if err != nil || status < 100 || status > 999 {
		return 0, fmt.Errorf("HTTP status %.20q: it must be a number from 100", words[1])
	}
	return status, nil
}

func (p *Payload) field(name, value string) {
	switch strings.ToLower(name) {
	case "content-type":
		p.ContentType = value
	case "transfer-encoding":
		p.chunked = p.chunked || strings.Contains(strings.ToLower(value), "chunked")
	case "content-encoding":
		for encoding := range strings.SplitSeq(strings.ToLower(value), ",") {
			p.encodings = append(p.encodings, strings.TrimSpace(encoding))
		}
	}
}

// ReadAll returns the payload without the encodings of HTTP, [ErrTooLong] if that has more than
// max bytes. Of one that the crawler cut off on purpose it returns what there is.
func (p *Payload) ReadAll(max int) ([]byte, error) {
	r, err := p.decoded()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(max)+1))
	if p.truncated && errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("the payload is cut off or broken: %w", err)
	case len(data) > max:
		return nil, ErrTooLong
	}
	return data, nil
}

// decoded takes off the encodings, last applied first. One that the bytes do not bear out was
// taken off by the crawler.
func (p *Payload) decoded() (io.ReadCloser, error) {
	body := p.body
	if p.chunked && startsChunk(body) {
		body = bufio.NewReader(httputil.NewChunkedReader(body))
	}
	if len(p.encodings) > maxEncodings {
		return nil, fmt.Errorf("%d content encodings, one in the other: at most %d are read", len(p.encodings), maxEncodings)
	}
	out := io.NopCloser(io.Reader(body))
	for i := len(p.encodings) - 1; i >= 0; i-- {
		next, err := decoder(p.encodings[i], bufio.NewReader(out))
		if err != nil {
			out.Close()
			return nil, fmt.Errorf("content encoding %.20s: %w", p.encodings[i], err)
		}
		out = closers{next, out}
	}
	return out, nil
}

// closers closes a decoder and then what it reads from.
type closers struct {
	io.ReadCloser
	below io.Closer
}

func (c closers) Close() error { return errors.Join(c.ReadCloser.Close(), c.below.Close()) }

// startsChunk tells the line with the length of a chunk, in hexadecimal.
func startsChunk(body *bufio.Reader) bool {
	head, _ := body.Peek(18)
	line, _, ended := bytes.Cut(head, []byte("\n"))
	size, _, extended := bytes.Cut(line, []byte(";"))
	_, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 64)
	return err == nil && (ended || extended)
}

func decoder(encoding string, in *bufio.Reader) (io.ReadCloser, error) {
	head, err := in.Peek(4)
	if err != nil && len(head) == 0 {
		return io.NopCloser(in), ignoreEOF(err) // nothing, in any encoding
	}
	switch encoding {
	case "gzip", "x-gzip":
		if bytes.HasPrefix(head, []byte("\x1f\x8b")) {
			return gzip.NewReader(in)
		}
	case "deflate":
		if len(head) >= 2 && head[0]&0xf == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
			return zlib.NewReader(in)
		}
		if !isText(head) {
			return flate.NewReader(in), nil
		}
	case "br":
		if !isText(head) {
			return io.NopCloser(brotli.NewReader(in)), nil
		}
	case "zstd":
		if bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")) {
			return zstdReader(in)
		}
	case "", "identity", "none", "utf-8":
	default:
		return nil, errors.New("it is not read")
	}
	return io.NopCloser(in), nil
}

func zstdReader(in io.Reader) (io.ReadCloser, error) {
	d, err := zstd.NewReader(in, zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return d.IOReadCloser(), nil
}

// isText tells the beginning of a page from that of a packed one.
func isText(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	head = bytes.TrimLeft(head, " \t\r\n")
	return len(head) == 0 || head[0] == '<'
}

func ignoreEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
