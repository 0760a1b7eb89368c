package model_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/tajuk/tajuk/model"
)

// small builds a model of one topic that knows two forms of one term.
func small() (*model.Model, error) {
	forms, err := model.NewStrings([]string{"bermain", "pemain"}) // sorted
	if err != nil {
		return nil, err
	}
	terms, err := model.NewStrings([]string{"main"})
	if err != nil {
		return nil, err
	}
	return &model.Model{
		Manifest: model.Manifest{
			Name: "contoh", Task: model.TaskMulti, Learner: "nb",
			Topics: []model.Topic{{ID: "olahraga", Name: map[string]string{"id": "olahraga"}}},
		},
		Forms: forms, FormTerm: []uint32{0, 0}, FormIndex: model.BuildIndex(forms),
		Terms: terms, TermIndex: model.BuildIndex(terms),
		RowStart: []uint32{0, 1}, RowTopic: []uint16{0}, RowWeight: []float32{1.5},
		Bias: []float64{-1}, Slope: []float64{1}, Intercept: []float64{0}, Threshold: []float64{0.5},
	}, nil
}

func Example() {
	built, err := small()
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	if err := model.Write(&file, built); err != nil {
		fmt.Println(err)
		return
	}
	m, err := model.Decode(file.Bytes())
	if err != nil {
		fmt.Println(err)
		return
	}
	form, ok := m.FormIndex.Find(m.Forms, []byte("pemain"))
	term := m.FormTerm[form]
	topics, weights := m.Row(term)
	fmt.Printf("%v %s %s %v\n", ok, m.Terms.At(int(term)), m.Manifest.Topics[topics[0]].ID, weights[0])
	_, ok = m.FormIndex.Find(m.Forms, []byte("asing"))
	fmt.Println(ok)
	// Output:
	// true main olahraga 1.5
	// false
}

func ExampleWrite() {
	m, err := small()
	if err != nil {
		fmt.Println(err)
		return
	}
	m.Threshold[0] = 1.5
	fmt.Println(model.Write(os.Stdout, m))
	// Output:
	// model: section threshold: invalid content: topic "olahraga" has 1.5: it must be from 0 to 1
}

func ExampleDecode() {
	_, err := model.Decode([]byte("PK\x03\x04 is how a zip archive starts"))
	fmt.Println(err, errors.Is(err, model.ErrMagic))
	// Output:
	// model: not a tajuk model: it starts with "PK\x03\x04 is ", not "tajukmdl" true
}

func ExampleNewStrings() {
	_, err := model.NewStrings([]string{"saham", "bola"})
	fmt.Println(err)
	// Output:
	// model: entry 1, "bola", does not sort after "saham"
}

func ExampleModel_Sizes() {
	m, err := small()
	if err != nil {
		fmt.Println(err)
		return
	}
	sections, file, err := m.Sizes()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sections {
		if s.Bytes > 20 {
			fmt.Println(s.Name, s.Bytes)
		}
	}
	fmt.Println("file", file)
	// Output:
	// manifest 171
	// form_index 32
	// file 1600
}
