package text

import "strings"

// numeral is a run of digits with the points and commas inside it.
type numeral struct {
	start, end int
	whole      int  // digits before the decimal mark
	plain      bool // digits alone
}

// readNumeral reads the numeral at i, where a digit stands. The last group is a
// fraction unless it has three digits and the same mark as all others before it.
func readNumeral(text string, i int) numeral {
	n := numeral{start: i, plain: true}
	all, last, same := 0, 0, true
	var mark byte
	for {
		from := i
		for isDigitAt(text, i) {
			i++
		}
		last = i - from
		all += last
		if i >= len(text) || (text[i] != '.' && text[i] != ',') || !isDigitAt(text, i+1) {
			break
		}
		same = same && (n.plain || text[i] == mark)
		n.plain, mark = false, text[i]
		i++
	}
	n.end, n.whole = i, all
	if !n.plain && (last != 3 || !same) {
		n.whole = all - last
	}
	return n
}

// small reports a numeral that can be a day of a month.
func (n numeral) small() bool { return n.plain && n.end-n.start <= 2 }

// tail is what follows a numeral and gives it its meaning.
type tail struct {
	kind Kind // 0: nothing follows
	exp  int  // power of ten of a scale word
	end  int
}

// number reads what begins with a digit.
func (s *Scanner) number(i int) bool {
	if end := s.date(i); end > 0 {
		return s.emit(Date, "<tanggal>", i, end)
	}
	if end := s.time(i); end > 0 {
		return s.emit(Time, "<jam>", i, end)
	}
	n := readNumeral(s.text, i)
	if t := s.tailOf(n); t.kind != 0 {
		return s.emitNumber(i, n, t)
	}
	if n.plain && wordGoesOnAt(s.text, n.end) {
		return s.compound(i, i) // 4g
	}
	if d := dash(s.text, n.end); d > 0 && isDigitAt(s.text, n.end+d) {
		return s.numberRange(n, readNumeral(s.text, n.end+d))
	}
	return s.bareNumber(n)
}

// emitNumber makes the token of a numeral with its tail.
func (s *Scanner) emitNumber(start int, n numeral, t tail) bool {
	switch t.kind {
	case Money:
		return s.emit(Money, moneyClass(n.whole-1+t.exp), start, t.end)
	case Percent:
		return s.emit(Percent, "<persen>", start, t.end)
	case Date:
		return s.emit(Date, "<tanggal>", start, t.end)
	}
	return s.emit(Number, "<angka>", start, t.end)
}

// bareNumber makes the token of a numeral without a tail.
func (s *Scanner) bareNumber(n numeral) bool {
	if n.plain && isYear(s.text[n.start:n.end]) {
		return s.emit(Year, "<tahun>", n.start, n.end)
	}
	return s.emit(Number, "<angka>", n.start, n.end)
}

// numberRange reads 5-10 persen, 3-5 Januari and results such as 2-1; otherwise
// the first number stands alone.
func (s *Scanner) numberRange(a, b numeral) bool {
	if t := s.tailOf(b); t.kind != 0 {
		return s.emitNumber(a.start, b, t)
	}
	if !a.small() || !b.small() || wordGoesOnAt(s.text, b.end) {
		return s.bareNumber(a)
	}
	end := b.end
	for { // 4-3-3
		d := dash(s.text, end)
		if d == 0 || !isDigitAt(s.text, end+d) {
			break
		}
		next := readNumeral(s.text, end+d)
		if !next.small() || wordGoesOnAt(s.text, next.end) {
			break
		}
		end = next.end
	}
	return s.emit(Score, "<skor>", a.start, end)
}

// tailOf reads what follows a numeral: percent, a month, a scale word, a currency,
// the ending -an.
func (s *Scanner) tailOf(n numeral) tail {
	at := blank(s.text, n.end)
	if isByteAt(s.text, at, '%') {
		return tail{kind: Percent, end: at + 1}
	}
	if at == n.end {
		return s.joinedTail(n)
	}
	word, end := s.peek(at)
	if len(word) == 0 {
		return tail{}
	}
	if n.small() && isDay(s.text[n.start:n.end]) {
		if end := s.monthAfter(word, end); end > 0 {
			return tail{kind: Date, end: end}
		}
	}
	return s.wordTail(word, end)
}

// joinedTail is tailOf for what stands without a blank: 5jt, 1990-an, 20an.
func (s *Scanner) joinedTail(n numeral) tail {
	at := n.end
	hyphenated := hyphen(s.text, at)
	word, end := s.peek(at + hyphenated)
	switch string(word) {
	case "an":
		return tail{kind: Number, end: end}
	case "rb", "jt", "ribu", "juta", "miliar", "triliun":
		if hyphenated == 0 {
			return s.wordTail(word, end)
		}
	}
	return tail{}
}

// wordTail is the tail that begins with word, which ends at end.
func (s *Scanner) wordTail(word []byte, end int) tail {
	switch string(word) {
	case "persen", "percent", "prosen":
		return tail{kind: Percent, end: end}
	}
	if currencyWord(word) {
		return tail{kind: Money, end: s.dollarOwner(end)}
	}
	exp := scale(word)
	if exp == 0 {
		return tail{}
	}
	if next, after := s.peek(blank(s.text, end)); currencyWord(next) {
		return tail{kind: Money, exp: exp, end: s.dollarOwner(after)}
	}
	return tail{kind: Number, exp: exp, end: end}
}

// dollarOwner takes "AS" into "5 dolar AS", so that it is not read as a word.
func (s *Scanner) dollarOwner(end int) int {
	if at := blank(s.text, end); strings.HasPrefix(s.text[at:], "AS") && !wordGoesOnAt(s.text, at+2) {
		return at + 2
	}
	return end
}

// peek reads the ASCII word at position i in lower case; it is empty if there is
// none, if it is long, or if other letters or digits go on.
func (s *Scanner) peek(i int) (word []byte, end int) {
	n := 0
	for i < len(s.text) && lower[s.text[i]] != 0 {
		if n == len(s.peeked) {
			return nil, i
		}
		s.peeked[n] = lower[s.text[i]]
		n++
		i++
	}
	if wordGoesOnAt(s.text, i) {
		return nil, i
	}
	return s.peeked[:n], i
}

// blank goes over up to two blanks, plain or no-break, within a line.
func blank(text string, i int) int {
	for range 2 {
		switch {
		case isByteAt(text, i, ' '):
			i++
		case i >= len(text) || (text[i] != 0xC2 && text[i] != '&'):
			return i
		case strings.HasPrefix(text[i:], "\u00a0"):
			i += len("\u00a0")
		case strings.HasPrefix(text[i:], "&nbsp;"):
			i += len("&nbsp;")
		default:
			return i
		}
	}
	return i
}

// dash is the length of a hyphen or an en dash at position i, or 0.
func dash(text string, i int) int {
	if i < len(text) && strings.HasPrefix(text[i:], "–") {
		return len("–")
	}
	return hyphen(text, i)
}
