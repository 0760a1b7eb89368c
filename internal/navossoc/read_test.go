package navossoc

import (
	"bytes"
	"encoding/gob"
	"errors"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// file and data are the structs that the library hands to encoding/gob.
type file struct {
	Classes         []string
	Learned         int
	Seen            int
	Datas           map[string]*data
	TfIdf           bool
	DidConvertTfIdf bool
}

type data struct {
	Freqs   map[string]float64
	FreqTfs map[string][]float64
	Total   int
}

// trained learns texts by class as the library does.
func trained(tfidf bool, texts map[string][]string) *file {
	s := &file{Datas: map[string]*data{}, TfIdf: tfidf}
	for name, list := range texts {
		d := &data{Freqs: map[string]float64{}, FreqTfs: map[string][]float64{}}
		s.Classes, s.Datas[name] = append(s.Classes, name), d
		for _, text := range list {
			words, in := strings.Fields(text), map[string]float64{}
			for _, w := range words {
				d.Freqs[w]++
				in[w]++
			}
			for w, n := range in {
				if tfidf {
					d.FreqTfs[w] = append(d.FreqTfs[w], n/float64(len(words)))
				}
			}
			d.Total += len(words)
			s.Learned++
		}
	}
	slices.Sort(s.Classes)
	return s
}

// convert puts the tf-idf weights in place of the counts, as the library does.
func (s *file) convert() {
	for _, d := range s.Datas {
		for w, list := range d.FreqTfs {
			d.Freqs[w] = 0
			for i, tf := range list {
				list[i] = math.Log1p(tf) * math.Log1p(float64(s.Learned)/float64(d.Total))
				d.Freqs[w] += list[i]
			}
		}
	}
	s.DidConvertTfIdf = true
}

func encoded(t testing.TB, v any) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(v); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func read(t testing.TB, v any) *Classifier {
	t.Helper()
	c, err := Read(bytes.NewReader(encoded(t, v)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func small() *file {
	return trained(true, map[string][]string{"bola": {"gol menit akhir"}, "pasar": {"saham turun"}})
}

func TestReadErrors(t *testing.T) {
	edit := func(f func(s *file)) any {
		s := small()
		f(s)
		return s
	}
	for _, c := range []struct {
		name  string
		value any
		want  string
	}{
		{"one class", edit(func(s *file) { s.Classes = s.Classes[:1] }), "1 classes"},
		{"class twice", edit(func(s *file) { s.Classes[1] = "bola" }), `"bola" has no data, or is listed twice`},
		{"no data", edit(func(s *file) { s.Classes[1] = "lain" }), `"lain" has no data`},
		{"more data", edit(func(s *file) { s.Datas["lain"] = &data{} }), `data for "lain"`},
		{"no total", edit(func(s *file) { s.Datas["bola"].Total = 0 }), "a total of 0"},
		{"negative total", edit(func(s *file) { s.Datas["bola"].Total = -1 }), "Datas, Total: -1 is not in"},
		{"great total", edit(func(s *file) { s.Datas["bola"].Total = math.MaxInt }), "is not in 0 to"},
		{"negative learned", edit(func(s *file) { s.Learned = -5 }), "Learned: -5"},
		{"infinite", edit(func(s *file) { s.Datas["bola"].Freqs["gol"] = math.Inf(1) }), "Datas, Freqs: +Inf"},
		{"NaN", edit(func(s *file) { s.Datas["bola"].FreqTfs["gol"][0] = math.NaN() }), "Datas, FreqTfs: NaN"},
		{"uncounted", edit(func(s *file) { delete(s.Datas["bola"].Freqs, "gol") }), `"gol" has documents, but no count`},
		{"not a struct", "halo", "the value is not of the type it should be"},
		{"other struct", struct{ Nama string }{"tajuk"}, `unknown field "Nama"`},
		{"other type", struct{ Learned string }{"tajuk"}, "Learned is of type 6, want type 2"},
		{"other map", struct{ Datas map[int]int }{map[int]int{1: 2}}, "Datas key is of type 2, want type 6"},
		{"other element", struct{ Classes []int }{[]int{1}}, "Classes is of type 2"},
		{"array", struct{ Classes [2]string }{[2]string{"a", "b"}}, "kind 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(bytes.NewReader(encoded(t, c.value)))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestReadDamaged(t *testing.T) {
	whole := encoded(t, small())
	for n := range whole {
		if _, err := Read(bytes.NewReader(whole[:n])); err == nil {
			t.Errorf("no error for the first %d of %d bytes", n, len(whole))
		}
	}
	if _, err := Read(bytes.NewReader(append(whole, 0))); err == nil {
		t.Error("no error for a byte after the end")
	}
	broken := errors.New("disk gone")
	if _, err := Read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v, want the reader's error", err)
	}
	if _, err := Read(strings.NewReader("")); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("got %v for an empty file", err)
	}
}

// TestReadClaims changes every byte to large lengths: no claim may cost memory.
func TestReadClaims(t *testing.T) {
	whole := encoded(t, small())
	claim := []byte{0xf8, 0x00, 0x00, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00} // 1 << 34
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range whole {
		Read(bytes.NewReader(slices.Concat(whole[:i], claim, whole[i+1:])))
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / uint64(len(whole)); each > 64<<10 {
		t.Errorf("%d bytes set aside for each file of %d", each, len(whole))
	}
}

func TestCountsErrors(t *testing.T) {
	edit := func(f func(s *file)) *file {
		s := small()
		f(s)
		return s
	}
	for _, c := range []struct {
		name string
		file *file
		want string
	}{
		{"sum", edit(func(s *file) { s.Datas["bola"].Total++ }), `class "bola": the counts add up to 3, the total says 4`},
		{"fraction", edit(func(s *file) { s.Datas["bola"].Freqs["gol"] = 0.5 }), `the count of "gol" is 0.5`},
		{"no samples", edit(func(s *file) { s.convert(); s.Datas["bola"].FreqTfs = nil }), "no documents are kept"},
		{"no idf", edit(func(s *file) { s.convert(); s.Learned = 0 }), "weights of 0 documents"},
		{"zero", edit(func(s *file) { s.convert(); clear(s.Datas["bola"].FreqTfs["gol"]) }), ""},
		{"huge", edit(func(s *file) { s.convert(); s.Datas["bola"].FreqTfs["gol"][0] = 1e300 }), "+Inf documents"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := read(t, c.file).Counts()
			if c.want == "" {
				if err != nil || list[0].Exact {
					t.Errorf("got %+v, %v; want estimates", list, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one with %q", err, c.want)
			}
		})
	}
}

// FuzzRead: an error or a classifier that answers; and where encoding/gob reads the
// bytes too, it reads the same. (It refuses some that we take, as it looks at the
// types of fields that are never set.)
func FuzzRead(f *testing.F) {
	s := small()
	f.Add(encoded(f, s))
	s.convert()
	f.Add(encoded(f, s))
	f.Add(encoded(f, trained(false, map[string][]string{"a": {"x y x"}, "b": nil})))
	f.Add([]byte{0xf8, 0x80})
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, err := Read(bytes.NewReader(raw))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "read navossoc classifier: ") {
				t.Errorf("error without its place: %v", err)
			}
			return
		}
		words := []string{"gol", "saham", "asing"}
		if _, best, _ := c.LogScores(words); best < 0 || best >= len(c.Classes()) {
			t.Errorf("best class %d of %d", best, len(c.Classes()))
		}
		c.SafeProbScores(words)
		list, _ := c.Counts()
		for _, k := range list {
			for w, n := range k.Words {
				if math.IsNaN(n) || n < 0 {
					t.Errorf("class %q: %v of %q", k.Class, n, w)
				}
			}
		}
		var again file
		if gob.NewDecoder(bytes.NewReader(raw)).Decode(&again) != nil {
			return
		}
		if !slices.Equal(again.Classes, c.Classes()) || again.Learned != c.learned {
			t.Errorf("encoding/gob reads %+v", again)
		}
		for _, k := range c.classes {
			if d := again.Datas[k.name]; d.Total != k.total || !maps.Equal(d.Freqs, k.freqs) {
				t.Errorf("class %q: encoding/gob reads %+v", k.name, d)
			}
		}
	})
}
