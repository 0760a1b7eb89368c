package extract

import "testing"

func TestTrimEnd(t *testing.T) {
	tests := []struct{ s, want string }{
		{"Kata dia. (abc/def)", "Kata dia."},
		{"Kata dia. (abc / def)", "Kata dia."},
		{"\"Benar!\" (abc)", "\"Benar!\""},
		{"Kata dia.(*)", "Kata dia."},
		{"Kata dia. (Cas/Isk)", "Kata dia."},
		{"Kata dia. (PMI)", "Kata dia. (PMI)"},
		{"Palang merah (pmi)", "Palang merah (pmi)"},
		{"Kata dia. (lihat halaman)", "Kata dia. (lihat halaman)"},
		{"Kata dia. (1/2)", "Kata dia. (1/2)"},
		{"(abc/def)", "(abc/def)"},
		{"Kata dia. Baca juga: Jalan Diaspal", "Kata dia."},
		{"Kata dia. Baca juga: Jalan Diaspal. Pasar", "Kata dia. Baca juga: Jalan Diaspal. Pasar"},
		{"Kata dia. Baca juga: Jalan Diaspal.", "Kata dia. Baca juga: Jalan Diaspal."},
		{"Tolong Baca juga: Jalan Diaspal", "Tolong Baca juga: Jalan Diaspal"},
		{" juga: x", " juga: x"},
	}
	for _, tt := range tests {
		if got := tt.s[:trimEnd(tt.s)]; got != tt.want {
			t.Errorf("trimEnd(%q) keeps %q, want %q", tt.s, got, tt.want)
		}
	}
}

func TestCutInline(t *testing.T) {
	tests := []struct{ s, want string }{
		{"a [Gambas:Video] b", "[Gambas:Video]"},
		{"a (Baca: Jalan Diaspal) b", "(Baca: Jalan Diaspal)"},
		{"a (b) [c] (baca juga: d) e [foto: f]", "(baca juga: d)"},
		{"a (Foto: b", ""},
		{"a (Foto: (b)", ""},
		{"a (foto bersama warga) b", ""},
		{"a [b]", ""},
		{"", ""},
	}
	for _, tt := range tests {
		from, to := cutInline(tt.s)
		if got := tt.s[from:to]; got != tt.want {
			t.Errorf("cutInline(%q) cuts %q, want %q", tt.s, got, tt.want)
		}
	}
}

func TestIsLead(t *testing.T) {
	for s, want := range map[string]bool{
		lead:                                           true,
		"Sukamaju (KABAR) - " + para1:                  true,
		"Sukamaju, KabarContoh – " + para1:             true,
		"KabarContoh.com, Sukamaju " + para1:           true,
		"KabarContoh.com - " + para1:                   true,
		"SUKAMAJU, 4 Mei 2020 (KABAR) --":              true,
		para1:                                          false,
		"Warga dusun itu - menurut catatan - " + para1: false,
		"Dusun Satu - Dusun Dua Berdamai":              false,
		"- " + para1:                                   false,
	} {
		if got := isLead(s, look(s)); got != want {
			t.Errorf("isLead(%q) = %t, want %t", s, got, want)
		}
	}
}

func TestIsCaption(t *testing.T) {
	for s, want := range map[string]bool{
		"Warga bekerja. ANTARA FOTO/Ratna": true,
		"Warga bekerja (Foto: Ratna)":      true,
		para1 + para1:                      true,
		para1:                              false,
		"":                                 false,
	} {
		if got := isCaption(s); got != want {
			t.Errorf("isCaption(%q) = %t, want %t", s, got, want)
		}
	}
}
