package text

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestPlainBytes: every byte at every place of a text.
func TestPlainBytes(t *testing.T) {
	for at := range 100 {
		for c := range 256 {
			b := []byte(strings.Repeat("kata, Z9 & di \xc3\xa9[ a. Ini", 10))
			b[at] = byte(c)
			checkPlain(t, string(b))
		}
	}
}

// TestPlain: the tokens are the same whether plain words are read at a time or not, and by Run.
func TestPlain(t *testing.T) {
	article, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	checkPlain(t, string(article))
	random := rand.New(rand.NewPCG(7, 8))
	pieces := strings.Split("a|di|Kata|KPK|KPKlah|DPRD|kAmi|BUMNnya|McKinsey|Rp5.000|pukul|10.30|2 Januari 2020|ke-|anak-anak|jum'at|1,5 juta|[Gambas:Video]|&nbsp;|é|"+
		"kata-kata|abcdefghijklmno|abcdefghijklmnop|pertanggungjawaban|persegipanjanglah|www.a.id|a.b.|.|. |kata.|K.H.|, |\n| |  |\"|“|”|\x00|\xff|$|x@y.id|mei|juga|September", "|")
	for range 3000 {
		var text strings.Builder
		few := 1 + random.IntN(len(pieces))
		for range random.IntN(60) {
			text.WriteString(pieces[random.IntN(few)])
			if random.IntN(3) > 0 {
				text.WriteByte(' ')
			}
		}
		checkPlain(t, text.String())
	}
}

func checkPlain(t *testing.T, text string) {
	t.Helper()
	var s Scanner
	s.Reset(text)
	got := keys(&s)
	s.Reset(text)
	s.bare = true
	want := keys(&s)
	if !slices.Equal(got, want) {
		t.Errorf("%q: some at a time %+v, one by one %+v", text, got, want)
	}
	s.Reset(text)
	var byRun []keyed
	for {
		words := s.Run()
		for _, w := range words {
			byRun = append(byRun, keyed{scanned{w.Start, w.End, Word, string(w.Key.AppendForm(nil))}, w.Key})
		}
		if len(words) == 0 {
			if !s.Scan() {
				break
			}
			byRun = append(byRun, current(&s))
		}
	}
	if !slices.Equal(byRun, want) {
		t.Errorf("%q: by Run %+v, one by one %+v", text, byRun, want)
	}
}

// keyed is a token with its key.
type keyed struct {
	scanned
	key Key
}

func current(s *Scanner) keyed {
	t := s.Token()
	key, _ := s.Key()
	return keyed{scanned{t.Start, t.End, t.Kind, string(t.Form)}, key}
}

// keys scans what is left.
func keys(s *Scanner) (all []keyed) {
	for s.Scan() {
		all = append(all, current(s))
	}
	return all
}
