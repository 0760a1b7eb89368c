package page

import "testing"

func TestTitle(t *testing.T) {
	const og = `<meta property="og:title" content="Perahu Nelayan Berlayar Lagi - Situs">`
	tests := []struct{ name, page, want string }{
		{"heading that the head confirms", og + "<h1>Daerah</h1><h1>Perahu Nelayan Berlayar Lagi</h1><h2>Berita Lainnya</h2>", "Perahu Nelayan Berlayar Lagi"},
		{"heading in other words", og + "<h1>Daerah</h1><h1>Perahu Nelayan Kini Berlayar Lagi</h1>", "Perahu Nelayan Kini Berlayar Lagi"},
		{"of two, the higher", og + "<h3>Perahu Nelayan Berlayar Lagi</h3><h1>Perahu Nelayan Berlayar Lagi</h1>", "Perahu Nelayan Berlayar Lagi"},
		{"heading in two lines", og + "<h1>Perahu Nelayan<br>Berlayar Lagi</h1>", "Perahu Nelayan Berlayar Lagi"},
		{"heading with a link in it", og + "<h2><a href=/1>Perahu Nelayan Berlayar Lagi</a></h2>", "Perahu Nelayan Berlayar Lagi"},
		{"no heading", og, "Perahu Nelayan Berlayar Lagi"},
		{"a line for a heading", "<title>Situs: Perahu Nelayan Berlayar Lagi</title><b>Perahu Nelayan Berlayar Lagi</b>", "Perahu Nelayan Berlayar Lagi"},
		{"dash of its own", "<title>Perahu Nelayan: Rusia - China Sepakat</title>", "Perahu Nelayan: Rusia"},
		{"twice escaped", "<title>Hukum &amp;amp; Kriminal Hari Ini</title>", "Hukum & Kriminal Hari Ini"},
		{"headline of linked data", `<script type="application/ld+json">{"headline":"Perahu \u0026 Nelayan\/Berlayar"}</script>`, "Perahu & Nelayan/Berlayar"},
		{"heading alone", "<h1>Perahu</h1>", "Perahu"},
		{"none", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, err := HTML([]byte(test.page + sentence))
			if err != nil || a.Title != test.want {
				t.Errorf("title %q, error %v, want %q", a.Title, err, test.want)
			}
		})
	}
}

func TestWithoutSite(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Perahu Nelayan Berlayar | Situs", "Perahu Nelayan Berlayar"},
		{"Perahu Nelayan Berlayar - Situs Berita Daerah", "Perahu Nelayan Berlayar"},
		{"Perahu - Situs", "Perahu - Situs"},
		{"Perahu Nelayan Berlayar - lalu kembali lagi sebelum malam tiba", "Perahu Nelayan Berlayar - lalu kembali lagi sebelum malam tiba"},
		{"", ""},
	}
	for _, test := range tests {
		if got := withoutSite(test.in); got != test.want {
			t.Errorf("%q became %q, want %q", test.in, got, test.want)
		}
	}
}
