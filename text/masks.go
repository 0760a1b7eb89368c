package text

// masks say of the 64 bytes of a text from some place on what each of them is: a bit a byte, the first byte's the lowest.
type masks struct {
	letters uint64 // ASCII letters
	stops   uint64 // letters, and all else that is no separator
}

// window is how many bytes masks tell of.
const window = 64
