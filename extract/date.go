package extract

import "strings"

// longestDate bounds the line with the date of publication, in bytes.
const longestDate = 128

// dateMark tells a line of publication date: stamp with a time of day and its zone
// ("Senin, 4 Mei 2020 | 09:15 WIB"), date without. Headlines that name a day are none.
func dateMark(s string) mark {
	if len(s) > longestDate || !hasYear(s) {
		return none
	}
	if hasZonedTime(s) {
		return stamp
	}
	if day, rest, ok := strings.Cut(s, ","); ok && isWeekday(day) {
		s = strings.TrimLeft(rest, " ")
	}
	if startsWithDate(s) && strings.Count(s, " ") <= 5 {
		return date
	}
	return none
}

// hasYear reports whether a year from 1900 to 2099 stands in s.
func hasYear(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if s[i+1] != '9' && s[i+1] != '0' || s[i] != '1' && s[i] != '2' {
			continue
		}
		if isDigit(s[i+2]) && isDigit(s[i+3]) && (i+4 == len(s) || !isDigit(s[i+4])) {
			return true
		}
	}
	return false
}

// hasZonedTime reports whether s holds a time of day followed by an Indonesian time zone.
func hasZonedTime(s string) bool {
	for rest := s; ; {
		i := strings.Index(rest, " WI")
		if i < 0 {
			return false
		}
		before, after := rest[:i], rest[i+3:]
		if isZoneTail(after) && endsWithTime(before) {
			return true
		}
		rest = after
	}
}

func isZoneTail(s string) bool {
	for _, tail := range [...]string{"B", "TA", "T"} {
		if strings.HasPrefix(s, tail) {
			return len(s) == len(tail) || !isLetter(s[len(tail)])
		}
	}
	return false
}

// endsWithTime reports whether s ends with hh:mm or hh.mm, perhaps with seconds.
func endsWithTime(s string) bool {
	n := len(s)
	return n >= 4 && isDigit(s[n-1]) && isDigit(s[n-2]) && (s[n-3] == ':' || s[n-3] == '.') && isDigit(s[n-4])
}

// startsWithDate reports whether s starts with a day, a month and a year.
func startsWithDate(s string) bool {
	n := digitsBefore(s)
	if n == 0 || n > 2 || n == len(s) {
		return false
	}
	rest := s[n+1:]
	switch s[n] {
	case '/', '-':
		m := digitsBefore(rest)
		return 0 < m && m <= 2 && m < len(rest) && rest[m] == s[n] && hasYear(rest[m:])
	case ' ':
		month, year, ok := strings.Cut(rest, " ")
		return ok && isMonth(month) && digitsBefore(year) == 4
	}
	return false
}

func digitsBefore(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWeekday(s string) bool {
	switch s {
	case "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Jum'at", "Sabtu", "Minggu":
		return true
	}
	return false
}

// isMonth knows a month by its first three letters, in Indonesian or in English.
func isMonth(s string) bool {
	if len(s) < 3 || len(s) > len("September") {
		return false
	}
	switch s[:3] {
	case "Jan", "Feb", "Mar", "Apr", "Mei", "May", "Jun", "Jul",
		"Agu", "Ags", "Aug", "Sep", "Okt", "Oct", "Nov", "Des", "Dec":
		return true
	}
	return false
}
