package model

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"os"
	"unsafe"
)

// The model file.
//
// All numbers are little-endian, so that most machines use them in place. The
// file is a header, and sections that each start at the next multiple of 64:
//
//	offset  bytes  content
//	0       8      magic "tajukmdl"
//	8       4      format version, 1
//	12      4      n, the number of sections, at most 1024
//	16      8      size of the whole file, at most 4 GiB
//	24      24 n   section table: for each section, in file order,
//	                 4  kind
//	                 4  CRC-32C of the content
//	                 8  offset of the content
//	                 8  length of the content
//	24+24n  4      CRC-32C of everything before it
//	28+24n  0..63  zeros
//	               content of the first section, zeros, content of the second, …
//
// The file ends where the last section does. Offsets follow from lengths and are
// checked against them: sections cannot overlap or leave room. The kinds, with T
// terms, F forms, W weights and K topics:
//
//	kind section      content
//	1    manifest     JSON of Manifest, as encoding/json writes it; at most 2 MiB
//	2    text         JSON of the text configuration, or nothing
//	3    settings     JSON of the learner's settings, or nothing
//	4    forms        the surface forms, UTF-8, sorted bytewise, one after another
//	5    form_ends    F × u32: where each form stops in section 4
//	6    form_terms   F × u32: the form's term, or 2^32-1 for a stop word
//	7    form_index   u64 slots, see Index: the least power of two ≥ 2F of them
//	8    terms        as 4
//	9    term_ends    T × u32, as 5
//	10   term_index   as 7
//	11   scale        T × f32: multiplier of the damped count, or nothing for all 1
//	12   rows         (T+1) × u32: where each term's row starts in sections 13 and 14
//	13   topics       W × u16: topic, strictly increasing within a row
//	14   weights      W × f32: log-odds weight
//	15   bias         K × f64
//	16   slope        K × f64
//	17   intercept    K × f64
//	18   threshold    K × f64
//	19   rivalry      K × 3 f64: own, rival, shift; or nothing
//
// All of these are present, in this order. Optional sections may follow, with
// kinds of 2^31 and more, ascending:
//
//	2^31 reliability  JSON of a list of Bin, as encoding/json writes it; not empty
//
// The version in the manifest is the first 12 hexadecimal digits of a SHA-256
// over, for each section, its kind (u32), length (u64) and content; the manifest
// goes in with an empty version.
//
// # Versions
//
//	1  the first: readable in place, a checksum per section
//
// What a later program may add, and what this one then does:
//
//   - A section that may be ignored without changing a prediction, such as
//     stored self-test documents: an optional kind. This reader checks its
//     checksum and keeps it in Model.Extra.
//   - A section that predictions need, such as weights of word pairs: a kind
//     from 20 on, behind section 19. This reader refuses it with ErrVersion.
//   - Anything else, a new field of the manifest too: a new format version. This
//     reader refuses it with ErrVersion. The first 12 bytes stay as they are.
//
// # Example
//
// testdata/v1.tajuk has 2184 bytes (0x888) and 19 sections (0x13). It begins so:
//
//	00000000: 7461 6a75 6b6d 646c 0100 0000 1300 0000  magic, version, sections
//	00000010: 8808 0000 0000 0000 0100 0000 b2bf 25ac  file size; kind 1, its checksum
//	00000020: 0002 0000 0000 0000 7b01 0000 0000 0000  at 0x200, 0x17b bytes
//	00000030: 0200 0000 a8df 8713 8003 0000 0000 0000  kind 2, its checksum, at 0x380
//	00000040: 1100 0000 0000 0000 0300 0000 9eb1 ca80  0x11 bytes; kind 3, its checksum
//
// and, behind the rest of the table, a checksum and 28 zeros, goes on:
//
//	00000200: 7b22 6e61 6d65 223a 2263 6f6e 746f 6822  {"name":"contoh"
//
// # Sizes
//
// The model of BenchmarkDecode, with 60,000 forms, 25,000 terms, 35 topics and
// 600,000 weights, takes 6.9 MB: weights 2.40, topics 1.20, form_index 1.05,
// forms 0.69, term_index 0.52, terms 0.28, form_ends and form_terms 0.24 each,
// term_ends, scale and rows 0.10 each, the rest 0.003. It is decoded in about
// 8 ms, with the SHA-256, some 4 ms, beside the other checks.

// maxRead is MaxSize, or what the memory of a 32-bit machine can hold.
const maxRead = min(MaxSize, math.MaxInt-2*bytes.MinRead)

// Decode reads a model from the bytes of its file, and checks all of it. The
// model's lists are views of data where the machine allows it, so the caller
// must leave data unchanged from then on. Decode never allocates by a length
// that it has not checked, and can be called concurrently on the same data.
func Decode(data []byte) (*Model, error) {
	if _, err := checkPrefix(data, uint64(len(data))); err != nil {
		return nil, err
	}
	table, err := readTable(data)
	if err != nil {
		return nil, err
	}
	sections, err := readSections(data, table)
	if err != nil {
		return nil, err
	}
	m, err := parse(sections)
	if err != nil {
		return nil, err
	}
	if err := checkContent(m, sections); err != nil {
		return nil, err
	}
	return m, nil
}

// Read reads a model from r, to the end of r. It stops early at a file that is
// not a model, or longer than it says.
func Read(r io.Reader) (*Model, error) {
	return read(r, 0)
}

