package text_test

import "testing"

func TestMoney(t *testing.T) {
	runScanCases(t, []scanCase{
		{"Rp 1,5 triliun", "<uang-triliun>", "Rp 1,5 triliun"},
		{"Rp. 5.000, Rp5.000 IDR 5000", "<uang> <uang> <uang>", "Rp. 5.000|Rp5.000|IDR 5000"},
		{"rp 20 rb RP 20 ribu", "<uang> <uang>", ""},
		{"Rp 1.500.000 Rp 1.500.000,75", "<uang-juta> <uang-juta>", ""},
		{"Rp45.000.000.000 Rp 2.000.000.000.000", "<uang-miliar> <uang-triliun>", ""},
		{"Rp 1.500 miliar Rp 20jt", "<uang-triliun> <uang-juta>", ""},
		{"Rp 5 M Rp 5 T $5M $5bn", "<uang-miliar> <uang-triliun> <uang-juta> <uang-miliar>", ""},
		{"Rp 5-10 juta", "<uang-juta>", "Rp 5-10 juta"},
		{"Rp 5 juta-Rp 10 miliar", "<uang-juta> <uang-miliar>", ""},
		{"US$ 3 miliar, US$3 S$20 USD100 $5 €7,5 £9", "<uang-miliar> <uang> <uang> <uang> <uang> <uang> <uang>", ""},
		{"5 juta dolar AS itu", "<uang-juta> itu", "5 juta dolar AS|itu"},
		{"dua dolar, 20 ribu rupiah 300 ringgit", "dua dolar <uang> <uang>", ""},
		{"Rp\u00a05 juta Rp&nbsp;5", "<uang-juta> <uang>", ""},
		{"Rp banyak, $ dan RM", "rp banyak dan rm", ""},
		{"$1,500,000.50", "<uang-juta>", ""},
		{"Rp 5 jutaan", "<uang> jutaan", ""},
	})
}

func TestNumbers(t *testing.T) {
	runScanCases(t, []scanCase{
		{"7 2.750 1,5 192.168.1.1", "<angka> <angka> <angka> <angka>", ""},
		{"5 juta orang 20rb", "<angka> orang <angka>", "5 juta|orang|20rb"},
		{"ke-2 KE-17 ke-dua", "<angka> <angka> dua", "ke-2|KE-17|ke-dua"},
		{"1990-an 20an 20-anak", "<angka> <angka> <angka> anak", ""},
		{"12,5 persen 12% 12 % 5-10 persen 5%-10%", "<persen> <persen> <persen> <persen> <persen> <persen>", ""},
		{"1945 2024 2199 12345 2024,5", "<tahun> <tahun> <angka> <angka> <angka>", ""},
		{"2019/2020 2019-2024", "<tahun> <tahun> <tahun> <tahun>", ""},
		{"2-1 21–15 4-3-3 100-20", "<skor> <skor> <skor> <angka> <angka>", "2-1|21–15|4-3-3|100|20"},
		{"0812-3456-7890", "<angka> <angka> <angka>", ""},
		{"1.5km 10km", "<angka> km 10km", ""},
		{"4-wheel 3-in-1", "<angka> wheel <angka> in1", ""},
		{"5.", "<angka>", "5"},
		{"9999999999999999999999999999", "<angka>", ""},
	})
}

func TestDates(t *testing.T) {
	runScanCases(t, []scanCase{
		{"(30/12/2020) 30-12-2020 30.12.2020 2020-12-30 1/2/20", "<tanggal> <tanggal> <tanggal> <tanggal> <tanggal>", ""},
		{"(3/1) 3/1", "<tanggal> <angka> <angka>", "3/1|3|1"},
		{"40/12/2020 30/13/2020 1.2.20", "<angka> <angka> <tahun> <angka> <angka> <tahun> <angka>", ""},
		{"30 Desember 2020 30 Des 30 DESEMBER", "<tanggal> <tanggal> <tanggal>", "30 Desember 2020|30 Des|30 DESEMBER"},
		{"3-5 Januari 2020", "<tanggal>", "3-5 Januari 2020"},
		{"Agustus, Agustus 2024", "<tanggal> <tanggal>", "Agustus|Agustus 2024"},
		{"40 Januari 5 december 5 December 2020", "<angka> <tanggal> <angka> december <tanggal>", ""},
		{"5 may win, des sep", "<angka> may win des sep", ""},
	})
}

func TestTimes(t *testing.T) {
	runScanCases(t, []scanCase{
		{"15.00 WIB 15:00 15.00", "<jam> <jam> <angka>", "15.00 WIB|15:00|15.00"},
		{"pukul 15.00 dan 16.00", "pukul <jam> dan <angka>", ""},
		{"07.00-09.00 WIB 07.00 - 09.00 WITA", "<jam> <jam>", "07.00-09.00 WIB|07.00 - 09.00 WITA"},
		{"7 WIB 01:02:03 8 pm", "<jam> <jam> <jam>", ""},
		{"25:00 12:60 1:5", "<angka> <angka> <angka> <angka> <angka> <angka>", ""},
		{"15:000 15.00.000", "<angka> <angka> <angka>", ""},
	})
}
