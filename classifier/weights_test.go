package classifier

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// The example that the next tests compute by hand. Two topics; the words as they stand:
//
//	tani      padi padi sawah
//	tani      padi sawah pupuk
//	olahraga  gol padi gol stadion
//
// Five terms. tani has 6 words: padi 3, sawah 2, pupuk 1. olahraga has 4: gol 2, padi 1, stadion 1.
func handModel(t *testing.T, task, learner string) *Classifier {
	t.Helper()
	bag := func(topic string, forms ...FormCount) Bag { return NewBag("", forms, []string{topic}) }
	set, err := DefaultSettings(learner)
	if err != nil {
		t.Fatal(err)
	}
	set.MinTokens, set.MinCoverage = 0, 0
	return mustNew(t, mustTrain(t, []Bag{
		bag("tani", FormCount{"padi", 0, 0, 2}, FormCount{"sawah", 0, 0, 1}),
		bag("tani", FormCount{"padi", 0, 0, 1}, FormCount{"sawah", 0, 0, 1}, FormCount{"pupuk", 0, 0, 1}),
		bag("olahraga", FormCount{"gol", 0, 0, 2}, FormCount{"padi", 0, 0, 1}, FormCount{"stadion", 0, 0, 1}),
	}, TrainOptions{
		Task: task, Settings: &set, Topics: []model.Topic{{ID: "tani"}, {ID: "olahraga"}},
		Text: text.Config{Version: text.AnalysisVersion, Language: "none", Stemmer: "none"},
	}))
}

// checkScores tags "padi padi gol" and compares the scores, to the precision of stored weights.
func checkScores(t *testing.T, c *Classifier, tani, olahraga float64) {
	t.Helper()
	var p Prediction
	c.NewTagger().Tag(&Document{Text: "padi padi gol"}, &p)
	for _, s := range p.Topics {
		if want := []float64{tani, olahraga}[s.Topic]; math.Abs(s.Score-want) > 1e-6 {
			t.Errorf("topic %d has score %v, want %v", s.Topic, s.Score, want)
		}
	}
}

// TestMultinomialByHand: P(w|k) = (count + 1)/(words of k + 5), P(k) = (documents + ½)/(3 + ½).
//
//	P(padi|tani)     = 4/11   P(gol|tani)     = 1/11   P(tani)     = 2.5/3.5
//	P(padi|olahraga) = 2/9    P(gol|olahraga) = 3/9    P(olahraga) = 1.5/3.5
//
// In logarithms the score of "padi padi gol" is that of P(k)·P(padi|k)²·P(gol|k).
func TestMultinomialByHand(t *testing.T) {
	tani, olahraga := 2.5/3.5*4/11*4/11*1/11, 1.5/3.5*2/9*2/9*3/9
	checkScores(t, handModel(t, Single, NB), math.Log(tani), math.Log(olahraga))
}

// TestMultinomialOddsByHand: with two topics, the rest of each is the other, and the odds
// of the documents are (2 + ½)/(1 + ½).
func TestMultinomialOddsByHand(t *testing.T) {
	tani, olahraga := 2.5*4/11*4/11*1/11, 1.5*2/9*2/9*3/9
	checkScores(t, handModel(t, Multi, NB), math.Log(tani/olahraga), math.Log(olahraga/tani))
}

// TestComplementByHand: a word's rate in all, (count + 1)/(10 + 5), over its rate outside the topic.
//
//	tani      padi (5/15)/(2/9)  = 1.5        gol (3/15)/(3/9)  = 0.6
//	olahraga  padi (5/15)/(4/11) = 11/12      gol (3/15)/(1/11) = 2.2
func TestComplementByHand(t *testing.T) {
	for _, task := range []string{Single, Multi} {
		checkScores(t, handModel(t, task, CNB), math.Log(1.5*1.5*0.6), math.Log(11./12*11/12*2.2))
	}
}

