package model

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// forge writes a model as Write does, checksums, version and all, but does not
// validate it: what a hostile or faulty writer would make.
func forge(t testing.TB, m *Model) []byte {
	t.Helper()
	version, err := m.Digest()
	if err != nil {
		t.Fatal(err)
	}
	manifest := m.Manifest
	manifest.Version = version
	head, err := manifest.encode()
	if err != nil {
		t.Fatal(err)
	}
	return forgeSections(t, m.sections(head))
}

func forgeSections(t testing.TB, sections []Section) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeSections(&b, sections); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// repair makes checksums and version of data right wherever the section table
// allows it, so that a fuzzer gets past them.
func repair(data []byte) []byte {
	data = bytes.Clone(data)
	if len(data) < prefixSize {
		return data
	}
	le := binary.LittleEndian
	count := le.Uint32(data[12:])
	if count > maxSections || headerSize(int(count)) > uint64(len(data)) {
		return data
	}
	var sections []Section
	for i := range int(count) {
		row := data[prefixSize+i*entrySize:]
		offset, length := le.Uint64(row[8:]), le.Uint64(row[16:])
		if offset > uint64(len(data)) || length > uint64(len(data))-offset {
			return data
		}
		sections = append(sections, Section{le.Uint32(row), data[offset : offset+length]})
	}
	repairVersion(sections)
	for i, s := range sections {
		le.PutUint32(data[prefixSize+i*entrySize+4:], checksum(s.Data))
	}
	end := headerSize(int(count)) - 4
	le.PutUint32(data[end:], checksum(data[:end]))
	return data
}

func repairVersion(sections []Section) {
	if len(sections) == 0 {
		return
	}
	manifest, err := decodeManifest(sections[0].Data)
	if err != nil {
		return
	}
	if manifest.Version, err = digest(manifest, sections); err != nil {
		return
	}
	if head, err := manifest.encode(); err == nil && len(head) == len(sections[0].Data) {
		copy(sections[0].Data, head)
	}
}
