package text_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/tajuk/tajuk/text"
)

// config is the default for a language, with a stemmer.
func config(language, stemmer string) text.Config {
	c := text.DefaultConfig()
	c.Language, c.Stemmer = language, stemmer
	c.StopWords = language != "none"
	return c
}

func TestAppendStem(t *testing.T) {
	cases := []struct{ language, stemmer, form, want string }{
		{"id", "snowball", "pemerintah", "perintah"},
		{"id", "snowball", "menyampaikan", "sampai"},
		{"id", "snowball", "buku-buku", "buku"},
		{"id", "snowball", "berlari-lari", "lari"},
		{"id", "snowball", "perusahaan-perusahaan", "usaha"},
		{"id", "snowball", "sebaik-baiknya", "baik"},
		{"id", "snowball", "tolong-menolong", "tolong"},
		{"id", "snowball", "sayur-mayur", "sayur"},
		{"id", "snowball", "jum'at", "jumat"},
		{"id", "snowball", "covid19", "covid19"},
		{"id", "snowball", "kaféan", "kaféan"},
		{"id", "snowball", "<uang-juta>", "<uang-juta>"},
		{"id", "snowball", "", ""},
		{"id", "light", "pemerintahnya", "pemerintah"},
		{"id", "light", "anak-anaknya", "anak"},
		{"id", "none", "buku-buku", "buku-buku"},
		{"id", "none", "jum'at", "jum'at"},
		{"en", "snowball", "running", "run"},
		{"en", "snowball", "g20", "g20"},
		{"en", "none", "running", "running"},
		{"es", "snowball", "corriendo", "corr"},
		{"fr", "snowball", "continuellement", "continuel"},
		{"hu", "snowball", "házakat", "ház"},
		{"no", "snowball", "havnene", "havn"},
		{"ru", "snowball", "красивая", "красив"},
		{"sv", "snowball", "flickorna", "flick"},
		{"none", "none", "running", "running"},
	}
	for _, c := range cases {
		t.Run(c.language+"/"+c.stemmer+"/"+c.form, func(t *testing.T) {
			a := newAnalyzer(t, config(c.language, c.stemmer))
			form := []byte(c.form)
			if got := string(a.AppendStem([]byte("lama "), form)); got != "lama "+c.want {
				t.Errorf("AppendStem gives %q, want %q behind %q", got, c.want, "lama ")
			}
			if string(form) != c.form {
				t.Errorf("the form was changed to %q", form)
			}
		})
	}
}

func TestIsStopWord(t *testing.T) {
	cases := []struct {
		language, form string
		want           bool
	}{
		{"id", "yang", true},
		{"id", "apa-apa", true},
		{"id", "buku-buku", false},
		{"id", "gubernur", false},
		{"id", "<angka>", false},
		{"en", "the", true},
		{"en", "yang", false},
		{"sv", "och", true},
	}
	for _, c := range cases {
		settings := config(c.language, "snowball")
		if got := newAnalyzer(t, settings).IsStopWord([]byte(c.form)); got != c.want {
			t.Errorf("%s: IsStopWord(%q) = %v", c.language, c.form, got)
		}
		settings.StopWords = false
		if newAnalyzer(t, settings).IsStopWord([]byte(c.form)) {
			t.Errorf("%s: %q is a stop word though stop words are off", c.language, c.form)
		}
	}
}

func TestAnalyzerAllocations(t *testing.T) {
	for _, stemmer := range []string{"none", "light", "snowball"} {
		a := newAnalyzer(t, config("id", stemmer))
		form, doubled, buf := []byte("menyampaikan"), []byte("apa-apa"), make([]byte, 0, 64)
		n := testing.AllocsPerRun(100, func() {
			if !a.IsStopWord(doubled) {
				panic("no stop word")
			}
			buf = a.AppendStem(buf[:0], form)
			buf = a.AppendStem(buf[:0], doubled)
		})
		if n != 0 {
			t.Errorf("stemmer %q: %v allocations, want 0", stemmer, n)
		}
	}
}

// TestAnalyzerConcurrent is for the race detector.
func TestAnalyzerConcurrent(t *testing.T) {
	a := newAnalyzer(t, text.DefaultConfig())
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 100 {
				if terms := a.Terms("Anak-anaknya membaca"); len(terms) != 2 || terms[1].Stem != "baca" {
					t.Errorf("terms %v", terms)
				}
			}
		})
	}
	wait.Wait()
}

func TestTermReasons(t *testing.T) {
	cases := []struct{ language, stemmer, in, want string }{
		{"id", "snowball", "yang", "stop word"},
		{"id", "snowball", "kabupaten", "unchanged"},
		{"id", "snowball", "membacakan", "mem-, -kan"},
		{"id", "snowball", "anak-anaknya", `reduplication of "anak"`},
		{"id", "snowball", "KPK-nya", `"-nya" dropped`},
		{"id", "snowball", "se-Asia", `"se-" dropped`},
		{"id", "snowball", "di-PHK-kan", "prefix and clitic dropped"},
		{"id", "snowball", "COVID-19", "written without hyphen; not stemmed: has digits or foreign letters"},
		{"id", "snowball", "Jum’at", "spelling normalised"},
		{"id", "snowball", "Rp 5", "class of money"},
		{"id", "light", "bukunya", "-nya"},
		{"id", "none", "bukunya", "no stemmer"},
		{"en", "snowball", "running", `stemmed as language "en"`},
		{"en", "snowball", "run", "unchanged"},
	}
	for _, c := range cases {
		t.Run(c.language+"/"+c.stemmer+"/"+c.in, func(t *testing.T) {
			terms := newAnalyzer(t, config(c.language, c.stemmer)).Terms(c.in)
			if len(terms) != 1 {
				t.Fatalf("%d terms, want 1", len(terms))
			}
			if got := terms[0].Reason; !strings.HasPrefix(got, c.want) {
				t.Errorf("reason %q, want %q", got, c.want)
			}
			if stop := c.want == "stop word"; terms[0].Stop != stop || (terms[0].Stem == "") != stop {
				t.Errorf("stop %v, stem %q", terms[0].Stop, terms[0].Stem)
			}
		})
	}
}

// TestTermsAgree: Terms gives what Scanner, IsStopWord and AppendStem give.
func TestTermsAgree(t *testing.T) {
	in := "Anak-anaknya yang membaca di KPK-nya, Rp 5 juta."
	a := newAnalyzer(t, text.DefaultConfig())
	terms := a.Terms(in)
	var s text.Scanner
	i := 0
	for s.Reset(in); s.Scan(); i++ {
		token, stem := s.Token(), ""
		if !a.IsStopWord(token.Form) {
			stem = string(a.AppendStem(nil, token.Form))
		}
		if term := terms[i]; term.Stem != stem || term.Form != string(token.Form) || term.Start != token.Start ||
			term.End != token.End || term.Kind != token.Kind || term.Token != in[token.Start:token.End] {
			t.Errorf("term %d is %+v, token is %+v", i, term, token)
		}
	}
	if i != len(terms) {
		t.Errorf("%d terms, %d tokens", len(terms), i)
	}
}
