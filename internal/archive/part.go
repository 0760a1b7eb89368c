package archive

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
)

// errChanged says that a part is not what a checkpoint says it is.
var errChanged = errors.New("the file is not what the checkpoint says")

// partBuffer is what is written at a time. There may be millions of files, each with a few rows.
const partBuffer = 16 << 10

// part is a file that grows at its end and whose state can be noted, to go back to it later.
type part struct {
	path string
	file *os.File // nil until something is written
	out  *bufio.Writer
	size int64
	sum  hash.Hash
}

// extent is the state of a part.
type extent struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// openPart opens a part to go on from a state that it had; from the zero state it starts empty.
func openPart(path string, at extent) (*part, error) {
	p := &part{path: path, sum: sha256.New()}
	if at.Bytes == 0 {
		return p, removeIfThere(path)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	p.attach(f)
	n, err := io.Copy(p.sum, io.LimitReader(f, at.Bytes))
	p.size = n
	if err == nil && p.state() != at {
		err = errChanged
	}
	if err == nil {
		err = f.Truncate(at.Bytes)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return p, nil
}

func (p *part) attach(f *os.File) {
	p.file = f
	p.out = bufio.NewWriterSize(summing{p}, partBuffer)
}

// summing writes to the file, and into the digest what has been written.
type summing struct{ p *part }

func (s summing) Write(data []byte) (int, error) {
	n, err := s.p.file.Write(data)
	s.p.sum.Write(data[:n])
	s.p.size += int64(n)
	return n, err
}

// Write implements io.Writer.
func (p *part) Write(data []byte) (int, error) {
	if p.file == nil {
		f, err := os.OpenFile(p.path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
		if err != nil {
			return 0, err
		}
		p.attach(f)
	}
	return p.out.Write(data)
}

// flush hands everything to the system. After that state says all there is.
func (p *part) flush() error {
	if p.file == nil {
		return nil
	}
	return p.out.Flush()
}

// state is what has been handed to the system.
func (p *part) state() extent {
	if p.size == 0 {
		return extent{}
	}
	return extent{p.size, hex.EncodeToString(p.sum.Sum(nil))}
}

// close keeps the file as it is; what was not flushed is lost.
func (p *part) close() {
	if p.file != nil {
		p.file.Close()
	}
}

// sumFile returns the state that a part with the content of that file would have.
func sumFile(path string) (extent, error) {
	f, err := os.Open(path)
	if err != nil {
		return extent{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return extent{}, fmt.Errorf("digest: %w", err)
	}
	return extent{n, hex.EncodeToString(h.Sum(nil))}, nil
}
