package classifier

import (
	"fmt"
	"slices"
	"testing"
)

// TestTelling: a word of the topic comes before a rare one of the topic, a common one of all and
// one of another topic, which is not telling at all.
func TestTelling(t *testing.T) {
	c := countsOf()
	for i := range 100 {
		label, forms := "cuaca", []FormCount{{"dan", 0, 0, 9}, {"hujan", 0, 0, 1}}
		if i%2 == 0 {
			label, forms = "olahraga", []FormCount{{"dan", 0, 0, 9}, {"gol", 0, 0, 1}}
		}
		if i == 1 {
			forms = append(forms, FormCount{"langka", 0, 0, 30})
		}
		bag := NewBag("", forms, []string{label})
		c.Add(&bag)
	}
	words := func(topic string, limit int) (got []string) {
		telling := NewTelling(c.header(), topic, limit)
		for form, tally := range c.Forms {
			telling.Add(form, tally)
		}
		for _, w := range telling.Words() {
			got = append(got, w.Form)
		}
		return got
	}
	if got := words("cuaca", 9); !slices.Equal(got, []string{"hujan", "langka"}) {
		t.Errorf("cuaca: %q", got)
	}
	if got := words("olahraga", 1); !slices.Equal(got, []string{"gol"}) {
		t.Errorf("olahraga: %q", got)
	}
	if got := words("ekonomi", 9); len(got) > 0 {
		t.Errorf("a topic that is not there: %q", got)
	}
}

// TestTellingIsBounded: the list kept on the way is cut and holds the best all the same.
func TestTellingIsBounded(t *testing.T) {
	h := &CountsHeader{Documents: 20000, Topics: map[string]int64{"a": 10000}}
	telling := NewTelling(h, "a", 3)
	for i := range int64(9000) {
		n := 1 + (i*7919)%9000
		telling.Add(fmt.Sprintf("kata%04d", n), FormTally{Tally{n, 0, n}, []TopicTally{{"a", Tally{n, 0, n}}}})
		if len(telling.words) > 2000 {
			t.Fatal("the list grows")
		}
	}
	var got []string
	for _, w := range telling.Words() {
		got = append(got, w.Form)
	}
	if want := []string{"kata9000", "kata8999", "kata8998"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
