package extract

import (
	"slices"
	"strings"
	"testing"
)

// Paragraphs that the cases are made of.
const (
	para1 = "Warga dua dusun memperbaiki saluran air yang rusak akibat hujan deras sejak akhir pekan."
	para2 = "Perbaikan dikerjakan bergiliran oleh tiga puluh orang dan ditargetkan rampung dalam lima hari."
	para3 = "Kepala dusun menyebut bahan bangunan dibeli dari iuran warga dan bantuan kecamatan."
	lead  = "SUKAMAJU, KabarContoh.com - " + para1
	title = "Saluran Air Dua Dusun Diperbaiki Secara Gotong Royong"
)

func lines(s ...string) string { return strings.Join(s, "\n") }

// keptWhole are texts without furniture, or without anything that looks like a body.
var keptWhole = []struct{ name, text string }{
	{"one sentence", para1},
	{"a few words", "harga beras"},
	{"headline", title},
	{"headline as a question", "Mengapa Harga Cabai Naik Setiap Bulan Puasa?"},
	{"single line", strings.Repeat(para1+" "+para2+" ", 20)},
	{"no full stop", strings.TrimRight(para1, ".")},
	{"paragraphs", lines(para1, para2, "", para3)},
	{"windows line ends", para1 + "\r\n\r\n" + para2},
	{"title and body", lines(title, "", para1, "", para2)},
	{"subheadings", lines(para1, "Jalan Keluar", para2, "Rencana Berikutnya", para3)},
	{"list at the end", lines(para1, "Berikut rinciannya:", "- Semen: 40 sak", "- Pasir: 3 truk", "- Batu: 2 truk")},
	{"names at the end", lines(para1, "Pemain yang dipanggil:", "Rudi Hartanto", "Samsul Bahri", "Yakobus Wanma")},
	{"press release", lines("SIARAN PERS", "Untuk Diterbitkan Segera", "", para1, "",
		"• Memasang pipa sepanjang dua kilometer", "• Membangun tiga bak penampung", "", para2, "", "Narahubung: Ratna, 0800-000-000")},
	{"poem", lines("Di tepi kali", "angin menulis namamu", "", "Di tepi kali", "air menghapusnya lagi")},
	{"price table", lines(para1, "Beras", "12.500", "12.500", "Gula", "14.000", "14.000")},
	{"comparison with equal rows", lines(para1, "Kamera Utama dan Kamera Depan dengan 12 MP",
		"Kamera Utama dan Kamera Depan dengan 12 MP", "Baterai Besar dan Pengisian Daya Cepat 30 W",
		"Baterai Besar dan Pengisian Daya Cepat 30 W", para2)},
	{"sentence about comments", lines(para1, "Komentar warga beragam, tetapi sebagian besar mendukung rencana itu.", para2)},
	{"sentence that starts with by whom", lines(para1, "Oleh warga, saluran itu lalu ditutup dengan papan kayu.", para2)},
	{"sentence that starts with read", lines(para1, "Baca juga buku panduan yang dibagikan petugas sebelum memasang pipa sendiri di rumah.", para2)},
	{"headline naming a day", lines("Harga Emas Hari Ini, Senin 4 Mei 2020, Naik Tipis", "", para1, para2)},
	{"broken at a fixed width", lines("Warga dua dusun memperbaiki saluran air", "yang rusak akibat hujan deras sejak akhir",
		"pekan. Perbaikan dikerjakan bergiliran oleh", "tiga puluh orang.")},
	{"marker before anything else", lines("Terpopuler", para1, para2)},
	{"everything after a marker", lines(para1, "Komentar", strings.Repeat(para2+" ", 3), strings.Repeat(para3+" ", 3))},
	{"other script", "これは記事です。\n写真\nこれも記事です。"},
	{"only furniture", lines("Beranda", "Masuk", "Facebook", "Terkini Lainnya", "Copyright 2020")},
	{"invalid bytes", "\xff\xfe " + para1 + "\n\xc3"},
}

