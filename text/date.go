package text

// ranges of the parts of a date and of a time of day.
const (
	lastDay, lastMonth   = 31, 12
	firstYear, lastYear  = 1900, 2099
	lastHour, lastMinute = 24, 59
)

// atoi is the value of up to four digits; the callers have looked at them.
func atoi(digits string) int {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

func isYear(digits string) bool {
	return len(digits) == 4 && atoi(digits) >= firstYear && atoi(digits) <= lastYear
}

func isDay(digits string) bool { n := atoi(digits); return n >= 1 && n <= lastDay }

func isMonth(digits string) bool { n := atoi(digits); return n >= 1 && n <= lastMonth }

// digitsAt returns the one to four digits at i; empty if there are none or more.
func digitsAt(text string, i int) string {
	end := i
	for isDigitAt(text, end) && end-i <= 4 {
		end++
	}
	if end-i > 4 || i > len(text) {
		return ""
	}
	return text[i:end]
}

// date is the end of the date in figures at i, or 0: 30/12/2020, 30-12-2020,
// 30.12.2020, 2020-12-30, and in brackets (30/12).
func (s *Scanner) date(i int) int {
	a := digitsAt(s.text, i)
	at := i + len(a)
	if a == "" || at >= len(s.text) || (s.text[at] != '/' && s.text[at] != '-' && s.text[at] != '.') {
		return 0
	}
	mark := s.text[at]
	b := digitsAt(s.text, at+1)
	if b == "" || len(b) > 2 {
		return 0
	}
	at += 1 + len(b)
	if !isByteAt(s.text, at, mark) || !isDigitAt(s.text, at+1) {
		if len(a) <= 2 && mark == '/' && i > 0 && s.text[i-1] == '(' && isByteAt(s.text, at, ')') && dayMonth(a, b) {
			return at
		}
		return 0
	}
	c := digitsAt(s.text, at+1)
	at += 1 + len(c)
	if wordGoesOnAt(s.text, at) || !isDate(a, b, c, mark) {
		return 0
	}
	return at
}

// isDate reports figures in the order day, month, year, or year, month, day. A
// year of two digits needs the slash: 1.2.20 is more often a version.
func isDate(a, b, c string, mark byte) bool {
	if len(a) == 4 {
		return isYear(a) && len(c) <= 2 && isMonth(b) && isDay(c)
	}
	return len(a) <= 2 && dayMonth(a, b) && (isYear(c) || len(c) == 2 && mark == '/')
}

// dayMonth reports a day and a month in either order.
func dayMonth(a, b string) bool {
	return isDay(a) && isMonth(b) || isMonth(a) && isDay(b)
}

// monthAfter is the end of the month word, with the year after it if there is one,
// or 0. The word ends at end.
func (s *Scanner) monthAfter(word []byte, end int) int {
	found, english := month(word)
	if !found {
		return 0
	}
	after := s.yearAfter(end)
	if english && after == end {
		return 0
	}
	return after
}

// yearAfter is the end of the year behind a month that ends at end, or end.
func (s *Scanner) yearAfter(end int) int {
	at := blank(s.text, end)
	if at == end {
		return end
	}
	if y := digitsAt(s.text, at); isYear(y) && !wordGoesOnAt(s.text, at+4) {
		return at + 4
	}
	return end
}

// time is the end of the time of day at i, or 0: 15:00, 15.00 WIB, pukul 15.00,
// 07.00-09.00 WIB, 15 WIB.
func (s *Scanner) time(i int) int {
	end, colon := s.clockAt(i)
	if end == 0 {
		return s.hourZone(i)
	}
	for _, d := range [...]int{end, blank(s.text, end)} { // a range, with blanks or without
		if n := dash(s.text, d); n > 0 {
			if to, _ := s.clockAt(blank(s.text, d+n)); to > 0 {
				end = to
				break
			}
		}
	}
	if zone := s.zone(end); zone > 0 {
		return zone
	}
	if colon || s.clock {
		return end
	}
	return 0
}

// clockAt is the end of hours, minutes and perhaps seconds at i, or 0.
func (s *Scanner) clockAt(i int) (end int, colon bool) {
	h := digitsAt(s.text, i)
	at := i + len(h)
	if h == "" || len(h) > 2 || atoi(h) > lastHour {
		return 0, false
	}
	colon = isByteAt(s.text, at, ':')
	if !colon && !isByteAt(s.text, at, '.') {
		return 0, false
	}
	if at = s.sixtieth(at); at == 0 {
		return 0, false
	}
	if seconds := s.sixtieth(at); seconds > 0 {
		at = seconds
	}
	if wordGoesOnAt(s.text, at) || (isByteAt(s.text, at, '.') || isByteAt(s.text, at, ',')) && isDigitAt(s.text, at+1) {
		return 0, false
	}
	return at, colon
}

// sixtieth is the end of a mark and two digits below 60 at i, or 0.
func (s *Scanner) sixtieth(i int) int {
	if !isByteAt(s.text, i, ':') && !isByteAt(s.text, i, '.') {
		return 0
	}
	if m := digitsAt(s.text, i+1); len(m) == 2 && atoi(m) <= lastMinute {
		return i + 3
	}
	return 0
}

// hourZone is the end of an hour with its zone and no minutes at i, or 0.
func (s *Scanner) hourZone(i int) int {
	h := digitsAt(s.text, i)
	if h == "" || len(h) > 2 || atoi(h) > lastHour {
		return 0
	}
	return s.zone(i + len(h))
}

// zone is the end of the time zone behind i, or 0.
func (s *Scanner) zone(i int) int {
	word, end := s.peek(blank(s.text, i))
	switch string(word) {
	case "wib", "wita", "wit", "gmt", "utc", "am", "pm":
		return end
	}
	return 0
}
