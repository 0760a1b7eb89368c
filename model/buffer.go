package model

import (
	"bytes"
	"unsafe"
)

// hugePage is the size in bytes of a huge page, and of what it begins at a multiple, on most processors.
const hugePage = 2 << 20

// newBuffer returns an empty buffer with room for n bytes. A large one lies in huge pages where the system has them:
// to hand out a thousand small ones takes it longer than to read the file.
func newBuffer(n int) *bytes.Buffer {
	if n < hugePage {
		return bytes.NewBuffer(make([]byte, 0, n))
	}
	room := make([]byte, n+hugePage)
	skip := -int(uintptr(unsafe.Pointer(&room[0]))) & (hugePage - 1)
	room = room[skip:][:n]
	adviseHuge(room)
	return bytes.NewBuffer(room[:0])
}
