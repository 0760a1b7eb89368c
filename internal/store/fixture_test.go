package store

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// vocabulary is what the articles of the test models are made of.
var vocabulary = map[string][]string{
	"sport":   {"kiper", "gol", "penalti", "liga", "pelatih", "stadion", "penyerang", "wasit", "babak", "klub", "turnamen", "juara", "sundulan"},
	"economy": {"inflasi", "anggaran", "pajak", "ekspor", "suku", "bunga", "rupiah", "subsidi", "investasi", "defisit", "saham", "utang", "dagang"},
	"health":  {"dokter", "pasien", "vaksin", "rumah", "sakit", "obat", "gejala", "virus", "klinik", "perawat", "demam", "imunisasi", "operasi"},
}

// article makes the n-th article about a topic.
func article(topic string, n int) classifier.Document {
	w := vocabulary[topic]
	at := func(i int) string { return w[(n*3+i*(1+n%4))%len(w)] }
	return classifier.Document{
		ID: fmt.Sprintf("%s-%d", topic, n), Title: "Kabar " + at(0) + " dan " + at(1), Labels: []string{topic},
		Text: fmt.Sprintf("Warga membahas %s setelah %s bertemu %s. Soal %s, kata mereka, menyangkut %s.", at(2), at(3), at(4), at(5), at(6)),
	}
}

func train(learner string) (*model.Model, error) {
	bagger := classifier.NewBagger(text.DefaultConfig())
	var bags []classifier.Bag
	for topic := range vocabulary {
		for n := range 20 {
			d := article(topic, n)
			bags = append(bags, bagger.Bag(&d))
		}
	}
	return classifier.Train(context.Background(), bags, classifier.TrainOptions{Name: "mini", Task: classifier.Multi, Learner: learner})
}

var (
	trainNB  = sync.OnceValues(func() (*model.Model, error) { return train(classifier.NB) })
	trainNBS = sync.OnceValues(func() (*model.Model, error) { return train(classifier.NBS) })
)

// version is the test model, made another version by the time it records.
func version(t testing.TB, n int) *model.Model {
	t.Helper()
	m, err := trainNB()
	if err != nil {
		t.Fatal(err)
	}
	other := *m
	other.Manifest.Version = ""
	other.Manifest.Created = fmt.Sprintf("2026-01-02T03:04:%02dZ", n)
	return &other
}

func digest(t testing.TB, m *model.Model) string {
	t.Helper()
	d, err := m.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newStore(t testing.TB) *Store {
	t.Helper()
	s, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// filled is a store with n versions of mini, none active; ids in the order of adding.
func filled(t testing.TB, n int) (s *Store, ids []string) {
	t.Helper()
	s = newStore(t)
	for i := range n {
		m, added, err := s.Add(Addition{Model: version(t, i)})
		if err != nil || !added {
			t.Fatalf("add version %d: %v, %v", i, added, err)
		}
		ids = append(ids, m.Version)
	}
	return s, ids
}

func activate(t testing.TB, s *Store, version string) {
	t.Helper()
	if _, err := s.Activate("mini", version, Note{}); err != nil {
		t.Fatal(err)
	}
}

func wantActive(t testing.TB, s *Store, want string) {
	t.Helper()
	got, err := s.Active("mini")
	if got != want {
		t.Errorf("%q is active (%v), want %q", got, err, want)
	}
}
