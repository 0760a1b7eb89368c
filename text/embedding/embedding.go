// Package embedding knows which Indonesian words are used alike: a vector a stem, made from the
// company that words keep in news. Words of like meaning have vectors of like direction, so that a
// model trained on few articles can weigh words that none of them holds.
//
// The vectors are those of latent semantic analysis (Deerwester, Dumais, Furnas, Landauer &
// Harshman 1990, "Indexing by Latent Semantic Analysis"): the leading left singular vectors of
// the matrix of stems by articles, each weighted by the square root of its singular value. They are
// made by `make vectors` from bags of words. Training reads them; tagging needs none, since
// what training learns from them lies in the model's weights.
//
//	t, err := embedding.Indonesian()
//	i, ok := t.Find("banjir") // a stem, as text.DefaultConfig gives it
//	v := t.Vector(i)
//
// A Table is immutable and safe for concurrent use. Decode refuses a table whose parts do not fit
// together.
package embedding

import (
	_ "embed" // for the table
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
)

//go:embed indonesian.bin
var indonesian string

// Indonesian returns the table of Indonesian news, decoded once.
var Indonesian = sync.OnceValues(func() (*Table, error) { return Decode(indonesian) })

// Table holds stems and their vectors.
type Table struct {
	dimensions int
	stems      []string // sorted
	values     string   // len(stems)·dimensions signed bytes
}

// Sizes that a file may have.
const (
	magic         = "tajukvec"
	headerSize    = len(magic) + 3*4
	maxStems      = 1 << 22
	maxDimensions = 1 << 12
)

// ErrCorrupt says that the bytes are no table.
var ErrCorrupt = errors.New("not a table of vectors")

// New returns a table. There are dimensions values a stem, in the stems' order, which must be
// ascending.
func New(stems []string, dimensions int, values []int8) (*Table, error) {
	raw := make([]byte, len(values))
	for i, v := range values {
		raw[i] = byte(v)
	}
	t := &Table{dimensions, stems, string(raw)}
	return t, t.check()
}

func (t *Table) check() error {
	switch {
	case t.dimensions < 1 || t.dimensions > maxDimensions || len(t.stems) > maxStems:
		return fmt.Errorf("%w: %d stems of %d dimensions", ErrCorrupt, len(t.stems), t.dimensions)
	case len(t.values) != len(t.stems)*t.dimensions:
		return fmt.Errorf("%w: %d values for %d stems of %d dimensions", ErrCorrupt, len(t.values), len(t.stems), t.dimensions)
	}
	for i, stem := range t.stems {
		if stem == "" || strings.ContainsRune(stem, '\n') || i > 0 && t.stems[i-1] >= stem {
			return fmt.Errorf("%w: stem %d, %q, is empty, broken or out of order", ErrCorrupt, i, stem)
		}
	}
	return nil
}

// Len returns the number of stems.
func (t *Table) Len() int { return len(t.stems) }

// Dimensions returns the length of every vector.
func (t *Table) Dimensions() int { return t.dimensions }

// Stems returns all stems, ascending. They must not be changed.
func (t *Table) Stems() []string { return t.stems }

// Find returns the number of a stem.
func (t *Table) Find(stem string) (i int, ok bool) { return slices.BinarySearch(t.stems, stem) }

// Vector returns the vector of stem i, of length 1; all zero where nothing is known.
func (t *Table) Vector(i int) []float32 {
	out := make([]float32, t.dimensions)
	square := 0.0
	for j := range out {
		v := float64(int8(t.values[i*t.dimensions+j]))
		out[j] = float32(v)
		square += v * v
	}
	if square > 0 {
		factor := float32(1 / math.Sqrt(square))
		for j := range out {
			out[j] *= factor
		}
	}
	return out
}

// Encode returns the file of the table: the magic, three numbers of 32 bits (stems,
// dimensions, bytes of the stems), little-endian, the stems, each with a line end, and the values.
func (t *Table) Encode() []byte {
	stems := ""
	if len(t.stems) > 0 {
		stems = strings.Join(t.stems, "\n") + "\n"
	}
	out := []byte(magic)
	for _, n := range []int{len(t.stems), t.dimensions, len(stems)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	out = append(out, stems...)
	return append(out, t.values...)
}

// Decode reads the file of a table. It keeps parts of the string.
func Decode(file string) (*Table, error) {
	if len(file) < headerSize || file[:len(magic)] != magic {
		return nil, fmt.Errorf("%w: it does not begin with %q", ErrCorrupt, magic)
	}
	var sizes [3]uint64
	for i := range sizes {
		sizes[i] = uint64(binary.LittleEndian.Uint32([]byte(file[len(magic)+4*i:][:4])))
	}
	stems, dimensions, text := sizes[0], sizes[1], sizes[2]
	rest := file[headerSize:]
	if stems > maxStems || dimensions > maxDimensions || uint64(len(rest)) != text+stems*dimensions {
		return nil, fmt.Errorf("%w: %d stems of %d dimensions and %d bytes of text in %d bytes", ErrCorrupt, stems, dimensions, text, len(file))
	}
	t := &Table{dimensions: int(dimensions), values: rest[text:]}
	for line := range strings.Lines(rest[:text]) {
		t.stems = append(t.stems, strings.TrimSuffix(line, "\n"))
	}
	return t, t.check()
}
