package corpus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// errTooLong is returned for a line beyond the limit. It has been skipped.
var errTooLong = errors.New("line too long")

// lineReader cuts its input into lines and never holds much more than max
// bytes of one.
type lineReader struct {
	in     *bufio.Reader
	max    int
	line   int      // number of the line last read, from 1
	pieces [][]byte // of a line that does not fit the buffer of in
	long   []byte   // scratch for such a line
}

// next returns the next line without its break (\n or \r\n), valid until
// the following call; errTooLong for a line that was skipped; io.EOF after the last.
func (l *lineReader) next() ([]byte, error) {
	l.line++
	line, err := l.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		line, err = l.assemble(line)
	}
	if err != nil && (err != io.EOF || len(line) == 0) {
		return nil, err // what was read of a line before an error is no record
	}
	line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
	if len(line) > l.max {
		return nil, errTooLong
	}
	return line, nil
}

// assemble joins the pieces of a line that started with first. Beyond max it lets go of them and
// reads to the end of the line. A buffer that grew would take three times as much.
func (l *lineReader) assemble(first []byte) ([]byte, error) {
	size := len(first)
	l.pieces = append(l.pieces[:0], bytes.Clone(first))
	for {
		piece, err := l.in.ReadSlice('\n')
		size += len(piece)
		fits := size <= l.max+2 // 2: the break does not count
		if fits {
			l.pieces = append(l.pieces, bytes.Clone(piece))
		} else {
			l.pieces = nil
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err != nil && err != io.EOF:
			return nil, err
		case !fits:
			return nil, errTooLong
		default:
			return l.join(size), err
		}
	}
}

// join puts a line together. One huge line must not cost memory for ever.
func (l *lineReader) join(size int) []byte {
	line := l.long[:0]
	if size > 4*bufferSize {
		line = make([]byte, 0, size)
	}
	for i, piece := range l.pieces {
		line = append(line, piece...)
		l.pieces[i] = nil
	}
	if size <= 4*bufferSize {
		l.long = line
	}
	return line
}

// nextFilled returns the next line that is not blank.
func (l *lineReader) nextFilled() ([]byte, error) {
	for {
		line, err := l.next()
		if err != nil || len(bytes.TrimSpace(line)) > 0 {
			return line, err
		}
	}
}

// badRecord is the reason why one record cannot be read; other errors of a
// parser end its source.
type badRecord struct {
	at  position
	err error
}

// badLine is a bad record that starts on a line.
func badLine(line int, err error) *badRecord { return &badRecord{position{line: line}, err} }

func (b *badRecord) Error() string { return b.err.Error() }

// bad returns err as the fault of the record on the current line.
func (l *lineReader) bad(err error) error {
	if err == errTooLong {
		err = tooLong(l.max)
	}
	return badLine(l.line, err)
}

func tooLong(max int) error {
	return fmt.Errorf("the record is longer than the limit of %d bytes", max)
}

// checkText refuses bytes that no text holds. Bytes are counted from 1, like lines.
func checkText(b []byte) error {
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return fmt.Errorf("NUL at byte %d: is this a text file?", i+1)
	}
	return checkUTF8(b)
}

func checkUTF8(b []byte) error {
	if i := invalidUTF8(b); i >= 0 {
		return fmt.Errorf("invalid UTF-8 at byte %d: convert the text to UTF-8", i+1)
	}
	return nil
}

// invalidUTF8 returns the index of the first byte that is not UTF-8, or -1.
func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	i := 0
	for {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			return i
		}
		i += n
	}
}
