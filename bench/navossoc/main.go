// Navossoc classifies as a user of github.com/navossoc/bayesian would, so that
// bench/run can compare it with tajuk:
//
//	go run ./bench/navossoc train --model M train.jsonl
//	go run ./bench/navossoc predict --model M [--top] test.jsonl
//
// The library itself is not called. train counts the lower-case words of title and
// text and writes the counts as a file of that library; predict reads the file and
// scores through internal/navossoc, which reproduces the library's scores. The answer
// is the class of the best LogScores, as the library advises for long texts, and the
// confidences are those of ProbScores. Where these are NaN, they are written as null.
//
// It answers in tajuk's JSON Lines, the classes in the order of their log scores. It
// refuses articles with any number of labels but one, fewer than two classes, and
// what internal/corpus refuses, naming file and line; the first error ends it.
package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/internal/navossoc"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "navossoc:", err)
		os.Exit(1)
	}
}

var errUsage = errors.New("usage: navossoc train --model M FILE, or navossoc predict --model M [--top] FILE")

func run(args []string, stdout io.Writer) error {
	if len(args) == 0 {
		return errUsage
	}
	flags := flag.NewFlagSet("navossoc "+args[0], flag.ContinueOnError)
	path := flags.String("model", "", "file of the classifier")
	top := flags.Bool("top", false, "predict: write only the class that is assigned")
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	if *path == "" || flags.NArg() != 1 {
		return errUsage
	}
	switch args[0] {
	case "train":
		return train(*path, flags.Arg(0))
	case "predict":
		return predict(*path, flags.Arg(0), *top, stdout)
	}
	return errUsage
}

// The structs that the library hands to encoding/gob, under its names.
type (
	// Class is the name of a class.
	Class string

	serializableClassifier struct {
		Classes         []Class
		Learned         int // articles
		Seen            int // articles scored before saving
		Datas           map[Class]*classData
		TfIdf           bool
		DidConvertTfIdf bool
	}

	classData struct {
		Freqs   map[string]float64
		FreqTfs map[string][]float64 // empty without tf-idf
		Total   int                  // words
	}
)

// learn counts the words of one article.
func (c *serializableClassifier) learn(class Class, words []string) {
	d := c.Datas[class]
	if d == nil {
		d = &classData{Freqs: map[string]float64{}, FreqTfs: map[string][]float64{}}
		c.Datas[class], c.Classes = d, append(c.Classes, class)
	}
	for _, w := range words {
		d.Freqs[w]++
	}
	d.Total += len(words)
	c.Learned++
}

// words are the runs of letters, digits and underscores in lower case: what
// tokens in bench/peers/data.py gives to the other peers.
func words(rec *corpus.Record) []string {
	return strings.FieldsFunc(strings.ToLower(rec.Title+" "+rec.Text), func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

func train(path, source string) error {
	c := &serializableClassifier{Datas: map[Class]*classData{}}
	for rec, err := range read(source) {
		if err != nil {
			return err
		}
		if len(rec.Labels) != 1 {
			return fmt.Errorf("%s: %d labels; an article to learn from has one", rec.Place(), len(rec.Labels))
		}
		c.learn(Class(rec.Labels[0]), words(rec))
	}
	if len(c.Classes) < 2 {
		return fmt.Errorf("%s: %d labels in all; give articles of two or more", source, len(c.Classes))
	}
	slices.Sort(c.Classes) // of equal scores the first class wins
	return save(path, c)
}

func read(source string) func(yield func(*corpus.Record, error) bool) {
	return corpus.Read(context.Background(), []string{source}, corpus.Options{Format: corpus.JSONL})
}

func save(path string, c *serializableClassifier) (err error) {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	w := bufio.NewWriter(file)
	return errors.Join(gob.NewEncoder(w).Encode(c), w.Flush())
}

func load(path string) (*navossoc.Classifier, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	c, err := navossoc.Read(bufio.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// answer is one line of output.
type answer struct {
	ID     string  `json:"id"`
	Topics []topic `json:"topics"`
}

type topic struct {
	Topic      string   `json:"topic"`
	Confidence *float64 `json:"confidence"` // nil where the library gives NaN
	Assigned   bool     `json:"assigned"`
}

func predict(path, source string, top bool, stdout io.Writer) error {
	c, err := load(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(stdout)
	out, classes := json.NewEncoder(w), c.Classes()
	for rec, err := range read(source) {
		if err != nil {
			return errors.Join(err, w.Flush())
		}
		topics := ranked(c, classes, words(rec))
		if top {
			topics = topics[:1]
		}
		if err := out.Encode(answer{rec.ID, topics}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// ranked orders the classes by their log scores, equal ones as they stand, so that
// the first is the library's own answer.
func ranked(c *navossoc.Classifier, classes, words []string) []topic {
	logs, best, _ := c.LogScores(words)
	probabilities, _, _ := c.ProbScores(words)
	order := make([]int, len(classes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(logs[b], logs[a]) })
	topics := make([]topic, 0, len(order))
	for _, i := range order {
		topics = append(topics, topic{classes[i], finite(probabilities[i]), i == best})
	}
	return topics
}

// finite returns nil for a number that JSON cannot say.
func finite(p float64) *float64 {
	if math.IsNaN(p) || math.IsInf(p, 0) {
		return nil
	}
	return &p
}
