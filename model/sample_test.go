package model

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// sample is a small model with something in every section. Its content is fixed:
// testdata/v1.tajuk holds it.
func sample(t testing.TB) *Model {
	t.Helper()
	forms := list(t, "bermain", "bola", "di", "gol", "harga", "pemain", "saham")
	terms := list(t, "bola", "gol", "harga", "main", "saham")
	return &Model{
		Manifest: Manifest{
			Name: "contoh", Task: TaskMulti, Learner: "nb", Documents: 5, DataDigest: "sha256:00ff",
			Topics: []Topic{
				{ID: "olahraga", Name: map[string]string{"en": "sport", "id": "olahraga"}, IPTC: "15000000", Documents: 3},
				{ID: "sepak-bola", Name: map[string]string{"id": "sepak bola & futsal"}, Parent: "olahraga", Documents: 1},
				{ID: "ekonomi", Documents: 2},
			},
			Metrics: map[string]float64{"macro_f1": 0.875, "ece": 0.02},
		},
		Text:      []byte(`{"language":"id"}`),
		Settings:  []byte(`{"alpha":0.5}`),
		Forms:     forms,
		FormTerm:  []uint32{3, 0, Stop, 1, 2, 3, 4},
		FormIndex: BuildIndex(forms),
		Terms:     terms,
		TermIndex: BuildIndex(terms),
		Scale:     []float32{1, 1.5, 1.25, 1, 2},
		RowStart:  []uint32{0, 2, 4, 5, 5, 6},
		RowTopic:  []uint16{0, 1, 0, 1, 2, 2},
		RowWeight: []float32{0.5, 1.5, 0.25, 2, 1, 3},
		Bias:      []float64{-1, -2, -1.5},
		Slope:     []float64{1, 0.5, 2},
		Intercept: []float64{0, 0.25, -0.5},
		Threshold: []float64{0.5, 1, 0},
		Rivalry:   []float64{1, -2, 0.5, 0.75, 0, 0, 1.5, -1, 0.25},
	}
}

func list(t testing.TB, sorted ...string) Strings {
	t.Helper()
	s, err := NewStrings(sorted)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func encode(t testing.TB, m *Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// words returns n different pseudo-random words, sorted.
func words(n int, seed uint64) []string {
	random := rand.New(rand.NewPCG(seed, 1))
	syllables := []string{"ba", "ce", "di", "go", "hu", "kan", "me", "nya", "per", "si", "ter", "wang"}
	set := make(map[string]bool, n)
	for len(set) < n {
		word := ""
		for range 2 + random.IntN(4) {
			word += syllables[random.IntN(len(syllables))]
		}
		set[word] = true
	}
	sorted := make([]string, 0, n)
	for word := range set {
		sorted = append(sorted, word)
	}
	slices.Sort(sorted)
	return sorted
}

// large is a model of about the size of a real one: 60,000 forms, 25,000 terms,
// 35 topics, 600,000 weights.
func large(t testing.TB) *Model {
	const forms, terms, topics, perRow = 60_000, 25_000, 35, 24
	m := &Model{Manifest: Manifest{Name: "besar", Task: TaskMulti, Learner: "nb"}}
	m.Forms, m.Terms = list(t, words(forms, 1)...), list(t, words(terms, 2)...)
	m.FormIndex, m.TermIndex = BuildIndex(m.Forms), BuildIndex(m.Terms)
	for i := range forms {
		m.FormTerm = append(m.FormTerm, uint32(i%terms))
	}
	for t := range terms {
		m.Scale = append(m.Scale, 1)
		m.RowStart = append(m.RowStart, uint32(t*perRow))
		for k := range perRow {
			m.RowTopic = append(m.RowTopic, uint16(k+t%(topics-perRow+1)))
			m.RowWeight = append(m.RowWeight, float32(k)-float32(t%100)/10)
		}
	}
	m.RowStart = append(m.RowStart, terms*perRow)
	for k := range topics {
		m.Manifest.Topics = append(m.Manifest.Topics, Topic{ID: fmt.Sprintf("topik-%02d", k)})
		m.Bias, m.Slope = append(m.Bias, -1), append(m.Slope, 1)
		m.Intercept, m.Threshold = append(m.Intercept, 0), append(m.Threshold, 0.5)
	}
	return m
}
