package extract

import (
	"strings"
	"testing"
)

func TestNextLine(t *testing.T) {
	tests := []struct {
		text, line string
		next       int
	}{
		{"", "", 0},
		{"a", "a", 1},
		{" a \r\nb", "a", 5},
		{"\nb", "", 1},
		{"\u00a0a\u00a0\u200b\n", "a", 9},
		{"\ufeffa b\t", "a b", 7},
		{"\xc2a\xa0\n", "\xc2a\xa0", 4},
		{" \t \n", "", 4},
	}
	for _, tt := range tests {
		l, next := nextLine(tt.text, 0)
		if got := l.of(tt.text); got != tt.line || next != tt.next {
			t.Errorf("nextLine(%q) = %q, %d, want %q, %d", tt.text, got, next, tt.line, tt.next)
		}
	}
}

func TestShape(t *testing.T) {
	tests := []struct {
		s                         string
		prose, heading, titleCase bool
	}{
		{para1, true, false, false},
		{lead, true, false, false},
		{strings.TrimRight(para1, "."), false, true, false},
		{strings.Repeat("kata ", 50), true, false, false},
		{"\"Kami bekerja sejak pagi hari sampai sore,\" kata dia", false, true, false},
		{"\"Kami semua bekerja sejak pagi hari sampai sore\"", true, true, false},
		{title, false, true, true},
		{"Mengapa Harga Cabai Naik Setiap Bulan Puasa Tiba?", false, true, true},
		{"Nasional", false, true, true},
		{"- Semen: 40 sak", false, false, false},
		{"2. Jalan Baru", false, false, false},
		{"Rinciannya:", false, false, false},
		{"12 April", false, true, true},
		{"…", false, false, false},
	}
	for _, tt := range tests {
		sh := look(tt.s)
		if sh.prose() != tt.prose || sh.heading() != tt.heading || sh.titleCase() != tt.titleCase {
			t.Errorf("%q: prose %t, heading %t, title case %t, want %t, %t, %t: %+v",
				tt.s, sh.prose(), sh.heading(), sh.titleCase(), tt.prose, tt.heading, tt.titleCase, sh)
		}
	}
}

func TestIsBullet(t *testing.T) {
	for s, want := range map[string]bool{
		"- a": true, "• a": true, "* a": true, "1. a": true, "12) a": true,
		"1.250 a": true, "2020 a": false, "a": false, "1": false, "\"a": false,
	} {
		if got := isBullet(s); got != want {
			t.Errorf("isBullet(%q) = %t, want %t", s, got, want)
		}
	}
}
