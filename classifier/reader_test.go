package classifier

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tajuk/tajuk/text"
)

// TestCut: the end never lies inside a character, if there is one.
func TestCut(t *testing.T) {
	for lead := range 5 {
		for _, char := range []string{"a", "é", "日", "😀"} {
			s := strings.Repeat("a", lead) + strings.Repeat(char, MaxText)
			n := cut(s)
			if !utf8.ValidString(s[:n]) || n > MaxText || n <= MaxText-utf8.UTFMax {
				t.Errorf("%d before %q: cut at %d", lead, char, n)
			}
		}
	}
	if n := cut(string(bytes.Repeat([]byte{0x80}, 2*MaxText))); n > MaxText || n < MaxText-utf8.UTFMax {
		t.Errorf("no characters at all: cut at %d", n)
	}
	if n := cut("pendek"); n != 6 {
		t.Errorf("short: cut at %d", n)
	}
}

// TestReaderHeadline: a title of its own, or failing that the headline of a pasted page,
// counts as title; all else as body.
func TestReaderHeadline(t *testing.T) {
	page, plain := text.DefaultConfig(), text.DefaultConfig()
	plain.Page = false
	tests := []struct {
		name   string
		config text.Config
		doc    Document
		title  int // times that nelayan stands in the title
		body   int
		banner int // and ekonomi, of the menu, in the body
	}{
		{"page", page, Document{Text: samplePage}, 1, 1, 0},
		{"page with a title of its own", page, Document{Title: "Nelayan dan nelayan", Text: samplePage}, 2, 2, 0},
		{"page read as plain text", plain, Document{Text: samplePage}, 0, 2, 1},
		{"title alone", page, Document{Title: "Nelayan menunggu"}, 1, 0, 0},
		{"text alone", page, Document{Text: "Nelayan menunggu"}, 0, 1, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			bag := NewBagger(test.config).Bag(&test.doc)
			n, b := formCount(&bag, "nelayan"), formCount(&bag, "ekonomi")
			if int(n.Title) != test.title || int(n.Lead+n.Body) != test.body || int(b.Lead+b.Body) != test.banner {
				t.Errorf("nelayan %+v, ekonomi %+v; want %d, %d and %d", n, b, test.title, test.body, test.banner)
			}
		})
	}
}

func formCount(b *Bag, form string) FormCount {
	i := slices.IndexFunc(b.Forms, func(f FormCount) bool { return f.Form == form })
	if i < 0 {
		return FormCount{}
	}
	return b.Forms[i]
}

// TestReaderLead: the first LeadLength bytes of the article's text are its lead, whatever stands
// before the article on its page; a title is none of it.
func TestReaderLead(t *testing.T) {
	filler := strings.Repeat("kata ", (LeadLength-len("awal tengah "))/len("kata ")+1)
	plain := text.DefaultConfig()
	plain.Page = false
	bag := NewBagger(plain).Bag(&Document{Title: "Judul awal", Text: "Awal tengah " + filler + "akhir"})
	for form, want := range map[string]FormCount{
		"awal": {"awal", 1, 1, 0}, "judul": {"judul", 1, 0, 0}, "tengah": {"tengah", 0, 1, 0}, "akhir": {"akhir", 0, 0, 1},
	} {
		if got := formCount(&bag, form); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	bag = NewBagger(text.DefaultConfig()).Bag(&Document{Text: strings.Replace(samplePage, "sejak pagi", "sejak pagi"+strings.Repeat(" dan siang", 60), 1)})
	if first, last := formCount(&bag, "angin"), formCount(&bag, "pekan"); first != (FormCount{"angin", 0, 1, 0}) || last != (FormCount{"pekan", 0, 0, 1}) {
		t.Errorf("first words %+v, last words %+v", first, last)
	}
}
