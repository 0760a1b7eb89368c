// Package dates reads the dates that news articles come with: in numbers, or in Indonesian or English words.
//
// [Parse] is safe for concurrent use. It refuses what could be read two ways.
package dates

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateLayouts are dates in numbers, the year first, with a time after them or none.
var dateLayouts = []string{
	time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateTime, "2006-01-02 15:04",
	"2006/01/02", "2006/01/02 15:04:05", "2006/01/02 15:04",
}

// dayMonthYear is a date in words, a weekday before it and a time after it or none.
var dayMonthYear = regexp.MustCompile(`^(?:\pL+,? )?(\d{1,2})[ -](\pL{3,9})[ -](\d{4})(?:,? .{0,20})?$`)

// months are the beginnings of Indonesian and English names.
var months = [12][]string{
	{"jan"}, {"feb", "peb"}, {"mar"}, {"apr"}, {"mei", "may"}, {"jun"}, {"jul"}, {"agu", "agt", "ags", "aug"}, {"sep"}, {"okt", "oct"}, {"nov", "nop"}, {"des", "dec"},
}

// Parse reads the dates that articles come with; one without a zone is taken as UTC. It refuses
// 01/02/2024, which could be read two ways.
func Parse(s string) (time.Time, error) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	if m := dayMonthYear.FindStringSubmatch(s); m != nil {
		name := strings.ToLower(m[2])[:3]
		month := 1 + slices.IndexFunc(months[:], func(names []string) bool { return slices.Contains(names, name) })
		day, _ := strconv.Atoi(m[1]) // digits
		year, _ := strconv.Atoi(m[3])
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if month > 0 && t.Day() == day && day > 0 {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("date %.40q is not understood: give YYYY-MM-DD", s)
}