// ReadFile reads a model from a file.
func ReadFile(path string) (*Model, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	defer func() { _ = file.Close() }() // only read: there is nothing to lose
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("model: %w", err)
	}
	m, err := read(file, uint64(max(info.Size(), 0)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// read reads a model. The bytes that r is known to hold, or 0, bound what is
// allocated before it is read.
func read(r io.Reader, known uint64) (*Model, error) {
	var head bytes.Buffer
	if err := fill(&head, r, prefixSize); err != nil {
		return nil, err
	}
	size, err := checkPrefix(head.Bytes(), 0)
	if err != nil {
		return nil, err
	}
	buffer := newBuffer(int(min(size, known)) + bytes.MinRead)
	buffer.Write(head.Bytes())
	// One byte more than there should be shows that there are more.
	if err := fill(buffer, r, int64(size-prefixSize)+1); err != nil {
		return nil, err
	}
	return Decode(buffer.Bytes())
}

func fill(buffer *bytes.Buffer, r io.Reader, limit int64) error {
	if _, err := buffer.ReadFrom(io.LimitReader(r, limit)); err != nil {
		return fmt.Errorf("model: read at byte %d: %w", buffer.Len(), err)
	}
	return nil
}

// checkPrefix checks magic, version and size of a file that has the given length,
// or a length not yet known if that is 0, and returns the size that it claims.
func checkPrefix(data []byte, length uint64) (size uint64, err error) {
	if n := min(len(data), len(magic)); string(data[:n]) != magic[:n] {
		return 0, fmt.Errorf("model: %w: it starts with %q, not %q", ErrMagic, data[:n], magic)
	}
	if len(data) < prefixSize {
		return 0, badLength("the file has only %d bytes: it is empty or cut off, fetch it again", len(data))
	}
	if version := binary.LittleEndian.Uint32(data[8:]); version != formatVersion {
		return 0, fmt.Errorf("model: %w: version %d, this program reads %d: use a newer program", ErrVersion, version, formatVersion)
	}
	size = binary.LittleEndian.Uint64(data[16:])
	if size < prefixSize || size > maxRead {
		return 0, badLength("the file claims a size of %d bytes, which no model has", size)
	}
	if length != 0 && length < size {
		return 0, badLength("the file has %d bytes of %d: it is cut off, fetch it again", length, size)
	}
	if length > size {
		return 0, badLength("the file goes on after its %d bytes", size)
	}
	return size, nil
}

// parse views the sections as a model, of which nothing is checked yet but the
// manifest's spelling and that every list has a whole number of elements.
func parse(sections []Section) (*Model, error) {
	manifest, err := decodeManifest(sections[0].Data)
	if err != nil {
		return nil, err
	}
	p := parser{sections: sections}
	m := &Model{
		Manifest:  manifest,
		Text:      p.bytes(kindText),
		Settings:  p.bytes(kindSettings),
		Forms:     Strings{p.bytes(kindForms), numbers[uint32](&p, kindFormEnds)},
		FormTerm:  numbers[uint32](&p, kindFormTerms),
		FormIndex: Index{numbers[uint64](&p, kindFormIndex)},
		Terms:     Strings{p.bytes(kindTerms), numbers[uint32](&p, kindTermEnds)},
		TermIndex: Index{numbers[uint64](&p, kindTermIndex)},
		Scale:     numbers[float32](&p, kindScale),
		RowStart:  numbers[uint32](&p, kindRows),
		RowTopic:  numbers[uint16](&p, kindTopics),
		RowWeight: numbers[float32](&p, kindWeights),
		Bias:      numbers[float64](&p, kindBias),
		Slope:     numbers[float64](&p, kindSlope),
		Intercept: numbers[float64](&p, kindIntercept),
		Threshold: numbers[float64](&p, kindThreshold),
		Rivalry:   numbers[float64](&p, kindRivalry),
	}
	if p.err != nil {
		return nil, p.err
	}
	return m, m.readOptional(sections[kinds:])
}

// parser remembers its first error, so that parse reads as a list.
type parser struct {
	sections []Section
	err      error
}

func (p *parser) bytes(kind int) []byte { return p.sections[kind-1].Data }

func numbers[T number](p *parser, kind int) []T {
	data := p.bytes(kind)
	if size := int(unsafe.Sizeof(T(0))); len(data)%size != 0 && p.err == nil {
		p.err = badLength("section %s has %d bytes, not a multiple of %d", kindNames[kind], len(data), size)
	}
	if p.err != nil {
		return nil
	}
	return view[T](data)
}

// checkContent checks the rules of a model and, meanwhile, its version: hashing
// takes as long as all other checks together.
func checkContent(m *Model, sections []Section) error {
	version := make(chan error, 1)
	go func() { version <- checkDigest(m, sections) }()
	invalid := m.Validate()
	wrong := <-version
	if invalid != nil {
		return invalid
	}
	return wrong
}

func checkDigest(m *Model, sections []Section) error {
	version, err := digest(m.Manifest, sections)
	if err != nil {
		return err
	}
	if m.Manifest.Version != version {
		return fmt.Errorf("model: %w: it is %q, the content has %q: the file was changed by another program", ErrDigest, m.Manifest.Version, version)
	}
	return nil
}
