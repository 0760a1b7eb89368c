package classifier_test

import (
	"bytes"
	"context"
	"fmt"
	"log"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/model"
	"github.com/tajuk/tajuk/text"
)

// labelledArticles are a few of the hundreds of articles that a real model needs.
var labelledArticles = []classifier.Document{
	{Title: "Tim tuan rumah menang", Text: "Tim itu menang berkat dua gol pada babak kedua. Pelatih memuji para pemain.", Labels: []string{"sport"}},
	{Title: "Pemain muda mencetak gol", Text: "Pemain muda itu mencetak gol pertamanya di liga, dan pelatih berjanji memainkannya lagi.", Labels: []string{"sport"}},
	{Title: "Pelatih baru tiba", Text: "Pelatih baru bertemu para pemain di stadion menjelang pertandingan pembuka liga.", Labels: []string{"sport"}},
	{Title: "Harga beras naik", Text: "Harga beras di pasar naik. Pedagang menduga pasokan berkurang, dan inflasi bisa menanjak.", Labels: []string{"economy"}},
	{Title: "Bank menahan suku bunga", Text: "Bank sentral menahan suku bunga karena inflasi melandai dan pasar tenang.", Labels: []string{"economy"}},
	{Title: "Pedagang menunggu pasokan", Text: "Pedagang di pasar menunggu pasokan cabai, sebab harga naik sejak pekan lalu.", Labels: []string{"economy"}},
}

func trained() *model.Model {
	bagger := classifier.NewBagger(text.DefaultConfig())
	var bags []classifier.Bag
	for i := range labelledArticles {
		bags = append(bags, bagger.Bag(&labelledArticles[i]))
	}
	m, err := classifier.Train(context.Background(), bags, classifier.TrainOptions{
		Name: "example", Task: classifier.Multi, Learner: classifier.NBS,
	})
	if err != nil {
		log.Fatal(err)
	}
	return m
}

// Tag an article with the topics that reach their threshold.
func Example() {
	c, err := classifier.New(trained())
	if err != nil {
		log.Fatal(err)
	}
	tagger := c.NewTagger() // one per goroutine
	var p classifier.Prediction
	for _, doc := range []classifier.Document{
		{Title: "Gol pada menit akhir", Text: "Para pemain merayakan kemenangan bersama pelatihnya."},
		{Title: "Pasokan lancar", Text: "Harga-harga di pasar turun, kata para pedagang."},
		{Text: "Lorem ipsum dolor sit amet."},
	} {
		tagger.Tag(&doc, &p)
		p.Apply(classifier.Options{})
		fmt.Print(p.Outcome)
		for _, t := range p.Topics {
			fmt.Print(" ", c.Model().Manifest.Topics[t.Topic].ID)
		}
		for _, n := range p.Notices {
			fmt.Print(" ", n.Code)
		}
		fmt.Println()
	}
	// Output:
	// TAGGED sport
	// TAGGED economy
	// ABSTAINED TOO_SHORT
}

func ExampleTrain() {
	bagger := classifier.NewBagger(text.DefaultConfig())
	var bags []classifier.Bag
	for i := range labelledArticles {
		bags = append(bags, bagger.Bag(&labelledArticles[i]))
	}
	m, err := classifier.Train(context.Background(), bags, classifier.TrainOptions{Name: "example", Learner: classifier.NBS})
	if err != nil {
		log.Fatal(err)
	}
	for _, t := range m.Manifest.Topics {
		fmt.Println(t.ID, t.Documents)
	}
	var file bytes.Buffer // a file, usually
	if err := model.Write(&file, m); err != nil {
		log.Fatal(err)
	}
	fmt.Println(m.Manifest.Task, m.Manifest.Documents)
	// Output:
	// economy 3
	// sport 3
	// single 6
}

// An explanation names the words that moved a score, and where they stand.
func ExampleTagger_Explain() {
	c, err := classifier.New(trained())
	if err != nil {
		log.Fatal(err)
	}
	doc := classifier.Document{Text: "Pelatihnya memuji liga, lalu pulang lewat pasar."}
	topic, _ := c.Model().TopicIndex("sport")
	for _, term := range c.NewTagger().Explain(&doc, topic).Terms {
		for _, s := range term.Spans {
			fmt.Printf("%-5s %+d  %q\n", term.Term, sign(term.Value), doc.Text[s.Start:s.End])
		}
	}
	// Output:
	// latih +1  "Pelatihnya"
	// pasar -1  "pasar"
	// liga  +1  "liga"
}

func sign(x float64) int {
	if x < 0 {
		return -1
	}
	return 1
}

// Counts made in two places are merged, an article leaves again, and the model
// is made of what remains.
func ExampleCounts() {
	bagger := classifier.NewBagger(text.DefaultConfig())
	jakarta, makassar := classifier.NewCounts(text.DefaultConfig()), classifier.NewCounts(text.DefaultConfig())
	for i := range labelledArticles {
		bag := bagger.Bag(&labelledArticles[i])
		if i%2 == 0 {
			jakarta.Add(&bag)
		} else {
			makassar.Add(&bag)
		}
	}
	if err := jakarta.Merge(makassar); err != nil {
		log.Fatal(err)
	}
	withdrawn := bagger.Bag(&labelledArticles[0])
	if err := jakarta.Remove(&withdrawn); err != nil {
		log.Fatal(err)
	}
	fmt.Println(jakarta.Documents, "articles", jakarta.Topics)
	fmt.Println("once more:", jakarta.Remove(&withdrawn) != nil)

	m, err := classifier.TrainCounts(jakarta, classifier.TrainOptions{Task: classifier.Single, Learner: classifier.CNB})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(m.Manifest.Learner, m.Manifest.Documents)
	// Output:
	// 5 articles map[economy:3 sport:2]
	// once more: true
	// cnb 5
}

// Cross-validation by hand: each part is measured by a model trained on the others.
func ExampleFoldHoldouts() {
	bagger := classifier.NewBagger(text.DefaultConfig())
	var bags []classifier.Bag
	for i, words := range []string{"pelatih memuji pemain", "dokter merawat pasien", "kiper menahan tendangan penalti", "vaksin campak untuk balita"} {
		bags = append(bags, bagger.Bag(&classifier.Document{Text: words, Labels: []string{[]string{"sport", "health"}[i%2]}}))
	}
	holdouts, err := classifier.FoldHoldouts(bags, 2, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, h := range holdouts {
		fmt.Println("train on", len(h.Train), "and measure on", len(h.Test))
	}
	// Output:
	// train on 2 and measure on 2
	// train on 2 and measure on 2
}
