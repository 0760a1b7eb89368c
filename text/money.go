package text

// isCurrency reports a sign that stands before an amount. The dollar sign is
// handled with the ASCII bytes.
func isCurrency(r rune) bool { return r == '€' || r == '£' || r == '¥' }

// moneyClass is the class of an amount from the power of ten of its first digit.
// Thousands and less are one class.
func moneyClass(exp int) string {
	switch {
	case exp >= 12:
		return "<uang-triliun>"
	case exp >= 9:
		return "<uang-miliar>"
	case exp >= 6:
		return "<uang-juta>"
	}
	return "<uang>"
}

// money reads an amount after the code or sign text[start:i]: Rp 1,5 triliun,
// Rp. 5.000, US$ 3 miliar, Rp 5-10 juta. It reports false and changes nothing
// when no amount follows.
func (s *Scanner) money(start, i int, rupiah bool) bool {
	if isByteAt(s.text, i, '.') {
		i++
	}
	i = blank(s.text, i)
	if !isDigitAt(s.text, i) {
		return false
	}
	n := readNumeral(s.text, i)
	t := s.moneyTail(n.end, rupiah)
	if d := dash(s.text, n.end); t.end == n.end && d > 0 && isDigitAt(s.text, n.end+d) {
		n = readNumeral(s.text, n.end+d)
		t = s.moneyTail(n.end, rupiah)
	}
	return s.emit(Money, moneyClass(n.whole-1+t.exp), start, t.end)
}

// moneyTail reads the scale and the currency after an amount that ends at i.
func (s *Scanner) moneyTail(i int, rupiah bool) tail {
	t := tail{end: i}
	word, end := s.peek(blank(s.text, i))
	if exp := moneyScale(word, rupiah); exp > 0 {
		t = tail{exp: exp, end: end}
		word, end = s.peek(blank(s.text, end))
	}
	if currencyWord(word) {
		t.end = s.dollarOwner(end)
	}
	return t
}
