package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/text/language"
)

// makeLanguages writes the table of text/language.
func makeLanguages(dir, news, out string) error {
	corpus, err := readLanguages(dir, news)
	if err != nil {
		return err
	}
	table, err := language.Estimate(corpus)
	if err != nil {
		return err
	}
	return create(out, func(f *os.File) error {
		_, err := f.Write(table.Append(nil))
		return err
	})
}

// sentenceSets are the names under which the parallel sentences lie, by code.
var sentenceSets = map[string]string{"id": "ind", "en": "eng", "ms": "zsm", "jv": "jav", "su": "sun", "min": "min", "ban": "ban"}

// readLanguages reads parallel sentences, training halves alone, and the counts of words in news.
func readLanguages(dir, news string) (*language.Corpus, error) {
	c := &language.Corpus{Sentences: make(map[string][][]string), News: make(map[string]int)}
	var ids []string
	for _, code := range language.Codes() {
		path := filepath.Join(dir, "sib200_"+sentenceSets[code], "train.jsonl.gz")
		all, err := readArticles([]string{path})
		if err != nil {
			return nil, err
		}
		slices.SortFunc(all, func(a, b classifier.Bag) int { return strings.Compare(a.ID, b.ID) })
		own := make([]string, len(all))
		for i := range all {
			own[i] = all[i].ID
			c.Sentences[code] = append(c.Sentences[code], wordsOf(&all[i]))
		}
		if ids == nil {
			ids = own
		}
		if !slices.Equal(ids, own) {
			return nil, fmt.Errorf("%s: not the same sentences as in language %q", path, language.Codes()[0])
		}
	}
	bags, err := readBags(news)
	if err != nil {
		return nil, err
	}
	for i := range bags {
		for _, word := range wordsOf(&bags[i]) {
			c.News[word]++
		}
	}
	return c, nil
}

// wordsOf lists the words of a bag, each as often as it stands there, without classes as <angka>.
func wordsOf(b *classifier.Bag) (words []string) {
	for _, f := range b.Forms {
		if f.Form[0] == '<' {
			continue
		}
		for range f.Title + f.Body {
			words = append(words, f.Form)
		}
	}
	return words
}
