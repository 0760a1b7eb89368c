package model

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
)

// digestBytes is the length of a version: 12 hexadecimal digits.
const digestBytes = 6

// Write writes a model file. See read.go for the format. The model is validated
// first, so that nothing is written which Decode would refuse. An empty
// Manifest.Version is filled in, in the file only; one that is not the model's
// [Model.Digest] is refused with ErrDigest. The same model gives the same bytes.
func Write(w io.Writer, m *Model) error {
	if err := m.Validate(); err != nil {
		return err
	}
	version, err := m.Digest()
	if err != nil {
		return err
	}
	if given := m.Manifest.Version; given != "" && given != version {
		return fmt.Errorf("model: %w: it is %q, the content has %q: leave it empty to have it set", ErrDigest, given, version)
	}
	manifest := m.Manifest
	manifest.Version = version
	head, err := manifest.encode()
	if err != nil {
		return err
	}
	return writeSections(w, m.sections(head))
}

// Digest returns the version that the model's content has: the first 12
// hexadecimal digits of a SHA-256 over the manifest with an empty version and
// all other sections. Equal content has an equal version.
func (m *Model) Digest() (string, error) {
	return digest(m.Manifest, m.sections(nil))
}

// digest hashes sections, of which the first is the manifest and is not looked
// at, each with its kind and length before it so that no two lists hash alike.
func digest(manifest Manifest, sections []Section) (string, error) {
	manifest.Version = ""
	head, err := manifest.encode()
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for i, s := range sections {
		if i == 0 {
			s.Data = head
		}
		label := binary.LittleEndian.AppendUint32(nil, s.Kind)
		hash.Write(binary.LittleEndian.AppendUint64(label, uint64(len(s.Data))))
		hash.Write(s.Data)
	}
	return hex.EncodeToString(hash.Sum(nil)[:digestBytes]), nil
}

func writeSections(w io.Writer, sections []Section) error {
	if n := len(sections); n > maxSections {
		return badLength("%d sections: the limit is %d", n, maxSections)
	}
	if n := len(sections[0].Data); n > maxManifest {
		return badLength("section manifest has %d bytes: the limit is %d", n, maxManifest)
	}
	size := fileSize(sections)
	if size > MaxSize {
		return badLength("the model takes %d bytes: the limit is %d", size, uint64(MaxSize))
	}
	out := &output{w: w}
	out.write(header(sections, size))
	for _, s := range sections {
		out.pad()
		out.write(s.Data)
	}
	return out.err
}

// header returns the file's bytes up to the checksum of the section table.
func header(sections []Section, size uint64) []byte {
	le := binary.LittleEndian
	head := append(make([]byte, 0, headerSize(len(sections))), magic...)
	head = le.AppendUint32(head, formatVersion)
	head = le.AppendUint32(head, uint32(len(sections)))
	head = le.AppendUint64(head, size)
	offset := headerSize(len(sections))
	for _, s := range sections {
		offset = align(offset)
		head = le.AppendUint32(head, s.Kind)
		head = le.AppendUint32(head, checksum(s.Data))
		head = le.AppendUint64(head, offset)
		head = le.AppendUint64(head, uint64(len(s.Data)))
		offset += uint64(len(s.Data))
	}
	return le.AppendUint32(head, checksum(head))
}

// output counts what it writes and remembers its first error.
type output struct {
	w   io.Writer
	n   uint64
	err error
}

func (o *output) write(data []byte) {
	if o.err != nil || len(data) == 0 {
		return
	}
	n, err := o.w.Write(data)
	o.n += uint64(n)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err != nil {
		o.err = fmt.Errorf("model: write at byte %d: %w", o.n, err)
	}
}

func (o *output) pad() {
	var zero [alignment]byte
	o.write(zero[:align(o.n)-o.n])
}
