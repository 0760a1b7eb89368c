package text

import "strings"

// keyword is what a word means to what follows it.
type keyword uint8

const (
	clockWord keyword = iota + 1
	rupiahCode
	currencyCode
	monthName
)

// kindOf says which keyword a form is. It is never changed.
var kindOf = makeKindOf()

func makeKindOf() map[string]keyword {
	kinds := make(map[string]keyword)
	for kind, words := range [...]string{
		clockWord:    "pukul jam",
		rupiahCode:   "rp idr",
		currencyCode: "usd sgd aud eur gbp jpy myr cny sar hkd rm",
		monthName:    "januari februari pebruari maret april mei juni juli agustus september oktober nopember november desember",
	} {
		for word := range strings.FieldsSeq(words) {
			kinds[word] = keyword(kind)
		}
	}
	return kinds
}

// keywords are the forms that kindOf knows.
var keywords = makeKeywords()

// wordSet says of most words that are none of a few dozen, from their first eight letters, so that
// they need no look at the list (Bloom 1970).
type wordSet [256]uint64

func makeKeywords() (s wordSet) {
	for word := range kindOf {
		k, _ := KeyOf([]byte(word))
		i, bit := s.at(k.Low)
		s[i] |= 1 << bit
	}
	return s
}

func (s *wordSet) at(firstEight uint64) (i, bit uint64) {
	hash := firstEight * 0x9e3779b97f4a7c15 >> 50
	return hash / 64, hash % 64
}

func (s *wordSet) may(firstEight uint64) bool {
	i, bit := s.at(firstEight)
	return s[i]>>bit&1 != 0
}

// keyword handles a complete word that means something to what follows. When it
// reports done, the word has been dealt with; found is then the answer of Scan.
func (s *Scanner) keyword(start, end int) (found, done bool) {
	switch kindOf[string(s.form[:s.n])] {
	case clockWord:
		s.accept(Word, start, end)
		s.clock = true
		return true, true
	case rupiahCode:
		found = s.money(start, end, true)
	case currencyCode:
		found = s.money(start, end, false)
	case monthName:
		found = s.emit(Date, "<tanggal>", start, s.yearAfter(end))
	}
	return found, found
}

// moneyCode reads money whose code is joined to the sign or the digits that stand
// at i: Rp5.000, US$ 3, USD100.
func (s *Scanner) moneyCode(start, i int) bool {
	if i == start || i-start > 3 || i >= len(s.text) {
		return false
	}
	sign := s.text[i] == '$'
	if !sign && classes[s.text[i]] != digit {
		return false
	}
	switch string(s.form[:s.n]) {
	case "rp", "idr":
		return !sign && s.money(start, i, true)
	case "usd", "sgd", "rm":
		return !sign && s.money(start, i, false)
	case "us", "s", "a", "au", "hk", "nt", "c", "ca", "nz", "sg":
		return sign && s.money(start, i+1, false)
	}
	return false
}

// clitic reports a particle or pronoun that is written to the end of a word.
func clitic(form []byte) bool {
	switch string(form) {
	case "nya", "lah", "kah", "pun", "ku", "mu":
		return true
	}
	return false
}

// dropClitic shortens a form such as "kpknya", of which the text has shown that
// the last three letters alone are in lower case.
func (s *Scanner) dropClitic() {
	if s.n >= 5 && clitic(s.form[s.n-3:s.n]) {
		s.n -= 3
	}
}

// month reports the name of a month, in full or cut short. English names are
// certain only where a year follows.
func month(form []byte) (found, english bool) {
	if kindOf[string(form)] == monthName {
		return true, false
	}
	switch string(form) {
	case "jan", "feb", "mar", "apr", "jun", "jul", "agu", "agt", "ags", "sep", "sept",
		"okt", "nop", "nov", "des":
		return true, false
	case "january", "february", "march", "may", "june", "july", "august", "october",
		"december", "aug", "oct", "dec":
		return true, true
	}
	return false, false
}

// scale is the power of ten of a number word, or 0.
func scale(form []byte) int {
	switch string(form) {
	case "ribu", "rb", "thousand":
		return 3
	case "juta", "jt", "million":
		return 6
	case "miliar", "milyar", "billion":
		return 9
	case "triliun", "trilyun", "trillion":
		return 12
	}
	return 0
}

// moneyScale is scale for the letters that mean one only behind a currency. M is
// "miliar" in rupiah and "million" otherwise.
func moneyScale(form []byte, rupiah bool) int {
	switch string(form) {
	case "k":
		return 3
	case "m":
		if rupiah {
			return 9
		}
		return 6
	case "mn":
		return 6
	case "b", "bn":
		return 9
	case "t", "tn":
		return 12
	}
	return scale(form)
}

// currencyWord reports the name of a currency as it follows an amount.
func currencyWord(form []byte) bool {
	switch string(form) {
	case "rupiah", "dolar", "dollar", "dollars", "euro", "euros", "yen", "yuan", "ringgit",
		"baht", "riyal", "usd", "poundsterling":
		return true
	}
	return false
}
