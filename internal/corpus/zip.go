package corpus

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// encryptedFlag is set for members that need a password.
const encryptedFlag = 1

// zipArchive yields the files of a zip sorted by name, like those of a folder.
type zipArchive struct {
	files []*zip.File
}

func newZip(in *input, max int) (*zipArchive, error) {
	r, size, err := in.random(max)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, zipError(err)
	}
	z.RegisterDecompressor(zip.Deflate, inflater())
	z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderMaxWindow(maxWindow)))
	if overlapping(z.File, uint64(size)) {
		return nil, errors.New("files in the zip overlap, as those of a zip bomb do: it is not read")
	}
	slices.SortStableFunc(z.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	return &zipArchive{z.File}, nil
}

// inflater reuses one decompressor: the files are read one after the other.
func inflater() zip.Decompressor {
	var used io.ReadCloser
	return func(r io.Reader) io.ReadCloser {
		if used == nil {
			used = flate.NewReader(r)
		} else if err := used.(flate.Resetter).Reset(r, nil); err != nil {
			return flate.NewReader(r)
		}
		return used
	}
}

// overlapping finds more packed bytes than there are in the file: only together with that
// is the size of what is unpacked out of all proportion.
func overlapping(files []*zip.File, size uint64) bool {
	var sum uint64
	for _, f := range files {
		if f.CompressedSize64 > size-sum {
			return true
		}
		sum += f.CompressedSize64
	}
	return false
}

func (z *zipArchive) next() (*member, error) {
	for len(z.files) > 0 {
		f := z.files[0]
		z.files[0], z.files = nil, z.files[1:] // let go of it
		mode := f.Mode()
		if !mode.IsRegular() && mode.Type() != fs.ModeSymlink {
			continue
		}
		m := &member{name: printable(f.Name), size: int64(min(f.UncompressedSize64, 1<<62)), open: func() (io.ReadCloser, error) { return openZipped(f) }}
		switch {
		case mode.Type() == fs.ModeSymlink:
			m.refused = errLink
		case f.Flags&encryptedFlag != 0:
			m.refused = errEncrypted
		}
		return m, nil
	}
	return nil, io.EOF
}

func openZipped(f *zip.File) (io.ReadCloser, error) {
	r, err := f.Open()
	if err != nil {
		if errors.Is(err, zip.ErrAlgorithm) {
			return nil, fmt.Errorf("packed by method %d, which is not read: pack it with deflate or zstd", f.Method)
		}
		return nil, zipError(err)
	}
	return struct {
		io.Reader
		io.Closer
	}{&explaining{r, zipError}, r}, nil
}

func zipError(err error) error {
	if errors.Is(err, zip.ErrFormat) {
		err = errors.New("its directory or the size of a file in it is wrong; was it cut off?")
	}
	return compressionError("zip", err)
}
