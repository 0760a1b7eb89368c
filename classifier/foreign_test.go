package classifier

import (
	"slices"
	"strings"
	"testing"

	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
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

// englishBags are a few reports of ours, each about one of two things.
func englishBags() (bags []Bag) {
	bagger := NewBagger(text.Config{Version: text.AnalysisVersion, Language: "en", Stemmer: "snowball"})
	for i := range 10 {
		bags = append(bags,
			bagger.Bag(&Document{Text: englishText + strings.Repeat(" match", i), Labels: []string{"sport"}}),
			bagger.Bag(&Document{Text: "The bank has raised the price of money again, and shares went down. " +
				"Analysts said that the market had not expected it." + strings.Repeat(" bank", i), Labels: []string{"economy"}}))
	}
	return bags
}

// TestEnglishModel: a model of English articles abstains from Indonesian.
func TestEnglishModel(t *testing.T) {
	config := text.Config{Version: text.AnalysisVersion, Language: "en", Stemmer: "snowball"}
	c := mustNew(t, mustTrain(t, englishBags(), TrainOptions{Learner: CNB, Text: config}))
	for name, test := range map[string]struct {
		text    string
		foreign bool
	}{
		"English":    {englishText, false},
		"Indonesian": {indonesianText + " " + indonesianText[:40] + strings.Repeat(" bank match market shares", 20), true},
	} {
		var p Prediction
		if c.NewTagger().Tag(&Document{Text: test.text}, &p); p.has(LanguageMismatch) != test.foreign {
			t.Errorf("%s: %v with notices %v", name, p.Outcome, p.Notices)
		}
	}
}

// TestSlack: what would have to be demanded beyond, so that no more bags than maxForeign allows are refused.
func TestSlack(t *testing.T) {
	some, many := slack(append(foreignBags(1), slices.Repeat(sampleBags(Multi), 3)...), "id"), slack(foreignBags(10), "id")
	if some != 0 || !(many > 50) {
		t.Errorf("slack %v for one foreign bag of 529, %v for ten of 142, want 0 and much", some, many)
	}
	refused := 0
	for _, b := range foreignBags(10) {
		if foreignness(&b, "id") > many {
			refused++
		}
	}
	if refused > 0 {
		t.Errorf("%d bags of 142 are refused with the slack", refused)
	}
	long := Bag{}
	for _, f := range foreignBags(1)[len(foreignBags(0))].Forms {
		f.Body *= 50
		long.Forms = append(long.Forms, f)
	}
	if x := foreignness(&long, "id"); x != foreignness(&long, "id") || !(x > 0) {
		t.Errorf("a long English bag exceeds by %v, or by another figure when drawn again", x)
	}
}

// TestSlackIsHeeded: a text must exceed the model's slack to be refused.
func TestSlackIsHeeded(t *testing.T) {
	c := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{Task: Multi, Learner: CNB}))
	for slack, refused := range map[float64]bool{0: true, mostSlack: true, 1000: false} {
		c.settings.LanguageSlack = slack
		var p Prediction
		if c.NewTagger().Tag(&Document{Text: englishText + " hujan angin gol" + strings.Repeat(" hujan", 30)}, &p); p.has(LanguageMismatch) != refused {
			t.Errorf("slack %v: %v with notices %v", slack, p.Outcome, p.Notices)
		}
	}
}

// TestUseLanguages: a Tagger goes by the table that it is given.
func TestUseLanguages(t *testing.T) {
	sentences := make(map[string][][]string)
	for _, code := range language.Codes() {
		for range 5 {
			sentences[code] = append(sentences[code], []string{"di" + code, "ke" + code})
		}
	}
	for _, word := range []string{"hujan", "angin", "awan"} { // Javanese, for once
		for i := range 5 {
			sentences["jv"][i] = append(sentences["jv"][i], word)
		}
	}
	table, err := language.Estimate(&language.Corpus{Sentences: sentences})
	if err != nil {
		t.Fatal(err)
	}
	tagger, p := mustNew(t, mustTrain(t, sampleBags(Multi), TrainOptions{})).NewTagger(), Prediction{}
	doc := &Document{Text: "hujan angin awan"}
	if tagger.Tag(doc, &p); p.has(LanguageMismatch) {
		t.Errorf("by the table of the package: notices %v", p.Notices)
	}
	tagger.UseLanguages(table)
	if tagger.Tag(doc, &p); !p.has(LanguageMismatch) {
		t.Errorf("by another table: notices %v", p.Notices)
	}
}

// TestForeignText: a model of Indonesian articles abstains from English, even from English whose words
// it knows, and not from Indonesian.
func TestForeignText(t *testing.T) {
	// One English article among more than 500 is less than the part that maxForeign allows.
	bags := append(foreignBags(1), slices.Repeat(sampleBags(Multi), 3)...)
	c := mustNew(t, mustTrain(t, bags, TrainOptions{Task: Multi, Learner: CNB}))
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
		{"with one in English of 529", append(foreignBags(1), slices.Repeat(sampleBags(Multi), 3)...), "id", true},
		{"with one in English of 133", foreignBags(1), "id", false},
		{"with ten in English of 142", foreignBags(10), "id", false},
		{"read without a language", sampleBags(Multi), "none", false},
		{"Indonesian read as English", foreignBags(10), "en", false},
		{"English", englishBags(), "en", true},
		{"English read as Indonesian", englishBags(), "id", false},
		{"English read as French, which is in no table", englishBags(), "fr", false},
		{"nothing", nil, "id", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got, _ := checkLanguage(test.bags, test.language); got != test.want {
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