// matrixSums are five documents of four terms and three topics, the matrix of the references below:
//
//	X = np.array([[2,1,0,0],[3,0,1,0],[0,1,2,0],[0,0,1,4],[1,0,0,2]]); y = np.array([0,0,1,2,2])
func matrixSums() *sums {
	s := newSums(3, 4)
	s.add(vector{[]uint32{0, 1}, []uint32{2, 1}}, []int{0})
	s.add(vector{[]uint32{0, 2}, []uint32{3, 1}}, []int{0})
	s.add(vector{[]uint32{1, 2}, []uint32{1, 2}}, []int{1})
	s.add(vector{[]uint32{2, 3}, []uint32{1, 4}}, []int{2})
	s.add(vector{[]uint32{0, 3}, []uint32{1, 2}}, []int{2})
	return s
}

// TestWeightsReference compares with scikit-learn 1.9.1, and for nbs with its formula in NumPy.
func TestWeightsReference(t *testing.T) {
	tests := []struct {
		name string
		task string
		set  Settings
		want []float64
	}{
		// MultinomialNB(alpha=1).fit(X, y).feature_log_prob_
		{"nb", Single, Settings{Learner: NB, Alpha: 1}, []float64{
			-0.6061358035703157, -1.7047480922384253, -1.7047480922384253, -2.3978952727983707,
			-1.9459101490553132, -1.252762968495368, -0.8472978603872034, -1.9459101490553132,
			-1.791759469228055, -2.4849066497880004, -1.791759469228055, -0.5389965007326871,
		}},
		// MultinomialNB(alpha=0.1).fit(X, y).feature_log_prob_
		{"nb with alpha 0.1", Single, Settings{Learner: NB, Alpha: 0.1}, []float64{
			-0.3722394604798438, -1.9061698204057989, -1.9061698204057989, -4.304065093204169,
			-3.5263605246161616, -1.128465251817791, -0.48183808689273855, -3.5263605246161616,
			-2.032921526044943, -4.430816798843313, -2.032921526044943, -0.31994293467000245,
		}},
		// m = MultinomialNB(alpha=.5).fit(X, y == k); m.feature_log_prob_[1] - m.feature_log_prob_[0]
		{"nb, one against the rest", Multi, Settings{Learner: NB, Alpha: 0.5}, []float64{
			1.6670077642555783, 0.3677247801253174, -0.4795730802618865, -2.1972245773362196,
			-1.3411739258394206, 1.2237754316221157, 1.2237754316221159, -1.3411739258394206,
			-1.1169614273363064, -1.427116355640146, -0.6649763035932492, 2.747270914255491,
		}},
		// m = ComplementNB(alpha=1).fit(X, y)
		// m.feature_log_prob_ + np.log((X.sum(0) + 1)/(X.sum() + 4))
		{"cnb", Single, Settings{Learner: CNB, Alpha: 1}, plusRows([]float64{
			2.0149030205422647, 2.0149030205422647, 1.3217558399823195, 0.7621400520468967,
			0.9985288301111273, 2.2512917986064953, 1.845826690498331, 0.9985288301111273,
			0.8472978603872037, 1.540445040947149, 1.252762968495368, 2.639057329615259,
		}, 7./22, 3./22, 5./22, 7./22)},
		// m = ComplementNB(alpha=0.1).fit(X, y)
		// m.feature_log_prob_ + np.log((X.sum(0) + 0.1)/(X.sum() + 0.4))
		{"cnb with alpha 0.1", Multi, Settings{Learner: CNB, Alpha: 0.1}, plusRows([]float64{
			2.338303175596125, 2.3383031755961246, 1.3022112439093492, 0.6253245842211842,
			0.9260787382403178, 2.6390573296152584, 1.9924301646902063, 0.9260787382403178,
			0.7125652664170469, 1.5998684614179495, 1.2104036946562264, 4.644390899141376,
		}, 6.1/18.4, 2.1/18.4, 4.1/18.4, 6.1/18.4)},
		// T = np.array([X[y==k].sum(0) for k in range(3)]); A = T.sum(0); m = T.sum()/3
		// q = (A+.5)/(A.sum()+2); a = T[k]+m*q; b = A-T[k]+m*q
		// w = np.log(a/(T[k].sum()+m)) - np.log(b/((A-T[k]).sum()+m)); z2 = w*w/(1/a+1/b)
		// w*z2/(z2+8)
		{"nbs", Multi, Settings{Learner: NBS, Mu: 1, Shrink: 8}, []float64{
			0.2777508253643, 0.0020950777217, -0.0078226769002, -0.2296514795453,
			-0.0320616781137, 0.0616875418296, 0.1107177012212, -0.0320616781137,
			-0.0863078845426, -0.1060768339800, -0.0204788860741, 0.4873966611920,
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for k := range 3 {
				got, _ := logOdds(matrixSums().contrast(k), test.task, test.set)
				for i, want := range test.want[4*k : 4*k+4] {
					if math.Abs(got[i]-want) > 1e-11 {
						t.Errorf("topic %d, term %d: weight %v, want %v", k, i, got[i], want)
					}
				}
			}
		})
	}
}