func TestKeptWhole(t *testing.T) {
	for _, c := range keptWhole {
		t.Run(c.name, func(t *testing.T) {
			spans := AppendPlain(nil, c.text)
			checkSpans(t, c.text, spans)
			var parts []string
			for _, s := range spans {
				parts = append(parts, c.text[s.Start:s.End])
			}
			if got, want := words(parts), words([]string{c.text}); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// pageCases are texts with furniture: title is the headline wanted, body the lines.
var pageCases = []struct {
	name, text, title string
	body              []string
}{
	{"read also with a link", lines(para1, "Baca juga: Jalan Desa Sudah Diaspal", para2), "", []string{para1, para2}},
	{"read also in brackets", lines(para1, "[Baca Juga: Jalan Desa Sudah Diaspal]", para2), "", []string{para1, para2}},
	{"read also as a list", lines(para1, "Baca Juga", "Jalan Desa Sudah Diaspal", "Pasar Baru Dibuka", para2), "", []string{para1, para2}},
	{"other calls", lines(para1, "Simak Video: Detik-detik Air Meluap", "Tonton juga: Air Meluap", "Lihat juga Foto Banjir", para2), "", []string{para1, para2}},
	{"advertisement", lines(para1, "ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT", "[Gambas:Video Contoh]", para2), "", []string{para1, para2}},
	{"subscription call", lines(para1, "Dapatkan update berita pilihan setiap hari dari kami.", para2), "", []string{para1, para2}},
	{"initials on a line", lines(para1, para2, "(abc/def)"), "", []string{para1, para2}},
	{"initials behind the last word", lines(para1, para2+" (abc/def)"), "", []string{para1, para2}},
	{"credit inside a line", lines(para1, para2+" (Foto: Dok. Dusun) "+para3), "", []string{para1, para2, para3}},
	{"read also at the end of a line", lines(para2, para1+" Baca juga: Jalan Desa Sudah Diaspal", para3), "", []string{para2, para1, para3}},
	{"byline and date", lines(title, "Oleh Ratna Dewi", "Senin, 4 Mei 2020 | 09:15 WIB", para1, para2), title, []string{para1, para2}},
	{
		"subtitle before the byline", lines(title, "Bantuan datang dari kecamatan", "Penulis: Ratna Dewi", para1), title,
		[]string{"Bantuan datang dari kecamatan", para1},
	},
	{"navigation", lines("Home", "Nasional", "Login", "Rabu, 6 Mei 2020", title, "Rabu, 6 Mei 2020 10:00 WIB", lead, para2), title, []string{lead, para2}},
	{
		"caption with a credit", lines(title, "KabarContoh - 04/05/2020, 09:15 WIB", "Warga bekerja di tepi saluran yang rusak itu. ANTARA FOTO/Ratna", para1, para2),
		title,
		[]string{para1, para2},
	},
	{"caption glued to itself", lines(title, "KabarContoh - 04/05/2020, 09:15 WIB",
		"Warga bekerja di tepi saluran air yang rusak itu.Warga bekerja di tepi saluran air yang rusak itu.", para1), title, []string{para1}},
	{"caption before a lead", lines(title, "Pewarta: Ratna Dewi", "Warga bekerja di tepi saluran yang rusak sejak pagi.", lead, para2), title, []string{lead, para2}},
	{"editor at the end", lines(para1, para2, "Editor: Ratna Dewi", "Lomba Panjat Pinang", "Pasar Baru"), "", []string{para1, para2}},
	{"goes on after the reporter", lines(para1, "Reporter: Ratna Dewi", para2), "", []string{para1, para2}},
	{"goes on on the next page", lines(para1, "Halaman:", "1", "2", para2), "", []string{para1, para2}},
	{"tags before the end", lines(para1, para2, "Saluran Air", "Gotong Royong", "TAGS:", "dusun"), "", []string{para1, para2}},
	{"tags in lower case", lines(para1, para2, "(abc/def)", "saluran air", "gotong royong", "Berita Terkini", "Pasar Baru"), "", []string{para1, para2}},
	{"reporter's name without a word", lines("Beranda", "Regional", title, "Ratna Dewi - KabarContoh", "Selasa, 05 Mei 2020 10:20 WIB", "Bagikan", para1), title, []string{para1}},
	{"outlet below the headline", lines(title, "Kabar Contoh", "Rabu, 06 Mei 2020 11:00 WIB", "Bagikan :", "Warga bekerja di tepi saluran.",
		"Sukamaju, Kabar Contoh --", para1, para2), title, []string{"Kabar Contoh", "Sukamaju, Kabar Contoh --", para1, para2}},
	{"comments", lines(para1, "Laporkan Komentar", "Terima kasih, laporan Anda sudah kami terima dan akan diperiksa.", "Kirim"), "", []string{para1}},
	{"list with teasers", lines(lead, para2, para3, "Terkini Lainnya", "Pasar Baru Dibuka", para1, "Jalan Diaspal", para2), "", []string{lead, para2, para3}},
	{"goes on after a false end", lines(para1, "Terpopuler", "Pasar Baru Dibuka", para2, para3, para2, para3), "", []string{para1, para2, para3, para2, para3}},
	{"headlines twice", lines(para1, "Pasar Malam Kota Baru Dibuka Kembali", "Pasar Malam Kota Baru Dibuka Kembali", "Daerah",
		"Tim Voli Putri Juara Usai Kalahkan Tuan Rumah", "Tim Voli Putri Juara Usai Kalahkan Tuan Rumah", "Olahraga"), "", []string{para1}},
	{"copyright", lines(para1, "© 2020 KabarContoh", "Redaksi"), "", []string{para1}},
}

func TestPages(t *testing.T) {
	for _, c := range pageCases {
		t.Run(c.name, func(t *testing.T) {
			spans := AppendPlain(nil, c.text)
			checkSpans(t, c.text, spans)
			title, body := parts(c.text, spans)
			if title != c.title {
				t.Errorf("title %q, want %q", title, c.title)
			}
			if got, want := words([]string{body}), words(c.body); got != want {
				t.Errorf("body\n%q\nwant\n%q", got, want)
			}
		})
	}
}

func TestTitleOfCleanText(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"blank line between", lines(title, "", para1), title},
		{"body right below", lines(title, para1+" "+para2), title},
		{"in sentence case", lines("Warga perbaiki saluran air", "", para1), "Warga perbaiki saluran air"},
		{"nothing below", title, ""},
		{"ends with a full stop", lines("Warga perbaiki saluran.", "", para1), ""},
		{"place and outlet of a lead", lines("Sukamaju, kabarcontoh.com-", "", para1), ""},
		{"sentence cut in two", lines("Warga dua dusun di kaki bukit memperbaiki saluran air yang rusak akibat hujan deras", "", para1), ""},
		{"list item", lines("1. Saluran Air", "", para1), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := parts(tt.text, AppendPlain(nil, tt.text))
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestNoSpanInBlankText(t *testing.T) {
	for _, text := range []string{"", " ", "\n\n", "\r\n\t\u00a0\n", "\ufeff"} {
		if got := AppendPlain(nil, text); len(got) != 0 {
			t.Errorf("AppendPlain(%q) = %v, want none", text, got)
		}
	}
}

// TestAppends checks that the caller's spans stay, even when the answer is taken back
// because too much would have been dropped.
func TestAppends(t *testing.T) {
	mine := []Span{{1, 2, Title}, {3, 4, Body}}
	for _, c := range keptWhole {
		got := AppendPlain(slices.Clone(mine), c.text)
		if !slices.Equal(got[:2], mine) || !slices.Equal(got[2:], AppendPlain(nil, c.text)) {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

func TestNoAllocation(t *testing.T) {
	page := readGolden(t, "harian.txt")
	spans := AppendPlain(nil, page)
	if n := testing.AllocsPerRun(10, func() { spans = AppendPlain(spans[:0], page) }); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

// TestHostile checks that work stays in proportion to the text. A quadratic step would
// take minutes here.
func TestHostile(t *testing.T) {
	const size = 1 << 20
	for _, unit := range []string{
		"\n", " ", "a", "(", "[", "[baca juga: ", "a ", "a\n", "\xc2", "\u00a0", "Baca juga:\n", "Editor:\n", "Komentar\n" + para1 + "\n",
		para1 + "\n" + para2 + "\nKomentar\n", title + "\n", " juga:", "1 Mei 2020\n", " WI",
	} {
		text := strings.Repeat(unit, size/len(unit))
		checkSpans(t, text, AppendPlain(nil, text))
		checkSpans(t, para1+"\n"+text, AppendPlain(nil, para1+"\n"+text))
	}
}
