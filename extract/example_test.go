package extract_test

import (
	"fmt"

	"github.com/tajuk/tajuk/extract"
)

func ExampleAppendPlain() {
	page := `Beranda
Nasional
Masuk
Kapal Wisata Baru Mulai Berlayar
Oleh Ratna Dewi
Selasa, 5 Mei 2020 | 07:30 WIB
Kapal itu membawa seratus penumpang pada pelayaran pertamanya ke pulau seberang.
Baca juga: Dermaga Lama Diperbaiki
Tiketnya dijual di loket dermaga mulai pukul enam pagi setiap hari.
Terkini Lainnya
Pasar Ikan Dipindah ke Utara
`
	for _, s := range extract.AppendPlain(nil, page) {
		fmt.Printf("%s: %s\n", s.Kind, page[s.Start:s.End])
	}
	// Output:
	// title: Kapal Wisata Baru Mulai Berlayar
	// body: Kapal itu membawa seratus penumpang pada pelayaran pertamanya ke pulau seberang.
	// body: Tiketnya dijual di loket dermaga mulai pukul enam pagi setiap hari.
}
