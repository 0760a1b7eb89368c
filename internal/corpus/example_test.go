package corpus_test

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
)

func ExampleRead() {
	input := `{"id":"1","title":"Banjir surut","text":"Air mulai surut.","labels":["disaster"]}
{"id":"2","body":"Gempa."}
{"id":"3","text":"Harga cabai naik.","labels":["economy"]}
`
	o := corpus.Options{Stdin: strings.NewReader(input)}
	for r, err := range corpus.Read(context.Background(), []string{"-"}, o) {
		if bad, ok := errors.AsType[*corpus.RecordError](err); ok {
			fmt.Println("left out:", bad)
			continue
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Place(), r.ID, r.Labels)
	}
	// Output:
	// stdin:1 1 [disaster]
	// left out: stdin:2: neither title nor text: give one
	// stdin:3 3 [economy]
}

func ExampleRead_columns() {
	o := corpus.Options{
		Format:  corpus.CSV,
		Columns: map[string]string{"title": "judul", "text": "isi", "labels": "rubrik"},
		Stdin:   strings.NewReader("judul,isi,rubrik,penulis\nBanjir surut,Air mulai surut.,disaster;weather,Ani\n"),
	}
	records, errs := corpus.ReadAll(context.Background(), []string{"-"}, o)
	fmt.Println(len(errs), records[0].Title, records[0].Labels, string(records[0].Extra))
	// Output: 0 Banjir surut [disaster weather] {"penulis":"Ani"}
}

func ExampleAppendJSON() {
	line, err := corpus.AppendJSON(nil, &classifier.Document{ID: "1", Text: "Air mulai surut.", Labels: []string{"disaster"}})
	fmt.Print(string(line), err)
	// Output:
	// {"id":"1","text":"Air mulai surut.","labels":["disaster"]}
	// <nil>
}
