package text

import (
	"encoding/binary"
	"math/bits"
)

// KeyLength is the longest form in bytes that has a Key: all but one word in a hundred of news.
const KeyLength = 16

// Key is a form as two numbers: its bytes in little-endian order, zeros behind them. Two forms
// have the same Key only if they are the same, as no form holds a zero byte; to compare or to
// look up a Key takes no loop over bytes.
type Key struct{ Low, High uint64 }

// KeyOf returns the Key of a form, and false for a form that is too long for one.
func KeyOf(form []byte) (Key, bool) {
	if len(form) > KeyLength {
		return Key{}, false
	}
	var b [KeyLength]byte
	copy(b[:], form)
	return Key{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])}, true
}

// AppendForm appends the form of the Key to dst.
func (k Key) AppendForm(dst []byte) []byte {
	dst = binary.LittleEndian.AppendUint64(dst, k.Low)
	dst = binary.LittleEndian.AppendUint64(dst, k.High)
	empty := bits.LeadingZeros64(k.High) / 8
	if empty == 8 {
		empty += bits.LeadingZeros64(k.Low) / 8
	}
	return dst[:len(dst)-empty]
}

// Key is KeyOf the form of the token found by the last Scan.
func (s *Scanner) Key() (Key, bool) {
	if s.n > KeyLength {
		return Key{}, false
	}
	return s.key, true
}

// firstEight is Key.Low, of a form of any length.
func (s *Scanner) firstEight() uint64 { return binary.LittleEndian.Uint64(s.form[:]) & firstBytes(s.n) }
