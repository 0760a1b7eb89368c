package model

import (
	"encoding/binary"
	"unsafe"
)

// number is an element type of the numeric sections.
type number interface {
	uint16 | uint32 | uint64 | float32 | float64
}

// littleEndian reports whether numbers lie in memory as they do in the file.
func littleEndian() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }

// view returns the numbers that data holds in little-endian order: in place
// where this machine can, which is what makes reading a model cheap, and as a
// copy otherwise. The length of data must be a multiple of the element size.
func view[T number](data []byte) []T {
	if len(data) == 0 {
		return nil
	}
	size := unsafe.Sizeof(T(0))
	start := unsafe.Pointer(unsafe.SliceData(data))
	if littleEndian() && uintptr(start)%size == 0 {
		return unsafe.Slice((*T)(start), len(data)/int(size))
	}
	return decoded[T](data)
}

// decoded returns a copy of the numbers in data.
func decoded[T number](data []byte) []T {
	numbers := make([]T, len(data)/int(unsafe.Sizeof(T(0))))
	// It fails only when data is too short, which the line above rules out.
	_, _ = binary.Decode(data, binary.LittleEndian, numbers)
	return numbers
}

// raw is the reverse of view: the bytes of numbers in little-endian order.
func raw[T number](numbers []T) []byte {
	if len(numbers) == 0 {
		return nil
	}
	if littleEndian() {
		start := (*byte)(unsafe.Pointer(unsafe.SliceData(numbers)))
		return unsafe.Slice(start, len(numbers)*int(unsafe.Sizeof(T(0))))
	}
	return encoded(numbers)
}

// encoded returns a copy of the bytes of numbers.
func encoded[T number](numbers []T) []byte {
	// It fails only for types of no fixed size, which number rules out.
	data, _ := binary.Append(nil, binary.LittleEndian, numbers)
	return data
}
