package navossoc_test

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"log"
	"strings"

	"github.com/tajuk/tajuk/internal/navossoc"
)

// write stands in for the library's WriteToFile.
func write() *bytes.Buffer {
	type data struct {
		Freqs map[string]float64
		Total int
	}
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).Encode(struct {
		Classes []string
		Learned int
		Datas   map[string]*data
	}{[]string{"militer", "olahraga"}, 2, map[string]*data{
		"militer":  {map[string]float64{"kapal": 2, "selam": 1}, 3},
		"olahraga": {map[string]float64{"gol": 1}, 1},
	}})
	if err != nil {
		log.Fatal(err)
	}
	return &buf
}

func ExampleRead() {
	c, err := navossoc.Read(write())
	if err != nil {
		log.Fatal(err)
	}
	scores, best, strict := c.LogScores([]string{"kapal", "selam"})
	fmt.Printf("%s %.3f %v\n", c.Classes()[best], scores[best], strict)
	// Output: militer -1.792 true
}

func ExampleRead_refused() {
	_, err := navossoc.Read(strings.NewReader("kind: model"))
	fmt.Println(err)
	// Output: read navossoc classifier: byte 1: length 107 is more than the 10 bytes left can hold
}

func ExampleClassifier_Counts() {
	c, err := navossoc.Read(write())
	if err != nil {
		log.Fatal(err)
	}
	counts, err := c.Counts()
	if err != nil {
		log.Fatal(err)
	}
	for _, k := range counts {
		fmt.Println(k.Class, k.Words, k.Total, k.Exact)
	}
	// Output:
	// militer map[kapal:2 selam:1] 3 true
	// olahraga map[gol:1] 1 true
}
