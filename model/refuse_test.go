package model

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// refused requires an error of one of the classes, and no model.
func refused(t *testing.T, what any, data []byte, classes ...error) {
	t.Helper()
	m, err := Decode(data)
	if m != nil || !slices.ContainsFunc(classes, func(class error) bool { return errors.Is(err, class) }) {
		t.Fatalf("%v: model %v, error %v, want %v", what, m != nil, err, classes)
	}
}

// flipClass says how a changed byte at an offset must be refused.
func flipClass(table []entry, offset int) []error {
	switch {
	case offset < 8:
		return []error{ErrMagic}
	case offset < 12:
		return []error{ErrVersion}
	case offset < 16: // the count says where the header's checksum lies
		return []error{ErrLength, ErrChecksum}
	case offset < 24:
		return []error{ErrLength}
	case offset < int(headerSize(len(table))):
		return []error{ErrChecksum}
	}
	for _, e := range table {
		if uint64(offset) >= e.offset && uint64(offset) < e.offset+e.length {
			return []error{ErrChecksum}
		}
	}
	return []error{ErrCorrupt} // padding
}

func TestEveryBitFlipIsRefused(t *testing.T) {
	m := sample(t)
	m.Extra = []Section{{Optional + 1, []byte("kelak")}}
	data := encode(t, m)
	table, err := readTable(data)
	if err != nil {
		t.Fatal(err)
	}
	for offset := range data {
		for bit := range 8 {
			data[offset] ^= 1 << bit
			refused(t, [2]int{offset, bit}, data, flipClass(table, offset)...)
			data[offset] ^= 1 << bit
		}
	}
	if _, err := Decode(data); err != nil {
		t.Fatal(err)
	}
}

func TestEveryTruncationIsRefused(t *testing.T) {
	data := encode(t, sample(t))
	for n := range data {
		refused(t, n, data[:n:n], ErrLength)
		if _, err := Read(bytes.NewReader(data[:n])); !errors.Is(err, ErrLength) {
			t.Fatalf("Read of %d bytes: %v", n, err)
		}
	}
	refused(t, "a byte more", append(bytes.Clone(data), 0), ErrLength)
	refused(t, "twice", append(bytes.Clone(data), data...), ErrLength)
}

// The content is damaged beyond one bit, and the class must still be a known one.
func TestRandomDamageIsRefused(t *testing.T) {
	data := encode(t, sample(t))
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 5000 {
		damaged := bytes.Clone(data)
		for range 1 + random.IntN(20) {
			damaged[random.IntN(len(data))] ^= byte(1 + random.IntN(255))
		}
		refused(t, i, damaged, ErrMagic, ErrVersion, ErrLength, ErrChecksum, ErrCorrupt)
	}
}

func TestOtherFiles(t *testing.T) {
	refused(t, "empty", nil, ErrLength)
	refused(t, "short", []byte("taj"), ErrLength)
	refused(t, "other", []byte("PK\x03\x04 a zip archive and nothing else"), ErrMagic)
	refused(t, "other and short", []byte("P"), ErrMagic)
}

