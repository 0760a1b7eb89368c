package extract

import (
	"slices"
	"strings"
	"testing"
)

func TestMarkOf(t *testing.T) {
	tests := []struct {
		s    string
		want mark
	}{
		{"Baca juga", list},
		{"BACA JUGA :", list},
		{"Baca juga: Jalan Diaspal", drop},
		{"Baca Juga Jalan Diaspal", drop},
		{"Bacalah", none},
		{"Berita terkait: Jalan Diaspal", drop},
		{"Berita Terkait", list},
		{"Simak Video \"Air Meluap\"", drop},
		{"Sumber: Antara", drop},
		{"Sumber air di dusun itu mengering", none},
		{"Penulis: Ratna Dewi | Editor: Bagus", byline},
		{"Penulis novel", none},
		{"Editor", byline},
		{"Oleh Ratna Dewi", byline},
		{"Oleh: Ratna Dewi dan Bagus", byline},
		{"Oleh warga setempat", none},
		{"Olehnya", none},
		{"By Ratna Dewi", byline},
		{"by the river", none},
		{"Senin, 4 Mei 2020 | 09:15 WIB", stamp},
		{"Senin, 4 Mei 2020", date},
		{"Komentar", end},
		{"Komentar (12)", end},
		{"Komentar warga", none},
		{"Terkini Lainnya", end},
		{"Terpopuler di Dunia", none},
		{"Copyright 2020 KabarContoh", end},
		{"Facebook", nav},
		{"# Banjir Bandang", nav},
		{"»", nav},
		{"(abc/def)", drop},
		{"(Foto: Dok. Dusun)", drop},
		{"(lihat halaman 4)", none},
		{title, none},
		{para1, none},
		{"Tag" + strings.Repeat(" kata", 100), none},
	}
	for _, tt := range tests {
		if got := markOf(tt.s, look(tt.s)); got != tt.want {
			t.Errorf("markOf(%q) = %d, want %d", tt.s, got, tt.want)
		}
	}
}

// TestMarkersReachable checks that each marker is in the table of its own letter and
// that none before it takes all of its lines.
func TestMarkersReachable(t *testing.T) {
	for c := byte('a'); c <= 'z'; c++ {
		for _, m := range markersOf(c) {
			if m.words != strings.ToLower(m.words) || len(m.words) < 2 {
				t.Errorf("%q: want lower case, two letters or more", m.words)
			}
			found := slices.ContainsFunc(markersOf(m.words[0]), func(o marker) bool { return o == m })
			if !found {
				t.Errorf("%q is in the table of another letter", m.words)
			}
			if got := markOf(m.words+":", look(m.words+":")); got == none {
				t.Errorf("%q alone is not marked", m.words)
			}
		}
	}
}

func TestDateMark(t *testing.T) {
	for s, want := range map[string]mark{
		"KabarContoh.com - 30/12/2020, 12:14 WIB": stamp,
		"on 16 Feb 2016 at 09:10 WIB":             stamp,
		"Jumat, 5 Mei 2017 18.43 WITA | 10 Views": stamp,
		"4/5/2020":                       date,
		"04-05-2020":                     date,
		"Jum'at, 5 Mei 2017":             date,
		"5 Mei 2017":                     date,
		"5 Mei 17":                       none,
		"Minggu depan, 5 Mei 2017":       none,
		"Laga Dimulai Pukul 19.00 WIB":   none,
		"Hasil Laga 5 Mei 2017":          none,
		"2020":                           none,
		"99/99":                          none,
		"5 ":                             none,
		"Pertemuan 2020 WIBAWA 10:00 WI": none,
	} {
		if got := dateMark(s); got != want {
			t.Errorf("dateMark(%q) = %d, want %d", s, got, want)
		}
	}
}
