package text

import "fmt"

// Kind says what a token is. Only a Word has a form of its own; every other kind
// stands for a class, and its form is the name of the class in angle brackets.
type Kind uint8

// The kinds of token.
const (
	Word    Kind = iota + 1
	Number       // <angka>
	Money        // <uang>, <uang-juta>, <uang-miliar>, <uang-triliun>
	Percent      // <persen>
	Date         // <tanggal>
	Time         // <jam>
	Year         // <tahun>
	Score        // <skor>: a result or a small range, 2-1
	Link         // <tautan>: an address of the web or of mail, a site's name, a video mark
)

// String gives the name used in output, for example "money".
func (k Kind) String() string {
	names := [...]string{"", "word", "number", "money", "percent", "date", "time", "year", "score", "link"}
	if int(k) < len(names) && k > 0 {
		return names[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Token is one term-to-be.
type Token struct {
	Start, End int    // byte range in the text given to Reset, exactly
	Kind       Kind   // what it is
	Form       []byte // normalised surface form; valid until the next Scan, must not be changed
}
