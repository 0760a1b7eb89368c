package page_test

import (
	"fmt"

	"github.com/tajuk/tajuk/extract/page"
)

func ExampleHTML() {
	a, err := page.HTML([]byte(`<!doctype html><title>Kapal Wisata Baru Berlayar | Situs</title>
<nav><a href="/">Beranda</a></nav><h1>Kapal Wisata Baru Berlayar</h1><div>Selasa, 5 Mei 2020 07:30 WIB</div>
<p>Kapal itu membawa seratus penumpang pada pelayaran pertamanya ke pulau seberang.
<p><a href="/2">Baca juga: Dermaga Lama Diperbaiki</a>
<p>Tiketnya dijual di loket dermaga mulai pukul enam pagi setiap hari.
<footer>Hak cipta 2020</footer>`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Title)
	fmt.Println(a.Date)
	fmt.Println(a.Text)
	// Output:
	// Kapal Wisata Baru Berlayar
	// 2020-05-05T07:30:00+07:00
	// Kapal itu membawa seratus penumpang pada pelayaran pertamanya ke pulau seberang.
	// Tiketnya dijual di loket dermaga mulai pukul enam pagi setiap hari.
}

func ExampleText() {
	a := page.Text(`Beranda
Masuk
Kapal Wisata Baru Berlayar
Oleh Ratna Dewi
Selasa, 5 Mei 2020 | 07:30 WIB
Kapal itu membawa seratus penumpang pada pelayaran pertamanya ke pulau seberang.
Terkini Lainnya
Pasar Ikan Dipindah
`)
	fmt.Printf("%s (%s)\n%s\n", a.Title, a.Date, a.Text)
	// Output:
	// Kapal Wisata Baru Berlayar (2020-05-05T07:30:00+07:00)
	// Kapal itu membawa seratus penumpang pada pelayaran pertamanya ke pulau seberang.
}