// plusRows adds the logarithm of the terms' rates to every topic's weights.
func plusRows(weights []float64, rates ...float64) []float64 {
	for i := range weights {
		weights[i] += math.Log(rates[i%len(rates)])
	}
	return weights
}

// TestShrinking: certain differences keep their log-odds, chance ones lose them, none turns its sign.
func TestShrinking(t *testing.T) {
	s := newSums(2, 3)
	s.add(vector{[]uint32{0, 1, 2}, []uint32{2000, 2, 5000}}, []int{0})
	s.add(vector{[]uint32{0, 1, 2}, []uint32{1000, 1, 5000}}, []int{1})
	plain, shrunk := make([]float64, 3), make([]float64, 3)
	shrunkenLogOdds(plain, s.contrast(0), 10, 0)
	shrunkenLogOdds(shrunk, s.contrast(0), 10, 8)
	if shrunk[0] < 0.9*plain[0] || shrunk[1] > 0.1*plain[1] || shrunk[1] <= 0 {
		t.Errorf("shrunk %v from %v", shrunk, plain)
	}
	equal := newSums(2, 1)
	equal.add(vector{[]uint32{0}, []uint32{5}}, []int{0})
	equal.add(vector{[]uint32{0}, []uint32{5}}, []int{1})
	shrunkenLogOdds(shrunk[:1], equal.contrast(0), 10, 0)
	if shrunk[0] != 0 {
		t.Errorf("equal rates have log-odds %v", shrunk[0])
	}
}

// TestPartSubtracts: the part without some examples has the sums of the others, and the sums of all
// stay as they are.
func TestPartSubtracts(t *testing.T) {
	d := &dataset{sums: matrixSums(), examples: []example{
		{vector: vector{[]uint32{0, 1}, []uint32{2, 1}}, labels: []int{0}}, {}, {vector: vector{[]uint32{1, 2}, []uint32{1, 2}}, labels: []int{1}}, {}, {},
	}}
	p := d.without([]int{0, 2})
	if !slices.Equal(p.rows, []int32{1, 3, 4}) || p.docs != 3 || p.words != 12 || !slices.Equal(p.all, []int64{4, 0, 2, 6}) {
		t.Errorf("rows %v, %d documents of %d words: %v", p.rows, p.docs, p.words, p.all)
	}
	if c := d.contrast(p, 1); c.docs != 0 || total(c.words) != 0 {
		t.Errorf("topic 1: %+v", c)
	}
	if c := d.contrast(p, 0); c.docs != 1 || !slices.Equal(c.rest(), []int64{1, 0, 1, 6}) {
		t.Errorf("topic 0: %+v, outside it %v", c, c.rest())
	}
	if !reflect.DeepEqual(d.sums, matrixSums()) {
		t.Error("the sums of all changed")
	}
}
