package text

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// hasMasks reports whether masksOf is fast.
func hasMasks() bool { return cpu.X86.HasAVX2 }

// masksOf says what the first window bytes of a text are. It needs hasMasks, and a text so long.
func masksOf(text string) (m masks) {
	_ = text[window-1]
	m.letters, m.stops = masksAVX2(unsafe.StringData(text))
	return m
}

// masksAVX2 is masksOf for a machine that has AVX2.
//
//go:noescape
func masksAVX2(text *byte) (letters, stops uint64)
