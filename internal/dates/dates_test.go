package dates

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	tests := []struct{ in, want string }{
		{"2020-12-30", "2020-12-30T00:00:00Z"},
		{"2020-12-30T23:10:00+07:00", "2020-12-30T23:10:00+07:00"},
		{"2020-12-30 23:10:05", "2020-12-30T23:10:05Z"},
		{"2020/12/30 23:10:05", "2020-12-30T23:10:05Z"},
		{"30 Des 2020", "2020-12-30T00:00:00Z"},
		{"3 Dec 2020", "2020-12-03T00:00:00Z"},
		{"Rabu, 30 Desember 2020 | 10:15 WIB", "2020-12-30T00:00:00Z"},
		{"17 AGUSTUS 1945", "1945-08-17T00:00:00Z"},
		{"29 Februari 2024", "2024-02-29T00:00:00Z"},
		{"29 Februari 2023", ""},
		{"0 Mei 2023", ""},
		{"31 Foo 2023", ""},
		{"30/12/2020", ""},
		{"2020-13-01", ""},
		{"", ""},
		{"kemarin", ""},
		{"Tanggal tidak ditemukan", ""},
	}
	for _, test := range tests {
		got, err := Parse(test.in)
		switch {
		case test.want == "" && (err == nil || !strings.Contains(err.Error(), "YYYY-MM-DD")):
			t.Errorf("%q: %v, error %v", test.in, got, err)
		case test.want != "" && (err != nil || got.Format(time.RFC3339) != test.want):
			t.Errorf("%q: %v, error %v, want %s", test.in, got.Format(time.RFC3339), err, test.want)
		}
	}
}

// FuzzParseDate: a date or an error, of any text.
func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2020-12-30", "30 Des 2020", "Rabu, 30 Desember 2020 | 10:15 WIB", "1 İİİ 2020"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := Parse(s); err != nil && !got.IsZero() {
			t.Errorf("%q: both %v and error %v", s, got, err)
		}
	})
}
