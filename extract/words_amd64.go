package extract

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// kindsOf is kindsInGo.
func kindsOf(s string) (k kinds) {
	if len(s) < 64 || !cpu.X86.HasAVX2 {
		return kindsInGo(s)
	}
	k.run, k.word, k.bit6, k.bit5 = kindsAVX2(unsafe.StringData(s))
	return k
}

// kindsAVX2 is kindsInGo for 64 bytes.
//
//go:noescape
func kindsAVX2(s *byte) (run, word, bit6, bit5 uint64)
