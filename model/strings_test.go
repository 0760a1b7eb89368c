package model

import (
	"strings"
	"testing"
)

func TestNewStrings(t *testing.T) {
	for _, sorted := range [][]string{nil, {"a"}, {"a", "b"}, {"a", "aa", "b"}, {"bola", "édukasi", "日"}} {
		s := list(t, sorted...)
		if s.Len() != len(sorted) {
			t.Errorf("%q: length %d", sorted, s.Len())
		}
		for i, want := range sorted {
			if got := s.At(i); string(got) != want || cap(got) != len(got) {
				t.Errorf("%q: entry %d is %q with capacity %d", sorted, i, got, cap(got))
			}
		}
	}
}

func TestNewStringsRefuses(t *testing.T) {
	for _, test := range []struct {
		list []string
		want string
	}{
		{[]string{""}, "must not be empty"},
		{[]string{"a", ""}, "must not be empty"},
		{[]string{"b", "a"}, `entry 1, "a", does not sort after "b"`},
		{[]string{"a", "a"}, `does not sort after "a"`},
		{[]string{"a", "b\xff"}, "not valid UTF-8"},
		{[]string{"\xc3", "\xa9"}, "not valid UTF-8"}, // valid together
		{[]string{"\xa9", "\xc3"}, "not valid UTF-8"},
	} {
		if _, err := NewStrings(test.list); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %q", test.list, err, test.want)
		}
	}
}
