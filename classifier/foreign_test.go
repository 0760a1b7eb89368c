package classifier

import (
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/text"
)

// Reports of our own about one match, in English and in Indonesian.
const (
	englishText = `The home team won the match in the last minute, and the coach said that his players had never
given up. More than thirty thousand people were in the stadium when the young striker scored the second goal. The league
will go on next week with another game against the team that is now in first place.`
	indonesianText = `Tim tuan rumah menang pada menit akhir, dan pelatih mengatakan para pemainnya tidak pernah
menyerah. Lebih dari tiga puluh ribu orang berada di stadion ketika penyerang muda itu mencetak gol kedua. Liga akan
berlanjut pekan depan dengan pertandingan melawan tim yang kini berada di tempat pertama.`
)

// foreignBags are the sample's bags and so many English ones.
func foreignBags(n int) []Bag {
	bagger, bags := NewBagger(text.DefaultConfig()), sampleBags(Multi)
	for i := range n {
		bags = append(bags, bagger.Bag(&Document{Text: englishText + strings.Repeat(" match", i), Labels: []string{"olahraga"}}))
	}
	return bags
}

// TestForeignText: a model of Indonesian articles abstains from English, even from English whose words
// it knows, and not from Indonesian.
func TestForeignText(t *testing.T) {
	// One English article among 132 is less than the hundredth part that maxForeign allows.
	c := mustNew(t, mustTrain(t, foreignBags(1), TrainOptions{Task: Multi, Learner: CNB}))
	tests := []struct {
		name    string
		text    string
		foreign bool
	}{
		{"Indonesian", indonesianText, false},
		{"English", englishText, true},
		{"Indonesian with an English name", "Klub Manchester United menang 2-1. " + indonesianText, false},
		{"numbers alone", "12 13 14 15.00 WIB Rp 5 juta", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var p Prediction
			doc := &Document{Text: test.text}
			c.NewTagger().Tag(doc, &p)
			if p.has(LanguageMismatch) != test.foreign || test.foreign && p.Outcome != Abstained {
				t.Errorf("%v with notices %v", p.Outcome, p.Notices)
			}
			checkAnswer(t, c, doc)
		})
	}
}

// TestLanguageIsCheckedWhereItHelps: what a model was trained on it must not abstain from.
func TestLanguageIsCheckedWhereItHelps(t *testing.T) {
	tests := []struct {
		name     string
		bags     []Bag
		language string
		want     bool
	}{
		{"Indonesian articles", sampleBags(Multi), "id", true},
		{"with one in English of 133", foreignBags(1), "id", true},
		{"with ten in English of 142", foreignBags(10), "id", false},
		{"read without a language", sampleBags(Multi), "none", false},
		{"read as English", foreignBags(10), "en", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := checkLanguage(test.bags, test.language); got != test.want {
				t.Errorf("checked: %v, want %v", got, test.want)
			}
		})
	}
	bags := foreignBags(10)
	c := mustNew(t, mustTrain(t, bags, TrainOptions{Task: Multi, Learner: CNB}))
	var p Prediction
	if c.NewTagger().Tag(&Document{Text: englishText}, &p); p.Outcome != Tagged || slices.ContainsFunc(p.Notices, func(n Notice) bool { return n.Code == LanguageMismatch }) {
		t.Errorf("%v with notices %v on English, of which the model has seen enough", p.Outcome, p.Notices)
	}
}
