package classifier

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/text"
)

func countsOf(bags ...Bag) *Counts {
	c := NewCounts(text.DefaultConfig())
	for i := range bags {
		c.Add(&bags[i])
	}
	return c
}

// countsBytes is the file of counts.
func countsBytes(t testing.TB, c *Counts) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := c.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// sameCounts compares value and file.
func sameCounts(t *testing.T, name string, got, want *Counts) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: other values", name)
	}
	if !bytes.Equal(countsBytes(t, got), countsBytes(t, want)) {
		t.Errorf("%s: other bytes", name)
	}
}

// randomBags are bags of random documents with up to three labels each.
func randomBags(seed uint64, n int) (bags []Bag) {
	w, bagger := newWriter(seed), NewBagger(text.DefaultConfig())
	for range n {
		doc := w.document()
		for range w.IntN(4) {
			doc.Labels = append(doc.Labels, []string{"cuaca", "ekonomi", "kesehatan"}[w.IntN(3)])
		}
		bags = append(bags, bagger.Bag(doc))
	}
	return bags
}

// TestRemoveRestores is part of invariant 2.
func TestRemoveRestores(t *testing.T) {
	bags := randomBags(1, 60)
	c, want := countsOf(bags[:40]...), countsOf(bags[:40]...)
	for i := range bags[40:] {
		c.Add(&bags[40+i])
	}
	for _, i := range []int{50, 41, 59, 40} {
		if err := c.Remove(&bags[i]); err != nil {
			t.Fatal(err)
		}
		c.Add(&bags[i])
	}
	for i := range bags[40:] {
		if err := c.Remove(&bags[40+i]); err != nil {
			t.Fatal(err)
		}
	}
	sameCounts(t, "20 added and removed", c, want)
	for i := range bags[:40] {
		if err := c.Remove(&bags[i]); err != nil {
			t.Fatal(err)
		}
	}
	sameCounts(t, "all removed", c, countsOf())
}

// TestMerge: merging is commutative and associative, the same as adding the bags one by one
// in any order, and undone by subtracting.
func TestMerge(t *testing.T) {
	bags := randomBags(2, 60)
	want := countsOf(bags...)
	part := func(i int) *Counts { return countsOf(bags[20*i : 20*i+20]...) }
	merge := func(to, from *Counts) *Counts {
		t.Helper()
		if err := to.Merge(from); err != nil {
			t.Fatal(err)
		}
		return to
	}
	sameCounts(t, "(a+b)+c", merge(merge(part(0), part(1)), part(2)), want)
	sameCounts(t, "a+(b+c)", merge(part(0), merge(part(1), part(2))), want)
	sameCounts(t, "c+(b+a)", merge(part(2), merge(part(1), part(0))), want)
	sameCounts(t, "a+nothing", merge(part(0), countsOf()), part(0))
	slices.Reverse(bags)
	sameCounts(t, "one by one, backwards", countsOf(bags...), want)
	slices.Reverse(bags)
	if err := want.Subtract(part(1)); err != nil {
		t.Fatal(err)
	}
	sameCounts(t, "a+b+c-b", want, merge(part(0), part(2)))
}

// TestMergeShares nothing: what is done to the sum leaves the parts alone.
func TestMergeSharesNothing(t *testing.T) {
	bags := randomBags(3, 20)
	part, sum := countsOf(bags...), countsOf()
	if err := sum.Merge(part); err != nil {
		t.Fatal(err)
	}
	for i := range bags {
		sum.Add(&bags[i])
	}
	sameCounts(t, "the part", part, countsOf(bags...))
}

func TestSubtractRefuses(t *testing.T) {
	forms := func(list ...string) (out []FormCount) {
		for _, f := range list {
			out = append(out, FormCount{Form: f, Title: 1, Body: 1})
		}
		return out
	}
	have := []Bag{
		NewBag("1", forms("gol", "tim"), []string{"olahraga"}),
		NewBag("2", forms("gol", "hujan"), []string{"cuaca"}),
	}
	tests := []struct {
		name string
		bag  Bag
		want string
	}{
		{"a form never counted", NewBag("", forms("gol", "zebra"), []string{"cuaca"}), `word "zebra" in topic "cuaca" 1:1:1 from 0:0:0: it was never added`},
		{"a topic never counted", NewBag("", forms("gol"), []string{"ekonomi"}), `topic "ekonomi"`},
		{"a form in another topic", NewBag("", forms("tim"), []string{"cuaca"}), `word "tim" in topic "cuaca" 1:1:1 from 0:0:0: it was never added`},
		{"more words than counted", NewBag("", []FormCount{{"tim", 1, 0, 2}}, []string{"olahraga"}), `word "tim" in topic "olahraga" 1:1:2 from 1:1:1: it was never added`},
		{"words and no document", NewBag("", []FormCount{{"gol", 1, 0, 0}}, []string{"cuaca"}), `would leave topic "cuaca"`},
		{"a label left out", NewBag("", forms("gol", "tim"), nil), `word "tim", which was never added so: would leave topic "olahraga": 1:1:1 of 0:0:0`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := countsOf(have...)
			err := c.Remove(&test.bag)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			sameCounts(t, "after the refusal", c, countsOf(have...))
		})
	}
	c := countsOf(have...)
	if err := c.Subtract(countsOf(append(have, have[0])...)); err == nil || !strings.Contains(err.Error(), "3 documents from 2") {
		t.Errorf("error %v", err)
	}
	sameCounts(t, "after too many documents", c, countsOf(have...))
	empty := NewBag("", nil, nil)
	if err := countsOf().Remove(&empty); err == nil {
		t.Error("a document without words left counts of nothing")
	}
}

// TestCountsKeepTextSettings: counts of differently read documents do not mix.
func TestCountsKeepTextSettings(t *testing.T) {
	light := text.DefaultConfig()
	light.Stemmer = "light"
	for name, combine := range map[string]func(a, b *Counts) error{"merge": (*Counts).Merge, "subtract": (*Counts).Subtract} {
		c := countsOf(sampleBags(Multi)...)
		if err := combine(c, NewCounts(light)); err == nil || !strings.Contains(err.Error(), "light") {
			t.Errorf("%s: error %v, want one that names the settings", name, err)
		}
		sameCounts(t, name, c, countsOf(sampleBags(Multi)...))
	}
}

// TestCountsAreSums checks one form by hand.
func TestCountsAreSums(t *testing.T) {
	c := countsOf(
		NewBag("1", []FormCount{{"gol", 1, 0, 2}}, []string{"olahraga"}),
		NewBag("2", []FormCount{{"gol", 0, 0, 3}, {"hujan", 0, 0, 1}}, []string{"cuaca", "olahraga", "cuaca"}),
		NewBag("3", []FormCount{{"gol", 1, 0, 0}}, nil),
	)
	want := FormTally{Tally{3, 2, 5}, []TopicTally{{"cuaca", Tally{1, 0, 3}}, {"olahraga", Tally{2, 1, 5}}}}
	if got := c.Forms["gol"]; !reflect.DeepEqual(got, want) {
		t.Errorf("gol %+v, want %+v", got, want)
	}
	if c.Documents != 3 || !maps.Equal(c.Topics, map[string]int64{"olahraga": 2, "cuaca": 1}) {
		t.Errorf("%d documents, topics %v", c.Documents, c.Topics)
	}
}
