package corpus

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// tarArchive yields the files of a tar in its order.
type tarArchive struct {
	in   *input
	tar  *tar.Reader
	last string // name of the member last seen
}

func newTar(in *input) *tarArchive { return &tarArchive{in: in, tar: tar.NewReader(in)} }

func (t *tarArchive) next() (*member, error) {
	for {
		h, err := t.tar.Next()
		if err == io.EOF {
			return nil, t.end()
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return nil, t.fault(err)
		}
		t.last = printable(h.Name)
		m := &member{name: t.last, size: h.Size, open: func() (io.ReadCloser, error) { return io.NopCloser(&explaining{t.tar, tarError}), nil }}
		switch h.Typeflag {
		case tar.TypeReg:
			if isSparse(h) {
				m.refused = errSparse
			}
		case tar.TypeGNUSparse:
			m.refused = errSparse
		case tar.TypeLink, tar.TypeSymlink:
			m.refused = errLink
		default:
			continue
		}
		return m, nil
	}
}

// end reads what stands after the archive: the end of a compressed file, which may be broken,
// and blocks of zeros.
func (t *tarArchive) end() error {
	block := make([]byte, 64<<10)
	for {
		n, err := t.in.Read(block)
		if len(bytes.Trim(block[:n], "\x00")) > 0 {
			return errors.New("something follows the end of the tar archive and is not read: was it put together of two?")
		}
		if err != nil {
			return err // io.EOF, too
		}
	}
}

// fault says how far an archive was read.
func (t *tarArchive) fault(err error) error {
	err = tarError(err)
	if t.last == "" {
		return err
	}
	return fmt.Errorf("after %.200s: %w", t.last, err)
}

func tarError(err error) error {
	if errors.Is(err, tar.ErrHeader) {
		return errors.New("broken tar file: what should be the header of a file is none")
	}
	return cutOff("tar", err)
}

// isSparse tells a file with holes, which may claim any size.
func isSparse(h *tar.Header) bool {
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// isTar checks the sum over the header of a first member, which no text has by chance.
func isTar(head []byte) bool {
	if len(head) < 512 || string(head[257:262]) != "ustar" {
		return false
	}
	want, err := strconv.ParseUint(strings.Trim(string(head[148:156]), " \x00"), 8, 32)
	if err != nil {
		return false
	}
	sum := uint64(8 * ' ') // the field of the sum counts as blanks
	for i, b := range head[:512] {
		if i < 148 || i >= 156 {
			sum += uint64(b)
		}
	}
	return sum == want
}
