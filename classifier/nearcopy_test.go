package classifier

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// wordBag holds so many random words of a large vocabulary.
func wordBag(r *rand.Rand, n int) Bag {
	var forms []FormCount
	for range n {
		forms = append(forms, FormCount{Form: fmt.Sprintf("kata%d", r.IntN(1_000_000)), Body: 1})
	}
	return NewBag("", forms, nil)
}

// edited replaces so many of the words by others.
func edited(r *rand.Rand, b Bag, n int) Bag {
	forms := slices.Clone(b.Forms)
	for _, i := range r.Perm(len(forms))[:n] {
		forms[i].Form = fmt.Sprintf("ganti%d", r.IntN(1_000_000))
	}
	return NewBag("", forms, nil)
}

// interned numbers the forms of bags, in the bags' own order.
func interned(bags []*Bag) *collection {
	c := &collection{bags: bags}
	c.internForms()
	return c
}

func groupsOf(bags []*Bag) []int {
	c := interned(bags)
	return nearCopies(c.forms, c.bagForms, 0)
}

func TestSimilarity(t *testing.T) {
	tests := []struct {
		a, b []uint32
		want float64
	}{
		{[]uint32{0, 1, 2}, []uint32{0, 1, 2}, 1},
		{[]uint32{0, 1, 2}, []uint32{1, 2, 3}, 2. / 4},
		{[]uint32{0}, []uint32{1}, 0},
		{[]uint32{0, 25}, []uint32{12}, 0},
		{nil, []uint32{0}, 0},
		{nil, nil, 0},
	}
	for _, test := range tests {
		for _, got := range []float64{similarity(test.a, test.b), similarity(test.b, test.a)} {
			if math.Abs(got-test.want) > 1e-15 {
				t.Errorf("%v and %v: %v, want %v", test.a, test.b, got, test.want)
			}
		}
	}
}

// TestNearCopies: of articles with one reprint each, exact reprints share a group always, edited ones
// nearly always, and strangers never.
func TestNearCopies(t *testing.T) {
	const n, words = 300, 120
	tests := []struct {
		name    string
		replace int // words of 120, which leaves a similarity of (120-x)/(120+x)
		least   int // pairs of 300 that must share a group
		most    int
	}{
		{"the same words", 0, n, n},
		{"0.8 alike", 13, 0.99 * n, n},
		{"0.45 alike", 45, 0.9 * n, n},
		{"0.33 alike: too little", 60, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(2, 2))
			var bags []*Bag
			for range n {
				a := wordBag(r, words)
				b := edited(r, a, test.replace)
				bags = append(bags, &a, &b)
			}
			group, together := groupsOf(bags), 0
			members := make(map[int]int)
			for i := 0; i < len(group); i += 2 {
				if group[i] == group[i+1] {
					together++
				}
				members[group[i]]++
				members[group[i+1]]++
			}
			if together < test.least || together > test.most {
				t.Errorf("%d of %d reprints share their article's group, want %d to %d", together, n, test.least, test.most)
			}
			for g, count := range members {
				if count > 2 || g >= len(members) {
					t.Errorf("group %d of %d has %d articles", g, len(members), count)
				}
			}
		})
	}
}

// TestNearCopiesAreJoined: a chain of reprints is one group, and many short ones do not take long.
func TestNearCopiesAreJoined(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	bags := make([]*Bag, 30)
	last := wordBag(r, 200)
	for i := range bags {
		next := edited(r, last, 4)
		bags[i], last = &next, next
	}
	c := interned(bags)
	if s := similarity(c.bagForms[0], c.bagForms[29]); s >= nearCopy {
		t.Fatalf("the ends of the chain are %v alike", s)
	}
	for i, g := range groupsOf(bags) {
		if g != 0 {
			t.Errorf("link %d is in group %d", i, g)
		}
	}
	var template []*Bag // each like every other, and none a copy
	for range 100 {
		b := wordBag(r, 60)
		for i := range 80 {
			b.Forms = append(b.Forms, FormCount{Form: fmt.Sprintf("templat%d", i), Body: 1})
		}
		template = append(template, &b)
	}
	members := make(map[int]int)
	for _, g := range groupsOf(template) {
		if members[g]++; members[g] > 5 {
			t.Errorf("group %d of look-alikes holds more than a twentieth", g)
		}
	}
	short := NewBag("", []FormCount{{Form: "sama", Body: 1}}, nil)
	for i, g := range groupsOf(slices.Repeat([]*Bag{&short}, 20_000)) {
		if g != 0 {
			t.Fatalf("copy %d is in group %d", i, g)
		}
	}
	if got := nearCopies(nil, nil, 0); len(got) != 0 {
		t.Errorf("groups %v of nothing", got)
	}
}

// TestCopyFinder: a reprint, an edited one and the same words in another order are found, strangers and
// blank documents are not, and each pair is given once.
func TestCopyFinder(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	a, b := wordBag(r, 100), wordBag(r, 100)
	finder := NewCopyFinder()
	for _, bag := range []Bag{a, b, NewBag("", nil, nil), edited(r, a, 10), NewBag("", nil, nil), a} {
		finder.Add(&bag)
	}
	got := slices.Collect(finder.Pairs())
	slices.SortFunc(got, func(a, b NearCopy) int { return cmp.Or(a.Second-b.Second, a.First-b.First) })
	if len(got) != 3 {
		t.Fatalf("pairs %+v", got)
	}
	for i, want := range []NearCopy{{0, 3, 90. / 110}, {0, 5, 1}, {3, 5, 90. / 110}} {
		if got[i].First != want.First || got[i].Second != want.Second || math.Abs(got[i].Similarity-want.Similarity) > 0.02 {
			t.Errorf("pair %+v, want %+v", got[i], want)
		}
	}
	for range finder.Pairs() {
		break // must not go on
	}
}
