package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tajuk/tajuk/classifier"
	"github.com/tajuk/tajuk/internal/corpus"
	"github.com/tajuk/tajuk/text"
	"github.com/tajuk/tajuk/text/language"
)

// makeLanguages writes the table of text/language.
func makeLanguages(dir, out string) error {
	corpus, err := readLanguages(dir)
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

// readLanguages reads parallel sentences and news, training halves alone.
func readLanguages(dir string) (*language.Corpus, error) {
	c := &language.Corpus{Sentences: make(map[string][][]string)}
	var ids []string
	for _, code := range language.Codes() {
		path := filepath.Join(dir, "sib200_"+sentenceSets[code], "train.jsonl.gz")
		own, sentences, err := readWords(path)
		if err != nil {
			return nil, err
		}
		if ids == nil {
			ids = own
		}
		if !slices.Equal(ids, own) {
			return nil, fmt.Errorf("%s: not the same sentences as in language %q", path, language.Codes()[0])
		}
		c.Sentences[code] = sentences
	}
	var err error
	_, c.News, err = readWords(filepath.Join(dir, "topics", "train.jsonl.gz"))
	return c, err
}

// readWords returns the ids of the articles of a file, in order, and their words.
func readWords(path string) (ids []string, words [][]string, err error) {
	var docs []classifier.Document
	for rec, err := range corpus.Read(context.Background(), []string{path}, corpus.Options{}) {
		if err != nil {
			return nil, nil, err
		}
		docs = append(docs, rec.Document)
	}
	slices.SortFunc(docs, func(a, b classifier.Document) int { return strings.Compare(a.ID, b.ID) })
	for i := range docs {
		ids = append(ids, docs[i].ID)
		words = append(words, wordsIn(docs[i].Title+"\n"+docs[i].Text))
	}
	return ids, words, nil
}

// wordsIn lists the words of a text as a Tagger sees them: without numbers and dates.
func wordsIn(s string) (words []string) {
	var scanner text.Scanner
	scanner.Reset(s)
	for scanner.Scan() {
		if token := scanner.Token(); token.Kind == text.Word {
			words = append(words, string(token.Form))
		}
	}
	return words
}
