package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// maxHeader is the longest header block of a record or of an HTTP answer.
const maxHeader = 1 << 20

// The types of records that hold what a reader of pages would see.
const (
	Response   = "response"   // an answer with its HTTP header
	Resource   = "resource"   // a file without one
	Conversion = "conversion" // made of another record, such as its text
)

// Record is the header of one record and the way to its block.
type Record struct {
	Number      int    // in the file, from 1
	Offset      int64  // of its first byte in the decompressed file
	Type        string // in lower case
	URI         string // of the target; "" if none
	Date        string // of capture, as written
	ContentType string // of the block
	Length      int64  // of the block
	Truncated   bool   // by the crawler, on purpose
	Block       io.Reader
}

// SyntaxError is a record that cannot be read because it is not written as it should be.
type SyntaxError struct {
	Number int
	Offset int64
	Err    error
}

// Error names the record and says what is wrong.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("record %d at byte %d: %v", e.Number, e.Offset, e.Err)
}

// Unwrap returns what is wrong.
func (e *SyntaxError) Unwrap() error { return e.Err }

// Reader reads records from a stream.
type Reader struct {
	in     *bufio.Reader
	offset int64 // of the next byte of in
	record Record
	left   int64 // of the block of record
	lost   bool  // in a record that is none
	err    error // that ended the stream
}

// NewReader returns a Reader of in, whose buffer bounds a header line.
func NewReader(in *bufio.Reader) *Reader { return &Reader{in: in} }

// Err returns the error of the stream that ended reading, or nil; never [io.EOF].
func (r *Reader) Err() error { return r.err }

// Number and Offset tell the record last begun.
func (r *Reader) Number() int { return r.record.Number }

// Offset is where the record last begun starts.
func (r *Reader) Offset() int64 { return r.record.Offset }

// Next skips to the next record.
func (r *Reader) Next() (*Record, error) {
	if err := r.skipBlock(); err != nil {
		return nil, err
	}
	line, err := r.firstLine()
	if err != nil {
		return nil, err
	}
	r.record = Record{Number: r.record.Number + 1, Offset: r.offset - int64(len(line))}
	err = r.header(line)
	if r.err != nil {
		return nil, r.err
	}
	if err != nil {
		r.lost = true
		return nil, &SyntaxError{r.record.Number, r.record.Offset, err}
	}
	r.left = r.record.Length
	r.record.Block = (*block)(r)
	return &r.record, nil
}

// firstLine returns the line a record should start with: after another record the next that
// is not empty, after rubbish the next that can be one.
func (r *Reader) firstLine() ([]byte, error) {
	for {
		line, err := r.line()
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			if !r.lost {
				return line, nil // to be refused
			}
			if err := r.skipLine(); err != nil {
				return nil, err
			}
		case err != nil:
			return nil, err
		case r.lost && bytes.HasPrefix(line, []byte("WARC/1.")), !r.lost && len(bytes.TrimSpace(line)) > 0:
			r.lost = false
			return line, nil
		}
	}
}

// line returns the next line with its break; the last one may have none.
func (r *Reader) line() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	r.offset += int64(len(line))
	if err == io.EOF && len(line) > 0 {
		return line, nil
	}
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		r.err = err
	}
	return line, err
}

// skipLine skips the rest of a line longer than the buffer.
func (r *Reader) skipLine() error {
	for {
		if _, err := r.line(); err != bufio.ErrBufferFull {
			if err == io.EOF {
				return nil // the next call meets it again
			}
			return err
		}
	}
}

// header reads the header block whose first line is given.
func (r *Reader) header(line []byte) error {
	version, isWARC := strings.CutPrefix(strings.TrimRight(string(line), "\r\n"), "WARC/")
	if !isWARC {
		return fmt.Errorf("a record starts with WARC/1.0 or WARC/1.1, not with %.20q: is the length of the one before it right?", line)
	}
	if version = strings.TrimSpace(version); version != "1.0" && version != "1.1" {
		return fmt.Errorf("version %.20q is not read: give 1.0 or 1.1", version)
	}
	length := ""
	err := r.fields(func(name, value string) { r.field(name, value, &length) })
	if err != nil {
		return err
	}
	if r.record.Type == "" {
		return errors.New("no WARC-Type")
	}
	r.record.Length, err = strconv.ParseInt(length, 10, 64)
	if err != nil || r.record.Length < 0 {
		return fmt.Errorf("length %.40q: Content-Length must be a number of bytes", length)
	}
	return nil
}

// field keeps what is needed of a header field.
func (r *Reader) field(name, value string, length *string) {
	switch strings.ToLower(name) {
	case "content-length":
		*length = value
	case "content-type":
		r.record.ContentType = value
	case "warc-type":
		r.record.Type = strings.ToLower(value)
	case "warc-target-uri":
		r.record.URI = strings.TrimSuffix(strings.TrimPrefix(value, "<"), ">")
	case "warc-date":
		r.record.Date = value
	case "warc-truncated":
		r.record.Truncated = true
	}
}

// fields calls found for each field up to the empty line that ends a header block.
func (r *Reader) fields(found func(name, value string)) error {
	size := 0
	return readFields(found, func() ([]byte, error) {
		line, err := r.line()
		if size += len(line); size > maxHeader || err == bufio.ErrBufferFull {
			return nil, errLongHeader
		}
		if err == io.EOF {
			r.err = cutError("in the header of a record")
			return nil, r.err
		}
		return line, err
	})
}

// skipBlock reads to the end of the current block.
func (r *Reader) skipBlock() error {
	if r.err != nil {
		return r.err
	}
	_, err := io.Copy(io.Discard, (*block)(r))
	return err
}

// block is the rest of the block of the current record.
type block Reader

func (b *block) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if b.left == 0 {
		return 0, io.EOF
	}
	n, err := b.in.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	b.offset += int64(n)
	if err == io.EOF {
		err = cutError(fmt.Sprintf("%d bytes before the end of a record", b.left))
	}
	b.err = err
	return n, err
}

// cutError says where a file ends that should go on.
type cutError string

func (e cutError) Error() string { return "the WARC file is cut off " + string(e) }

func (e cutError) Unwrap() error { return io.ErrUnexpectedEOF }
