package text

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// plainTables are what plainAVX2 looks up.
type plainTables struct {
	letters  [KeyLength - 1]Key // by a word's length less one: masks its letters
	inner    [KeyLength - 1]Key // the bit of small letters, in letters but the first
	glue     [256]bool
	alnum    [256]byte
	keywords wordSet
}

// tables are never changed.
var tables = makePlainTables()

func makePlainTables() *plainTables {
	t := &plainTables{glue: glue, alnum: alnum, keywords: keywords}
	for i := range t.letters {
		n := i + 1
		letters := Key{firstBytes(n), firstBytes(max(n, 8) - 8)}
		t.letters[i] = letters
		t.inner[i] = Key{letters.Low &^ 0xff & inLower, letters.High & inLower}
	}
	return t
}

// hasPlain reports whether the machine can do readPlain.
func hasPlain() bool { return cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2 }

// readPlain reads the plain words that stand next in a text from some place on, and returns how many, and where it stopped:
// behind them if there was no room for more, else before something else or near the text's end. It needs room.
func readPlain(text string, from int, words []Plain) (n, pos int) {
	return plainAVX2(unsafe.StringData(text), len(text), from, &words[0], len(words), tables)
}

// plainAVX2 is readPlain.
//
//go:noescape
func plainAVX2(text *byte, length, from int, words *Plain, room int, tables *plainTables) (n, pos int)
