package classifier

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/text"
)

func TestNewBag(t *testing.T) {
	labels := []string{"b", "a", "b"}
	got := NewBag("1", []FormCount{{"tim", 0, 0, 1}, {"gol", 1, 0, 2}, {"tim", 2, 0, 3}}, labels)
	want := Bag{ID: "1", Forms: []FormCount{{"gol", 1, 0, 2}, {"tim", 2, 0, 4}}, Labels: []string{"a", "b"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if !slices.Equal(labels, []string{"b", "a", "b"}) {
		t.Errorf("the caller's labels are now %q", labels)
	}
}

// TestBagger: the bag holds each form with its counts, and what is said of the labels.
func TestBagger(t *testing.T) {
	bagger := NewBagger(text.DefaultConfig())
	doc := &Document{
		ID: "7", Title: "Gol, gol!", Text: "Gol itu Rp 5 juta.",
		Labels: []string{"a"}, NotLabels: []string{"b"}, Disputed: []string{"c"}, Partial: true,
	}
	want := Bag{
		ID: "7", Forms: []FormCount{{"<uang-juta>", 0, 1, 0}, {"gol", 2, 1, 0}, {"itu", 0, 1, 0}},
		Labels: []string{"a"}, NotLabels: []string{"b"}, Disputed: []string{"c"}, Partial: true,
	}
	for range 2 { // used again, it remembers nothing
		if got := bagger.Bag(doc); !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	if empty := bagger.Bag(&Document{}); len(empty.Forms) != 0 {
		t.Errorf("an empty document has %v", empty.Forms)
	}
}

// TestBagDigest: what a bag says decides its digest, and nothing else.
func TestBagDigest(t *testing.T) {
	base := func() Bag {
		b := NewBag("1", []FormCount{{"gol", 1, 0, 2}, {"tim", 0, 0, 1}}, []string{"a", "b"})
		b.NotLabels, b.Disputed = []string{"c", "d"}, []string{"e"}
		return b
	}
	b := base()
	want := b.digest()
	same := map[string]func(*Bag){
		"id":                 func(b *Bag) { b.ID = "2" },
		"order of no-labels": func(b *Bag) { slices.Reverse(b.NotLabels) },
		"disputed twice":     func(b *Bag) { b.Disputed = append(b.Disputed, "e") },
	}
	other := map[string]func(*Bag){
		"title":       func(b *Bag) { b.Forms[0].Title++ },
		"body":        func(b *Bag) { b.Forms[1].Body++ },
		"form":        func(b *Bag) { b.Forms[1].Form = "tin" },
		"fewer forms": func(b *Bag) { b.Forms = b.Forms[:1] },
		"label":       func(b *Bag) { b.Labels = []string{"a"} },
		"moved label": func(b *Bag) { b.Labels, b.NotLabels = []string{"a"}, []string{"b", "c", "d"} },
		"disputed":    func(b *Bag) { b.Disputed = nil },
		"partial":     func(b *Bag) { b.Partial = true },
	}
	for name, change := range same {
		b := base()
		change(&b)
		if b.digest() != want {
			t.Errorf("%s: another digest", name)
		}
	}
	for name, change := range other {
		b := base()
		change(&b)
		if b.digest() == want {
			t.Errorf("%s: the same digest", name)
		}
	}
}

// TestNewBagOrder: the order of forms and labels does not show in the bag.
func TestNewBagOrder(t *testing.T) {
	forms := []FormCount{{"a", 1, 0, 0}, {"b", 0, 0, 2}, {"c", 1, 0, 1}, {"b", 1, 0, 1}}
	labels := []string{"x", "y", "z"}
	want := NewBag("", slices.Clone(forms), labels)
	r := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		r.Shuffle(len(forms), func(i, j int) { forms[i], forms[j] = forms[j], forms[i] })
		r.Shuffle(len(labels), func(i, j int) { labels[i], labels[j] = labels[j], labels[i] })
		if got := NewBag("", slices.Clone(forms), labels); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, want %+v", got, want)
		}
	}
}
