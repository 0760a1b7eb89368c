package page

import "testing"

func TestParseDate(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2020-12-30T12:14:00+07:00", "2020-12-30T12:14:00+07:00"},
		{"2020-12-30T12:14:00.123Z", "2020-12-30T12:14:00Z"},
		{"2020-12-30T12:14:00+0700", "2020-12-30T12:14:00+07:00"},
		{"2020-12-30 12:14:00 +0800", "2020-12-30T12:14:00+08:00"},
		{"Wed, 30 Dec 2020 12:14:00 +0700", "2020-12-30T12:14:00+07:00"},
		{"2020/12/30 12:14:05", "2020-12-30T12:14:05"},
		{" 2020-12-30 ", "2020-12-30"},
		{"20201230", "2020-12-30"},
		{"Rabu, 30 Desember 2020 | 12:14 WIB", "2020-12-30T12:14:00+07:00"},
		{"Kompas.com - 30/12/2020, 12:14 WIB", "2020-12-30T12:14:00+07:00"},
		{"Rabu 30 Des 2020, 12.14 WITA", "2020-12-30T12:14:00+08:00"},
		{"Diterbitkan 3 Mei 2015 pukul 09:05:10 WIT", "2015-05-03T09:05:00+09:00"},
		{"Minggu, 21 Agu 2022 21:47", "2022-08-21T21:47:00"},
		{"Jum'at, 4 Nopember 2016", "2016-11-04"},
		{"5-8-2019", "2019-08-05"},
		{"December 30, 2020", "2020-12-30"},
		{"30 Dec 2020 25:99 WIB", "2020-12-30"},
		{"31/02/2020", ""},
		{"12/30/2020", ""},
		{"4 Zulhijah 1441", ""},
		{"0812-3456-7890", ""},
		{"pada abad ke-20", ""},
		{"1 2 3 4 5 6 7 8", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got := parseDate(test.in); got != test.want {
			t.Errorf("%q is read as %q, want %q", test.in, got, test.want)
		}
	}
}

const sentence = "<p>Perahu nelayan itu berlayar ke pulau seberang pada pagi hari, lalu kembali sebelum malam tiba.</p>"

func TestDateOf(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{
			"metadata before what is shown", `<meta property="article:published_time" content="2020-01-02T03:04:05Z"><h1>A</h1><p>5 Mei 2020</p>` + sentence,
			"2020-01-02T03:04:05Z",
		},
		{
			"a zone before none", `<meta name="publishdate" content="2020/01/02 10:04:05"><meta itemprop="datePublished" content="2020-01-02T10:04:05+07:00">` + sentence,
			"2020-01-02T10:04:05+07:00",
		},
		{
			"not of another day", `<meta name="article:published_time" content="2020-01-02"><meta name="date" content="2021-01-02T10:04:05+07:00">` + sentence,
			"2020-01-02",
		},
		{"linked data that is no JSON", `<script type="application/ld+json">{"@type":"NewsArticle",,"datePublished" : "2020-01-02T10:04:05+07:00"</script>` + sentence, "2020-01-02T10:04:05+07:00"},
		{"other scripts", `<script>x = {"datePublished":"2020-01-02"}</script>` + sentence, ""},
		{"time element", `<title>Perahu Nelayan Berlayar</title><time datetime="2019-01-01">lain</time><h1>Perahu Nelayan Berlayar</h1><time datetime="2020-01-02T10:00:00+07:00">kemarin</time>` + sentence, "2020-01-02T10:00:00+07:00"},
		{"today at the top", `<div>Kamis, 1 Januari 2015</div><div>Rabu, 3 Desember 2014 10:00 WIB</div>` + sentence, "2014-12-03T10:00:00+07:00"},
		{"address", `<meta property="og:url" content="https://news.example/read/2020/01/02/123/perahu">` + sentence, "2020-01-02"},
		{"in a sentence", sentence + "<p>Kapal itu dibuat pada 5 Mei 1999, kata pemiliknya, lalu dijual.</p>", ""},
		{"none", sentence, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, err := HTML([]byte(test.page))
			if err != nil || a.Date != test.want {
				t.Errorf("date %q, error %v, want %q", a.Date, err, test.want)
			}
		})
	}
}
