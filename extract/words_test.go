package extract

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// countBytes counts words a byte at a time, as countWords' comment says.
func countBytes(s string) (words, letters, lower int) {
	settled := false
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ':
			settled = false
		case !settled && (isLetter(c) || isDigit(c)):
			settled = true
			words++
			if isLetter(c) {
				letters++
			}
			if 'a' <= c && c <= 'z' {
				lower++
			}
		}
	}
	return words, letters, lower
}

func checkCount(t *testing.T, s string) {
	t.Helper()
	w, l, o := countWords(s)
	if w1, l1, o1 := countBytes(s); w != w1 || l != l1 || o != o1 {
		t.Errorf("countWords(%q) = %d, %d, %d, want %d, %d, %d", s, w, l, o, w1, l1, o1)
	}
	if len(s) >= 64 {
		if got, want := kindsOf(s[:64]), kindsInGo(s[:64]); got != want {
			t.Errorf("kindsOf(%q) = %x, want %x", s[:64], got, want)
		}
	}
}

// TestCountWords: every byte at every place, and random texts of the bytes that matter.
func TestCountWords(t *testing.T) {
	if w, l, o := countWords(`"Kami" (dua) 3.000 — ke-2 é`); w != 4 || l != 3 || o != 2 {
		t.Errorf("%d words, %d letters, %d lower", w, l, o)
	}
	for place := range 70 {
		for c := range 256 {
			for _, around := range []string{" ", "a", "\""} {
				checkCount(t, strings.Repeat(around, place)+string([]byte{byte(c)})+strings.Repeat("a", 69-place))
			}
		}
	}
	rng := rand.New(rand.NewPCG(5, 6))
	const bytes = " \n\x00\x1f!\"(/09:@AZ[`az{\x7f\x80\xc3\xff"
	for range 20000 {
		b := make([]byte, rng.IntN(200))
		few := 1 + rng.IntN(len(bytes))
		for i := range b {
			b[i] = bytes[rng.IntN(few)]
		}
		checkCount(t, string(b))
	}
}

// TestMayOpen: no marker is passed over, in whatever case, alone or with something behind it.
func TestMayOpen(t *testing.T) {
	for c := byte('a'); c <= 'z'; c++ {
		for _, m := range markersOf(c) {
			for _, s := range []string{m.words, strings.ToUpper(m.words), m.words + ": x", m.words + " Ratna"} {
				if !mayOpen(s) {
					t.Errorf("mayOpen(%q) is false", s)
				}
			}
		}
	}
	if mayOpen("Kami") || mayOpen("") {
		t.Error("mayOpen is true of what starts with no marker")
	}
}
