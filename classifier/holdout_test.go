package classifier

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// labelledBags are so many articles of random words: every second has label "often", every tenth
// "seldom", and each has a near-copy.
func labelledBags(n int) (bags []Bag) {
	r := rand.New(rand.NewPCG(7, 8))
	for i := range n {
		a := wordBag(r, 100)
		b := edited(r, a, 5)
		a.ID, b.ID = fmt.Sprint(i), fmt.Sprint(i, " again")
		if i%2 == 0 {
			a.Labels, b.Labels = append(a.Labels, "often"), append(b.Labels, "often")
		}
		if i%10 == 0 {
			a.Labels, b.Labels = append(a.Labels, "seldom"), append(b.Labels, "seldom")
		}
		bags = append(bags, a, b)
	}
	return bags
}

// sides gives the ids of each test part, sorted.
func sides(bags []Bag, holdouts []Holdout) (parts [][]string) {
	for _, h := range holdouts {
		var part []string
		for _, i := range h.Test {
			part = append(part, bags[i].ID)
		}
		slices.Sort(part)
		parts = append(parts, part)
	}
	return parts
}

func TestFoldHoldouts(t *testing.T) {
	bags := labelledBags(100)
	for _, n := range []int{2, 3, 5, 10} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			holdouts, err := FoldHoldouts(bags, n, 0)
			if err != nil || len(holdouts) != n {
				t.Fatal(len(holdouts), err)
			}
			times := make([]int, len(bags))
			for _, h := range holdouts {
				checkHoldout(t, bags, h, times)
				for label, share := range map[string]int{"often": 100 / n, "seldom": 20 / n} {
					if got := withLabel(bags, h.Test, label); got < share-2 || got > share+3 {
						t.Errorf("%d of a part have label %s, about %d are its share", got, label, share)
					}
				}
			}
			for i, k := range times {
				if k != 1 {
					t.Errorf("article %d is measured %d times", i, k)
				}
			}
		})
	}
}

// checkHoldout wants every article on one side, and a near-copy on that of its original.
func checkHoldout(t *testing.T, bags []Bag, h Holdout, times []int) {
	t.Helper()
	both := slices.Concat(h.Train, h.Test)
	slices.Sort(both)
	if len(both) != len(bags) || len(slices.Compact(both)) != len(bags) || !slices.IsSorted(h.Train) || !slices.IsSorted(h.Test) {
		t.Errorf("%d and %d of %d", len(h.Train), len(h.Test), len(bags))
	}
	for _, i := range h.Test {
		times[i]++
		if !slices.Contains(h.Test, i^1) { // copies are neighbours
			t.Errorf("article %d is measured, its copy trained on", i)
		}
	}
}

func withLabel(bags []Bag, list []int, label string) (n int) {
	for _, i := range list {
		if bags[i].has(label) {
			n++
		}
	}
	return n
}

// TestFoldsDependOnContent and seed, not on order or ids.
func TestFoldsDependOnContent(t *testing.T) {
	bags := labelledBags(40)
	first, err := FoldHoldouts(bags, 4, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := sides(bags, first)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(bags), func(i, j int) { bags[i], bags[j] = bags[j], bags[i] })
	again, err := FoldHoldouts(bags, 4, 0)
	if err != nil || !slices.EqualFunc(want, sides(bags, again), slices.Equal) {
		t.Errorf("the order of the input matters, or error %v", err)
	}
	other, err := FoldHoldouts(bags, 4, 1)
	if err != nil || slices.EqualFunc(want, sides(bags, other), slices.Equal) {
		t.Errorf("the seed does not matter, or error %v", err)
	}
}

func TestFoldHoldoutsRefuses(t *testing.T) {
	bags := labelledBags(3)
	for n, want := range map[int]string{1: "1 parts", 4: "6 articles, 3 of them"} {
		if _, err := FoldHoldouts(bags, n, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d parts: error %v, want %q in it", n, err, want)
		}
	}
	if _, err := FoldHoldouts(nil, 2, 0); err == nil {
		t.Error("no articles were dealt")
	}
}

func TestDateHoldout(t *testing.T) {
	bags := labelledBags(6) // 12 with the copies
	day := func(d int) time.Time { return time.Date(2020, 1, d, 0, 0, 0, 0, time.UTC) }
	dates := make([]time.Time, len(bags))
	for i := range dates {
		dates[i] = day(i)
	}
	tests := []struct {
		from  int
		test  []int
		moved int
	}{
		{4, []int{4, 5, 6, 7, 8, 9, 10, 11}, 0},
		{5, []int{6, 7, 8, 9, 10, 11}, 1}, // 5 is a near-copy of 4
		{10, []int{10, 11}, 0},
	}
	for _, test := range tests {
		h, moved, err := DateHoldout(bags, dates, day(test.from))
		if err != nil || moved != test.moved || !slices.Equal(h.Test, test.test) || len(h.Train)+len(h.Test) != len(bags) {
			t.Errorf("from %d: %v, %d moved, error %v; want %v, %d moved", test.from, h, moved, err, test.test, test.moved)
		}
	}
	for _, from := range []int{0, 11, 12} {
		if _, _, err := DateHoldout(bags, dates, day(from)); err == nil {
			t.Errorf("from %d: an empty side was accepted", from)
		}
	}
}

// TestResolve: what is left to the data is decided by all of it.
func TestResolve(t *testing.T) {
	o, err := TrainOptions{}.Resolve(labelledBags(10))
	if err != nil || o.Task != Multi || len(o.Topics) != 2 || o.Topics[0].ID != "often" {
		t.Errorf("%+v, error %v", o, err)
	}
	if _, err := (TrainOptions{}).Resolve(nil); err == nil {
		t.Error("no articles were accepted")
	}
}

// TestPartWithoutTopic: a part that lacks a topic trains all the same, and misses it.
func TestPartWithoutTopic(t *testing.T) {
	for _, task := range []string{Single, Multi} {
		t.Run(task, func(t *testing.T) {
			all := sampleBags(task)
			o, err := TrainOptions{Task: task}.Resolve(all)
			if err != nil {
				t.Fatal(err)
			}
			part := slices.DeleteFunc(slices.Clone(all), func(b Bag) bool { return b.has("cuaca") })
			c := mustNew(t, mustTrain(t, part, o))
			e, tagger, p := NewEvaluation(c), c.NewTagger(), Prediction{}
			for i := range articles {
				doc := articles[i]
				if task == Single {
					doc.Labels = doc.Labels[:1]
				}
				tagger.Tag(&doc, &p)
				if err := e.Add(&doc, &p); err != nil {
					t.Fatal(err)
				}
			}
			r := e.Report()
			if k := r.Topics[0]; k.Topic != "cuaca" || k.Support == 0 || k.Hits > 0 {
				t.Errorf("%+v", k)
			}
			if k := r.Topics[1]; k.Hits == 0 {
				t.Errorf("%+v", k)
			}
		})
	}
}
