package language

// packed is a row as one number, its first byte the lowest.
type packed uint64

func (r *row) pack() packed {
	return packed(uint8(r[0])) | packed(uint8(r[1]))<<8 | packed(uint8(r[2]))<<16 | packed(uint8(r[3]))<<24 |
		packed(uint8(r[4]))<<32 | packed(uint8(r[5]))<<40 | packed(uint8(r[6]))<<48 | packed(uint8(r[7]))<<56
}

// sums are sums of rows, of every other class each: 16 bits with sign a class. A row's numbers are added all at once
// (Lamport 1975, Multiple Byte Processing with Full-Word Instructions).
type sums struct{ even, odd uint64 }

// mostRows is how many rows sums have room for.
const mostRows = 1 << 15 / (largest + 1)

// add adds a row.
func (s *sums) add(p packed) {
	s.even += extend(uint64(p))
	s.odd += extend(uint64(p) >> 8)
}

// addTimes adds a row so many times, 0 or 1.
func (s *sums) addTimes(p packed, times uint64) { s.add(p & packed(-times)) }

// extend makes a number of 16 bits of every other byte, from the lowest. What a negative one borrows of the next it has
// to give back: the whole is the sum of its numbers times powers of 2^16.
func extend(bytes uint64) uint64 {
	const low, sign = 0x00ff00ff00ff00ff, 0x0080008000800080
	return (bytes&low ^ sign) - sign
}

func (s *sums) row() (r row32) {
	for half, sum := range [...]uint64{s.even, s.odd} {
		for i := half; i < classes; i += 2 {
			x := int16(sum)
			r[i] = int32(x)
			sum = (sum - uint64(x)) >> 16
		}
	}
	return r
}

// clamped is the row of one word: no number is beyond what one may say.
func (s *sums) clamped() (r row) {
	for i, x := range s.row() {
		r[i] = int8(max(-largest, min(largest, x)))
	}
	return r
}
