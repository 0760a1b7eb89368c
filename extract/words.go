package extract

import "math/bits"

// kinds says of up to 64 bytes what each of them is: a bit a byte, the first byte's the lowest.
type kinds struct {
	run  uint64 // above the space
	word uint64 // an ASCII letter or digit
	bit6 uint64 // of a letter or digit: a letter
	bit5 uint64 // of a letter: in lower case
}

// countWords counts the words of s, those of them that start with a letter, and those whose letter is in
// lower case. A word is a run of bytes above the space from its first letter or digit on: it
// may start behind a quotation mark or a bracket.
//
// Where a word ends cannot be foreseen, so that a branch for each byte would take several times as long.
func countWords(s string) (words, letters, lower int) {
	var within, unsettled uint64 // 1 if the byte before is in a run; 1 if no word has started in that yet
	for len(s) > 0 {
		k := kindsOf(s[:min(len(s), 64)])
		other := k.run &^ k.word
		first := k.run &^ (k.run<<1 | within)
		within = k.run >> 63

		// A bit added to the first of a row of ones is carried to where the row ends.
		var sum uint64
		sum, unsettled = bits.Add64(other, first&other, unsettled)
		start := (first | sum&^other) & k.word

		words += bits.OnesCount64(start)
		letters += bits.OnesCount64(start & k.bit6)
		lower += bits.OnesCount64(start & k.bit6 & k.bit5)
		s = s[min(len(s), 64):]
	}
	return words, letters, lower
}

// each times a byte is that byte in all eight places of a number.
const each = 0x0101010101010101

// kindsInGo takes eight bytes at a time, of which the highest bit of each place answers for one.
func kindsInGo(s string) (k kinds) {
	for i := 0; i < len(s); i += 8 {
		b := eightBytes(s[i:])
		ascii := b &^ (0x80 * each)
		folded := ascii | 0x20*each
		letter := (folded + (0x80-'a')*each) &^ (folded + (0x80-'z'-1)*each)
		digit := (ascii + (0x80-'0')*each) &^ (ascii + (0x80-'9'-1)*each)

		k.run |= highest(ascii+(0x80-' '-1)*each|b) << i
		k.word |= highest((letter|digit)&^b) << i
		k.bit6 |= highest(b<<1) << i
		k.bit5 |= highest(b<<2) << i
	}
	return k
}

// highest gathers the highest bits of the eight places.
func highest(b uint64) uint64 { return (b >> 7 & each) * 0x0102040810204080 >> 56 }

// eightBytes are the first eight bytes of s, zeros in place of those that it lacks.
func eightBytes(s string) (b uint64) {
	if len(s) >= 8 {
		return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	}
	for i := range len(s) {
		b |= uint64(s[i]) << (8 * i)
	}
	return b
}
