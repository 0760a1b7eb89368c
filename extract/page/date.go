package page

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Layouts of dates in metadata: with a zone, without, without a time.
var (
	zoned = []string{
		time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700",
		time.RFC1123Z, time.RFC1123, "Mon Jan 02 15:04:05 -0700 2006",
	}
	unzoned = []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006/01/02 15:04:05", "2006/01/02 15:04"}
	dayOnly = []string{"2006-01-02", "2006/01/02", "20060102", "January 2, 2006", "Jan 2, 2006"}
)

// longestDate bounds what is looked at as a date, in bytes.
const longestDate = 128

// parseDate reads a date of metadata or in words. The result is RFC 3339, without the zone or
// the time that is not given; "" if s is no date.
func parseDate(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > longestDate {
		return ""
	}
	for _, kind := range [...]struct {
		layouts []string
		out     string
	}{{zoned, time.RFC3339}, {unzoned, "2006-01-02T15:04:05"}, {dayOnly, time.DateOnly}} {
		for _, layout := range kind.layouts {
			if t, err := time.Parse(layout, s); err == nil && isYear(t.Year()) {
				return t.Format(kind.out)
			}
		}
	}
	return parseWords(s)
}

func isYear(y int) bool { return 1900 <= y && y < 2100 }

// inWords is a date as pages show it: "Senin, 4 Mei 2020 | 09:15 WIB", "30/12/2020, 12.14 WITA".
var inWords = regexp.MustCompile(`(?:^|[^\pL\pN])(\d{1,2})[ /.-]{1,3}(\pL{3,9}|\d{1,2})[ /.,-]{1,3}(\d{4})(?:[^\d].{0,18}?(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*(WIB|WITA|WIT)?)?(?:[^\pL\pN]|$)`)

// months are the beginnings of Indonesian and English names.
var months = [...][]string{
	{"jan"}, {"feb", "peb"}, {"mar"}, {"apr"}, {"mei", "may"}, {"jun"}, {"jul"}, {"agu", "agt", "ags", "aug"}, {"sep"}, {"okt", "oct"}, {"nov", "nop"}, {"des", "dec"},
}

func parseWords(s string) string {
	m := inWords.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	day, _ := strconv.Atoi(m[1]) // digits
	year, _ := strconv.Atoi(m[3])
	month := monthOf(m[2])
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if month == 0 || t.Day() != day || !isYear(year) {
		return ""
	}
	hour, _ := strconv.Atoi(m[4]) // digits or nothing
	minute, _ := strconv.Atoi(m[5])
	if m[4] == "" || hour > 23 || minute > 59 {
		return t.Format(time.DateOnly)
	}
	t = t.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	return t.Format("2006-01-02T15:04:05") + zoneOf(m[6])
}

// monthOf returns the month that a name or a number stands for, 0 if none.
func monthOf(s string) time.Month {
	if n, err := strconv.Atoi(s); err == nil {
		if n > 12 {
			return 0
		}
		return time.Month(n)
	}
	name := strings.ToLower(s)[:3]
	return time.Month(1 + slices.IndexFunc(months[:], func(names []string) bool { return slices.Contains(names, name) }))
}

// zoneOf returns the offset of an Indonesian time zone.
func zoneOf(name string) string {
	switch name {
	case "WIB":
		return "+07:00"
	case "WITA":
		return "+08:00"
	case "WIT":
		return "+09:00"
	}
	return ""
}

// inAddress is the day in the address of an article.
var inAddress = regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?:[/-]|$)`)

// dateIn returns the day of publication that a page's address tells, or "".
func dateIn(address string) string {
	m := inAddress.FindStringSubmatch(address)
	if m == nil {
		return ""
	}
	return parseDate(m[1] + "-" + m[2] + "-" + m[3])
}

// farthestDate is how many lines from the headline a date is looked for.
const farthestDate = 24

// dateOf returns when the article was published: as the metadata say, one with a zone first,
// else as the page shows near the headline on line title, or before the article's first line.
func (s *scores) dateOf(title, first int32) string {
	best := ""
	for _, found := range s.meta.dates {
		date := parseDate(found)
		if best == "" || !hasZone(best) && hasZone(date) && date[:len(time.DateOnly)] == best[:len(time.DateOnly)] {
			best = date
		}
	}
	for _, t := range s.meta.times {
		if best == "" && t.line >= title && t.line <= max(title, first)+farthestDate {
			best = parseDate(t.value)
		}
	}
	if best == "" {
		best = s.shownDate(title, first)
	}
	if best == "" {
		best = dateIn(s.meta.url)
	}
	return best
}

func hasZone(date string) bool { return len(date) > len("2006-01-02T15:04:05") }

// shownDate returns the date in the lines between headline and article: one with a time of day
// and a zone if there is one, since the top of a page often shows today's date.
func (s *scores) shownDate(title, first int32) (best string) {
	from := title + 1
	if title < 0 || title > first {
		from = max(0, first-farthestDate/2)
	}
	for i := from; i < min(from+farthestDate, int32(len(s.lines))); i++ {
		l := s.lines[i]
		if s.prose[i] >= shortProse {
			break
		}
		if l.end-l.start > longestDate {
			continue
		}
		if date := parseWords(s.str(i)); best == "" || hasZone(date) {
			best = date
		}
		if hasZone(best) {
			break
		}
	}
	return best
}

// dateInHeader returns the first date in the lines of pasted text before the article, but not
// one in the headline.
func dateInHeader(header, title string) string {
	for line := range strings.SplitSeq(header, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || len(line) > longestDate || line == title {
			continue
		}
		if date := parseWords(line); date != "" {
			return date
		}
	}
	return ""
}
