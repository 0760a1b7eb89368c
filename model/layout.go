package model

import (
	"fmt"
	"hash/crc32"
	"strings"
)

// The constants of the file format, which read.go describes.
const (
	magic         = "tajukmdl"
	formatVersion = 1
	prefixSize    = 24 // magic, version, section count, file size
	entrySize     = 24 // one row of the section table
	alignment     = 64 // of a section's offset
	maxSections   = 1024
	maxManifest   = 2 << 20 // bytes of manifest JSON: parsing allocates up to 200 times its size, as measured
	maxTopics     = 1 << 16 // a topic index is a uint16
)

// MaxSize is the size in bytes of the largest model file, 4 GiB: row offsets
// and string ends are 32 bits wide.
const MaxSize = 1 << 32

// Optional is set in the kind of a section that a reader may carry without
// understanding it. See [Model.Extra].
const Optional = 1 << 31

// The kinds of section. All of them are present, in this order, in every file.
const (
	kindManifest = 1 + iota
	kindText
	kindSettings
	kindForms
	kindFormEnds
	kindFormTerms
	kindFormIndex
	kindTerms
	kindTermEnds
	kindTermIndex
	kindScale
	kindRows
	kindTopics
	kindWeights
	kindBias
	kindSlope
	kindIntercept
	kindThreshold
	kindRivalry

	kinds = iota // how many
)

var kindNames = [1 + kinds]string{
	kindManifest: "manifest", kindText: "text", kindSettings: "settings",
	kindForms: "forms", kindFormEnds: "form_ends", kindFormTerms: "form_terms", kindFormIndex: "form_index",
	kindTerms: "terms", kindTermEnds: "term_ends", kindTermIndex: "term_index", kindScale: "scale",
	kindRows: "rows", kindTopics: "topics", kindWeights: "weights",
	kindBias: "bias", kindSlope: "slope", kindIntercept: "intercept", kindThreshold: "threshold",
	kindRivalry: "rivalry",
}

func sectionName(kind uint32) string {
	if kind >= kindManifest && kind <= kinds {
		return kindNames[kind]
	}
	if kind == kindReliability {
		return "reliability"
	}
	return fmt.Sprintf("%#x", kind)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// headerSize returns the bytes before the padding of the first section: the
// prefix, the section table and the checksum of both.
func headerSize(sections int) uint64 { return prefixSize + uint64(sections)*entrySize + 4 }

// align returns the least offset of a section that is at least offset.
func align(offset uint64) uint64 { return (offset + alignment - 1) &^ (alignment - 1) }

// fileSize returns the bytes of a file with these sections.
func fileSize(sections []Section) uint64 {
	size := headerSize(len(sections))
	for _, s := range sections {
		size = align(size) + uint64(len(s.Data))
	}
	return size
}

// sections lists the content of a file in its order, numbers as they lie in it.
// The manifest is passed apart because its version depends on the others.
func (m *Model) sections(manifest []byte) []Section {
	list := []Section{
		{kindManifest, manifest},
		{kindText, m.Text},
		{kindSettings, m.Settings},
		{kindForms, m.Forms.Bytes},
		{kindFormEnds, raw(m.Forms.Ends)},
		{kindFormTerms, raw(m.FormTerm)},
		{kindFormIndex, raw(m.FormIndex.Slots)},
		{kindTerms, m.Terms.Bytes},
		{kindTermEnds, raw(m.Terms.Ends)},
		{kindTermIndex, raw(m.TermIndex.Slots)},
		{kindScale, raw(m.Scale)},
		{kindRows, raw(m.RowStart)},
		{kindTopics, raw(m.RowTopic)},
		{kindWeights, raw(m.RowWeight)},
		{kindBias, raw(m.Bias)},
		{kindSlope, raw(m.Slope)},
		{kindIntercept, raw(m.Intercept)},
		{kindThreshold, raw(m.Threshold)},
		{kindRivalry, raw(m.Rivalry)},
	}
	return append(list, m.optional()...)
}

// SectionSize is the place that one section takes in the file.
type SectionSize struct {
	Name  string // such as "weights"; the kind in hexadecimal for an optional section
	Bytes int64  // without padding
}

// Sizes returns the sizes of the sections in file order, and of the whole file
// with header and padding. The model must be valid.
func (m *Model) Sizes() (sections []SectionSize, file int64, err error) {
	head := m.Manifest
	if head.Version == "" {
		head.Version = strings.Repeat("0", 2*digestBytes) // as long as the one that Write fills in
	}
	manifest, err := head.encode()
	if err != nil {
		return nil, 0, err
	}
	list := m.sections(manifest)
	for _, s := range list {
		sections = append(sections, SectionSize{Name: sectionName(s.Kind), Bytes: int64(len(s.Data))})
	}
	return sections, int64(fileSize(list)), nil
}
