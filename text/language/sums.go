package language

// sums are sums of rows: of every other class each, 16 bits with sign a class. A row's numbers are added all at once
// (Lamport 1975, Multiple Byte Processing with Full-Word Instructions).
type sums struct{ even, odd uint64 }

// add adds a row. There is room for the rows of a word of longest bytes.
func (s *sums) add(r *row) {
	x := r.pack()
	s.even += extend(x)
	s.odd += extend(x >> 8)
}

// extend makes a number of 16 bits of every other byte, from the lowest. What a negative one borrows of the next it has
// to give back: the whole is the sum of its numbers times powers of 2^16.
func extend(bytes uint64) uint64 {
	const low, sign = 0x00ff00ff00ff00ff, 0x0080008000800080
	return (bytes&low ^ sign) - sign
}

// row is the sums, none beyond what one word may say.
func (s *sums) row() (r row) {
	for half, sum := range [...]uint64{s.even, s.odd} {
		for i := half; i < classes; i += 2 {
			x := int16(sum)
			r[i] = int8(max(-largest, min(largest, x)))
			sum = (sum - uint64(x)) >> 16
		}
	}
	return r
}

// pack is a row's bytes as one number, the first the lowest.
func (r *row) pack() uint64 {
	return uint64(uint8(r[0])) | uint64(uint8(r[1]))<<8 | uint64(uint8(r[2]))<<16 | uint64(uint8(r[3]))<<24 |
		uint64(uint8(r[4]))<<32 | uint64(uint8(r[5]))<<40 | uint64(uint8(r[6]))<<48 | uint64(uint8(r[7]))<<56
}