// Headers that lie, with a checksum that is right.
func TestHostileHeader(t *testing.T) {
	le := binary.LittleEndian
	row := func(data []byte, i int) []byte { return data[prefixSize+i*entrySize:] }
	for _, test := range []struct {
		name string
		edit func(data []byte)
		want error
	}{
		{"no sections", func(d []byte) { le.PutUint32(d[12:], 0) }, ErrCorrupt},
		{"one section fewer", func(d []byte) { le.PutUint32(d[12:], kinds-1) }, ErrCorrupt},
		{"2^32-1 sections", func(d []byte) { le.PutUint32(d[12:], math.MaxUint32) }, ErrLength},
		{"sections beyond the file", func(d []byte) { le.PutUint32(d[12:], maxSections) }, ErrLength},
		{"size 0", func(d []byte) { le.PutUint64(d[16:], 0) }, ErrLength},
		{"size 2^64-1", func(d []byte) { le.PutUint64(d[16:], math.MaxUint64) }, ErrLength},
		{"size 2^63", func(d []byte) { le.PutUint64(d[16:], 1<<63) }, ErrLength},
		{"length 2^64-1", func(d []byte) { le.PutUint64(row(d, 3)[16:], math.MaxUint64) }, ErrLength},
		{"length and offset wrap around", func(d []byte) { le.PutUint64(row(d, 3)[16:], -le.Uint64(row(d, 3)[8:])) }, ErrLength},
		{"length 4 GiB", func(d []byte) { le.PutUint64(row(d, 17)[16:], 1<<32) }, ErrLength},
		{"length a byte short", func(d []byte) { le.PutUint64(row(d, 18)[16:], 71) }, ErrLength},
		{"offset 0", func(d []byte) { le.PutUint64(row(d, 0)[8:], 0) }, ErrLength},
		{"offset unaligned", func(d []byte) { row(d, 1)[8]++ }, ErrLength},
		{"offset 2^64-64", func(d []byte) { le.PutUint64(row(d, 17)[8:], math.MaxUint64-63) }, ErrLength},
		{"overlap", func(d []byte) { copy(row(d, 1)[8:24], row(d, 0)[8:24]) }, ErrLength},
		{"a kind twice", func(d []byte) { le.PutUint32(row(d, 1), kindManifest) }, ErrCorrupt},
		{"kinds swapped", func(d []byte) { row(d, 1)[0], row(d, 2)[0] = row(d, 2)[0], row(d, 1)[0] }, ErrCorrupt},
		{"kind 0", func(d []byte) { le.PutUint32(row(d, 0), 0) }, ErrCorrupt},
		{"optional too early", func(d []byte) { le.PutUint32(row(d, 4), Optional) }, ErrCorrupt},
		{"kind of a later version", func(d []byte) { le.PutUint32(row(d, 17), kinds+1) }, ErrVersion},
	} {
		data := encode(t, sample(t))
		test.edit(data)
		if count := le.Uint32(data[12:]); count <= maxSections && headerSize(int(count)) <= uint64(len(data)) {
			end := headerSize(int(count)) - 4
			le.PutUint32(data[end:], checksum(data[:end]))
		}
		refused(t, test.name, data, test.want)
	}
}

func TestHostileSections(t *testing.T) {
	m := sample(t)
	for kind := kindFormEnds; kind <= kinds; kind++ {
		if kind == kindTerms {
			continue
		}
		sections := m.sections([]byte(`{"name":"","version":"","task":"multi","learner":"","documents":0,"data_digest":"","topics":null}`))
		sections[kind-1].Data = append(bytes.Clone(sections[kind-1].Data), 0)
		refused(t, kindNames[kind], forgeSections(t, sections), ErrLength)
	}
	sections := m.sections(make([]byte, maxManifest))
	sections[1].Data = nil
	refused(t, "a manifest of zeros", forgeSections(t, sections), ErrCorrupt)
	sections[0].Data = make([]byte, maxManifest+1)
	if err := writeSections(io.Discard, sections); !errors.Is(err, ErrLength) {
		t.Errorf("writing a manifest over its limit: %v", err)
	}
}

// Spellings of a manifest that mean nothing wrong to a JSON parser.
func TestManifestSpelling(t *testing.T) {
	m := sample(t)
	head := string(encode(t, m)[512:])
	head = head[:strings.Index(head, "}}")+2]
	if _, err := decodeManifest([]byte(head)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"", "null", "[]", head + "{}", head + " ", " " + head, head[:len(head)-1],
		strings.Replace(head, `"name"`, `"Name"`, 1),
		strings.Replace(head, `"task"`, `"unknown":1,"task"`, 1),
		strings.Replace(head, `"documents":5`, `"documents":5,"documents":5`, 1),
		strings.Replace(head, `"documents":5`, `"documents":5.0`, 1),
		strings.Replace(head, `0.875`, `0.8750`, 1),
		strings.Replace(head, `0.875`, `1e999`, 1),
		strings.Replace(head, `\u0026`, `&`, 1),
		strings.Replace(head, `contoh`, "conto\xff", 1),
	} {
		if bad == head {
			t.Fatal("a case does not change the manifest")
		}
		if _, err := decodeManifest([]byte(bad)); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestErrorNamesSection(t *testing.T) {
	data := encode(t, sample(t))
	table, err := readTable(data)
	if err != nil {
		t.Fatal(err)
	}
	data[table[kindWeights-1].offset] ^= 1
	_, err = Decode(data)
	for _, part := range []string{"model: section weights: checksum mismatch (stored ", ", computed ", "fetch it again"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not hold %q", err, part)
		}
	}
	m := sample(t)
	m.Manifest.Version = "0123456789ab"
	head, err := m.Manifest.encode()
	if err != nil {
		t.Fatal(err)
	}
	refused(t, "a wrong version", forgeSections(t, m.sections(head)), ErrDigest)
}
