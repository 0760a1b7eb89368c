package text

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestMasks: every byte at every place.
func TestMasks(t *testing.T) {
	if !hasMasks() {
		return // the Scanner asks for none
	}
	for at := range window {
		for c := range 256 {
			b := []byte(strings.Repeat("a, Z9 & \xc3\xa9[", window)[:window+at])
			b[at] = byte(c)
			want := masks{}
			for i := range window {
				if classes[b[i]] != separator {
					want.stops |= 1 << i
				}
				if lower[b[i]] != 0 {
					want.letters |= 1 << i
				}
			}
			if got := masksOf(string(b)); got != want {
				t.Fatalf("byte %#x at %d: %x, want %x", c, at, got, want)
			}
		}
	}
}

// TestPlain: the tokens are the same with masks and without.
func TestPlain(t *testing.T) {
	article, err := os.ReadFile("testdata/article.txt")
	if err != nil {
		t.Fatal(err)
	}
	checkPlain(t, string(article))
	random := rand.New(rand.NewPCG(7, 8))
	pieces := strings.Split("a|di|Kata|KPK|BUMNnya|Rp5.000|pukul|10.30|2 Januari 2020|ke-|anak-anak|jum'at|1,5 juta|[Gambas:Video]|&nbsp;|é|"+
		"kata-kata|pertanggungjawaban|persegipanjanglah|www.a.id|a.b.|.|, |\n| |  |\"|“|”|\x00|\xff|$|x@y.id|mei|juga|September", "|")
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
	with := keys(&s)
	s.Reset(text)
	s.bare = true
	if without := keys(&s); !slices.Equal(with, without) {
		t.Errorf("%q: with masks %+v, without %+v", text, with, without)
	}
}

// keyed is a token with its key.
type keyed struct {
	scanned
	key Key
}

// keys scans what is left.
func keys(s *Scanner) (all []keyed) {
	for s.Scan() {
		t := s.Token()
		key, _ := s.Key()
		all = append(all, keyed{scanned{t.Start, t.End, t.Kind, string(t.Form)}, key})
	}
	return all
}
