package model

import (
	"errors"
	"fmt"
)

// What can be wrong with a model, in the order of the checks. Every error about
// content wraps exactly one of these; a failure to read or write wraps the
// underlying error instead.
var (
	// ErrMagic: the file is something else.
	ErrMagic = errors.New("not a tajuk model")
	// ErrVersion: the format version, or a section that must be understood, is
	// not known to this program.
	ErrVersion = errors.New("format not known to this program")
	// ErrLength: the file is shorter or longer than it says, or a length in it is
	// impossible.
	ErrLength = errors.New("wrong length")
	// ErrChecksum: bytes have changed since the file was written.
	ErrChecksum = errors.New("checksum mismatch")
	// ErrCorrupt: the content breaks a rule of the format.
	ErrCorrupt = errors.New("invalid content")
	// ErrDigest: Manifest.Version is not the digest of the content.
	ErrDigest = errors.New("version does not match the content")
)

// corrupt wraps ErrCorrupt with a section's name and what is wrong in it.
func corrupt(kind uint32, format string, args ...any) error {
	return fmt.Errorf("model: section %s: %w: %w", sectionName(kind), ErrCorrupt, fmt.Errorf(format, args...))
}

// badLength wraps ErrLength with what is too long or too short.
func badLength(format string, args ...any) error {
	return fmt.Errorf("model: %w: %w", ErrLength, fmt.Errorf(format, args...))
}
